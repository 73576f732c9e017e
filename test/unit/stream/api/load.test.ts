import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { HttpRequest } from '../../../../src/stream/api/http';
import { createWire, type Wire } from '../../../../src/stream/api/wire';
import { createFakeClock, type FakeClock } from '../../support/fakeClock';
import { RUNS } from '../../support/properties';

const NOW = 1_800_000_000_000;
const CALLS = 200;
const never = new AbortController().signal;

/**
 * A server behind a fetch: how it answers the n-th request, and what it saw. Requests take a tenth of a second; `arrived`
 * is told of each answer that somebody still waited for.
 */
function serve(
  answer: (count: number, clock: FakeClock) => Response | 'lost' | 'silent',
  arrived: (response: Response, clock: FakeClock) => void = () => {},
) {
  const clock = createFakeClock(NOW);
  const times: number[] = [];
  let now = 0;
  let most = 0;
  const fetch = async (_url: unknown, init?: RequestInit): Promise<Response> => {
    const signal = init?.signal ?? never;
    const response = answer(times.push(clock.elapsed()), clock);
    most = Math.max(most, ++now);
    try {
      await clock.wait(response === 'silent' ? 1e9 : 100, signal);
      if (signal.aborted) throw signal.reason;
      if (typeof response === 'string') throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
      arrived(response, clock);
      return response;
    } finally {
      now--;
    }
  };
  const wire = createWire({ origin: 'https://api.example', clock, fetch: () => fetch, random: () => 1 });
  return { clock, wire, times, most: () => most };
}

const READ: HttpRequest = { method: 'GET', path: '/x', headers: { Authorization: 'Bearer one' } };
const LIST: HttpRequest = { ...READ, list: true };

/** Makes the calls at the same time and lets an hour pass; answers how they ended, e.g. `200 ok`. */
async function call({ wire, clock }: { wire: Wire; clock: FakeClock }, count: number, request = READ): Promise<string> {
  const ends: Record<string, number> = {};
  let open = count;
  for (let started = 0; started < count; started++) {
    wire.http(request, never).then((outcome) => {
      const end = outcome.ok ? String(outcome.value.status) : outcome.failure.code;
      ends[end] = (ends[end] ?? 0) + 1;
      open--;
    });
  }
  for (let second = 0; open > 0 && second < 3600; second++) await clock.advance(1000);
  return Object.keys(ends)
    .sort((a, b) => (ends[b] ?? 0) - (ends[a] ?? 0))
    .map((end) => `${ends[end]} ${end}`)
    .join(', ');
}

const refused = (seconds: number) => new Response('', { status: 429, headers: { 'retry-after': String(seconds) } });

describe(`the wire under load: ${CALLS} calls at once`, () => {
  for (const [name, request, most] of [
    ['three at a time', READ, 3],
    ['lists eight at a time', LIST, 8],
  ] as const) {
    it(`sends each once, ${name}`, async () => {
      const server = serve(() => new Response('{}'));
      assert.equal(await call(server, CALLS, request), `${CALLS} 200`);
      assert.deepEqual([server.times.length, server.most()], [CALLS, most]);
    });
  }

  it('lets who signs pass by a crowd of lists', async () => {
    const server = serve(() => new Response('{}'));
    const lists = call(server, CALLS, LIST);
    const signed = await server.wire.http(READ, never).then((outcome) => [outcome.ok, server.clock.elapsed()]);
    await lists;
    assert.deepEqual(signed, [true, 100]);
    assert.equal(server.most(), 9);
  });

  const storms: readonly [number, string, readonly number[]][] = [
    [1, '199 rateLimited, 1 429', [0, 0, 0, 1100, 2200, 3300]],
    [10, '199 rateLimited, 1 429', [0, 0, 0, 10_100, 20_200, 30_300]],
    [11, '197 rateLimited, 3 429', [0, 0, 0]],
    [300, '197 rateLimited, 3 429', [0, 0, 0]],
  ];
  for (const [seconds, ends, times] of storms) {
    it(`of refusals for ${seconds} s: requests at ${times.join(', ')} ms, and no more`, async () => {
      const server = serve(() => refused(seconds));
      assert.equal(await call(server, CALLS), ends);
      assert.deepEqual(server.times, times);
    });
  }

  it('stops before the limit where Cloudflare says how much is left', async () => {
    let left = 100;
    const server = serve(() => {
      left--;
      return left < 0 ? refused(300) : new Response('{}', { headers: { ratelimit: `"default";r=${left};t=240` } });
    });
    assert.equal(await call(server, CALLS), '100 200, 100 rateLimited');
    assert.equal(server.times.length, 100);
  });

  it('comes back from sleep without a storm', async () => {
    const server = serve((count) => (count <= 3 ? 'silent' : new Response('{}')));
    const calls = call(server, 0).then(() =>
      Promise.all(Array.from({ length: CALLS }, () => server.wire.http(READ, never))),
    );
    await server.clock.advance(1000);
    await server.clock.sleep(8 * 3_600_000);
    server.clock.jump(-3_600_000);
    const awake = server.clock.elapsed();
    await server.clock.advance(20_000);
    const ended = await calls;
    const timedOut = ended.filter((outcome) => !outcome.ok).length;
    // The three that were under way have used up their minute asleep; the others have not begun theirs.
    assert.deepEqual([timedOut, server.times.length, server.most()], [3, CALLS, 3]);
    assert.ok(server.times.filter((time) => time >= awake && time < awake + 100).length <= 3);
  });

  it('changes networks: at most two more attempts each, three at a time', async () => {
    const server = serve((count) => (count <= 50 ? 'lost' : new Response('{}')));
    assert.equal(await call(server, CALLS), `${CALLS} 200`);
    assert.deepEqual([server.times.length, server.most()], [CALLS + 50, 3]);
  });

  it('gives up without a network: three attempts each', async () => {
    const server = serve(() => 'lost');
    assert.equal(await call(server, CALLS), `${CALLS} connectionLost`);
    assert.deepEqual([server.times.length, server.most()], [3 * CALLS, 3]);
  });

  it('sends nothing after a refusal before its time, whatever else happens', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.constant('ok' as const) },
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 30 }) },
      { weight: 1, arbitrary: fc.constantFrom('lost' as const, 'silent' as const, 500 as const) },
    );
    const jump = fc.record({ after: fc.integer({ min: 0, max: 60_000 }), by: fc.integer({ min: -1e8, max: 1e8 }) });
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      jump,
      async (steps, { after, by }) => {
        const refusals: { readonly from: number; readonly until: number }[] = [];
        const early: number[] = [];
        const server = serve(
          (count, clock) => {
            const now = clock.elapsed();
            if (refusals.some(({ from, until }) => now > from && now < until)) early.push(now);
            const next = steps[count % steps.length] ?? 'ok';
            if (next === 'ok') return new Response('{}');
            if (next === 500) return new Response('', { status: 500 });
            return typeof next === 'string' ? next : refused(next);
          },
          ({ headers }, clock) => {
            const from = clock.elapsed();
            const seconds = Number(headers.get('retry-after') ?? 0);
            if (seconds > 0) refusals.push({ from, until: from + seconds * 1000 });
          },
        );
        const ended = call(server, 30);
        await server.clock.advance(after);
        server.clock.jump(by);
        await ended;
        assert.deepEqual(early, []);
        assert.ok(server.times.length <= 90 && server.most() <= 3);
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  });
});
