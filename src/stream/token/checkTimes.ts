import { DEFAULT_LIFETIME, instantOf, type TokenOptions } from './options';

/** Why a token with these options could never be used. */
export type TimesProblem = 'expired' | 'expiresBeforeValid';

/** Judges expiry and not-before together, as they stand at a moment (epoch seconds). */
export function checkTimes({ expiry, notBefore }: TokenOptions, now: number): TimesProblem | undefined {
  const expires = instantOf(expiry ?? { kind: 'fromNow', seconds: DEFAULT_LIFETIME }, now);
  if (expires <= now) return 'expired';
  return notBefore !== undefined && expires <= instantOf(notBefore, now) ? 'expiresBeforeValid' : undefined;
}
