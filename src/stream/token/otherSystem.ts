import { isId } from '../id';
import type { ReadToken } from './claims';

/** Whose token it is that is none of Stream's. */
export type OtherSystem = 'mux' | 'access' | 'other';

/** Mux: what a signed URL is for, as one letter or a word. Source: https://www.mux.com/docs/guides/secure-video-playback */
const MUX_AUDIENCES: ReadonlySet<unknown> = new Set(['v', 't', 'g', 's', 'd', 'video_id', 'asset_id', 'playback_id']);

/** Recognises the tokens of other systems by what Stream's never have. Undefined: it is one of Stream's, or it may be. */
export function otherSystem({ claims, oddities }: ReadToken): OtherSystem | undefined {
  const { sub, iss, aud } = claims;
  if (oddities.some(({ code }) => code === 'simulated')) return undefined;
  if (typeof sub === 'string' && isId(sub)) return undefined;
  if (typeof iss === 'string' && /^https:\/\/[\w-]+\.cloudflareaccess\.com$/.test(iss)) return 'access';
  if (MUX_AUDIENCES.has(aud) && typeof sub === 'string') return 'mux';
  return iss !== undefined || aud !== undefined ? 'other' : undefined;
}
