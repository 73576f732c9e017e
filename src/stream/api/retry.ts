import type { Failure, Outcome } from '../failure';
import { failed, mayBeDone, succeeded } from '../failure';
import { type Bucket, type Leave, MAX_WAIT_SECONDS } from './bucket';
import { within } from './deadline';
import type { Clock, Http, HttpAnswer, HttpRequest } from './http';

const MAX_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 8000;
/** For all attempts and the pauses between them. */
const OVERALL_SECONDS = 60;
/** 52x and 530 are Cloudflare's edge. */
const RETRIED_STATUSES = new Set([408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]);
const RETRIED_FAILURES = new Set<Failure['code']>([
  'offline',
  'unreachable',
  'connectionLost',
  'timeout',
  'brokenAnswer',
  'proxyRefused',
]);
/** Broken in a way that will be the same the next time. */
const FINAL_REASONS = new Set(['UND_ERR_HEADERS_OVERFLOW', 'HTTP_STATUS']);

export interface RetryParts {
  /** One attempt. */
  readonly http: Http;
  readonly bucketOf: (headers: HttpRequest['headers']) => Bucket;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
}

/**
 * Repeats a request that failed in passing, at most twice, after a pause with full jitter, all within a minute from its
 * first attempt. What must not be done twice is repeated only when nothing of it was sent, or when the answer was 429:
 * then it was not looked at.
 */
export function withRetry({ http, bucketOf, clock, random }: RetryParts): Http {
  return async (request, signal) => {
    const bucket = bucketOf(request.headers);
    const lane = request.list ? 'lists' : 'ordinary';
    // The time in the queue does not count: the last of many requests must not fail for the others.
    const entered = await bucket.enter(lane, signal);
    if (!entered.ok) return entered;
    /** Whether any attempt may have arrived. */
    let sent = false;

    async function attempts(first: Leave, running: AbortSignal): Promise<Outcome<HttpAnswer>> {
      let leave = first;
      for (let attempt = 1; ; attempt++) {
        const sentBefore = sent;
        sent = true;
        const outcome = await http(request, running);
        sent = sentBefore || mayHaveArrived(outcome);
        leave(outcome);
        const pause = attempt < MAX_ATTEMPTS ? pauseBefore(outcome, attempt, request, random) : undefined;
        if (pause === undefined) return sentBefore ? marked(outcome) : outcome;
        await clock.wait(pause, running);
        const again = await bucket.enter(lane, running);
        if (!again.ok) return again;
        leave = again.value;
      }
    }

    const end = await within(clock, OVERALL_SECONDS * 1000, signal, (running) => attempts(entered.value, running));
    if (end.by === 'work') return end.value;
    if (end.by === 'error') throw end.error;
    const maybe = sent ? ({ sent: 'maybe' } as const) : {};
    return failed(
      end.by === 'cancel' ? { code: 'cancelled', ...maybe } : { code: 'timeout', seconds: OVERALL_SECONDS, ...maybe },
    );
  };
}

function mayHaveArrived(outcome: Outcome<HttpAnswer>): boolean {
  return outcome.ok ? outcome.value.status !== 429 : mayBeDone(outcome.failure);
}

/** The outcome of a repetition, when what came before it may have been done. */
function marked(outcome: Outcome<HttpAnswer>): Outcome<HttpAnswer> {
  if (outcome.ok) return succeeded({ ...outcome.value, repeated: true });
  const { failure } = outcome;
  const silent = failure.code === 'offline' || failure.code === 'unreachable' || failure.code === 'certificate';
  return silent ? failed({ ...failure, sent: 'maybe' }) : outcome;
}

/** Milliseconds to wait before the next attempt, or `undefined` when there should be none. */
function pauseBefore(
  outcome: Outcome<HttpAnswer>,
  attempt: number,
  { method, repeat = method === 'POST' ? 'ifUnsent' : 'always' }: HttpRequest,
  random: () => number,
): number | undefined {
  if (repeat === 'ifUnsent' && mayHaveArrived(outcome)) return undefined;
  const jittered = random() * Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), MAX_PAUSE_MS);
  if (!outcome.ok) return isPassing(outcome.failure) ? jittered : undefined;
  const { status, retryAfter } = outcome.value;
  if (!RETRIED_STATUSES.has(status)) return undefined;
  if (retryAfter === undefined) return jittered;
  return retryAfter <= MAX_WAIT_SECONDS ? Math.max(retryAfter * 1000, jittered) : undefined;
}

function isPassing(failure: Failure): boolean {
  return RETRIED_FAILURES.has(failure.code) && !('reason' in failure && FINAL_REASONS.has(failure.reason));
}
