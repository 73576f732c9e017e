import type { Emulator } from './server';

const FIRST_VIDEOS = 3;

/** An emulator in one line of JSON: where it is, who can sign in, and the first videos of each account. */
export function describe({ api, edge, accounts, credentials }: Emulator): object {
  return {
    api,
    edge,
    accounts: accounts.map(({ id, name, customerCode, videos, liveInputs }) => ({
      id,
      name,
      customerCode,
      videoCount: videos.length,
      videos: videos.slice(0, FIRST_VIDEOS).map(({ uid, meta, requireSignedURLs, status }) => ({
        uid,
        name: meta.name,
        requireSignedURLs,
        state: status.state,
      })),
      liveInputs: liveInputs.map(({ uid, meta, status, recording }) => ({
        uid,
        name: meta.name,
        requireSignedURLs: recording.requireSignedURLs,
        status,
      })),
    })),
    credentials,
  };
}
