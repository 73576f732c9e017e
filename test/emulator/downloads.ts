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
}

export const DOWNLOAD_FILES = { default: 'default.mp4', audio: 'audio.m4a' } as const;
const TYPES = ['default', 'audio'] as const;

/**
 * @param now milliseconds since the epoch
 * @param takes milliseconds from asking for a file until it is ready
 */
export function createDownloads(now: () => number, takes: number): Downloads {
  const started = new Map<string, number>();
  return {
    create(uid, type) {
      const name = `${uid}/${type}`;
      if (!started.has(name)) started.set(name, now());
    },
    remove: (uid, type) => started.delete(`${uid}/${type}`),
    progress(uid, type) {
      const since = started.get(`${uid}/${type}`);
      if (since === undefined) return undefined;
      return takes <= 0 ? 100 : Math.min(100, Math.floor(((now() - since) / takes) * 100));
    },
  };
}

/** What the API says about the files of a video: only those somebody asked for. */
export function showDownloads({ uid, playback }: EmulatedVideo, downloads: Downloads): Answer {
  const origin = new URL(playback?.hls ?? 'https://cloudflarestream.com').origin;
  const shown = TYPES.flatMap((type) => {
    const percentComplete = downloads.progress(uid, type);
    if (percentComplete === undefined) return [];
    const status = percentComplete === 100 ? 'ready' : 'inprogress';
    return [[type, { status, url: `${origin}/${uid}/downloads/${DOWNLOAD_FILES[type]}`, percentComplete }]];
  });
  return success(Object.fromEntries(shown));
}
