import assert from 'node:assert/strict';
import { createLiveInputs } from '../../../../src/flows/library/liveInputs';
import { liveNote, needsToken } from '../../../../src/flows/library/liveNote';
import { createVideoLibrary, FRESH_MS } from '../../../../src/flows/library/videoLibrary';
import { createLiveInputWatch, LOOKS, MOST_WATCHED } from '../../../../src/flows/library/watchLiveInputs';
import type { Video } from '../../../../src/stream/api/video';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { createFakeClock } from '../../support/fakeClock';
import { memoryAccounts, memoryShelf } from '../../support/memory';

const idOf = (at: number) => at.toString(16).padStart(32, '0');
const FLOOR = idOf(1);
const input = (at: number) => ({ id: idOf(at), name: `Input ${at}`, created: `2026-01-0${at % 9}`, enabled: true });
const recording: Video = {
  id: idOf(99),
  name: 'Standup',
  created: '2026-03-01T00:00:00Z',
  state: 'ready',
  requireSignedUrls: true,
  liveInput: FLOOR,
  customerCode: 'sample5tud10c0de',
};
const off = { name: '', connected: false, requireSignedUrls: true, allowedOrigins: [] };

async function start(script: ApiScript) {
  const accounts = await memoryAccounts({
    label: 'Studio',
    accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
    credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
  });
  const api = fakeApi(script);
  const clock = createFakeClock(0);
  const common = { accounts, openApi: () => api, log: accounts.log, now: clock.now };
  const videos = createVideoLibrary({ ...common, shelf: memoryShelf(), pace: async () => {} });
  const liveInputs = createLiveInputs({ ...common, videos });
  const { watch } = createLiveInputWatch({ liveInputs, clock });
  const changes: string[] = [];
  liveInputs.onChange((accountKey) => changes.push(accountKey));
  return { accounts, api, clock, videos, liveInputs, watch, changes };
}

