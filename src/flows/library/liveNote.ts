import * as l10n from '@vscode/l10n';
import type { LiveInputs } from './liveInputs';
import type { VideoLibrary } from './videoLibrary';

export interface LiveNoteParts {
  readonly liveInputs: Pick<LiveInputs, 'known' | 'recording'>;
  readonly videos: Pick<VideoLibrary, 'state'>;
}

/**
 * Whose `requireSignedURLs` decides about a live input or a recording, as far as they are known here: whoever comes by the
 * id of the input has its setting, whoever comes by the id of a recording that of the recording. Source:
 * https://developers.cloudflare.com/stream/stream-live/watch-live-stream/. Undefined for any other video.
 */
export function liveNote(accountKey: string, videoId: string, parts: LiveNoteParts): string | undefined {
  const input = parts.liveInputs.known(accountKey).find(({ id }) => id === videoId);
  if (input !== undefined) {
    if (input.seen === undefined)
      return l10n.t('A live input: by its id its own setting holds, not that of its recordings.');
    return input.seen.requireSignedUrls
      ? l10n.t('A live input: by its id its own setting holds, and it requires signed URLs.')
      : l10n.t('A live input: by its id its own setting holds, and it plays without a token.');
  }
  const recording = knownVideo(accountKey, videoId, parts);
  if (recording?.liveInput === undefined) return undefined;
  return recording.requireSignedUrls
    ? l10n.t('A recording: its own setting holds, not the live input’s, and it requires signed URLs.')
    : l10n.t('A recording: its own setting holds, not the live input’s, and it plays without a token.');
}

/** Whether a video or live input needs a token, as far as that is known here. */
export function needsToken(accountKey: string, videoId: string, parts: LiveNoteParts): boolean | undefined {
  const input = parts.liveInputs.known(accountKey).find(({ id }) => id === videoId);
  return input?.seen?.requireSignedUrls ?? knownVideo(accountKey, videoId, parts)?.requireSignedUrls;
}

function knownVideo(accountKey: string, videoId: string, { liveInputs, videos }: LiveNoteParts) {
  const listed = videos.state(accountKey)?.videos.find(({ id }) => id === videoId);
  return listed ?? liveInputs.recording(accountKey, videoId);
}
