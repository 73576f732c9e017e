import type { EmulatedAccount } from './accounts';
import { type EmulatedVideo, toVideo } from './video';

/** What follows from how far the encoding is. */
const FIELDS = [
  'size',
  'duration',
  'input',
  'readyToStream',
  'readyToStreamAt',
  'status',
  'playback',
  'preview',
  'thumbnail',
] as const;

/**
 * Brings the encoding of a video to so many percent; at 100 it is ready and can be played.
 *
 * @param duration seconds that it turns out to last
 */
export function encode({ customerCode }: EmulatedAccount, video: EmulatedVideo, progress: number, duration = 60): void {
  const state = progress < 100 ? 'inprogress' : 'ready';
  const { uid, created, requireSignedURLs } = video;
  const encoded = toVideo({ uid, created, requireSignedURLs, state, progress, duration }, customerCode);
  for (const name of FIELDS) {
    if (name in encoded) Object.assign(video, { [name]: encoded[name] });
    else delete (video as Partial<EmulatedVideo>)[name];
  }
}