describe('the live inputs of an account', () => {
  it('are asked for once: by several at a time, and again only when that is long ago or wanted', async () => {
    const { liveInputs, api, clock } = await start({ liveInputs: [input(1), input(3), input(2)] });
    const [one, other] = await Promise.all([liveInputs.open('a1'), liveInputs.open('a1')]);
    assert.deepEqual(
      one.value?.map(({ name }) => name),
      ['Input 3', 'Input 2', 'Input 1'],
      'newest first',
    );
    assert.deepEqual(other, one);
    await clock.advance(FRESH_MS - 1);
    await liveInputs.open('a1');
    assert.equal(api.calls.length, 1);
    await clock.advance(1);
    await liveInputs.open('a1');
    liveInputs.refresh('a1');
    await liveInputs.open('a1');
    assert.equal(api.calls.length, 3);
  });

  it('stay when asking anew fails, and so do recordings', async () => {
    const script: ApiScript = { liveInputs: [input(1)], recordings: [recording] };
    const { liveInputs } = await start(script);
    await liveInputs.open('a1');
    await liveInputs.recordings('a1', FLOOR);
    script.liveInputs = { code: 'offline' };
    script.recordings = { code: 'offline' };
    liveInputs.refresh();
    const [inputs, recordings] = [await liveInputs.open('a1'), await liveInputs.recordings('a1', FLOOR)];
    assert.deepEqual([inputs.value?.length, inputs.failure?.code], [1, 'offline']);
    assert.deepEqual([recordings.value?.length, recordings.failure?.code], [1, 'offline']);
  });

  it('tell the customer code, which no field of the API has', async () => {
    const { liveInputs, accounts } = await start({ liveInputs: [input(1)], recordings: [recording] });
    await liveInputs.recordings('a1', FLOOR);
    assert.equal((await accounts.list())[0]?.customerCode, 'sample5tud10c0de');
  });

  it('show a recording as it is after a change in the library', async () => {
    const { liveInputs, videos, changes, api } = await start({ recordings: [recording] });
    await liveInputs.recordings('a1', FLOOR);
    await videos.update('a1', { ...recording, requireSignedUrls: false });
    assert.deepEqual(changes, ['a1']);
    const { value } = await liveInputs.recordings('a1', FLOOR);
    assert.deepEqual([value?.[0]?.requireSignedUrls, api.calls.length], [false, 1]);
  });

  it('are forgotten with their account', async () => {
    const { liveInputs } = await start({ liveInputs: [input(1)], recordings: [recording], liveInput: off });
    await liveInputs.open('a1');
    await liveInputs.recordings('a1', FLOOR);
    await liveInputs.read('a1', FLOOR, new AbortController().signal);
    liveInputs.forget('a1');
    assert.deepEqual([liveInputs.known('a1'), liveInputs.recording('a1', recording.id)], [[], undefined]);
  });

  it('are looked at one by one while they are in sight, ever more seldom while nothing changes', async () => {
    const { liveInputs, watch, clock, api } = await start({ liveInputs: [input(1), input(2)], liveInput: off });
    watch(['a1']);
    await clock.advance(600_000);
    assert.deepEqual(api.calls, [], 'nothing is listed yet');
    await liveInputs.open('a1');
    watch(['a1']);
    const at: number[] = [];
    for (let second = 1; second <= 200; second++) {
      const before = api.calls.length;
      await clock.advance(1000);
      if (api.calls.length > before) at.push(second);
    }
    assert.deepEqual(at, [1, 21, 61, 121]);
    assert.equal(api.calls.length, 1 + 4 * 2);
    watch([]);
    await clock.advance(600_000);
    assert.equal(api.calls.length, 9);
  });

  it('are looked at soon after a refresh, and no more than a few of very many', async () => {
    const many = Array.from({ length: 50 }, (_, at) => input(at));
    const { liveInputs, watch, clock, api } = await start({ liveInputs: many, liveInput: off });
    await liveInputs.open('a1');
    watch(['a1']);
    await clock.advance(LOOKS[0]);
    assert.equal(api.calls.length, 1 + MOST_WATCHED);
    liveInputs.refresh('a1');
    await clock.advance(LOOKS[0]);
    assert.equal(api.calls.length, 1 + 2 * MOST_WATCHED);
  });

  it('have their recordings asked for anew when a broadcast begins', async () => {
    const script: ApiScript = { liveInputs: [input(1)], recordings: [], liveInput: off };
    const { liveInputs, watch, clock, api, changes } = await start(script);
    await liveInputs.open('a1');
    await liveInputs.recordings('a1', FLOOR);
    watch(['a1']);
    await clock.advance(LOOKS[0]);
    assert.deepEqual(changes, ['a1'], 'its state is known now');
    await liveInputs.recordings('a1', FLOOR);
    assert.equal(api.calls.filter((call) => call.startsWith('recordings')).length, 1);
    script.liveInput = { ...off, connected: true };
    await clock.advance(LOOKS[1]);
    await liveInputs.recordings('a1', FLOOR);
    assert.equal(api.calls.filter((call) => call.startsWith('recordings')).length, 2);
  });

  it('say whose setting decides', async () => {
    const script: ApiScript = { liveInputs: [input(1)], recordings: [recording], liveInput: off };
    const { liveInputs, videos } = await start(script);
    const parts = { liveInputs, videos };
    const note = (id: string) => [liveNote('a1', id, parts), needsToken('a1', id, parts)];
    assert.deepEqual(note(FLOOR), [undefined, undefined]);
    await liveInputs.open('a1');
    await liveInputs.recordings('a1', FLOOR);
    assert.deepEqual(note(FLOOR), [
      'A live input: by its id its own setting holds, not that of its recordings.',
      undefined,
    ]);
    await liveInputs.read('a1', FLOOR, new AbortController().signal);
    assert.deepEqual(note(FLOOR), [
      'A live input: by its id its own setting holds, and it requires signed URLs.',
      true,
    ]);
    assert.deepEqual(note(recording.id), [
      'A recording: its own setting holds, not the live input’s, and it requires signed URLs.',
      true,
    ]);
    await videos.update('a1', { ...recording, requireSignedUrls: false });
    assert.deepEqual(note(recording.id), [
      'A recording: its own setting holds, not the live input’s, and it plays without a token.',
      false,
    ]);
  });
});
