import type { Outcome } from '../failure';
import { failed, succeeded } from '../failure';
import { isBrokenJson, readBody } from './body';
import { within } from './deadline';
import { networkFailure } from './networkFailure';
import { type Allowance, readAllowance, readHttpDate, readRetryAfter, refusalSeconds } from './rateLimit';
import { clockAhead } from './skew';

/** The only place credentials are sent to. No setting, file or variable changes it in an installed extension. */
export const API_ORIGIN = 'https://api.cloudflare.com';
const BASE_PATH = '/client/v4';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/client/v4`, from parts that were checked. */
  readonly path: `/${string}`;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. Without it the request has neither body nor Content-Type. */
  readonly body?: unknown;
  /**
   * When it may be sent again after it failed in passing. Unless said, a POST only when nothing of it was sent
   * (`ifUnsent`), since it may make one thing more; everything else `always`.
   */
  readonly repeat?: 'always' | 'ifUnsent';
  /** A long list: it gets more time and more room, and queues with its own kind. */
  readonly list?: true;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly ray?: string;
  /** `Retry-After`, resolved to seconds from now. With a 429 it is always there. */
  readonly retryAfter?: number;
  /** What `Ratelimit` says. */
  readonly allowance?: Allowance;
  /** Seconds by which this machine's clock is ahead of the server's; negative: behind. Absent without a `Date`. */
  readonly clockAhead?: number;
  /** Set when the same request was sent before and may have been carried out then: a 404 to a DELETE means "done". */
  readonly repeated?: true;
}

/** One request to Cloudflare's API. Never throws: what went wrong on the way is a failure. */
export type Http = (request: HttpRequest, signal: AbortSignal) => Promise<Outcome<HttpAnswer>>;

/** Time as the flows see it, so that no test waits for real. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface HttpSettings {
  readonly origin: string;
  readonly clock: Clock;
  /** Looked up per call: VS Code exchanges the global one to honour proxies and system certificates. */
  readonly fetch: () => typeof globalThis.fetch;
}

const MEBIBYTE = 1_048_576;
/** The time for the whole answer, headers and body, and the room for its unpacked body. */
const ORDINARY = { seconds: 20, bytes: MEBIBYTE };
const LIST = { seconds: 30, bytes: 16 * MEBIBYTE };

/**
 * One attempt over the host's fetch, with what fetch lacks: a deadline that covers the body too, a limit on the unpacked
 * body, an end at the moment of cancelling, and no redirects (they would carry a credential to another host).
 */
export function createHttp(settings: HttpSettings): Http {
  return async (request, signal) => {
    if (signal.aborted) return failed({ code: 'cancelled' });
    const { seconds, bytes } = request.list ? LIST : ORDINARY;
    const end = await within(settings.clock, seconds * 1000, signal, (running) =>
      ask(settings, request, bytes, running),
    );
    switch (end.by) {
      case 'work':
        return end.value;
      case 'error':
        return failed(networkFailure(end.error));
      case 'cancel':
        return failed({ code: 'cancelled', sent: 'maybe' });
      case 'deadline':
        return failed({ code: 'timeout', seconds, sent: 'maybe' });
    }
  };
}

async function ask(
  { origin, clock, fetch }: HttpSettings,
  request: HttpRequest,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Outcome<HttpAnswer>> {
  const askedAt = clock.now();
  const response = await fetch()(addressOf(origin, request), {
    method: request.method,
    headers: {
      Accept: 'application/json',
      ...request.headers,
      ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    signal,
    redirect: 'manual',
    credentials: 'omit',
    cache: 'no-store',
  });
  const answeredAt = clock.now();
  const { status } = response;
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    return failed({ code: 'redirected', status });
  }
  const text = await readBody(response, maxBytes);
  if (text === undefined) return failed({ code: 'tooLarge', bytes: maxBytes });
  if (response.ok && isBrokenJson(text)) return failed({ code: 'brokenAnswer', reason: 'JSON' });
  return succeeded({ status, text, ...readHeaders(response, askedAt, answeredAt) });
}

/** The whole address of a request. */
export function addressOf(origin: string, { path, query = {} }: Pick<HttpRequest, 'path' | 'query'>): string {
  const url = new URL(origin);
  url.pathname = BASE_PATH + path;
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.href;
}

function readHeaders(
  { status, headers }: Response,
  askedAt: number,
  answeredAt: number,
): Omit<HttpAnswer, 'status' | 'text'> {
  const ray = headers.get('cf-ray');
  const date = readHttpDate(headers.get('date'));
  const dated = !Number.isNaN(date);
  const allowance = readAllowance(headers.get('ratelimit'));
  // A date is the server's, so it is its clock that tells how far away it is.
  const told = readRetryAfter(headers.get('retry-after'), dated ? date : answeredAt);
  const retryAfter = status === 429 ? refusalSeconds(told, allowance) : told;
  return {
    contentType: headers.get('content-type') ?? '',
    ...(ray !== null && /^[\w-]{1,64}$/.test(ray) && { ray }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(allowance !== undefined && { allowance }),
    ...(dated && { clockAhead: clockAhead(date, askedAt, answeredAt) }),
  };
}
