import type { PrivateJwk } from '../../stream/keys/signingKey';
import type { KeyName, KeySummary } from './keys';

/** How a key stands to those that are on this machine. */
export type KeyStanding =
  | { readonly kind: 'new' | 'same' }
  /** Its id has other numbers here. */
  | { readonly kind: 'otherNumbers' }
  /** Its numbers are here under another id, maybe of another account. A key has one id, so one of the two is wrong. */
  | { readonly kind: 'otherId'; readonly stored: KeyName };

export function keyStanding(
  accountKey: string,
  { kid, n }: Pick<PrivateJwk, 'kid' | 'n'>,
  known: readonly KeySummary[],
): KeyStanding {
  const here = known.filter(({ privateHalf }) => privateHalf === 'stored');
  const own = here.find((key) => key.accountKey === accountKey && key.kid === kid);
  if (own?.n === n) return { kind: 'same' };
  const twin = here.find((key) => key.n === n && key.kid !== kid);
  if (twin !== undefined) return { kind: 'otherId', stored: { accountKey: twin.accountKey, kid: twin.kid } };
  return { kind: own === undefined ? 'new' : 'otherNumbers' };
}
