import fc from 'fast-check';
import type { VideoList, VideoPage } from '../../../src/stream/api/client';
import type { Video } from '../../../src/stream/api/video';
import type { Outcome } from '../../../src/stream/failure';

/** Whether the service counts a video that was created exactly at a bound as inside it. */
export interface Bounds {
  readonly after: boolean;
  readonly before: boolean;
}

/** Makes a list of videos by their moments of creation, in microseconds. */
export function datedVideos(moments: readonly number[]): Video[] {
  return moments.map((moment, at) => ({
    id: at.toString(16).padStart(32, '0'),
    name: `Video ${at}`,
    created: toInstant(moment),
    state: 'ready',
    requireSignedUrls: true,
  }));
}

function toInstant(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  return new Date(milliseconds).toISOString().replace('Z', `${String(microseconds % 1000).padStart(3, '0')}Z`);
}

function toMicroseconds(instant: string): number {
  return Date.parse(instant) * 1000 + Number(/\.\d{3}(\d{3})Z$/.exec(instant)?.[1] ?? 0);
}

/** Answers like the service: by date alone, at most so many, and videos of the same moment in no order one could rely on. */
export function answerPage(
  videos: readonly Video[],
  page: VideoPage,
  most: number,
  bounds: Bounds,
): Outcome<VideoList> {
  const { before, after, oldestFirst, counted, limit = most } = page;
  const [earliest, latest] = [after, before].map((bound) => (bound === undefined ? undefined : toMicroseconds(bound)));
  const inside = videos
    .map((video) => ({ video, at: toMicroseconds(video.created) }))
    .filter(({ at }) => latest === undefined || at < latest || (bounds.before && at === latest))
    .filter(({ at }) => earliest === undefined || at > earliest || (bounds.after && at === earliest))
    .sort((a, b) => b.at - a.at || a.video.id.localeCompare(b.video.id));
  if (oldestFirst) inside.reverse();
  const given = inside.slice(0, Math.min(limit, most)).map(({ video }) => video);
  const complete = given.length < Math.min(limit, most);
  return { ok: true, value: { videos: given, complete, ...(counted && { total: videos.length }) } };
}

const START = Date.UTC(2026, 0, 1) * 1000;
/** Moments of creation: some far apart, many in the same millisecond or even the same microsecond. */
export const moments = fc
  .array(
    fc.record({
      at: fc.oneof(fc.nat(5_000_000_000), fc.nat(20_000), fc.nat(3)),
      count: fc.integer({ min: 1, max: 6 }),
    }),
    { maxLength: 60 },
  )
  .map((groups) => groups.flatMap(({ at, count }) => Array.from({ length: count }, () => START + at)));

export const bounds: fc.Arbitrary<Bounds> = fc.record({ after: fc.boolean(), before: fc.boolean() });

/** The most videos that share a millisecond. */
export function mostInOneMillisecond(videos: readonly Video[]): number {
  const counts = new Map<number, number>();
  for (const { created } of videos) counts.set(Date.parse(created), (counts.get(Date.parse(created)) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
