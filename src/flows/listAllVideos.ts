import type { VideoList, VideoPage } from '../stream/api/client';
import type { Video } from '../stream/api/video';
import type { Outcome } from '../stream/failure';
import { succeeded } from '../stream/failure';
import { createdAt, instant } from './olderVideos';
import type { Pace } from './pace';
import { sortInPieces } from './sortInPieces';

/** Every video of an account. */
export interface AllVideos {
  /** Newest first, no id twice. */
  readonly videos: readonly Video[];
  /** Whether more videos share one instant than can be asked for, so that some could not be listed. */
  readonly complete: boolean;
}

export interface ListAllParts {
  /** One request. */
  readonly list: (page: VideoPage) => Promise<Outcome<VideoList>>;
  /** How many requests may be on their way at once. */
  readonly inFlight: number;
  /** The most videos in one answer. */
  readonly limit: number;
  /** Told after every answer how many videos are known, and how many there are if that is known. */
  readonly onProgress?: (known: number, total: number | undefined) => void;
  readonly pace: Pace;
}

/** A stretch of time in epoch milliseconds, both ends in it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** So many videos a stretch should hold: well below the limit, because videos do not come evenly. */
const FILL = 0.7;

/**
 * Lists all videos. Cloudflare pages by date alone, so that each page waits for the one before; here the time between
 * the newest and the oldest page is cut into stretches that are asked for side by side, and a stretch that holds more than
 * one answer does is cut again. Videos created between asking and answering may be missing; none is lost or listed twice,
 * whether or not Cloudflare counts a bound as inside. The first failure ends it.
 */
export async function listAllVideos({
  list,
  inFlight,
  limit,
  onProgress,
  pace,
}: ListAllParts): Promise<Outcome<AllVideos>> {
  const found = new Map<string, Video>();
  let total: number | undefined;
  let complete = true;

  async function ask(page: VideoPage): Promise<Outcome<VideoList>> {
    const answer = await list({ limit, ...page });
    if (!answer.ok) return answer;
    for (const video of answer.value.videos) found.set(video.id, video);
    total ??= answer.value.total;
    onProgress?.(found.size, total);
    return answer;
  }

  const newest = await ask({ counted: true });
  if (!newest.ok) return newest;
  if (newest.value.complete) return succeeded(await sorted(found, complete, pace));
  const oldest = await ask({ oldestFirst: true });
  if (!oldest.ok) return oldest;

  /** Asks for what a stretch holds; what did not fit into the answer comes back as stretches. */
  async function search(stretch: Stretch): Promise<Outcome<readonly Stretch[]>> {
    const answer = await ask({ after: instant(stretch.from - 1), before: instant(stretch.to + 1) });
    if (!answer.ok) return answer;
    const last = createdAt(answer.value.videos.at(-1));
    if (answer.value.complete || last === undefined) return succeeded([]);
    // What is left is older than the answer, or as old as its last video.
    if (last < stretch.to) return succeeded(halves({ from: stretch.from, to: last }));
    // More than one answer within one millisecond: what did not fit is at its other end.
    const rest = await ask({ ...around(stretch.to), oldestFirst: true });
    if (!rest.ok) return rest;
    const known = new Set(answer.value.videos.map(({ id }) => id));
    if (!rest.value.complete && !rest.value.videos.some(({ id }) => known.has(id))) complete = false;
    return succeeded(stretch.from < stretch.to ? [{ from: stretch.from, to: stretch.to - 1 }] : []);
  }

  const from = createdAt(oldest.value.videos.at(-1));
  const to = createdAt(newest.value.videos.at(-1));
  const between = from === undefined || to === undefined || oldest.value.complete || from > to ? [] : [{ from, to }];
  const left = Math.max(0, (total ?? 2 * limit * inFlight) - found.size);
  const queue = between.flatMap((stretch) => cut(stretch, Math.ceil(left / (limit * FILL)) || 1));
  let failure: Outcome<never> | undefined;
  const searching = new Set<Promise<void>>();
  while (searching.size > 0 || (queue.length > 0 && failure === undefined)) {
    const stretch = failure === undefined && searching.size < inFlight ? queue.shift() : undefined;
    if (stretch === undefined) {
      await Promise.race(searching);
      continue;
    }
    const task = search(stretch).then((outcome) => {
      if (outcome.ok) queue.push(...outcome.value);
      else failure ??= outcome;
      searching.delete(task);
    });
    searching.add(task);
  }
  return failure ?? succeeded(await sorted(found, complete, pace));
}

/** Bounds that hold one millisecond, and at most the next to it. */
function around(milliseconds: number): Pick<VideoPage, 'after' | 'before'> {
  return { after: instant(milliseconds - 1), before: instant(milliseconds + 1) };
}

function cut({ from, to }: Stretch, pieces: number): readonly Stretch[] {
  const length = (to - from + 1) / pieces;
  return Array.from({ length: pieces }, (_, at) => ({
    from: Math.floor(from + at * length),
    to: Math.floor(from + (at + 1) * length) - 1,
  })).filter((stretch) => stretch.from <= stretch.to);
}

function halves(stretch: Stretch): readonly Stretch[] {
  return cut(stretch, stretch.to > stretch.from ? 2 : 1);
}

/** Newest first; of the same instant always in the same order. */
async function sorted(found: ReadonlyMap<string, Video>, complete: boolean, pace: Pace): Promise<AllVideos> {
  return { videos: await sortInPieces([...found.values()], newestFirst, pace), complete };
}

function newestFirst(a: Video, b: Video): number {
  return compare(b.created, a.created) || compare(a.id, b.id);
}

/** Both are ASCII, and a collation would take a hundred times as long. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
