/** What Cloudflare still allows: so many requests in the next so many seconds. */
export interface Allowance {
  readonly left: number;
  readonly seconds: number;
}

/** The longest time that Cloudflare blocks for is five minutes; a longer one is a mistake that must not lock anyone out for good. */
const MAX_RETRY_AFTER_SECONDS = 3600;
/** The window of the limit of 1,200 requests. https://developers.cloudflare.com/fundamentals/api/reference/limits/ */
const MAX_WINDOW_SECONDS = 300;
/** For a refusal that names no time: about one window of the limits that are announced with `Ratelimit-Policy`. */
const UNTOLD_SECONDS = 60;

/**
 * `Retry-After` in seconds from now, an hour at most: it is seconds or an HTTP date (RFC 9110, 10.2.3); anything else
 * counts as not there. `now` is the server's own time in epoch milliseconds, where its answer tells it.
 */
export function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const seconds = /^\d{1,10}$/.test(value) ? Number(value) : Math.ceil((readHttpDate(value) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, seconds), MAX_RETRY_AFTER_SECONDS);
}

/** An HTTP date in epoch milliseconds, NaN when it is none. */
export function readHttpDate(value: string | null): number {
  return value !== null && /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN;
}

/**
 * `Ratelimit: "default";r=50;t=30`, the tightest when it lists several; `undefined` when it is not there or unreadable.
 * https://developers.cloudflare.com/fundamentals/api/reference/limits/
 */
export function readAllowance(value: string | null): Allowance | undefined {
  if (value === null || value.length > 1000) return undefined;
  let tightest: Allowance | undefined;
  for (const [, parameters = ''] of value.matchAll(/"[^"]*"((?:\s*;\s*[a-z]+=[^;,\s]*)+)/g)) {
    const [left, seconds] = ['r', 't'].map((name) => readParameter(parameters, name));
    if (left === undefined || seconds === undefined) continue;
    const tighter = tightest === undefined || left < tightest.left || (left === 0 && seconds > tightest.seconds);
    if (tighter) tightest = { left, seconds: Math.min(seconds, MAX_WINDOW_SECONDS) };
  }
  return tightest;
}

function readParameter(parameters: string, name: string): number | undefined {
  const digits = new RegExp(`;\\s*${name}=(\\d{1,9})\\s*(?:;|$)`).exec(parameters)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Seconds until a refusal at the limit (429) is over. */
export function refusalSeconds(retryAfter: number | undefined, allowance: Allowance | undefined): number {
  if (retryAfter !== undefined) return retryAfter;
  return allowance?.left === 0 ? allowance.seconds : UNTOLD_SECONDS;
}
