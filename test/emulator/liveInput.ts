import { createHash } from 'node:crypto';
import type { EmulatedVideo } from './video';

/** Connection states of a live input; `null` before the first connection. */
export type LiveInputStatus = 'connected' | 'reconnected' | 'reconnecting' | 'client_disconnect' | null;

/** A live input as the API shows it, with the names of the wire. Whoever has one of its stream keys can broadcast. */
export interface EmulatedLiveInput {
  readonly uid: string;
  readonly created: string;
  modified: string;
  meta: Record<string, unknown>;
  enabled: boolean;
  preferLowLatency: boolean;
  status: LiveInputStatus;
  deleteRecordingAfterDays?: number;
  defaultCreator?: string;
  /** What holds for viewers who come by the id of the input, and for the recordings to come. */
  recording: {
    readonly mode: 'off' | 'automatic';
    readonly requireSignedURLs: boolean;
    readonly allowedOrigins: readonly string[];
    readonly timeoutSeconds: number;
    readonly hideLiveViewerCount: boolean;
  };
  readonly rtmps: { readonly url: string; readonly streamKey: string };
  readonly rtmpsPlayback: { readonly url: string; readonly streamKey: string };
  readonly srt: { readonly url: string; readonly streamId: string; readonly passphrase: string };
  readonly srtPlayback: { readonly url: string; readonly streamId: string; readonly passphrase: string };
  readonly webRTC: { readonly url: string };
  readonly webRTCPlayback: { readonly url: string };
  readonly playback: { readonly hls: string; readonly dash: string };
}

/** What tells one live input from another; the rest follows from it. */
export interface LiveInputFacts {
  readonly uid: string;
  readonly created: string;
  readonly name?: string;
  readonly status: LiveInputStatus;
  readonly requireSignedURLs: boolean;
  readonly allowedOrigins?: readonly string[];
  readonly deleteRecordingAfterDays?: number;
}

/** Fills in what the API says about such a live input; its stream keys follow from the id and open nothing anywhere. */
export function toLiveInput(facts: LiveInputFacts, customerCode: string): EmulatedLiveInput {
  const { uid, created, name, status, requireSignedURLs, allowedOrigins = [], deleteRecordingAfterDays } = facts;
  const base = `https://customer-${customerCode}.cloudflarestream.com`;
  const rtmps = 'rtmps://live.cloudflare.com:443/live/';
  const srt = 'srt://live.cloudflare.com:778';
  return {
    uid,
    created,
    modified: created,
    meta: name === undefined ? {} : { name },
    enabled: true,
    preferLowLatency: false,
    status,
    ...(deleteRecordingAfterDays !== undefined && { deleteRecordingAfterDays }),
    recording: { mode: 'automatic', requireSignedURLs, allowedOrigins, timeoutSeconds: 0, hideLiveViewerCount: false },
    rtmps: { url: rtmps, streamKey: streamKey(uid, 'rtmps') },
    rtmpsPlayback: { url: rtmps, streamKey: streamKey(uid, 'rtmps playback') },
    srt: { url: srt, streamId: uid, passphrase: streamKey(uid, 'srt') },
    srtPlayback: { url: srt, streamId: `play${uid}`, passphrase: streamKey(uid, 'srt playback') },
    webRTC: { url: `${base}/${streamKey(uid, 'webrtc')}/webRTC/publish` },
    webRTCPlayback: { url: `${base}/${uid}/webRTC/play` },
    playback: { hls: `${base}/${uid}/manifest/video.m3u8`, dash: `${base}/${uid}/manifest/video.mpd` },
  };
}

/** The video that is being broadcast through an input right now. */
export function broadcastOf(
  { uid, enabled, status }: EmulatedLiveInput,
  videos: readonly EmulatedVideo[],
): EmulatedVideo | undefined {
  if (!enabled || (status !== 'connected' && status !== 'reconnected')) return undefined;
  return videos.find((video) => video.liveInput === uid && video.status.state === 'live-inprogress');
}

/** Shaped like Cloudflare's: a secret, the letter k, the id of the input. */
function streamKey(uid: string, use: string): string {
  return `${createHash('sha256').update(`${use} key of ${uid}`).digest('hex').slice(0, 32)}k${uid}`;
}
