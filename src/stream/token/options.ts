/** What a person set for a token. A field that was not touched is absent, here and on the wire. */
export interface TokenOptions {
  /** Seconds from the moment of signing until the token dies. */
  readonly lifetime?: number;
  /** Whether the token opens MP4 and M4A downloads. */
  readonly downloadable?: boolean;
}

/** The body of `POST /accounts/{account_id}/stream/{identifier}/token`. `exp` is in integer epoch seconds. */
export interface TokenRequest {
  readonly exp?: number;
  readonly downloadable?: boolean;
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
  const { lifetime, downloadable } = options;
  const request: TokenRequest = {
    ...(lifetime !== undefined && { exp: Math.floor(now) + Math.floor(Math.min(lifetime, MAX_LIFETIME)) }),
    ...(downloadable !== undefined && { downloadable }),
  };
  return Object.keys(request).length === 0 ? undefined : request;
}
