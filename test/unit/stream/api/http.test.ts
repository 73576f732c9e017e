import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createHttp, type Http, type HttpRequest } from '../../../../src/stream/api/http';
import { createFakeClock } from '../../support/fakeClock';

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
      deadline: 5,
      maxBytes: 100,
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

  it('times out in a body that drips', async () => {
    const clock = createFakeClock(NOW);
    const outcome = over(async (_url, init) => new Response(dripping(clock, init.signal as AbortSignal)), clock)(
      GET,
      never,
    );
    await clock.advance(4999);
    await clock.advance(1);
    assert.deepEqual(await outcome, { ok: false, failure: { code: 'timeout', seconds: 5, sent: 'maybe' } });
  });

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
    ['body that is too large', () => new Response(uncancellable()), { code: 'tooLarge', bytes: 100 }],
  ];
  for (const [name, response, failure] of stuck) {
    it(`does not wait for the end of a ${name}`, async () => {
      assert.deepEqual(await over(async () => response())(GET, never), { ok: false, failure });
    });
  }
  /** A body whose cancellation never ends. */
  function uncancellable(): ReadableStream<Uint8Array> {
    return new ReadableStream({
      pull: (body) => body.enqueue(new Uint8Array(64)),
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

  const retryAfter: readonly [string | undefined, number | undefined][] = [
    [undefined, undefined],
    ['0', 0],
    ['1', 1],
    ['300', 300],
    [' 7 ', 7],
    ['-5', undefined],
    ['abc', undefined],
    ['1e9', undefined],
    ['1.5', undefined],
    ['0x10', undefined],
    ['99999999999', undefined],
    ['', undefined],
    ['Fri, 15 Jan 2027 08:00:30 GMT', 30],
    ['Fri, 15 Jan 2027 07:59:00 GMT', 0],
    ['Fri, 99 Jan 2027 08:00:30 GMT', undefined],
    ['2027-01-15T08:00:30Z', undefined],
  ];
  for (const [value, seconds] of retryAfter) {
    it(`Retry-After ${value} → ${seconds}`, async () => {
      const headers = value === undefined ? undefined : { 'retry-after': value };
      const answer = await over(async () => new Response('', { status: 429, ...(headers && { headers }) }))(GET, never);
      assert.ok(answer.ok);
      assert.equal(answer.value.retryAfter, seconds);
    });
  }

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
