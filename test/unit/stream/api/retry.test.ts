import assert from 'node:assert/strict';
import { createBuckets, SEATS } from '../../../../src/stream/api/bucket';
import type { Http, HttpAnswer, HttpRequest } from '../../../../src/stream/api/http';
import { withRetry } from '../../../../src/stream/api/retry';
import type { Failure, Outcome } from '../../../../src/stream/failure';
import { createFakeClock, type FakeClock } from '../../support/fakeClock';

type Scripted = Failure['code'] | number | readonly [status: number, retryAfter: number] | Failure;

function toOutcome(scripted: Scripted): Outcome<HttpAnswer> {
  if (typeof scripted === 'string') return { ok: false, failure: { code: scripted } as Failure };
  if (typeof scripted === 'object' && 'code' in scripted) return { ok: false, failure: scripted };
  const [status, retryAfter] = typeof scripted === 'number' ? [scripted] : scripted;
  return { ok: true, value: { status, contentType: '', text: '', ...(retryAfter !== undefined && { retryAfter }) } };
}

/** What happens when these are the answers, the last one for ever: how many requests, after which pauses in ms, and how it ends. */
async function play(
  answers: readonly Scripted[],
  random = 1,
  asked: Pick<HttpRequest, 'method' | 'repeat'> = { method: 'GET' },
): Promise<string> {
  const [requests, pauses, outcome] = await run(answers, random, asked);
  const end = outcome.ok ? outcome.value.status : outcome.failure.code;
  const repeated = outcome.ok && outcome.value.repeated ? ' repeated' : '';
  const sent = !outcome.ok && 'sent' in outcome.failure ? ' sent?' : '';
  return `${requests} [${pauses.join(' ')}] ${end}${repeated}${sent}`;
}

async function run(
  answers: readonly Scripted[],
  random: number,
  asked: Pick<HttpRequest, 'method' | 'repeat'>,
): Promise<[number, readonly number[], Outcome<HttpAnswer>]> {
  const clock = createFakeClock(0);
  const times: number[] = [];
  const http: Http = async () => toOutcome(answers[Math.min(times.push(clock.now()), answers.length) - 1] ?? 200);
  const done = repeating(http, clock, random)({ ...asked, path: '/', headers: {} }, new AbortController().signal);
  await clock.advance(60_000);
  return [times.length, times.slice(1).map((time, index) => time - (times[index] ?? 0)), await done];
}

function repeating(http: Http, clock: FakeClock, random = 1): Http {
  return withRetry({ http, clock, bucketOf: createBuckets(clock, SEATS), random: () => random });
}

