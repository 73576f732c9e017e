import type { Outcome } from '../failure';
import { failed, succeeded } from '../failure';
import { networkFailure } from './networkFailure';

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
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly ray?: string;
  /** `Retry-After`, resolved to seconds from now. */
  readonly retryAfter?: number;
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
  /** Seconds for the whole answer, headers and body. */
  readonly deadline?: number;
  /** Limit of the decompressed body, in bytes. */
  readonly maxBytes?: number;
}

const DEADLINE_SECONDS = 20;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * HTTP over the host's fetch, with what fetch lacks: a deadline that covers the body too, a limit on the decompressed
 * body, cancellation, and no redirects (they would carry a credential to another host).
 */
export function createHttp(settings: HttpSettings): Http {
  const { origin, clock, deadline = DEADLINE_SECONDS, maxBytes = MAX_BYTES } = settings;
  return async (request, signal) => {
    if (signal.aborted) return failed({ code: 'cancelled' });
    const url = new URL(origin);
    url.pathname = BASE_PATH + request.path;
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const attempt = new AbortController();
    const settled = new AbortController();
    let timedOut = false;
    const cancel = () => attempt.abort();
    signal.addEventListener('abort', cancel, { once: true });
    clock.wait(deadline * 1000, settled.signal).then(() => {
      if (settled.signal.aborted) return;
      timedOut = true;
      attempt.abort();
    });
    try {
      const response = await settings.fetch()(url.href, {
        method: request.method,
        headers: {
          Accept: 'application/json',
          ...request.headers,
          ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        signal: attempt.signal,
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
      });
      if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
        return failed({ code: 'redirected', status: response.status });
      }
      const text = await readBody(response, maxBytes);
      if (text === undefined) return failed({ code: 'tooLarge', bytes: maxBytes });
      return succeeded(toAnswer(response, text, clock.now()));
    } catch (error) {
      if (signal.aborted) return failed({ code: 'cancelled', sent: 'maybe' });
      return failed(timedOut ? { code: 'timeout', seconds: deadline, sent: 'maybe' } : networkFailure(error));
    } finally {
      signal.removeEventListener('abort', cancel);
      settled.abort();
      // Ends what is still under way: a body that nobody wants. Cancelling it would have to be waited for.
      attempt.abort();
    }
  };
}

/** The body as text, or `undefined` once it is over the limit: 200 KB of gzip can hold 200 MB. */
async function readBody(response: Response, maxBytes: number): Promise<string | undefined> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(value, { stream: true });
  }
}

function toAnswer(response: Response, text: string, now: number): HttpAnswer {
  const ray = response.headers.get('cf-ray');
  const retryAfter = parseRetryAfter(response.headers.get('retry-after'), now);
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    text,
    ...(ray !== null && /^[\w-]{1,64}$/.test(ray) && { ray }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** `Retry-After` is seconds or an HTTP date (RFC 9110, 10.2.3). Anything else counts as not there. */
function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const date = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
