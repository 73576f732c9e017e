import { within } from '../api/deadline';
import type { Clock } from '../api/http';
import { networkFailure } from '../api/networkFailure';
import type { Outcome } from '../failure';
import { failed, succeeded } from '../failure';
import { parseDeliveryUrl } from './parseDeliveryUrl';

/** Asks a delivery host for a URL and answers with the status. What would be played stays there. */
export type Probe = (method: 'GET' | 'HEAD', url: string, signal: AbortSignal) => Promise<Outcome<number>>;

export interface ProbeParts {
  /** Looked up per call: VS Code exchanges the global one to honour proxies and system certificates. */
  readonly fetch: () => typeof globalThis.fetch;
  readonly clock: Clock;
  /** Development only: where an emulator stands in for Cloudflare's delivery hosts. */
  readonly origin?: string;
}

const SECONDS = 15;

/**
 * Over the host's fetch, to Stream's delivery hosts only, without credentials, cookies or a page that it comes from.
 * Redirects are not followed: their status is the answer. Never throws, except for a URL of another host, which is a
 * mistake of the caller.
 */
export function createProbe({ fetch, clock, origin }: ProbeParts): Probe {
  return async (method, url, signal) => {
    if (!isDelivery(url, origin)) throw new RangeError('Not a URL of a delivery host');
    const end = await within(clock, SECONDS * 1000, signal, async (running) => {
      const response = await fetch()(url, {
        method,
        signal: running,
        redirect: 'manual',
        credentials: 'omit',
        referrer: '',
        cache: 'no-store',
      });
      // Where redirects are hidden from scripts, their status is 0.
      return response.type === 'opaqueredirect' ? 302 : response.status;
    });
    switch (end.by) {
      case 'work':
        return succeeded(end.value);
      case 'error':
        return failed(networkFailure(end.error));
      case 'cancel':
        return failed({ code: 'cancelled' });
      case 'deadline':
        return failed({ code: 'timeout', seconds: SECONDS, sent: 'maybe' });
    }
  };
}

function isDelivery(url: string, origin: string | undefined): boolean {
  const parsed = parseDeliveryUrl(url);
  if (parsed === undefined) return false;
  return parsed.origin === undefined ? url.startsWith('https://') : parsed.origin === origin;
}
