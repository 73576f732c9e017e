import type { Outcome } from '../failure';
import { failed, succeeded } from '../failure';
import type { Clock, HttpAnswer } from './http';
import type { Allowance } from './rateLimit';

/** Lists are slow and come in rows: they queue apart, so that nobody who signs waits behind them. */
export type Lane = 'ordinary' | 'lists';
/** How many requests of one credential may be under way at a time. */
export type Seats = Readonly<Record<Lane, number>>;

export const SEATS: Seats = { ordinary: 3, lists: 8 };
/** A longer time is told to the person instead of being sat out. */
export const MAX_WAIT_SECONDS = 10;

/** Gives a seat back, with what the request ended in. */
export type Leave = (outcome: Outcome<HttpAnswer>) => void;

/** What the requests of one credential pass through, since Cloudflare counts them together. */
export interface Bucket {
  /**
   * Waits for a seat. Fails when cancelled, or with the time to try again when Cloudflare has refused requests for longer
   * than ten seconds: until then none is sent.
   */
  enter(lane: Lane, signal: AbortSignal): Promise<Outcome<Leave>>;
  /** Whether nothing is under way or remembered, so that a new bucket would do as well. */
  idle(): boolean;
}

interface Waiter {
  readonly lane: Lane;
  readonly settle: (outcome: Outcome<Leave>) => void;
}

interface Hold {
  /** Epoch seconds, for the person. The end itself is a timer's, since the wall clock can jump. */
  readonly retryAt: number;
  long: boolean;
}

export function createBucket(clock: Clock, seats: Seats): Bucket {
  const taken: Record<Lane, number> = { ordinary: 0, lists: 0 };
  const waiting = new Set<Waiter>();
  const holds = new Set<Hold>();
  /** After a refusal one request goes ahead alone to see whether it is over. */
  let refused = false;
  let left = Number.POSITIVE_INFINITY;
  let forget = new AbortController();

  const running = () => taken.ordinary + taken.lists;

  function mayStart(lane: Lane): boolean {
    if (holds.size > 0 || (refused && running() > 0)) return false;
    return taken[lane] < seats[lane] && running() < left;
  }

  function start(lane: Lane): Leave {
    const isTrial = refused;
    let seated = true;
    taken[lane]++;
    return (outcome) => {
      if (!seated) return;
      seated = false;
      taken[lane]--;
      if (outcome.ok) learn(outcome.value, isTrial);
      serve();
    };
  }

  function learn({ status, retryAfter = 0, allowance }: HttpAnswer, isTrial: boolean): void {
    if (status === 429) {
      // A second refusal in a row: whoever waits would only be the third.
      if (isTrial) turnAway(inSeconds(retryAfter));
      refused = true;
      hold(retryAfter);
    } else {
      if (isTrial) refused = false;
      if (allowance !== undefined) respect(allowance);
    }
  }

  function respect(allowance: Allowance): void {
    forget.abort();
    left = Number.POSITIVE_INFINITY;
    if (allowance.left === 0) hold(allowance.seconds);
    else if (allowance.left < seats.ordinary + seats.lists) limitTo(allowance);
  }

  function limitTo(allowance: Allowance): void {
    left = allowance.left;
    forget = new AbortController();
    const { signal } = forget;
    clock.wait(allowance.seconds * 1000, signal).then(() => {
      if (signal.aborted) return;
      left = Number.POSITIVE_INFINITY;
      serve();
    });
  }

  function hold(seconds: number): void {
    if (seconds === 0) return;
    const held: Hold = { retryAt: inSeconds(seconds), long: seconds > MAX_WAIT_SECONDS };
    holds.add(held);
    if (held.long) turnAway(held.retryAt);
    pass(seconds, held).then(() => {
      holds.delete(held);
      serve();
    });
  }

  async function pass(seconds: number, held: Hold): Promise<void> {
    const { signal } = new AbortController();
    if (held.long) await clock.wait((seconds - MAX_WAIT_SECONDS) * 1000, signal);
    held.long = false;
    await clock.wait(Math.min(seconds, MAX_WAIT_SECONDS) * 1000, signal);
  }

  function inSeconds(seconds: number): number {
    return Math.ceil(clock.now() / 1000) + seconds;
  }

  function serve(): void {
    for (const waiter of waiting) {
      if (mayStart(waiter.lane)) waiter.settle(succeeded(start(waiter.lane)));
    }
  }

  function turnAway(retryAt: number): void {
    for (const waiter of waiting) waiter.settle(refusal(retryAt));
  }

  return {
    enter(lane, signal) {
      if (signal.aborted) return Promise.resolve(failed({ code: 'cancelled' }));
      const long = [...holds].filter((held) => held.long).map(({ retryAt }) => retryAt);
      if (long.length > 0) return Promise.resolve(refusal(Math.max(...long)));
      if (mayStart(lane)) return Promise.resolve(succeeded(start(lane)));
      return new Promise((resolve) => {
        const leave = () => waiter.settle(failed({ code: 'cancelled' }));
        const waiter: Waiter = {
          lane,
          settle(outcome) {
            waiting.delete(waiter);
            signal.removeEventListener('abort', leave);
            resolve(outcome);
          },
        };
        waiting.add(waiter);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
    idle: () =>
      running() === 0 && waiting.size === 0 && holds.size === 0 && !refused && left === Number.POSITIVE_INFINITY,
  };
}

function refusal(retryAt: number): ReturnType<typeof failed> {
  return failed({ code: 'rateLimited', status: 429, errors: [], retryAt });
}

/** One bucket per credential, found by the headers that carry it. */
export function createBuckets(clock: Clock, seats: Seats): (headers: Readonly<Record<string, string>>) => Bucket {
  const buckets = new Map<string, Bucket>();
  return (headers) => {
    // A credential is kept here no longer than it is in use.
    for (const [key, bucket] of buckets) if (bucket.idle()) buckets.delete(key);
    const key = JSON.stringify(headers);
    const bucket = buckets.get(key) ?? createBucket(clock, seats);
    buckets.set(key, bucket);
    return bucket;
  };
}
