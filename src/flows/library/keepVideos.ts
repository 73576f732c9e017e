import type { KnownVideo } from '../../source/knownVideos';
import type { Video } from '../../stream/api/video';
import type { Log } from '../log';

/** Slim records of videos, a file per account; rebuilt whenever they are lost. */
export interface VideoShelf {
  write(accountKey: string, videos: readonly KnownVideo[]): Promise<void>;
  remove(accountKey: string): Promise<void>;
  /** The record of a video, in whichever account it is, as far as the records were read by now. */
  find(videoId: string): KeptVideo | undefined;
  /** The same, after they were read. */
  lookUp(videoId: string): Promise<KeptVideo | undefined>;
}

export type KeptVideo = KnownVideo & { readonly accountKey: string };

/**
 * Keeps what lenses and hovers know of videos. Losing it costs them names, so a failure is only logged. What changes while
 * a file is being written is written once after that.
 */
export function createVideoKeeper(
  shelf: VideoShelf,
  log: Log,
): (accountKey: string, videos: readonly Video[]) => Promise<void> {
  const writing = new Map<string, { next: readonly Video[] | undefined; done: Promise<void> }>();

  async function write(accountKey: string, videos: readonly Video[]): Promise<void> {
    try {
      await shelf.write(accountKey, videos.map(toKnown));
    } catch {
      log.warn('The list of known videos could not be kept.');
    }
    const waiting = writing.get(accountKey);
    const next = waiting?.next;
    if (waiting === undefined || next === undefined) {
      writing.delete(accountKey);
      return;
    }
    waiting.next = undefined;
    return write(accountKey, next);
  }

  return (accountKey, videos) => {
    const running = writing.get(accountKey);
    if (running !== undefined) {
      running.next = videos;
      return running.done;
    }
    const entry = { next: undefined, done: Promise.resolve() };
    writing.set(accountKey, entry);
    entry.done = write(accountKey, videos);
    return entry.done;
  };
}

function toKnown({ id, name, duration, requireSignedUrls, state }: Video): KnownVideo {
  return {
    id,
    name,
    signed: requireSignedUrls,
    ...(duration !== undefined && { duration }),
    ...(state === 'ready' && { ready: true }),
  };
}
