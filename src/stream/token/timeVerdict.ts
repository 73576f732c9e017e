import type { ReadToken } from './claims';

/** What time says about a token; the signature is a separate question. Instants are epoch seconds. */
export type TimeVerdict =
  | { readonly kind: 'active'; readonly until: number }
  | { readonly kind: 'expired'; readonly since: number }
  | { readonly kind: 'notYet'; readonly from: number }
  /** It ends before it begins, and the end is still to come. */
  | { readonly kind: 'never' }
  | { readonly kind: 'noExpiry' }
  /** The time can't be told: not a number, or in milliseconds. */
  | { readonly kind: 'unreadable'; readonly claim: 'exp' | 'nbf'; readonly as: 'milliseconds' | 'unreadable' };

/** Judges `exp` and `nbf` at a given moment (epoch seconds). A token dies at the second of its `exp`. */
export function timeVerdict({ expiry, notBefore }: ReadToken, now: number): TimeVerdict {
  if (expiry === undefined) return { kind: 'noExpiry' };
  // Whatever a reader makes of a fraction or a sign, what is past is past.
  const end = expiry.kind === 'unreadable' ? expiry.number : expiry.kind === 'seconds' ? expiry.seconds : undefined;
  if (end !== undefined && now >= end) return { kind: 'expired', since: end };
  if (expiry.kind !== 'seconds') return { kind: 'unreadable', claim: 'exp', as: expiry.kind };
  if (notBefore === undefined) return { kind: 'active', until: expiry.seconds };
  if (notBefore.kind !== 'seconds') return { kind: 'unreadable', claim: 'nbf', as: notBefore.kind };
  if (notBefore.seconds >= expiry.seconds) return { kind: 'never' };
  return now < notBefore.seconds
    ? { kind: 'notYet', from: notBefore.seconds }
    : { kind: 'active', until: expiry.seconds };
}
