import { createBuckets, SEATS, type Seats } from './bucket';
import { createHttp, type Http, type HttpSettings } from './http';
import { withRetry } from './retry';
import { createSkew } from './skew';

export interface Wire {
  /** Requests with all the care they need: deadlines, repetitions, one bucket per credential. */
  readonly http: Http;
  /** Seconds by which this machine's clock is ahead of Cloudflare's (negative: behind), once an answer showed more than a minute; else 0. */
  skewSeconds(): number;
}

export interface WireSettings extends HttpSettings {
  /** From 0 to 1, for the pauses between attempts. */
  readonly random?: () => number;
  /** How many requests of one credential may be under way at a time. */
  readonly seats?: Seats;
}

/** The way to Cloudflare's API, one for all accounts. */
export function createWire({ random = Math.random, seats = SEATS, ...settings }: WireSettings): Wire {
  const { clock } = settings;
  const skew = createSkew(clock);
  const once = createHttp(settings);
  const http: Http = async (request, signal) => {
    const outcome = await once(request, signal);
    if (outcome.ok && outcome.value.clockAhead !== undefined) skew.note(outcome.value.clockAhead);
    return outcome;
  };
  return {
    http: withRetry({ http, bucketOf: createBuckets(clock, seats), clock, random }),
    skewSeconds: skew.seconds,
  };
}
