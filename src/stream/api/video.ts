import * as v from 'valibot';
import { customerCodeOf } from '../delivery/customerCode';
import { isId } from '../id';
import { lenient, text } from './lenient';

/** A video as far as listing and signing need it: a slim record, of which there may be tens of thousands. */
export interface Video {
  readonly id: string;
  readonly name: string;
  /** RFC 3339, as Cloudflare sent it; empty when it was not there. */
  readonly created: string;
  /** Seconds; absent while Cloudflare does not know it yet. */
  readonly duration?: number;
  /** `ready`, `inprogress`, `queued`, `error`, `live-inprogress`, …; empty when unknown. */
  readonly state: string;
  /** 0 to 100, while it is being processed. */
  readonly progress?: number;
  /** Why processing failed, in Cloudflare's words. */
  readonly problem?: string;
  readonly requireSignedUrls: boolean;
  /** Whoever it was uploaded for, as the account names them. */
  readonly creator?: string;
  /** RFC 3339: when Cloudflare will delete it. */
  readonly scheduledDeletion?: string;
  /** The live input it was recorded from. */
  readonly liveInput?: string;
  readonly customerCode?: string;
  /** Which pages may show it; absent when all may. */
  readonly allowedOrigins?: readonly string[];
}

export const videoAnswer = v.object({
  uid: v.pipe(v.string(), v.check(isId)),
  created: text,
  duration: lenient(v.number()),
  requireSignedURLs: lenient(v.boolean()),
  status: lenient(v.object({ state: text, pctComplete: text, errorReasonCode: text, errorReasonText: text })),
  meta: lenient(v.object({ name: text })),
  creator: text,
  scheduledDeletion: text,
  liveInput: text,
  allowedOrigins: lenient(v.array(v.string())),
  preview: text,
  thumbnail: text,
  playback: lenient(v.object({ hls: text, dash: text })),
});

/** A video with everything Cloudflare said of it. */
export const videoDetailsAnswer = v.pipe(
  v.looseObject({ uid: v.pipe(v.string(), v.check(isId)) }),
  v.transform((details) => ({ details, video: toVideo(v.parse(videoAnswer, details)) })),
);

/** Read one by one by {@link readVideos}. */
export const videosAnswer = v.array(v.unknown());

/** About five milliseconds of work. */
const PIECE = 200;

/** One damaged entry must not hide a whole library: it is left out. Between pieces of the work others have their turn. */
export async function readVideos(
  entries: readonly unknown[],
  pace: (() => Promise<void>) | undefined,
): Promise<readonly Video[]> {
  const same = shared();
  const videos: Video[] = [];
  for (const [at, entry] of entries.entries()) {
    if (at > 0 && at % PIECE === 0) await pace?.();
    const video = v.safeParse(videoAnswer, entry);
    if (video.success) videos.push(toVideo(video.output, same));
  }
  return videos;
}

/** The customer code of an account, as the first of its videos with an address tells it. */
export function customerCodeAmong(videos: readonly Video[]): string | undefined {
  return videos.find(({ customerCode }) => customerCode !== undefined)?.customerCode;
}

/** No reason that Cloudflare gives is longer; whatever is, is cut. */
const MOST_OF_A_PROBLEM = 300;

function toVideo(video: v.InferOutput<typeof videoAnswer>, same = shared()): Video {
  const { state = '', pctComplete, errorReasonCode, errorReasonText } = video.status ?? {};
  const code = [video.preview, video.thumbnail, video.playback?.hls, video.playback?.dash]
    .map((url) => (url ? customerCodeOf(url) : undefined))
    .find((found) => found !== undefined);
  const percent = Number.parseFloat(pctComplete ?? '');
  const problem = state === 'error' ? errorReasonText || errorReasonCode : undefined;
  return {
    id: video.uid,
    name: video.meta?.name ?? '',
    created: video.created ?? '',
    // Cloudflare writes -1 while the length is unknown.
    ...(video.duration != null && video.duration >= 0 && { duration: video.duration }),
    state: same(state ?? ''),
    ...(state === 'inprogress' && percent >= 0 && percent <= 100 && { progress: percent }),
    ...(problem && { problem: same(problem.slice(0, MOST_OF_A_PROBLEM)) }),
    requireSignedUrls: video.requireSignedURLs === true,
    ...(video.creator && { creator: same(video.creator) }),
    ...(video.scheduledDeletion && { scheduledDeletion: video.scheduledDeletion }),
    ...(video.liveInput && { liveInput: same(video.liveInput) }),
    ...(code !== undefined && { customerCode: same(code) }),
    ...(video.allowedOrigins?.length && { allowedOrigins: video.allowedOrigins.map(same) }),
  };
}

/** Keeps one copy of texts that come again and again; and no text that is a part of a longer one, which would stay with it. */
function shared(): (text: string) => string {
  const known = new Map<string, string>();
  return (given) => {
    const found = known.get(given);
    if (found !== undefined) return found;
    const copy = [...given].join('');
    known.set(copy, copy);
    return copy;
  };
}
