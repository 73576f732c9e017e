import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createHttp, type Http, type HttpRequest } from '../../../../src/stream/api/http';
import { createFakeClock, type FakeClock } from '../../support/fakeClock';

const NOW = Date.UTC(2027, 0, 15, 8);
const GET: HttpRequest = { method: 'GET', path: '/accounts', headers: { Authorization: 'Bearer secret' } };
const never = new AbortController().signal;

describe('http, over a fetch', () => {
  type Fetch = (url: string, init: RequestInit) => Promise<Response>;
  function over(fetch: Fetch, clock = createFakeClock(NOW)): Http {
    return createHttp({
      origin: 'https://api.example',
      clock,
      fetch: () => fetch as typeof globalThis.fetch,
    });
  }
  /** A body that sends one byte per second of the clock, for ever; errors when the request is aborted, as a real one does. */
  function dripping(clock: ReturnType<typeof createFakeClock>, signal: AbortSignal): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: (body) => signal.addEventListener('abort', () => body.error(signal.reason)),
      async pull(body) {
        await clock.wait(1000, signal);
        if (!signal.aborted) body.enqueue(Uint8Array.of(0x20));
      },
    });
  }

  it('asks for what keeps credentials in place', async () => {
    let asked: RequestInit | undefined;
    await over(async (_url, init) => {
      asked = init;
      return new Response('{}');
    })(GET, never);
    assert.deepEqual([asked?.redirect, asked?.credentials, asked?.cache], ['manual', 'omit', 'no-store']);
  });

  const paths: readonly [HttpRequest['path'], string][] = [
    ['/accounts', 'https://api.example/client/v4/accounts'],
    ['/a?b#c', 'https://api.example/client/v4/a%3Fb%23c'],
    ['//evil.example/x', 'https://api.example/client/v4//evil.example/x'],
    ['/@evil.example', 'https://api.example/client/v4/@evil.example'],
  ];
  for (const [path, url] of paths) {
    it(`stays at its origin: ${path}`, async () => {
      const asked: string[] = [];
      await over(async (address) => {
        asked.push(address);
        return new Response();
      })({ ...GET, path }, never);
      assert.deepEqual(asked, [url]);
    });
  }

  it('looks fetch up for every request', async () => {
    let looked = 0;
    const http = createHttp({
      origin: 'https://api.example',
      clock: createFakeClock(NOW),
      fetch: () => {
        looked++;
        return async () => new Response();
      },
    });
    await http(GET, never);
    await http(GET, never);
    assert.equal(looked, 2);
  });

  for (const [request, seconds] of [
    [GET, 20],
    [{ ...GET, list: true }, 30],
  ] as const) {
    it(`times out after ${seconds} s in the body of ${request.list ? 'a list' : 'an answer'} that drips`, async () => {
      const clock = createFakeClock(NOW);
      const drip: Fetch = async (_url, init) => new Response(dripping(clock, init.signal as AbortSignal));
      let ended = false;
      const outcome = over(drip, clock)(request, never).finally(() => {
        ended = true;
      });
      await clock.advance(seconds * 1000 - 1);
      assert.equal(ended, false);
      await clock.advance(1);
      assert.deepEqual(await outcome, { ok: false, failure: { code: 'timeout', seconds, sent: 'maybe' } });
    });
  }

  for (const [how, abort] of [
    ['is cancelled', (cancel: AbortController) => cancel.abort()],
    ['times out', (_: AbortController, clock: FakeClock) => clock.advance(20_000)],
  ] as const) {
    it(`ends when it ${how}, even if fetch does not listen`, async () => {
      const clock = createFakeClock(NOW);
      const cancel = new AbortController();
      const outcome = over(() => new Promise(() => {}), clock)(GET, cancel.signal);
      await abort(cancel, clock);
      assert.match(JSON.stringify(await outcome), /"cancelled"|"timeout"/);
    });
  }

  it('can be cancelled in the middle of a body', async () => {
    const clock = createFakeClock(NOW);
    const cancel = new AbortController();
    const outcome = over(async (_url, init) => new Response(dripping(clock, init.signal as AbortSignal)), clock)(
      GET,
      cancel.signal,
    );
    await clock.advance(2500);
    cancel.abort();
    assert.deepEqual(await outcome, { ok: false, failure: { code: 'cancelled', sent: 'maybe' } });
  });

  it('leaves no timer and no listener behind', async () => {
    const clock = createFakeClock(NOW);
    const { signal } = new AbortController();
    const deadlines: AbortSignal[] = [];
    const watched = {
      ...clock,
      wait(milliseconds: number, settled: AbortSignal) {
        deadlines.push(settled);
        return clock.wait(milliseconds, settled);
      },
    };
    await over(async () => new Response('{}'), watched)(GET, signal);
    assert.deepEqual(
      deadlines.map(({ aborted }) => aborted),
      [true],
    );
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  const stuck: readonly [string, () => Response, unknown][] = [
    ['redirect', () => new Response(uncancellable(), { status: 302 }), { code: 'redirected', status: 302 }],
    ['body that is too large', () => new Response(uncancellable()), { code: 'tooLarge', bytes: 1_048_576 }],
  ];
  for (const [name, response, failure] of stuck) {
    it(`does not wait for the end of a ${name}`, async () => {
      assert.deepEqual(await over(async () => response())(GET, never), { ok: false, failure });
    });
  }
  /** A body whose cancellation never ends. */
  function uncancellable(): ReadableStream<Uint8Array> {
    return new ReadableStream({
      pull: (body) => body.enqueue(new Uint8Array(65_536)),
      cancel: () => new Promise(() => {}),
    });
  }

  it('refuses a redirect that the host hides', async () => {
    const opaque = Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' });
    assert.deepEqual(await over(async () => opaque)(GET, never), {
      ok: false,
      failure: { code: 'redirected', status: 200 },
    });
  });

  const broken: readonly [string, number, string, boolean][] = [
    ['cut off', 200, '{"success":true,"resu', true],
    ['cut off list', 200, ' [{}', true],
    ['garbled', 200, '{]}', true],
    ['complete', 200, '{}', false],
    ['empty', 200, '', false],
    ['a page', 200, '<html>', false],
    ['a number', 200, '1', false],
    ['a refusal that is cut off', 400, '{"success":fal', false],
  ];
  for (const [name, status, text, expected] of broken) {
    it(`JSON that is ${name} is ${expected ? 'a broken' : 'an'} answer`, async () => {
      const outcome = await over(async () => new Response(text, { status }))(GET, never);
      assert.deepEqual(
        outcome.ok ? undefined : outcome.failure,
        expected ? { code: 'brokenAnswer', reason: 'JSON' } : undefined,
      );
    });
  }

  const refusals: readonly [string, Record<string, string>, number][] = [
    ['Retry-After counts', { 'retry-after': '7', ratelimit: '"default";r=0;t=20' }, 7],
    ['else the window that is used up', { ratelimit: '"default";r=0;t=20' }, 20],
    ['a window that is not used up is another’s', { ratelimit: '"default";r=3;t=20' }, 60],
    ['else a minute', {}, 60],
    ['what is no time counts as none', { 'retry-after': '-5' }, 60],
    [
      'a date is measured by the server’s clock',
      { 'retry-after': 'Sat, 16 Jan 2027 08:00:30 GMT', date: 'Sat, 16 Jan 2027 08:00:00 GMT' },
      30,
    ],
    ['without a clock of the server by ours', { 'retry-after': 'Fri, 15 Jan 2027 08:00:30 GMT' }, 30],
  ];
  for (const [name, headers, seconds] of refusals) {
    it(`tells when a refusal at the limit is over: ${name} → ${seconds} s`, async () => {
      const answer = await over(async () => new Response('', { status: 429, headers }))(GET, never);
      assert.equal(answer.ok && answer.value.retryAfter, seconds);
    });
  }

  it('reads what is left, and whose clock is ahead', async () => {
    const headers = { ratelimit: '"default";r=50;t=30', date: 'Fri, 15 Jan 2027 07:00:00 GMT' };
    const answer = await over(async () => new Response('', { headers }))(GET, never);
    assert.deepEqual(answer.ok && [answer.value.allowance, answer.value.clockAhead, answer.value.retryAfter], [
      { left: 50, seconds: 30 },
      3599,
      undefined,
    ]);
  });

  const rays: readonly [string, string | undefined][] = [
    ['8f1b2c3d4e5f6789-VIE', '8f1b2c3d4e5f6789-VIE'],
    ['[x](command:y)', undefined],
    ['x'.repeat(65), undefined],
  ];
  for (const [value, ray] of rays) {
    it(`cf-ray ${value.slice(0, 20)} → ${ray}`, async () => {
      const answer = await over(async () => new Response('', { headers: { 'cf-ray': value } }))(GET, never);
      assert.ok(answer.ok);
      assert.equal(answer.value.ray, ray);
    });
  }
});
