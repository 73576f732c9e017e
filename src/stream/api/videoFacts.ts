import type { VideoFacts } from '../token/verdict';
import type { LiveInput } from './client';
import type { Video } from './video';

/** States in which nothing of a video can be played. One that is `inprogress` may play already. */
const UNPLAYABLE: ReadonlySet<string> = new Set(['pendingupload', 'downloading', 'queued', 'error']);
const PLAYABLE: ReadonlySet<string> = new Set(['ready', 'live-inprogress']);

/** What the record of a video in a list says about playing it. */
export function factsOfVideo({ state, requireSignedUrls, allowedOrigins }: Video): VideoFacts {
  return {
    needsToken: requireSignedUrls,
    ...(PLAYABLE.has(state) && { playable: true }),
    ...(UNPLAYABLE.has(state) && { playable: false }),
    ...(allowedOrigins !== undefined && { allowedOrigins }),
  };
}

/** The same with everything that Cloudflare says of a video (`GET …/stream/{id}`), of which fields may be missing or odd. */
export function factsOfDetails(video: Video, details: Readonly<Record<string, unknown>>): VideoFacts {
  const { readyToStream, allowedOrigins } = details;
  return {
    ...factsOfVideo(video),
    ...(typeof readyToStream === 'boolean' && { playable: readyToStream }),
    ...(Array.isArray(allowedOrigins) && {
      allowedOrigins: allowedOrigins.filter((entry) => typeof entry === 'string'),
    }),
  };
}

/** The same for a live input: while nobody broadcasts there is nothing to play, and nothing can be downloaded. */
export function factsOfLiveInput({ requireSignedUrls, allowedOrigins, connected }: LiveInput): VideoFacts {
  return {
    needsToken: requireSignedUrls,
    allowedOrigins,
    ...(connected !== undefined && { playable: connected }),
    downloads: { mp4: 'notMade', m4a: 'notMade' },
  };
}
