import type { TokenFlaw } from '../failure';
import { isId } from '../id';
import { readToken } from '../token/claims';

/**
 * Why a token that the API made for a video is of no use, or `undefined` when it is. `now` is in epoch seconds by
 * Cloudflare's clock; `kid` is the key that was to sign, if the request named one. A token without a subject or expiry is
 * taken as it is: Cloudflare's own documentation shows some.
 */
export function tokenFlaw(text: string, videoId: string, now: number, kid?: string): TokenFlaw | undefined {
  const read = readToken(text);
  if (!read.ok || read.token.oddities.some(({ code }) => code === 'standardBase64')) return 'unreadable';
  const { header, claims, expiry } = read.token;
  const { sub } = claims;
  if (typeof sub === 'string' && isId(sub) && sub !== videoId) return 'otherVideo';
  const named = [header.kid, claims.kid].filter((id) => id !== undefined);
  if (kid !== undefined && (named.length === 0 || named.some((id) => id !== kid))) return 'otherKey';
  return expiry?.kind === 'seconds' && expiry.seconds <= now ? 'expired' : undefined;
}
