import * as v from 'valibot';
import { customerCodeOf } from '../delivery/customerCode';
import { isId } from '../id';
import { lenient, text } from './lenient';

/** A video as far as listing and signing need it: a slim record, of which there may be tens of thousands. */
export interface Video {
  readonly id: string;
  readonly name: string;
  /** RFC 3339, to the millisecond; empty when it was not there. */
  readonly created: string;
  /** Whole seconds, rounded down; absent while Cloudflare does not know it yet. */
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
  const { state: given = '', pctComplete, errorReasonCode, errorReasonText } = video.status ?? {};
  const code =
    codeIn(video.preview) ?? codeIn(video.thumbnail) ?? codeIn(video.playback?.hls) ?? codeIn(video.playback?.dash);
  const percent = Number.parseFloat(pctComplete ?? '');
  const problem = given === 'error' ? errorReasonText || errorReasonCode : undefined;
  const id = video.uid;
  const name = same.text(video.meta?.name ?? '');
  const created = toMilliseconds(video.created ?? '');
  // Cloudflare writes -1 while the length is unknown.
  const duration = video.duration != null && video.duration >= 0 ? Math.floor(video.duration) : undefined;
  const state = same.text(given ?? '');
  const requireSignedUrls = video.requireSignedURLs === true;
  const customerCode = code === undefined ? undefined : same.part(code);
  const creator = video.creator ? same.text(video.creator) : undefined;
  const more = {
    ...(state === 'inprogress' && percent >= 0 && percent <= 100 && { progress: percent }),
    ...(problem && { problem: same.part(problem.slice(0, MOST_OF_A_PROBLEM)) }),
    ...(video.scheduledDeletion && { scheduledDeletion: video.scheduledDeletion }),
    ...(video.liveInput && { liveInput: same.text(video.liveInput) }),
    ...(video.allowedOrigins?.length && { allowedOrigins: same.texts(video.allowedOrigins) }),
  };
  // Most videos are like this, and written out an object takes a third less memory than one that is put together.
  if (Object.keys(more).length === 0) {
    if (duration !== undefined && customerCode !== undefined)
      return creator === undefined
        ? { id, name, created, duration, state, requireSignedUrls, customerCode }
        : { id, name, created, duration, state, requireSignedUrls, creator, customerCode };
    if (duration === undefined && customerCode === undefined)
      return creator === undefined
        ? { id, name, created, state, requireSignedUrls }
        : { id, name, created, state, requireSignedUrls, creator };
  }
  return {
    id,
    name,
    created,
    ...(duration !== undefined && { duration }),
    state,
    requireSignedUrls,
    ...(creator !== undefined && { creator }),
    ...(customerCode !== undefined && { customerCode }),
    ...more,
  };
}

/** Milliseconds are all that paging needs; Cloudflare writes microseconds. */
function toMilliseconds(instant: string): string {
  return instant.replace(/(\.\d{3})\d+(?=Z$)/, '$1');
}

function codeIn(url: string | null | undefined): string | undefined {
  return url ? customerCodeOf(url) : undefined;
}

/** Keeps one copy of texts that come again and again. */
interface Shared {
  text(given: string): string;
  /** The same for a text that was cut out of a longer one, which would stay with it. */
  part(given: string): string;
  texts(given: readonly string[]): readonly string[];
}

function shared(): Shared {
  const known = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  const keep = (given: string, copy: (text: string) => string) => {
    const found = known.get(given);
    if (found !== undefined) return found;
    const kept = copy(given);
    known.set(kept, kept);
    return kept;
  };
  const text = (given: string) => keep(given, (whole) => whole);
  return {
    text,
    part: (given) => keep(given, (cut) => [...cut].join('')),
    texts(given) {
      const key = given.join('\n');
      const list = lists.get(key) ?? given.map(text);
      lists.set(key, list);
      return list;
    },
  };
}
