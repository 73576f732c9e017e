import type { Outcome } from '../../stream/failure';
import { failed } from '../../stream/failure';
import type { PrivateJwk } from '../../stream/keys/signingKey';
import type { Accounts } from '../accounts/accounts';
import type { SigningKeys } from './keys';

/** Stores a key with an account, unless that was removed meanwhile: nothing could show its keys any more. */
export async function addToAccount(
  accountKey: string,
  jwk: PrivateJwk,
  created: string,
  { accounts, keys }: { readonly accounts: Accounts; readonly keys: SigningKeys },
): Promise<Outcome<void>> {
  const known = await accounts.list();
  if (!known.some(({ key }) => key === accountKey)) return failed({ code: 'accountGone' });
  return keys.add(accountKey, jwk, created);
}
