import { refusal } from './answers';
import type { Answer } from './exchange';

/** How many requests a credential may make in how many seconds. */
export interface Allowance {
  readonly requests: number;
  readonly seconds: number;
}

/** The global limit of Cloudflare's API. */
export const CLOUDFLARE_ALLOWANCE: Allowance = { requests: 1200, seconds: 300 };

export interface RateLimit {
  allowance(): Allowance;
  /** Another one from now on; what was counted so far is forgotten. */
  allow(allowance: Allowance): void;
  /** Counts a request of a credential: the headers for its answer, or the refusal. */
  count(credential: string): { readonly headers: Readonly<Record<string, string>> } | { readonly refused: Answer };
}

interface Window {
  used: number;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/**
 * Counts in windows that begin with a first request. Whoever asks for more than is allowed is refused everything for a
 * whole window from then on.
 *
 * @param now milliseconds since the epoch
 */
export function createRateLimit(now: () => number, initial: Allowance): RateLimit {
  let allowance = initial;
  const windows = new Map<string, Window>();
  return {
    allowance: () => allowance,
    allow(other) {
      allowance = other;
      windows.clear();
    },
    count(credential) {
      const { requests, seconds } = allowance;
      const fresh = (used: number): Window => ({ used, endsAt: now() + seconds * 1000 });
      const current = windows.get(credential);
      const window = current === undefined || now() >= current.endsAt ? fresh(0) : current;
      window.used += 1;
      // The refusal that begins it makes it a whole window.
      const counted = window.used === requests + 1 ? fresh(requests + 1) : window;
      windows.set(credential, counted);
      const left = Math.max(0, requests - counted.used);
      const wait = Math.ceil((counted.endsAt - now()) / 1000);
      const headers = {
        ratelimit: `"default";r=${left};t=${wait}`,
        'ratelimit-policy': `"default";q=${requests};w=${seconds}`,
      };
      return counted.used > requests ? { refused: tooMany(headers, wait) } : { headers };
    },
  };
}

function tooMany(headers: Readonly<Record<string, string>>, wait: number): Answer {
  const message = 'Please wait and consider throttling your request speed';
  const { status, body, headers: usual } = refusal(429, { code: 971, message });
  return { status, body, headers: { ...usual, ...headers, 'retry-after': String(wait) } };
}
