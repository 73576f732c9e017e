import assert from 'node:assert/strict';
import { createVideoLibrary } from '../../../../src/flows/library/videoLibrary';
import { createProgressWatch } from '../../../../src/flows/library/watchProgress';
import type { Video } from '../../../../src/stream/api/video';
import type { Failure } from '../../../../src/stream/failure';
import { fakeApi } from '../../support/fakeApi';
import { createFakeClock } from '../../support/fakeClock';
import { memoryAccounts, memoryShelf } from '../../support/memory';

const video = (id: number, fields: Partial<Video>): Video => ({
  id: id.toString(16).padStart(32, '0'),
  name: `Video ${id}`,
  created: `2026-03-0${9 - id}T00:00:00Z`,
  state: 'ready',
  requireSignedUrls: true,
  ...fields,
});
const LOOK = 'videos named 0001';

async function start(...initial: readonly Video[]) {
  const accounts = await memoryAccounts({
    label: 'Studio',
    accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
    credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
  });
  const script: { videos: readonly Video[] | Failure } = { videos: initial };
  const api = fakeApi(script);
  const clock = createFakeClock(0);
  const videos = createVideoLibrary({
    accounts,
    openApi: () => api,
    shelf: memoryShelf(),
    log: accounts.log,
    pace: async () => {},
    now: clock.now,
  });
  const { watch } = createProgressWatch({ accounts, openApi: () => api, videos, clock });
  await videos.open('a1');
  api.calls.length = 0;
  const state = () => videos.state('a1')?.videos[0];
  return { watch, videos, clock, api, script, state };
}

describe('videos that are being processed', () => {
  it('are looked after while they are in sight, one request for all, ever more seldom while nothing changes', async () => {
    const { watch, clock, api } = await start(
      video(1, { state: 'inprogress', progress: 3 }),
      video(2, { state: 'queued' }),
      video(3, {}),
    );
    await clock.advance(600_000);
    assert.deepEqual(api.calls, [], 'nobody looks');
    watch(['a1']);
    const at: number[] = [];
    for (let second = 1; second <= 200; second++) {
      const before = api.calls.length;
      await clock.advance(1000);
      if (api.calls.length > before) at.push(second);
    }
    assert.deepEqual(at, [5, 15, 35, 75, 135, 195]);
    assert.deepEqual(new Set(api.calls), new Set(['videos named 0001,0002']));
  });

  it('show how far they are, sooner again after a change, until there are none', async () => {
    const { watch, clock, api, script, state } = await start(video(1, { state: 'inprogress', progress: 3 }));
    watch(['a1']);
    await clock.advance(16_000);
    script.videos = [video(1, { state: 'inprogress', progress: 50 })];
    await clock.advance(20_000);
    assert.equal(state()?.progress, 50);
    script.videos = [video(1, { duration: 60 })];
    await clock.advance(6_000);
    assert.deepEqual([state()?.state, state()?.duration], ['ready', 60]);
    const { length } = api.calls;
    await clock.advance(600_000);
    assert.equal(api.calls.length, length, 'all are ready');
  });

  it('are left alone as soon as they are out of sight, and taken up again', async () => {
    const { watch, clock, api } = await start(video(1, { state: 'inprogress', progress: 3 }));
    watch(['a1']);
    await clock.advance(4_000);
    watch([]);
    await clock.advance(600_000);
    assert.deepEqual(api.calls, []);
    watch(['a1']);
    watch(['a1']);
    await clock.advance(5_000);
    assert.deepEqual(api.calls, [LOOK]);
  });

  it('are asked for no more often when Cloudflare can’t be reached, and noticed when they come later', async () => {
    const { watch, videos, clock, api, script } = await start(video(3, {}));
    watch(['a1']);
    script.videos = [video(1, { state: 'queued' })];
    await videos.refresh('a1');
    api.calls.length = 0;
    script.videos = { code: 'offline' };
    await clock.advance(76_000);
    assert.deepEqual(api.calls, [LOOK, LOOK, LOOK, LOOK]);
  });
});
