import type { Failure, Outcome } from '../failure';
import { failed } from '../failure';
import type { Clock, Http, HttpAnswer } from './http';

const MAX_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 8000;
/** A longer `Retry-After` is told to the person instead of being sat out. */
const MAX_RETRY_AFTER_SECONDS = 10;
/** 52x and 530 are Cloudflare's edge. A POST of a token may be repeated: it stores nothing. */
const RETRIED_STATUSES = new Set([408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]);
const RETRIED_FAILURES = new Set<Failure['code']>(['offline', 'unreachable', 'timeout']);

/**
 * Repeats a request that failed in passing, at most twice, after a pause with full jitter. One that is not repeatable is
 * sent again only when it was turned away at the limit, and so did nothing.
 */
export function withRetry(http: Http, clock: Clock, random: () => number = Math.random): Http {
  return async (request, signal) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await http(request, signal);
      const again = attempt < MAX_ATTEMPTS && (request.repeatable !== false || wasTurnedAway(outcome));
      const pause = again ? pauseBefore(outcome, attempt, random) : undefined;
      if (pause === undefined) return outcome;
      await clock.wait(pause, signal);
      if (signal.aborted) return failed({ code: 'cancelled' });
    }
  };
}

function wasTurnedAway(outcome: Outcome<HttpAnswer>): boolean {
  return outcome.ok && outcome.value.status === 429;
}

/** Milliseconds to wait before the next attempt, or `undefined` when there should be none. */
function pauseBefore(outcome: Outcome<HttpAnswer>, attempt: number, random: () => number): number | undefined {
  const jittered = random() * Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), MAX_PAUSE_MS);
  if (!outcome.ok) return RETRIED_FAILURES.has(outcome.failure.code) ? jittered : undefined;
  const { status, retryAfter } = outcome.value;
  if (!RETRIED_STATUSES.has(status)) return undefined;
  // Without a time, the limit lasts minutes: asking again only prolongs it.
  if (status === 429 && retryAfter === undefined) return undefined;
  if (retryAfter === undefined) return jittered;
  return retryAfter <= MAX_RETRY_AFTER_SECONDS ? Math.max(retryAfter * 1000, jittered) : undefined;
}
