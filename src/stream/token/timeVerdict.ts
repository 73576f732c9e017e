import type { ReadToken } from './claims';

/** What time says about a token; the signature is a separate question. Instants are epoch seconds. */
export type TimeVerdict =
  | { readonly kind: 'active'; readonly until: number }
  | { readonly kind: 'expired'; readonly since: number }
  | { readonly kind: 'notYet'; readonly from: number }
  | { readonly kind: 'noExpiry' }
  /** The time can't be told: not a number, or in milliseconds. */
  | { readonly kind: 'unreadable' };

/** Judges `exp` and `nbf` at a given moment (epoch seconds). A token dies at the second of its `exp`. */
export function timeVerdict(token: ReadToken, now: number): TimeVerdict {
  const { expiry, notBefore } = token;
  if (expiry === undefined) return { kind: 'noExpiry' };
  if (expiry.kind !== 'seconds' || (notBefore !== undefined && notBefore.kind !== 'seconds'))
    return { kind: 'unreadable' };
  if (now >= expiry.seconds) return { kind: 'expired', since: expiry.seconds };
  if (notBefore !== undefined && now < notBefore.seconds) return { kind: 'notYet', from: notBefore.seconds };
  return { kind: 'active', until: expiry.seconds };
}
