import type { VideoList, VideoPage } from '../../stream/api/client';
import type { Video } from '../../stream/api/video';
import type { Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';

type List = (page: VideoPage) => Promise<Outcome<VideoList>>;

/**
 * The next page of videos behind the oldest one that is known, newest first; without one, the newest. Videos that are
 * known can come again.
 *
 * Cloudflare pages by date alone, and does not say whether a bound is included. A bound a millisecond later brings the
 * rest of that millisecond either way. When that alone fills an answer, the other end of the millisecond and what is
 * older are asked for as well.
 */
export async function olderVideos(oldest: Video | undefined, list: List): Promise<Outcome<VideoList>> {
  const last = createdAt(oldest);
  if (last === undefined) return oldest === undefined ? list({}) : succeeded({ videos: [], complete: true });
  const page = await list({ before: instant(last + 1) });
  if (!page.ok || page.value.complete) return page;
  if ((createdAt(page.value.videos.at(-1)) ?? last) < last) return page;
  const otherEnd = await list({ after: instant(last - 1), before: instant(last + 1), oldestFirst: true });
  if (!otherEnd.ok) return otherEnd;
  const older = await list({ before: instant(last) });
  if (!older.ok) return older;
  const same = otherEnd.value.videos.filter((video) => createdAt(video) === last).reverse();
  return succeeded({ videos: [...page.value.videos, ...same, ...older.value.videos], complete: older.value.complete });
}

/** When a video was created, in epoch milliseconds; undefined when it does not say. */
export function createdAt(video: Video | undefined): number | undefined {
  const created = Date.parse(video?.created ?? '');
  return Number.isNaN(created) ? undefined : created;
}

/** Epoch milliseconds as the API takes them. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
