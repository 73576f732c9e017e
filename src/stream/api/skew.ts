import type { Clock } from './http';

/** Less is no trouble for a token: Cloudflare's own clients differ by as much. */
const NOTICED_SECONDS = 60;
/** A clock that was wrong may have been put right since. */
const GOOD_FOR_MS = 60 * 60 * 1000;

/**
 * Seconds by which this machine's clock is ahead of the server's; negative when it is behind; 0 when both agree as far
 * as an answer can tell: the server wrote its `Date` (in whole seconds) between the asking and the answer.
 * All three instants in epoch milliseconds.
 */
export function clockAhead(date: number, askedAt: number, answeredAt: number): number {
  if (askedAt > date + 999) return Math.round((askedAt - date - 999) / 1000);
  return answeredAt < date ? -Math.round((date - answeredAt) / 1000) : 0;
}

export interface Skew {
  note(secondsAhead: number): void;
  /** Seconds by which this machine's clock is ahead of Cloudflare's (negative: behind) when that is over a minute, else 0. */
  seconds(): number;
}

/** What the answers of the last hour tell about this machine's clock. */
export function createSkew(clock: Clock): Skew {
  let last = { ahead: 0, at: Number.NEGATIVE_INFINITY };
  return {
    note: (ahead) => {
      last = { ahead, at: clock.now() };
    },
    seconds: () =>
      Math.abs(last.ahead) > NOTICED_SECONDS && Math.abs(clock.now() - last.at) < GOOD_FOR_MS ? last.ahead : 0,
  };
}
