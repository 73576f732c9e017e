import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { Video } from '../../stream/api/video';
import type { Failure } from '../../stream/failure';
import { parseVideoId } from '../../stream/parseId';
import { videoIdSentence } from '../fieldSentences';
import { type LibraryState, MAX_LISTED, type VideoLibrary } from '../library/videoLibrary';
import { videoStateText } from '../library/videoState';
import { answer, type Choice, type Entry, type Prompter, type Reply, type Verdict } from '../prompter';
import { durationText } from '../times';
import type { ChosenVideo, Signing } from './signing';

export interface VideoStepParts {
  readonly prompter: Prompter;
  readonly videos: Pick<VideoLibrary, 'listing'>;
  readonly onVideos: (videos: readonly Video[]) => void;
  readonly explain: (failure: Failure) => string;
  /** Done with the picked video while the list still stands, busy. */
  readonly onPicked?: (video: ChosenVideo, signal: AbortSignal) => Promise<void>;
}

/** Picks a video from the account's list, newest first and searchable by name and id, or takes a typed id or URL. */
export async function askVideo(signing: Signing, parts: VideoStepParts): Promise<Reply<ChosenVideo>> {
  const listed = new Map<string, Video>();
  let picked: ChosenVideo | undefined;
  const reply = await parts.prompter.pick<ChosenVideo | Verdict>({
    title: l10n.t('Video'),
    canGoBack: true,
    placeholder: l10n.t('Search by name or id, or paste an id or any Stream URL'),
    choices: [],
    load: (signal) => loadVideos(signing.account.key, parts, listed, signal),
    typed: (text) => typedVideo(text, listed),
    active: (video) => 'id' in video && video.id === signing.video?.id,
    async check(video, signal) {
      if (!('id' in video)) return video;
      picked = video;
      await parts.onPicked?.(video, signal);
      return undefined;
    },
  });
  if (reply.kind !== 'answer') return reply;
  return picked === undefined ? { kind: 'back' } : answer(picked);
}

async function* loadVideos(
  accountKey: string,
  { videos, onVideos, explain }: VideoStepParts,
  listed: Map<string, Video>,
  signal: AbortSignal,
): AsyncIterable<readonly Entry<ChosenVideo | Verdict>[]> {
  for await (const state of videos.listing(accountKey, signal)) {
    for (const video of state.videos) listed.set(video.id, video);
    onVideos(state.videos);
    const note = noteBelow(state, explain);
    yield [
      ...Array.from(listed.values(), videoChoice),
      ...(note === undefined
        ? []
        : [
            {
              value: { severity: 'error' as const, message: note },
              icon: 'info',
              label: note,
              alwaysShow: true,
              note: true as const,
            },
          ]),
    ];
  }
}

/** Why the list ends where it does, unless that is plain. */
function noteBelow(
  { videos, complete, failure }: LibraryState,
  explain: VideoStepParts['explain'],
): string | undefined {
  if (failure !== undefined) return l10n.t('The list is not complete. {0}', explain(failure));
  if (complete) return videos.length === 0 ? l10n.t('There are no videos in this account yet.') : undefined;
  return videos.length >= MAX_LISTED
    ? l10n.t('These are the newest {0} videos. Paste the id of an older one.', videos.length)
    : undefined;
}

function videoChoice(video: Video): Choice<ChosenVideo> {
  const facts = [
    ...videoStateText(video),
    ...(video.duration === undefined ? [] : [durationText(video.duration)]),
    video.requireSignedUrls ? l10n.t('needs a token') : l10n.t('public'),
  ];
  return {
    value: { id: video.id, name: video.name },
    icon: video.requireSignedUrls ? 'lock' : 'globe',
    label: cleanLabel(video.name) || l10n.t('(no name)'),
    description: `${video.id} · ${cleanLabel(facts.join(' · '))}`,
  };
}

function typedVideo(text: string, listed: ReadonlyMap<string, Video>): readonly Choice<ChosenVideo | Verdict>[] {
  if (text.trim() === '') return [];
  const parsed = parseVideoId(text);
  if (parsed.ok) {
    const label =
      parsed.from === 'token'
        ? l10n.t('Use video {0} (the token is for it)', parsed.id)
        : l10n.t('Use video {0}', parsed.id);
    return [{ value: { id: parsed.id, name: '' }, icon: 'check', label, alwaysShow: true }];
  }
  // A name is being searched for, unless it is plainly an attempt at an id or an address.
  const { problem } = parsed;
  const meantAsId = problem.code !== 'notHex' && (problem.code !== 'length' || problem.digits > 20);
  if (!meantAsId) return [];
  // A part of an id that is in the list is a search, and its match stands there.
  const part = text.trim().toLowerCase();
  if ([...listed.keys()].some((id) => id.includes(part))) return [];
  const message = videoIdSentence(problem);
  return [{ value: { severity: 'error', message }, icon: 'error', label: message, alwaysShow: true }];
}
