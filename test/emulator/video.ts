/** States of a video, as the `status` filter of the list names them. */
export const VIDEO_STATES = [
  'pendingupload',
  'downloading',
  'queued',
  'inprogress',
  'ready',
  'error',
  'live-inprogress',
] as const;

export type VideoState = (typeof VIDEO_STATES)[number];

/** A video as the API shows it, with the names of the wire. Every instant is RFC 3339. */
export interface EmulatedVideo {
  readonly uid: string;
  readonly created: string;
  readonly uploaded: string;
  modified: string;
  meta: Record<string, unknown>;
  creator?: string;
  readonly size: number;
  /** Seconds; -1 while it is not known. */
  readonly duration: number;
  /** Pixels; -1 while they are not known. */
  readonly input: { readonly width: number; readonly height: number };
  readonly readyToStream: boolean;
  readonly readyToStreamAt?: string;
  /** `pctComplete` is a decimal string. */
  readonly status: {
    readonly state: VideoState;
    readonly pctComplete?: string;
    readonly errorReasonCode: string;
    readonly errorReasonText: string;
  };
  requireSignedURLs: boolean;
  allowedOrigins: readonly string[];
  thumbnailTimestampPct: number;
  maxDurationSeconds?: number;
  uploadExpiry?: string;
  scheduledDeletion?: string;
  publicDetails?: Record<string, unknown>;
  readonly liveInput?: string;
  readonly playback?: { readonly hls: string; readonly dash: string };
  readonly preview?: string;
  readonly thumbnail?: string;
}

/** What tells one video from another; the rest follows from it. */
export interface VideoFacts {
  readonly uid: string;
  readonly created: string;
  readonly name?: string;
  readonly creator?: string;
  readonly state: VideoState;
  readonly requireSignedURLs: boolean;
  /** Seconds. */
  readonly duration: number;
  /** 0 to 100, for a video that is being encoded. */
  readonly progress?: number;
  readonly liveInput?: string;
  readonly allowedOrigins?: readonly string[];
}

/**
 * Fills in what the API says about such a video. Links to the delivery host are there once the video can be played, and
 * carry the account's customer code, which no field of the API names.
 */
export function toVideo(facts: VideoFacts, customerCode: string): EmulatedVideo {
  const { uid, created, state } = facts;
  const playable = state === 'ready' || state === 'live-inprogress';
  const base = `https://customer-${customerCode}.cloudflarestream.com/${uid}`;
  const measured = state === 'ready';
  return {
    uid,
    created,
    uploaded: created,
    modified: created,
    meta: facts.name === undefined ? {} : { name: facts.name },
    ...(facts.creator !== undefined && { creator: facts.creator }),
    size: Math.round(facts.duration * 412_000),
    duration: measured ? facts.duration : -1,
    input: measured ? { width: 1920, height: 1080 } : { width: -1, height: -1 },
    readyToStream: playable,
    ...(playable && { readyToStreamAt: created }),
    status: toStatus(facts),
    requireSignedURLs: facts.requireSignedURLs,
    allowedOrigins: facts.allowedOrigins ?? [],
    thumbnailTimestampPct: 0,
    ...(facts.liveInput !== undefined && { liveInput: facts.liveInput }),
    ...(playable && {
      playback: { hls: `${base}/manifest/video.m3u8`, dash: `${base}/manifest/video.mpd` },
      preview: `${base}/watch`,
      thumbnail: `${base}/thumbnails/thumbnail.jpg`,
    }),
  };
}

function toStatus({ state, progress = 0 }: VideoFacts): EmulatedVideo['status'] {
  if (state === 'error') {
    return {
      state,
      errorReasonCode: 'ERR_NON_VIDEO',
      errorReasonText: 'The file was not recognized as a valid video file.',
    };
  }
  const percent = state === 'ready' ? 100 : state === 'inprogress' ? progress : undefined;
  return {
    state,
    ...(percent !== undefined && { pctComplete: percent.toFixed(6) }),
    errorReasonCode: '',
    errorReasonText: '',
  };
}
