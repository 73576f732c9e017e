import { randomBytes } from 'node:crypto';
import type { EmulatedAccount } from './accounts';
import { encode } from './encode';
import type { EmulatedLiveInput } from './liveInput';
import { toVideo, type VideoFacts } from './video';

/** A broadcast that is running. */
export interface Broadcast {
  /** The id of the video that it is, and of the recording that it becomes. */
  readonly videoId: string;
  /** Ends it; the recording is ready at once. */
  end(): void;
}

/**
 * Somebody begins to broadcast through a live input.
 *
 * @param now milliseconds since the epoch
 */
export function startBroadcast(account: EmulatedAccount, input: EmulatedLiveInput, now: () => number): Broadcast {
  const began = now();
  const { requireSignedURLs, allowedOrigins } = input.recording;
  const facts: VideoFacts = {
    uid: randomBytes(16).toString('hex'),
    // The API writes microseconds.
    created: new Date(began).toISOString().replace('Z', '000Z'),
    name: `${input.meta.name ?? input.uid} ${new Date(began).toUTCString()}`,
    state: 'live-inprogress',
    duration: 0,
    requireSignedURLs,
    allowedOrigins,
    liveInput: input.uid,
  };
  const video = toVideo(facts, account.customerCode);
  account.videos.unshift(video);
  input.status = 'connected';
  return {
    videoId: video.uid,
    end() {
      encode(account, video, 100, (now() - began) / 1000);
      input.status = 'client_disconnect';
    },
  };
}
