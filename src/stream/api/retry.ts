import type { Failure, Outcome } from '../failure';
import { failed } from '../failure';
import type { Clock, Http, HttpAnswer, HttpRequest } from './http';

const MAX_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 8000;
/** A longer `Retry-After` is told to the person instead of being sat out. */
const MAX_RETRY_AFTER_SECONDS = 10;
/** 52x and 530 are Cloudflare's edge. */
const RETRIED_STATUSES = new Set([408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530]);
const RETRIED_FAILURES = new Set<Failure['code']>(['offline', 'unreachable', 'timeout']);

/**
 * Repeats a request that failed in passing, at most twice, after a pause with full jitter. What must not be done twice
 * is repeated only when nothing of it was sent, or when the answer was 429: then it was not looked at.
 */
export function withRetry(http: Http, clock: Clock, random: () => number = Math.random): Http {
  return async (request, signal) => {
    const repeatable = request.repeat ?? (request.method === 'POST' ? 'ifUnsent' : 'always');
    let sent = false;
    for (let attempt = 1; ; attempt++) {
      const outcome = await http(request, signal);
      const pause = attempt < MAX_ATTEMPTS ? pauseBefore(outcome, attempt, repeatable, random) : undefined;
      if (pause === undefined) return attempt > 1 && sent ? marked(outcome) : outcome;
      sent ||= mayHaveArrived(outcome);
      await clock.wait(pause, signal);
      if (signal.aborted) return failed({ code: 'cancelled', ...(sent && { sent: 'maybe' }) });
    }
  };
}

function mayHaveArrived(outcome: Outcome<HttpAnswer>): boolean {
  return outcome.ok ? outcome.value.status !== 429 : 'sent' in outcome.failure;
}

/** The outcome of a repetition: what came before it may have been done. */
function marked(outcome: Outcome<HttpAnswer>): Outcome<HttpAnswer> {
  if (outcome.ok) return { ok: true, value: { ...outcome.value, repeated: true } };
  const { failure } = outcome;
  return failure.code === 'offline' || failure.code === 'unreachable' || failure.code === 'certificate'
    ? failed({ ...failure, sent: 'maybe' })
    : outcome;
}

/** Milliseconds to wait before the next attempt, or `undefined` when there should be none. */
function pauseBefore(
  outcome: Outcome<HttpAnswer>,
  attempt: number,
  repeatable: NonNullable<HttpRequest['repeat']>,
  random: () => number,
): number | undefined {
  if (repeatable === 'ifUnsent' && mayHaveArrived(outcome)) return undefined;
  const jittered = random() * Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), MAX_PAUSE_MS);
  if (!outcome.ok) return RETRIED_FAILURES.has(outcome.failure.code) ? jittered : undefined;
  const { status, retryAfter } = outcome.value;
  if (!RETRIED_STATUSES.has(status)) return undefined;
  // Without a time, the limit lasts minutes: asking again only prolongs it.
  if (status === 429 && retryAfter === undefined) return undefined;
  if (retryAfter === undefined) return jittered;
  return retryAfter <= MAX_RETRY_AFTER_SECONDS ? Math.max(retryAfter * 1000, jittered) : undefined;
}
