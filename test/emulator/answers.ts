import type { Answer } from './exchange';

/** A line of `errors` or `messages`. */
export interface Notice {
  readonly code: number;
  readonly message: string;
  readonly documentation_url?: string;
  readonly source?: { readonly pointer: string };
  readonly error_chain?: readonly { readonly code: number; readonly message: string }[];
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const SIGNING_GUIDE = 'https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/';

/** 200 with Cloudflare's envelope; `rest` stands beside `result` (`result_info`, `total`, `messages`, …). */
export function success(result: unknown, rest: Readonly<Record<string, unknown>> = {}): Answer {
  const envelope = { result, success: true, errors: [], messages: [], ...rest };
  return { status: 200, headers: JSON_HEADERS, body: JSON.stringify(envelope) };
}

/** A refusal in Cloudflare's envelope. */
export function refusal(status: number, ...errors: readonly Notice[]): Answer {
  const envelope = { result: null, success: false, errors, messages: [] };
  return { status, headers: JSON_HEADERS, body: JSON.stringify(envelope) };
}

/** 404 of the gateway: no such path, or an account id that cannot be one. */
export function noRoute(path: string): Answer {
  return refusal(
    404,
    { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
    { code: 7000, message: 'No route for that URI' },
  );
}

/** 404 of Stream: the account has no such video, key, … */
export function notFound(): Answer {
  return refusal(404, { code: 10003, message: 'Not Found' });
}

/**
 * 400 for a field that is wrong. Code and status are those of Cloudflare's local simulator; the API's own codes for this
 * are not published.
 *
 * @param pointer the JSON pointer of the field, e.g. `/accessRules/0/ip`
 */
export function invalid(pointer: string, message: string): Answer {
  return refusal(400, { code: 10005, message, documentation_url: SIGNING_GUIDE, source: { pointer } });
}

/** 400: the account has as many as it may have. What the API calls this is not published. */
export function full(message: string): Answer {
  return refusal(400, { code: 10005, message });
}

/** 401: a credential that nobody issued. */
export function unknownCredential(): Answer {
  return refusal(401, { code: 10000, message: 'Authentication error' });
}

/** 401 of the verify routes: no token at all, or one of the other kind. */
export function invalidToken(): Answer {
  return refusal(401, { code: 1000, message: 'Invalid API Token' });
}

/** 403: the credential is good, but not for this account, or no longer. */
export function unauthorized(): Answer {
  return refusal(403, { code: 9109, message: 'Unauthorized to access requested resource' });
}

/** 400 of the list of accounts: seen with tokens that an account owns, though not with all of them. */
export function notForAccountTokens(): Answer {
  return refusal(400, { code: 1001, message: 'List accounts endpoint does not support account owned tokens' });
}

/** 403: the credential may read but not write. */
export function notPermitted(): Answer {
  return refusal(403, { code: 10000, message: 'Authentication error' });
}
