import { success } from './answers';
import type { Answer } from './exchange';
import type { EmulatedVideo } from './video';

/** `default` is the MP4, `audio` the M4A. */
export type DownloadType = 'default' | 'audio';

/** The files that were made of videos so that they can be downloaded. */
export interface Downloads {
  /** Begins to make the file, unless it is there or in the making. */
  create(uid: string, type: DownloadType): void;
  /** `false` when there was none. */
  remove(uid: string, type: DownloadType): boolean;
  /** 0 to 100, 100 meaning ready; `undefined` when nobody asked for the file. */
  progress(uid: string, type: DownloadType): number | undefined;
  /** From now on the making of this file has failed, where it is. */
  fail(uid: string, type: DownloadType): void;
  hasFailed(uid: string, type: DownloadType): boolean;
}

export const DOWNLOAD_FILES = { default: 'default.mp4', audio: 'audio.m4a' } as const;
const TYPES = ['default', 'audio'] as const;

/**
 * @param now milliseconds since the epoch
 * @param takes milliseconds from asking for a file until it is ready
 */
export function createDownloads(now: () => number, takes: number): Downloads {
  const started = new Map<string, number>();
  const failed = new Map<string, number>();
  const progress = (uid: string, type: DownloadType): number | undefined => {
    const name = `${uid}/${type}`;
    const since = started.get(name);
    if (since === undefined) return undefined;
    return failed.get(name) ?? (takes <= 0 ? 100 : Math.min(100, Math.floor(((now() - since) / takes) * 100)));
  };
  return {
    create(uid, type) {
      const name = `${uid}/${type}`;
      if (!started.has(name)) started.set(name, now());
    },
    remove(uid, type) {
      failed.delete(`${uid}/${type}`);
      return started.delete(`${uid}/${type}`);
    },
    progress,
    fail: (uid, type) => void failed.set(`${uid}/${type}`, Math.min(99, progress(uid, type) ?? 0)),
    hasFailed: (uid, type) => failed.has(`${uid}/${type}`),
  };
}

/** What the API says about the files of a video: only those somebody asked for. */
export function showDownloads({ uid, playback }: EmulatedVideo, downloads: Downloads): Answer {
  const origin = new URL(playback?.hls ?? 'https://cloudflarestream.com').origin;
  const shown = TYPES.flatMap((type) => {
    const percentComplete = downloads.progress(uid, type);
    if (percentComplete === undefined) return [];
    const status = downloads.hasFailed(uid, type) ? 'error' : percentComplete === 100 ? 'ready' : 'inprogress';
    return [[type, { status, url: `${origin}/${uid}/downloads/${DOWNLOAD_FILES[type]}`, percentComplete }]];
  });
  return success(Object.fromEntries(shown));
}
