import assert from 'node:assert/strict';
import type { Http, HttpAnswer, HttpRequest } from '../../../../src/stream/api/http';
import { withRetry } from '../../../../src/stream/api/retry';
import type { Failure, Outcome } from '../../../../src/stream/failure';
import { createFakeClock } from '../../support/fakeClock';

type Scripted = Failure['code'] | number | readonly [status: number, retryAfter: number];

function toOutcome(scripted: Scripted): Outcome<HttpAnswer> {
  if (typeof scripted === 'string') return { ok: false, failure: { code: scripted } as Failure };
  const [status, retryAfter] = typeof scripted === 'number' ? [scripted] : scripted;
  return { ok: true, value: { status, contentType: '', text: '', ...(retryAfter !== undefined && { retryAfter }) } };
}

/** What happens when these are the answers, the last one for ever: how many requests, after which pauses in ms, and how it ends. */
async function play(
  answers: readonly Scripted[],
  random = 1,
  request: HttpRequest = { method: 'GET', path: '/', headers: {} },
): Promise<string> {
  const clock = createFakeClock(0);
  let requests = 0;
  const http: Http = async () => toOutcome(answers[Math.min(requests++, answers.length - 1)] ?? 200);
  const done = withRetry(http, clock, () => random)(request, new AbortController().signal);
  await clock.advance(60_000);
  const outcome = await done;
  return `${requests} [${clock.waits.join(' ')}] ${outcome.ok ? outcome.value.status : outcome.failure.code}`;
}

describe('withRetry', () => {
  const rows: readonly [string, readonly Scripted[], string][] = [
    ['success', [200], '1 [] 200'],
    ['success at the second attempt', [500, 200], '2 [500] 200'],
    ['success at the third attempt', ['offline', 'timeout', 200], '3 [500 1000] 200'],
    ['at most three attempts', [503], '3 [500 1000] 503'],
    ['the last answer counts', [500, 'timeout', 404], '3 [500 1000] 404'],
    ['an answer that is final', [500, 401, 200], '2 [500] 401'],
    ['a limit for a moment', [[429, 1], 200], '2 [1000] 200'],
    ['a limit that is over', [[429, 0], 200], '2 [500] 200'],
    ['a limit that can be sat out', [[429, 10], 200], '2 [10000] 200'],
    ['a limit that is too long', [[429, 11], 200], '1 [] 429'],
    ['a limit without a time', [429, 200], '1 [] 429'],
    ['trouble with a time', [[503, 2], 200], '2 [2000] 200'],
    ['trouble with a long time', [[503, 1e9], 200], '1 [] 503'],
  ];
  for (const [name, answers, expected] of rows)
    it(`${name} → ${expected}`, async () => assert.equal(await play(answers), expected));

  for (const status of [408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]) {
    it(`repeats ${status}`, async () => assert.equal(await play([status, 200]), '2 [500] 200'));
  }
  for (const status of [200, 204, 400, 401, 403, 404, 407, 409, 413, 422, 501, 505, 528, 529, 531, 999]) {
    it(`does not repeat ${status}`, async () => assert.equal(await play([status]), `1 [] ${status}`));
  }
  for (const failure of ['offline', 'unreachable', 'timeout'] as const) {
    it(`repeats ${failure}`, async () => assert.equal(await play([failure]), `3 [500 1000] ${failure}`));
  }
  for (const failure of [
    'cancelled',
    'certificate',
    'redirected',
    'tooLarge',
    'proxyLogin',
    'notCloudflare',
  ] as const) {
    it(`does not repeat ${failure}`, async () => assert.equal(await play([failure]), `1 [] ${failure}`));
  }

  describe('of a request that is not repeatable', () => {
    const once: HttpRequest = { method: 'POST', path: '/', headers: {}, repeatable: false };
    for (const answer of [500, 502, 520, 408, [503, 1], 'timeout', 'unreachable'] as const) {
      it(`does not repeat ${answer}`, async () => assert.match(await play([answer], 1, once), /^1 \[\]/));
    }
    it('repeats one that the limit turned away', async () =>
      assert.equal(await play([[429, 1], 500], 1, once), '2 [1000] 500'));
  });

  it('pauses for a random part of the time, but never shorter than it was told', async () => {
    assert.equal(await play([500], 0), '3 [0 0] 500');
    assert.equal(await play([500], 0.5), '3 [250 500] 500');
    assert.equal(await play([[429, 1], 200], 0), '2 [1000] 200');
  });

  it('can be cancelled during the pause: no further request', async () => {
    const clock = createFakeClock(0);
    const cancel = new AbortController();
    let requests = 0;
    const http: Http = async () => {
      requests++;
      return toOutcome([429, 10]);
    };
    const done = withRetry(http, clock)({ method: 'GET', path: '/', headers: {} }, cancel.signal);
    await clock.advance(5000);
    cancel.abort();
    assert.deepEqual(await done, { ok: false, failure: { code: 'cancelled' } });
    await clock.advance(60_000);
    assert.equal(requests, 1);
  });

  it('sends the same request again', async () => {
    const clock = createFakeClock(0);
    const seen: unknown[] = [];
    const http: Http = async (request) => {
      seen.push(request);
      return toOutcome(seen.length === 1 ? 500 : 200);
    };
    const request = { method: 'POST', path: '/x', headers: { a: 'b' }, body: { exp: 1 } } as const;
    const done = withRetry(http, clock, () => 0)(request, new AbortController().signal);
    await clock.advance(0);
    await done;
    assert.deepEqual(seen, [request, request]);
  });
});
