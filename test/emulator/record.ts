import { type AuthKind, authKind } from './authenticate';
import type { EmulatedRequest } from './exchange';

/** A request as tests look at it. Header values are left out: one of them is a credential. */
export interface RecordedRequest {
  readonly server: 'api' | 'edge';
  readonly method: string;
  /** With `/client/v4`, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** In lower case, in the order in which they came. */
  readonly headerNames: readonly string[];
  readonly auth: AuthKind;
  /** Parsed when it is JSON, else the text; `undefined` without a body. */
  readonly body: unknown;
  /** Of the answer; absent while there is none and when a fault swallowed it. */
  status?: number;
}

export function toRecord(server: RecordedRequest['server'], request: EmulatedRequest): RecordedRequest {
  const { method, path, query, headers, body } = request;
  return {
    server,
    method,
    path,
    query: Object.fromEntries(query),
    headerNames: Object.keys(headers),
    auth: authKind(headers),
    body: body === '' ? undefined : parsed(body),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
