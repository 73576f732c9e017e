import assert from 'node:assert/strict';
import fc from 'fast-check';
import { listAllVideos } from '../../../../src/flows/library/listAllVideos';
import { olderVideos } from '../../../../src/flows/library/olderVideos';
import type { VideoPage } from '../../../../src/stream/api/client';
import type { Video } from '../../../../src/stream/api/video';
import { answerPage, bounds, datedVideos, moments, mostInOneMillisecond } from '../../support/datedVideos';
import { RUNS } from '../../support/properties';

const EXCLUSIVE = { after: false, before: false };
const atOnce = async () => {};
const HOUR = 3_600_000_000;
const ids = (videos: readonly Video[]) => videos.map(({ id }) => id).sort();

/** Microseconds an hour apart. */
function hourly(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => Date.UTC(2026, 0, 1) * 1000 - at * HOUR);
}

describe('listing all videos', () => {
  const rows: readonly [string, readonly number[], number][] = [
    ['none: one request', [], 1],
    ['fewer than an answer holds: one request', hourly(999), 1],
    ['as many as an answer holds: one request', hourly(1000), 1],
    ['two pages', hourly(1500), 2],
    ['ten thousand', hourly(10_000), 13],
  ];
  for (const [title, created, requests] of rows) {
    it(title, async () => {
      const videos = datedVideos(created);
      const asked: VideoPage[] = [];
      let most = 0;
      let underWay = 0;
      const all = await listAllVideos({
        inFlight: 8,
        pace: atOnce,
        limit: 1000,
        async list(page) {
          asked.push(page);
          most = Math.max(most, ++underWay);
          await Promise.resolve();
          underWay--;
          return answerPage(videos, page, 1000, EXCLUSIVE);
        },
      });
      assert.ok(all.ok && all.value.complete);
      assert.deepEqual(ids(all.value.videos), ids(videos));
      assert.ok(asked.length <= requests, `${asked.length} requests`);
      assert.ok(most <= 8);
    });
  }

  it('finds exactly what is there, however the dates fall and the bounds count', async () => {
    await fc.assert(
      fc.asyncProperty(
        moments,
        bounds,
        fc.integer({ min: 3, max: 12 }),
        fc.boolean(),
        async (created, inside, limit, says) => {
          const videos = datedVideos(created);
          const all = await listAllVideos({
            inFlight: 3,
            pace: atOnce,
            limit,
            // Cloudflare may not say how many there are.
            list: async ({ counted = false, ...page }) =>
              answerPage(videos, { ...page, counted: counted && says }, limit, inside),
          });
          assert.ok(all.ok);
          // More than fit into two answers for one millisecond can't be asked for; then it says so.
          if (mostInOneMillisecond(videos) * 3 < limit * 2) assert.ok(all.value.complete);
          if (all.value.complete) assert.deepEqual(ids(all.value.videos), ids(videos));
        },
      ),
      { numRuns: RUNS * 5 },
    );
  });

  it('loses none that was there all the time, while others appear and vanish', async () => {
    await fc.assert(
      fc.asyncProperty(
        moments,
        bounds,
        fc.array(fc.boolean(), { minLength: 1 }),
        fc.infiniteStream(fc.nat()),
        async (created, inside, stays, dice) => {
          const videos = datedVideos(created);
          const steady = videos.filter((_, at) => stays[at % stays.length]);
          const fickle = videos.filter((video) => !steady.includes(video));
          const limit = 2 * mostInOneMillisecond(videos) + 1;
          const all = await listAllVideos({
            inFlight: 3,
            pace: atOnce,
            limit,
            async list(page) {
              const now = fickle.filter(() => dice.next().value % 2 === 0);
              return answerPage([...steady, ...now], page, limit, inside);
            },
          });
          assert.ok(all.ok && all.value.complete);
          const found = ids(all.value.videos);
          assert.equal(new Set(found).size, found.length);
          assert.deepEqual(
            ids(steady).filter((id) => !found.includes(id)),
            [],
          );
        },
      ),
      { numRuns: RUNS * 5 },
    );
  });

  it('ends with the first failure, and asks nothing more', async () => {
    const videos = datedVideos(hourly(5000));
    let asked = 0;
    const all = await listAllVideos({
      inFlight: 2,
      pace: atOnce,
      limit: 1000,
      list: async (page) =>
        ++asked === 3 ? { ok: false, failure: { code: 'offline' } } : answerPage(videos, page, 1000, EXCLUSIVE),
    });
    assert.deepEqual(all, { ok: false, failure: { code: 'offline' } });
    assert.ok(asked <= 4);
  });
});

describe('paging through videos', () => {
  it('loses none that was there all the time, while others appear and vanish', async () => {
    await fc.assert(
      fc.asyncProperty(
        moments,
        bounds,
        fc.array(fc.boolean(), { minLength: 1 }),
        fc.infiniteStream(fc.nat()),
        async (created, inside, stays, dice) => {
          const videos = datedVideos(created);
          const steady = videos.filter((_, at) => stays[at % stays.length]);
          const fickle = videos.filter((video) => !steady.includes(video));
          const limit = 2 * mostInOneMillisecond(videos) + 1;
          const found = new Map<string, Video>();
          let oldest: Video | undefined;
          for (let pages = 0; ; pages++) {
            assert.ok(pages <= videos.length + 1, 'does not end');
            const page = await olderVideos(oldest, async (asked) => {
              const now = fickle.filter(() => dice.next().value % 2 === 0);
              return answerPage([...steady, ...now], asked, limit, inside);
            });
            assert.ok(page.ok);
            // As the library does it: one that is there already keeps its place.
            for (const video of page.value.videos) {
              if (!found.has(video.id)) oldest = video;
              found.set(video.id, video);
            }
            if (page.value.complete) break;
          }
          assert.deepEqual(
            steady.filter(({ id }) => !found.has(id)),
            [],
          );
        },
      ),
      { numRuns: RUNS * 5 },
    );
  });

  it('finds exactly what is there, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(moments, bounds, fc.integer({ min: 3, max: 12 }), async (created, inside, limit) => {
        const videos = datedVideos(created);
        fc.pre(mostInOneMillisecond(videos) * 3 < limit * 2);
        const found = new Map<string, Video>();
        for (let pages = 0; ; pages++) {
          assert.ok(pages <= videos.length + 1, 'does not end');
          const page = await olderVideos([...found.values()].at(-1), async (asked) =>
            answerPage(videos, asked, limit, inside),
          );
          assert.ok(page.ok);
          for (const video of page.value.videos) found.set(video.id, video);
          if (page.value.complete) break;
        }
        assert.deepEqual(ids([...found.values()]), ids(videos));
      }),
      { numRuns: RUNS * 5 },
    );
  });
});
