import assert from 'node:assert/strict';
import { createVideoLibrary, type LibraryState } from '../../../../src/flows/library/videoLibrary';
import type { Video } from '../../../../src/stream/api/video';
import type { Failure } from '../../../../src/stream/failure';
import { fakeApi } from '../../support/fakeApi';
import { memoryAccounts, memoryShelf } from '../../support/memory';

const NEWEST = Date.parse('2026-03-01T00:00:00Z');
const OFFLINE: Failure = { code: 'offline' };

/** Newest first, an hour apart. */
function library(count: number, from = 0): readonly Video[] {
  return Array.from({ length: count }, (_, index) => ({
    id: (from + index).toString(16).padStart(32, '0'),
    name: `Video ${from + index}`,
    created: new Date(NEWEST - (from + index) * 3_600_000).toISOString(),
    state: 'ready',
    requireSignedUrls: true,
    ...(index === 0 && { customerCode: 'sample5tud10c0de' }),
  }));
}

async function start(videos: readonly Video[] | Failure) {
  const accounts = await memoryAccounts({
    label: 'Studio',
    accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
    credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
  });
  const script: { videos: readonly Video[] | Failure } = { videos };
  const api = fakeApi(script);
  const shelf = memoryShelf();
  let now = 0;
  const store = createVideoLibrary({
    accounts,
    openApi: () => api,
    shelf,
    log: accounts.log,
    pace: async () => {},
    now: () => now,
  });
  const changes: string[] = [];
  store.onChange((key) => changes.push(key));
  const known = () => store.state('a1')?.videos.length;
  const wait = (milliseconds: number) => {
    now += milliseconds;
  };
  return { store, api, script, shelf, accounts, changes, known, wait };
}

describe('the library of videos', () => {
  it('asks once for whoever opens it at the same time, and not again while that is fresh', async () => {
    const { store, api, wait } = await start(library(3));
    await Promise.all([store.open('a1'), store.open('a1'), store.refresh('a1')]);
    await store.open('a1');
    assert.deepEqual(api.calls, ['videos']);
    wait(5 * 60_000);
    await store.open('a1');
    assert.deepEqual(api.calls, ['videos', 'videos']);
  });

  it('brings a thousand videos with one request, and older ones when asked', async () => {
    const { store, api, known } = await start(library(2500));
    assert.equal((await store.open('a1')).complete, false);
    assert.equal(known(), 1000);
    await Promise.all([store.more('a1'), store.more('a1')]);
    assert.equal(known(), 1999);
    await store.more('a1');
    assert.deepEqual([known(), store.state('a1')?.complete, api.calls.length], [2500, true, 3]);
    await store.more('a1');
    assert.equal(api.calls.length, 3);
  });

  it('refreshes as much as was there', async () => {
    const { store, script, known, api } = await start(library(2500));
    await store.open('a1');
    await store.more('a1');
    script.videos = [...library(1, 90_000), ...library(2500)].sort((a, b) => b.created.localeCompare(a.created));
    await store.refresh('a1');
    assert.deepEqual([known(), api.calls.length], [1999, 4]);
  });

  it('keeps the last good videos when asking anew fails, and says that they are old', async () => {
    const { store, script, known } = await start(library(3));
    await store.open('a1');
    script.videos = OFFLINE;
    const { failure, stale } = await store.refresh('a1');
    assert.deepEqual([failure, stale, known()], [OFFLINE, true, 3]);
    script.videos = library(2);
    const after = await store.refresh('a1');
    assert.deepEqual([after.failure, after.stale, known()], [undefined, undefined, 2]);
  });

  it('does not ask again and again when it fails', async () => {
    const { store, api } = await start(OFFLINE);
    await store.open('a1');
    await store.open('a1');
    assert.equal(api.calls.length, 1);
    for await (const _state of store.listing('a1', new AbortController().signal));
    assert.equal(api.calls.length, 2, 'but whoever opens a list wants to know');
  });

  it('keeps what was there when older videos fail to come', async () => {
    const { store, script, known } = await start(library(1500));
    await store.open('a1');
    script.videos = OFFLINE;
    assert.deepEqual([(await store.more('a1')).failure, store.state('a1')?.stale, known()], [OFFLINE, undefined, 1000]);
    script.videos = library(1500);
    await store.more('a1');
    assert.deepEqual([known(), store.state('a1')?.failure], [1500, undefined]);
  });

  it('lists all there is, answer by answer, and stops when nobody wants it any more', async () => {
    const { store, api } = await start(library(2500));
    const seen: number[] = [];
    for await (const { videos } of store.listing('a1', new AbortController().signal)) seen.push(videos.length);
    assert.deepEqual(seen, [1000, 1999, 2500]);
    const { store: other, api: otherApi } = await start(library(2500));
    const gone = new AbortController();
    for await (const _state of other.listing('a1', gone.signal)) gone.abort();
    assert.ok(otherApi.calls.length < api.calls.length);
  });

  it('lists everything at once when that is wanted', async () => {
    const { store, known, changes } = await start(library(2500));
    const seen: string[] = [];
    await store.all('a1', new AbortController().signal, (count, total) => seen.push(`${count} of ${total}`));
    assert.deepEqual([known(), store.state('a1')?.complete], [2500, true]);
    assert.deepEqual([seen[0], seen.at(-1), changes], ['1000 of 2500', '2500 of 2500', ['a1']]);
  });

  it('drops the answer for an account that was removed meanwhile', async () => {
    const { store, shelf } = await start(library(3));
    const opening = store.open('a1');
    await store.forget('a1');
    await opening;
    assert.deepEqual([store.state('a1'), [...shelf.files]], [undefined, []]);
  });

  it('learns the customer code, and keeps slim records for lenses', async () => {
    const { store, accounts, shelf, changes } = await start(library(2));
    await store.open('a1');
    assert.equal((await accounts.list())[0]?.customerCode, 'sample5tud10c0de');
    assert.deepEqual(
      (shelf.files.get('a1') ?? []).map(({ name, signed }) => [name, signed]),
      [
        ['Video 0', true],
        ['Video 1', true],
      ],
    );
    assert.deepEqual(changes, ['a1']);
    await store.update('a1', { ...(library(1)[0] as Video), name: 'Renamed' });
    assert.deepEqual(
      (store.state('a1') as LibraryState).videos.map(({ name }) => name),
      ['Renamed', 'Video 1'],
    );
  });
});
