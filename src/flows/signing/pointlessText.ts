import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import { type Pointless, pointlessReasons } from '../../stream/token/pointless';
import type { VideoKnowledge } from '../library/videoKnowledge';
import { durationText } from '../times';
import type { Line } from './signHub';
import type { Signing } from './signing';

/** So many allowed origins are named; more would hide what else is said. */
const NAMED = 3;

/**
 * Why a token that is signed now (epoch seconds) would be of no or little use for what is known of its video, a sentence
 * beside the line of the hub that it concerns. What is not known is not warned of.
 */
export function pointlessWarnings(
  { options }: Signing,
  known: VideoKnowledge | undefined,
  now: number,
): Partial<Record<Line, string>> {
  if (known === undefined) return {};
  if (known.facts.absent) return { video: absentSentence() };
  const said: Partial<Record<Line, string>> = {};
  for (const reason of pointlessReasons(options, known.facts, known.duration, now)) {
    const line = lineOf(reason);
    said[line] = [said[line], sentence(reason)].filter(Boolean).join(' ');
  }
  return said;
}

function absentSentence(): string {
  return l10n.t('Neither a video nor a live input with this id is in the account.');
}

function lineOf({ code }: Pointless): Line {
  switch (code) {
    case 'public':
    case 'origins':
      return 'video';
    case 'noDownload':
      return 'downloads';
    case 'shorterThanVideo':
      return 'expires';
  }
}

function sentence(reason: Pointless): string {
  switch (reason.code) {
    case 'public':
      return l10n.t('Public: it plays by its id alone, so a token protects nothing.');
    case 'origins':
      return l10n.t(
        'Only pages of {0} may show it; elsewhere the player refuses, token or not.',
        named(reason.allowed),
      );
    case 'noDownload':
      return downloadSentence(reason.state);
    case 'shorterThanVideo':
      return l10n.t(
        'Shorter than the video ({0}). Access is checked during playback, so it stops before the end.',
        durationText(Math.ceil(reason.duration)),
      );
  }
}

function downloadSentence(state: 'making' | 'failed' | 'notMade'): string {
  switch (state) {
    case 'making':
      return l10n.t('The MP4 of this video is still being made.');
    case 'failed':
      return l10n.t('Making an MP4 of this video failed, so there is nothing to download.');
    case 'notMade':
      return l10n.t('No MP4 was made of this video, so there is nothing to download yet. The sidebar can create one.');
  }
}

function named(origins: readonly string[]): string {
  const first = origins
    .slice(0, NAMED)
    .map((origin) => cleanLabel(origin, 60))
    .join(', ');
  return origins.length > NAMED ? l10n.t('{0} and {1} more', first, origins.length - NAMED) : first;
}
