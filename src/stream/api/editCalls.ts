import * as v from 'valibot';
import type { Outcome } from '../failure';
import { succeeded } from '../failure';
import type { ApiCall } from './apiCall';
import { lenient, text } from './lenient';
import { checkedId } from './tokenCall';
import { type Video, videoDetailsAnswer } from './video';

/** What is changed of a video. A field that is absent stays as it is. */
export interface VideoChange {
  readonly requireSignedURLs?: boolean;
  /** Hosts, in Cloudflare's notation; none means that any page may embed the video. */
  readonly allowedOrigins?: readonly string[];
  /** Takes the place of all there is. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

export type DownloadKind = 'mp4' | 'm4a';

/** A file for downloading that was made of a video, or is in the making. */
export interface Download {
  readonly state: 'ready' | 'inprogress' | 'error';
  /** 0 to 100. */
  readonly percent: number;
}

/** Those that somebody asked for. */
export type DownloadProgress = { readonly [Kind in DownloadKind]?: Download };

/** The calls that change a video, or make something of it. None deletes. */
export interface EditCalls {
  /** Changes a video (`POST …/stream/{id}`), and answers with what it is now. */
  editVideo(accountId: string, videoId: string, change: VideoChange, signal: AbortSignal): Promise<Outcome<Video>>;
  /** How far the downloads of a video are (`GET …/stream/{id}/downloads`). */
  readDownloadProgress(accountId: string, videoId: string, signal: AbortSignal): Promise<Outcome<DownloadProgress>>;
  /** Has a download made (`POST …/stream/{id}/downloads`); one that is there or in the making stays as it is. */
  createDownload(
    accountId: string,
    videoId: string,
    kind: DownloadKind,
    signal: AbortSignal,
  ): Promise<Outcome<DownloadProgress>>;
}

const download = lenient(v.object({ status: text, percentComplete: lenient(v.number()) }));
const downloadsAnswer = v.pipe(
  v.object({ default: download, audio: download }),
  v.transform(({ default: mp4, audio: m4a }): DownloadProgress => {
    return { ...(mp4 && { mp4: toDownload(mp4) }), ...(m4a && { m4a: toDownload(m4a) }) };
  }),
);

function toDownload({ status, percentComplete }: NonNullable<v.InferOutput<typeof download>>): Download {
  const state = status === 'ready' || status === 'error' ? status : 'inprogress';
  return { state, percent: Math.min(100, Math.max(0, percentComplete ?? 0)) };
}

export function createEditCalls(call: ApiCall['call']): EditCalls {
  const pathOf = (accountId: string, videoId: string) =>
    `/accounts/${checkedId(accountId)}/stream/${checkedId(videoId)}` as const;
  return {
    async editVideo(accountId, videoId, change, signal) {
      // Setting the same twice is setting it once.
      const request = { method: 'POST', path: pathOf(accountId, videoId), body: change, repeat: 'always' } as const;
      const answer = await call(request, videoDetailsAnswer, signal);
      return answer.ok ? succeeded(answer.value.video) : answer;
    },
    readDownloadProgress: async (accountId, videoId, signal) =>
      call({ method: 'GET', path: `${pathOf(accountId, videoId)}/downloads` }, downloadsAnswer, signal),
    async createDownload(accountId, videoId, kind, signal) {
      const path = `${pathOf(accountId, videoId)}/downloads${kind === 'm4a' ? '/audio' : ''}` as const;
      return call({ method: 'POST', path, repeat: 'always' }, downloadsAnswer, signal);
    },
  };
}
