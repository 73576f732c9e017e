import type { VideoList, VideoPage } from '../../stream/api/client';
import type { Video } from '../../stream/api/video';
import type { Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import type { Pace } from '../pace';
import { createdAt, instant } from './olderVideos';
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

/** The guess goes a little too far, since one that is a little too short costs a request. */
const MARGIN = 1.03;

/** A stretch of time in epoch milliseconds, both ends in it. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** So many videos a stretch should hold: below the limit, because videos do not come evenly. */
const FILL = 0.9;

/**
 * Lists all videos. Cloudflare pages by date alone, so that each page waits for the one before; here the time before the
 * newest page is cut into stretches that are asked for side by side, and a stretch that holds more than one answer does is
 * cut again. How far back they go is guessed from the newest page, until the oldest one is there and says it. Videos
 * created between asking and answering may be missing; none is lost or listed twice, whether or not Cloudflare counts a
 * bound as inside. The first failure ends it.
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
  if (newest.value.complete || found.size === total) return succeeded(await sorted(found, complete, pace));

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

  /** The oldest page tells where the time ends; what was not asked for yet is cut anew. */
  async function findEnd(): Promise<Outcome<readonly Stretch[]>> {
    const oldest = await ask({ oldestFirst: true });
    if (!oldest.ok) return oldest;
    const from = createdAt(oldest.value.videos.at(-1));
    const to = guessed[0]?.to ?? unguessed;
    guessed.length = 0;
    if (from === undefined || to === undefined || oldest.value.complete || from > to) return succeeded([]);
    const left = (total ?? 2 * limit * inFlight) - found.size - (searching.size - 1) * limit * FILL;
    return succeeded(newestFirst(cut({ from, to }, Math.max(1, Math.ceil(left / (limit * FILL))))));
  }

  const to = createdAt(newest.value.videos.at(-1));
  const guessed = guess(newest.value.videos, limit, total === undefined ? 0 : total - 2 * limit);
  /** Where what was not guessed ends. */
  const unguessed = guessed.length === 0 ? to : (guessed.at(-1)?.from ?? 0) - 1;
  const queue: Stretch[] = [];
  let failure: Outcome<never> | undefined;
  const searching = new Set<Promise<void>>();
  const begin = (work: Promise<Outcome<readonly Stretch[]>>) => {
    const task = work.then((outcome) => {
      if (outcome.ok) queue.push(...outcome.value);
      else failure ??= outcome;
      searching.delete(task);
    });
    searching.add(task);
  };
  begin(findEnd());
  while (searching.size > 0 || (queue.length + guessed.length > 0 && failure === undefined)) {
    const seat = failure === undefined && searching.size < inFlight;
    const stretch = seat ? (queue.shift() ?? guessed.shift()) : undefined;
    if (stretch === undefined) await Promise.race(searching);
    else begin(search(stretch));
  }
  return failure ?? succeeded(await sorted(found, complete, pace));
}

/** The stretches before the newest page, newest first, that would hold so many more videos if they came as evenly as there. */
function guess(newest: readonly Video[], limit: number, count: number): Stretch[] {
  const [first, last] = [createdAt(newest[0]), createdAt(newest.at(-1))];
  if (count <= 0 || first === undefined || last === undefined || first <= last) return [];
  const length = Math.ceil(((first - last) / newest.length) * count * MARGIN);
  return newestFirst(cut({ from: last - length, to: last }, Math.ceil(count / (limit * FILL))));
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

function newestFirst(stretches: readonly Stretch[]): Stretch[] {
  return stretches.toReversed();
}

function halves(stretch: Stretch): readonly Stretch[] {
  return cut(stretch, stretch.to > stretch.from ? 2 : 1);
}

/** Newest first; of the same instant always in the same order. */
async function sorted(found: ReadonlyMap<string, Video>, complete: boolean, pace: Pace): Promise<AllVideos> {
  return { videos: await sortInPieces([...found.values()], byAge, pace), complete };
}

function byAge(a: Video, b: Video): number {
  return compare(b.created, a.created) || compare(a.id, b.id);
}

/** Both are ASCII, and a collation would take a hundred times as long. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
