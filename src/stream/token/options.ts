import type { AccessRule } from './rules';

/** A moment as a person sets it: seconds after signing (negative: before it), or fixed in epoch seconds. */
export type Moment =
  | { readonly kind: 'fromNow'; readonly seconds: number }
  | { readonly kind: 'at'; readonly seconds: number };

/** What a person set for a token. A field that was not touched is absent, here and on the wire. */
export interface TokenOptions {
  /** When the token dies. */
  readonly expiry?: Moment;
  /** From when on it is good. */
  readonly notBefore?: Moment;
  /** Whether the token opens MP4 and M4A downloads. */
  readonly downloadable?: boolean;
  /** Who may watch, in order; the first rule that matches decides. At most {@link MAX_RULES}. */
  readonly accessRules?: readonly AccessRule[];
  /** Whether the video comes as it was uploaded, without transformations (`flags.original`). */
  readonly original?: boolean;
}

/** The body of `POST /accounts/{account_id}/stream/{identifier}/token`. `exp` and `nbf` are in integer epoch seconds. */
export interface TokenRequest {
  readonly exp?: number;
  readonly nbf?: number;
  readonly downloadable?: boolean;
  readonly accessRules?: readonly AccessRule[];
  readonly flags?: { readonly original: boolean };
}

/**
 * The request with a signing key of the account, by which Cloudflare then signs: the id, and the private half as base64 of
 * a PEM. The API refuses one without the other.
 */
export interface TokenRequestWithKey extends TokenRequest {
  readonly id: string;
  readonly pem: string;
}

/** What Cloudflare sets when no `exp` is sent, in seconds. */
export const DEFAULT_LIFETIME = 3600;
/**
 * The longest lifetime that is asked of the API, in seconds: its limit of 24 h less a minute, so that a clock that runs
 * ahead of Cloudflare's is not refused. Source of the limit:
 * https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/
 */
export const MAX_LIFETIME = 86_400 - 60;

/**
 * Builds the body of the token request at a given moment (epoch seconds). Nothing set means no body at all, and then
 * Cloudflare's defaults apply.
 */
export function tokenRequest(options: TokenOptions, now: number): TokenRequest | undefined {
  const { expiry, notBefore, downloadable, accessRules, original } = options;
  const request: TokenRequest = {
    ...(expiry !== undefined && { exp: Math.min(instantOf(expiry, now), Math.floor(now) + MAX_LIFETIME) }),
    ...(notBefore !== undefined && { nbf: instantOf(notBefore, now) }),
    ...(downloadable !== undefined && { downloadable }),
    ...(accessRules !== undefined && { accessRules }),
    ...(original !== undefined && { flags: { original } }),
  };
  return Object.keys(request).length === 0 ? undefined : request;
}

/** A moment in whole epoch seconds, seen from a given one (epoch seconds). */
export function instantOf(moment: Moment, now: number): number {
  return Math.floor(moment.seconds) + (moment.kind === 'fromNow' ? Math.floor(now) : 0);
}

/** Seconds from a given moment (epoch seconds) to another one. */
export function secondsUntil(moment: Moment, now: number): number {
  return moment.kind === 'fromNow' ? moment.seconds : moment.seconds - now;
}
