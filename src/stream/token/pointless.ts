import { DEFAULT_LIFETIME, secondsUntil, type TokenOptions } from './options';
import type { DownloadState, VideoFacts } from './verdict';

/** Why a token of this kind would be of no or little use for a video. */
export type Pointless =
  /** The video does not require signed URLs: it plays by its id, for everyone. */
  | { readonly code: 'public' }
  /** Downloads are allowed, but no MP4 is there. */
  | { readonly code: 'noDownload'; readonly state: Exclude<DownloadState, 'ready'> }
  /** Only pages of these hosts may show it, token or not. */
  | { readonly code: 'origins'; readonly allowed: readonly string[] }
  /** Access is checked during playback, so it stops before the end. Both in seconds. */
  | { readonly code: 'shorterThanVideo'; readonly lifetime: number; readonly duration: number };

/**
 * Judges a token that is signed at a moment (epoch seconds) by what is known of its video; `duration` is in seconds. What
 * is not known is no reason. Source of the checks during playback and of the origins:
 * https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/
 */
export function pointlessReasons(
  { expiry, downloadable }: TokenOptions,
  { needsToken, allowedOrigins = [], downloads }: VideoFacts,
  duration: number | undefined,
  now: number,
): readonly Pointless[] {
  const lifetime = expiry === undefined ? DEFAULT_LIFETIME : secondsUntil(expiry, Math.floor(now));
  const mp4 = downloads?.mp4;
  return [
    ...(needsToken === false ? [{ code: 'public' } as const] : []),
    ...(downloadable === true && mp4 !== undefined && mp4 !== 'ready'
      ? [{ code: 'noDownload', state: mp4 } as const]
      : []),
    ...(allowedOrigins.length > 0 ? [{ code: 'origins', allowed: allowedOrigins } as const] : []),
    ...(duration !== undefined && lifetime > 0 && lifetime < duration
      ? [{ code: 'shorterThanVideo', lifetime, duration } as const]
      : []),
  ];
}
