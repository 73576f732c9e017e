import { CompactSign, type CryptoKey, importJWK } from 'jose';
import { DEFAULT_LIFETIME, instantOf, type TokenOptions } from '../token/options';
import type { AccessRule } from '../token/rules';
import type { PrivateJwk } from './signingKey';

/** The claims of a token that is signed here. `exp` and `nbf` are in integer epoch seconds. */
export interface TokenClaims {
  readonly sub: string;
  readonly kid: string;
  readonly exp: number;
  readonly nbf?: number;
  readonly downloadable?: boolean;
  readonly accessRules?: readonly AccessRule[];
  readonly flags?: { readonly original: boolean };
}

/**
 * More at once would fill the thread pool that every extension's file access shares; fewer leave the processor idle.
 */
const IN_FLIGHT = 4;

/**
 * Signs a token for a video or live input at a given moment (epoch seconds). Nothing set means that it lives an hour, as
 * Cloudflare's own do. A lifetime over 24 h is signed as asked for: Cloudflare's documentation forbids it, and whoever
 * asks decides. Rejects only when the engine does not take the key, which {@link proveKey} finds out beforehand.
 */
export async function signToken(jwk: PrivateJwk, videoId: string, options: TokenOptions, now: number): Promise<string> {
  return signClaims(await importKey(jwk), jwk.kid, JSON.stringify(tokenClaims(jwk.kid, videoId, options, now)));
}

/** Signs a token like {@link signToken} for each of many videos, in their order, without holding up the rest of the window. */
export async function signTokens(
  jwk: PrivateJwk,
  videoIds: readonly string[],
  options: TokenOptions,
  now: number,
): Promise<readonly string[]> {
  const key = await importKey(jwk);
  const tokens: string[] = [];
  let next = 0;
  const signOnes = async () => {
    for (let at = next++; at < videoIds.length; at = next++) {
      const claims = tokenClaims(jwk.kid, videoIds[at] ?? '', options, now);
      tokens[at] = await signClaims(key, jwk.kid, JSON.stringify(claims));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, signOnes));
  return tokens;
}

/**
 * The claims in the order in which Cloudflare's examples have them:
 * https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/. `nbf` is left out unless it is set, so
 * that a clock that runs ahead does no harm. That the flags stand in a claim of the same form as in the request is not
 * documented.
 */
export function tokenClaims(kid: string, videoId: string, options: TokenOptions, now: number): TokenClaims {
  const { expiry, notBefore, downloadable, accessRules, original } = options;
  return {
    sub: videoId,
    kid,
    exp: instantOf(expiry ?? { kind: 'fromNow', seconds: DEFAULT_LIFETIME }, now),
    ...(notBefore !== undefined && { nbf: instantOf(notBefore, now) }),
    ...(downloadable !== undefined && { downloadable }),
    ...(accessRules !== undefined && { accessRules }),
    ...(original !== undefined && { flags: { original } }),
  };
}

/** Signs claims that are JSON already, byte for byte as they stand. The header is what Stream's own tokens have. */
export async function signClaims(key: CryptoKey, kid: string, claims: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(claims)).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
}

/** The key as the engine wants it; keep it for one operation, not longer. */
export async function importKey(jwk: PrivateJwk): Promise<CryptoKey> {
  const { kty, alg, use, n, e, d, p, q, dp, dq, qi } = jwk;
  const key = await importJWK({ kty, alg, use, n, e, d, p, q, dp, dq, qi }, 'RS256');
  // Bytes would be a symmetric key, which kty excludes.
  if (key instanceof Uint8Array) throw new TypeError('Not an RSA key');
  return key;
}
