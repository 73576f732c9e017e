import assert from 'node:assert/strict';
import { createVideoLibrary } from '../../../../src/flows/library/videoLibrary';
import { createStreamApi } from '../../../../src/stream/api/client';
import { createWire } from '../../../../src/stream/api/wire';
import { createFakeClock } from '../../support/fakeClock';
import { memoryAccounts, memoryShelf } from '../../support/memory';

const NOW = 1_800_000_000_000;
const ACCOUNTS = 200;
const hex = (number: number) => number.toString(16).padStart(32, '0');
const keys = Array.from({ length: ACCOUNTS }, (_, at) => `a${at + 1}`);

/** The videos of many accounts, each read once, over a server that takes a tenth of a second and may refuse for so many seconds. */
async function start(credentials: 'one credential' | 'a credential each') {
  const clock = createFakeClock(NOW);
  const server: { refusesFor: number | undefined; sent: number[] } = { refusesFor: undefined, sent: [] };
  const closedUntil = new Map<string, number>();
  const early: number[] = [];
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    const credential = new Headers(init?.headers).get('authorization') ?? '';
    const sent = clock.elapsed();
    server.sent.push(sent);
    if (sent < (closedUntil.get(credential) ?? 0)) early.push(sent);
    await clock.wait(100, init?.signal ?? new AbortController().signal);
    const { refusesFor } = server;
    if (refusesFor === undefined) {
      const [, accountId] = /accounts\/(\w+)/.exec(String(url)) ?? [];
      return Response.json({ success: true, result: [{ uid: accountId, created: '2026-03-01T00:00:00Z' }] });
    }
    closedUntil.set(credential, clock.elapsed() + refusesFor * 1000);
    return new Response('', { status: 429, headers: { 'retry-after': String(refusesFor) } });
  };
  const { http } = createWire({ origin: 'https://api.example', clock, fetch: () => fetch, random: () => 1 });
  const accounts = await memoryAccounts(
    ...keys.map((key, at) => ({
      label: key,
      accountId: hex(at),
      credential: {
        kind: 'apiToken' as const,
        token: `cfut_${hex(credentials === 'one credential' ? 0 : at)}`,
      },
    })),
  );
  const library = createVideoLibrary({
    accounts,
    openApi: (credential) => createStreamApi({ http, clock, credential, onMessage: () => {} }),
    shelf: memoryShelf(),
    log: accounts.log,
    pace: async () => {},
    now: () => clock.now(),
  });

  async function pass<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const ended = work.finally(() => {
      done = true;
    });
    while (!done) await clock.advance(500);
    return ended;
  }
  /** When requests were sent while all is read anew, in milliseconds from its beginning. */
  async function refreshAll(): Promise<readonly number[]> {
    const began = clock.elapsed();
    server.sent = [];
    await pass(library.refreshAll());
    return server.sent.map((time) => time - began);
  }
  /** How many accounts still show their video, and how many say that it may be old, and why. */
  function shown() {
    const states = keys.map((key, at) => ({ state: library.state(key), id: hex(at) }));
    return {
      videos: states.filter(({ state, id }) => state?.videos.length === 1 && state.videos[0]?.id === id).length,
      stale: states.filter(({ state }) => state?.stale === true && state.failure?.code === 'rateLimited').length,
      failed: states.filter(({ state }) => state?.failure !== undefined).length,
    };
  }

  await pass(Promise.all(keys.map((key) => library.open(key))));
  assert.deepEqual([server.sent.length, shown().failed], [ACCOUNTS, 0]);
  return { clock, server, early, library, pass, refreshAll, shown };
}

const STALE = { videos: ACCOUNTS, stale: ACCOUNTS, failed: ACCOUNTS };
const GOOD = { videos: ACCOUNTS, stale: 0, failed: 0 };

describe(`the library of videos: ${ACCOUNTS} refreshes at once while Cloudflare refuses`, () => {
  const atOnce = Array(8).fill(0);
  const storms: readonly [number, readonly number[]][] = [
    [300, atOnce],
    [30, atOnce],
    // Short refusals are sat out by those that were under way, one after the other.
    [10, [...atOnce, 10_100, 20_200, 30_300]],
    [1, [...atOnce, 1100, 2200, 3300]],
  ];
  for (const [seconds, times] of storms) {
    it(`for ${seconds} s: requests of one credential at ${times.join(', ')} ms, and what was known stays, marked as old`, async () => {
      const { server, early, refreshAll, shown } = await start('one credential');
      server.refusesFor = seconds;
      assert.deepEqual(await refreshAll(), times);
      assert.deepEqual([shown(), early], [STALE, []]);
    });
  }

  it('asks nothing before its time, and everything after it', async () => {
    const { clock, server, early, refreshAll, shown } = await start('one credential');
    server.refusesFor = 30;
    await refreshAll();
    server.refusesFor = undefined;
    for (let again = 0; again < 3; again++) {
      assert.deepEqual(await refreshAll(), []);
      assert.deepEqual(shown(), STALE);
      await clock.advance(5000);
    }
    await clock.advance(30_000);
    assert.equal((await refreshAll()).length, ACCOUNTS);
    assert.deepEqual([shown(), early], [GOOD, []]);
  });

  it('asks once with each credential', async () => {
    const { clock, server, early, refreshAll, shown } = await start('a credential each');
    server.refusesFor = 300;
    assert.equal((await refreshAll()).length, ACCOUNTS);
    assert.deepEqual([await refreshAll(), shown()], [[], STALE]);
    server.refusesFor = undefined;
    await clock.advance(300_000);
    assert.equal((await refreshAll()).length, ACCOUNTS);
    assert.deepEqual([shown(), early], [GOOD, []]);
  });

  it('asks once for one account', async () => {
    const { server, early, library, pass } = await start('one credential');
    server.refusesFor = 300;
    server.sent = [];
    const states = await pass(Promise.all(Array.from({ length: ACCOUNTS }, () => library.refresh('a7'))));
    assert.deepEqual([server.sent.length, early], [1, []]);
    assert.ok(states.every(({ stale, videos }) => stale === true && videos.length === 1));
  });
});
