import type { IncomingHttpHeaders } from 'node:http';

/** A request as the emulator's parts see it. */
export interface EmulatedRequest {
  readonly method: string;
  /** As it was sent, percent-encoding included. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Empty when there was none. */
  readonly body: string;
  /** The address it came from. */
  readonly remoteAddress: string;
}

/** An answer as the emulator's parts give it; the server adds `Date` and, for the API, `cf-ray`. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}