describe('withRetry', () => {
  const rows: readonly [string, readonly Scripted[], string][] = [
    ['success', [200], '1 [] 200'],
    ['success at the second attempt', [500, 200], '2 [500] 200 repeated'],
    ['success at the third attempt', ['offline', 'unreachable', 200], '3 [500 1000] 200'],
    ['at most three attempts', [503], '3 [500 1000] 503 repeated'],
    ['the last answer counts', [500, 'timeout', 404], '3 [500 1000] 404 repeated'],
    ['an answer that is final', [500, 401, 200], '2 [500] 401 repeated'],
    ['a limit for a moment', [[429, 1], 200], '2 [1000] 200'],
    ['a limit that is over', [[429, 0], 200], '2 [500] 200'],
    ['a limit that can be sat out', [[429, 10], 200], '2 [10000] 200'],
    ['a limit that is too long', [[429, 11], 200], '1 [] 429'],
    ['trouble with a time', [[503, 2], 200], '2 [2000] 200 repeated'],
    ['trouble with a long time', [[503, 1e9], 200], '1 [] 503'],
  ];
  for (const [name, answers, expected] of rows)
    it(`${name} → ${expected}`, async () => assert.equal(await play(answers), expected));

  const lost: Failure = { code: 'timeout', seconds: 20, sent: 'maybe' };
  const gone: Failure = { code: 'offline' };
  const reset: Failure = { code: 'connectionLost', reason: 'ECONNRESET' };
  const making: readonly [string, readonly Scripted[], string][] = [
    ['nothing was sent', [gone, gone, 200], '3 [500 1000] 200'],
    ['the answer got lost', [lost, 200], '1 [] timeout sent?'],
    ['first nothing was sent, then the answer got lost', [gone, lost, 200], '2 [500] timeout sent?'],
    ['the connection got lost', [reset, 200], '1 [] connectionLost'],
    ['trouble, with the work perhaps done', [500, 200], '1 [] 500'],
    ['a limit for a moment: it was not looked at', [[429, 1], 200], '2 [1000] 200'],
    ['a limit that is too long', [[429, 11], 200], '1 [] 429'],
    ['no', [400], '1 [] 400'],
  ];
  for (const [name, answers, expected] of making) {
    it(`makes nothing twice: ${name} → ${expected}`, async () => {
      assert.equal(await play(answers, 1, { method: 'POST' }), expected);
      assert.equal(await play(answers, 1, { method: 'DELETE', repeat: 'ifUnsent' }), expected);
    });
  }

  const twice: readonly [string, readonly Scripted[], string][] = [
    ['gone at the second attempt: the first one did it', [lost, 404], '2 [500] 404 repeated'],
    ['gone, and nothing had been sent before', [gone, 404], '2 [500] 404'],
    ['gone at once', [404], '1 [] 404'],
    ['lost, then offline: it may be done', [lost, gone], '3 [500 1000] offline sent?'],
  ];
  for (const [name, answers, expected] of twice) {
    it(`tells whether an earlier attempt may have worked: ${name} → ${expected}`, async () => {
      assert.equal(await play(answers, 1, { method: 'DELETE' }), expected);
      assert.equal(await play(answers, 1, { method: 'POST', repeat: 'always' }), expected);
    });
  }

  for (const status of [408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]) {
    it(`repeats ${status}`, async () => assert.equal(await play([status, 200]), '2 [500] 200 repeated'));
  }
  for (const status of [200, 204, 400, 401, 403, 404, 407, 409, 413, 422, 501, 505, 528, 529, 531, 999]) {
    it(`does not repeat ${status}`, async () => assert.equal(await play([status]), `1 [] ${status}`));
  }
  for (const failure of [
    'offline',
    'unreachable',
    'proxyRefused',
    'connectionLost',
    'brokenAnswer',
    'timeout',
  ] as const) {
    it(`repeats ${failure}`, async () =>
      assert.match(await play([failure]), new RegExp(`^3 \\[500 1000\\] ${failure}`)));
  }
  for (const reason of ['UND_ERR_HEADERS_OVERFLOW', 'HTTP_STATUS']) {
    it(`does not repeat what will be broken again: ${reason}`, async () =>
      assert.equal(await play([{ code: 'brokenAnswer', reason }]), '1 [] brokenAnswer'));
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

  it('pauses for a random part of the time, but never shorter than it was told', async () => {
    assert.equal(await play([500], 0), '3 [0 0] 500 repeated');
    assert.equal(await play([500], 0.5), '3 [250 500] 500 repeated');
    assert.equal(await play([[429, 1], 200], 0), '2 [1000] 200');
  });

  it('ends after a minute, however long the attempts take', async () => {
    const clock = createFakeClock(0);
    const starts: number[] = [];
    const slow: Http = async (_request, signal) => {
      starts.push(clock.now());
      await clock.wait(30_000, signal);
      return { ok: false, failure: signal.aborted ? { code: 'cancelled', sent: 'maybe' } : lost };
    };
    const done = repeating(slow, clock)({ method: 'GET', path: '/', headers: {} }, new AbortController().signal);
    await clock.advance(59_999);
    await clock.advance(1);
    assert.deepEqual(await done, { ok: false, failure: { code: 'timeout', seconds: 60, sent: 'maybe' } });
    assert.deepEqual(starts, [0, 30_500]);
  });

  it('can be cancelled during the pause: no further request', async () => {
    const clock = createFakeClock(0);
    const cancel = new AbortController();
    let requests = 0;
    const http: Http = async () => {
      requests++;
      return toOutcome([429, 10]);
    };
    const done = repeating(http, clock)({ method: 'GET', path: '/', headers: {} }, cancel.signal);
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
    const request = { method: 'POST', path: '/x', repeat: 'always', headers: { a: 'b' }, body: { exp: 1 } } as const;
    const done = repeating(http, clock, 0)(request, new AbortController().signal);
    await clock.advance(0);
    await done;
    assert.deepEqual(seen, [request, request]);
  });
});
