import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import { accessText } from '../library/videoFilter';
import type { VideoKnowledge } from '../library/videoKnowledge';
import { videoStateText } from '../library/videoState';
import { durationText } from '../times';
import type { HoverAction, HoverCard } from './hoverCard';

/** What is known here of the video with an id, for a hover. Cloudflare is asked when somebody follows a link, not before. */
export function videoHover(
  video: VideoKnowledge | undefined,
  {
    canCallApi,
    thumbnail,
    inContext,
  }: { readonly canCallApi: boolean; readonly thumbnail?: string | undefined; readonly inContext: boolean },
): HoverCard {
  const known = video !== undefined && video.facts.absent !== true;
  return {
    headline: headlineOf(video, inContext),
    sentences: video === undefined ? [l10n.t('Nothing is known of it here.')] : factsText(video),
    lines: [],
    rules: [],
    notes: [],
    ...(thumbnail !== undefined && { thumbnail }),
    actions: [
      { act: 'signVideo', label: l10n.t('Sign…') },
      { act: 'signAgain', label: l10n.t('Sign again') },
      { act: 'copyId', label: l10n.t('Copy id') },
      ...(known ? [{ act: 'copyUrl', label: l10n.t('Copy URL…') } as const] : []),
      ...(canCallApi ? askingActions(known) : []),
    ],
  };
}

function askingActions(known: boolean): readonly HoverAction[] {
  return [
    { act: 'showVideo', label: l10n.t('Show details') },
    { act: 'refreshVideo', label: known ? l10n.t('Refresh') : l10n.t('Ask Cloudflare') },
  ];
}

function headlineOf(video: VideoKnowledge | undefined, inContext: boolean): string {
  if (video === undefined || video.facts.absent)
    return inContext ? l10n.t('Video id') : l10n.t('A video id, or a hash');
  return cleanText(video.name, 100) || l10n.t('(no name)');
}

function factsText({ account, duration, facts, liveInput, state }: VideoKnowledge): readonly string[] {
  const owner = cleanText(account.label, 60);
  if (facts.absent) return [l10n.t('Not found in {0}.', owner)];
  const parts = [
    ...(liveInput ? [l10n.t('live input'), ...broadcastText(facts.playable)] : stateText(state)),
    ...(duration === undefined ? [] : [durationText(duration)]),
    ...(facts.needsToken === undefined ? [] : [accessText(facts.needsToken)]),
    l10n.t('in {0}', owner),
  ];
  return [parts.join(' · ')];
}

function stateText(state: string): readonly string[] {
  return state === 'ready' ? [l10n.t('ready')] : videoStateText({ state });
}

function broadcastText(playable: boolean | undefined): readonly string[] {
  if (playable === undefined) return [];
  return [playable ? l10n.t('live now') : l10n.t('nobody broadcasts')];
}
