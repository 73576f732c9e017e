import * as l10n from '@vscode/l10n';
import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import { failed, mayBeDone, succeeded } from '../../stream/failure';
import type { Accounts } from '../accounts/accounts';
import type { Prompter } from '../prompter';
import { confirmDeletion } from './confirmDeletion';
import type { KeyName, SigningKeys } from './keys';

export interface DeleteKeyParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly keys: SigningKeys;
  readonly openApi: (credential: Credential) => StreamApi;
}

/**
 * Deletes a signing key at Cloudflare, after a modal. That it is revoked is written down before it is said, so that no
 * window signs with it any more; its public half stays, to recognise what it signed.
 */
export async function deleteKey(name: KeyName, parts: DeleteKeyParts): Promise<Outcome<void>> {
  const { prompter, accounts, keys } = parts;
  const { accountKey, kid } = name;
  const opened = await accounts.open(accountKey);
  if (!opened.ok) return opened;
  const { accountId, label, credential } = opened.value;
  if (!(await confirmDeletion(kid, { label }, prompter))) return failed({ code: 'cancelled' });
  const api = parts.openApi(credential);
  const deleted = await prompter.busy(l10n.t('Deleting signing key {0}…', kid), (signal) =>
    deleteSurely(api, accountId, kid, signal),
  );
  if (!deleted.ok) return deleted;
  try {
    await keys.revoke(name);
  } catch {
    // What is thrown could quote what was to be stored; and what a person has to know is that the key is gone.
    prompter.tell(
      l10n.t(
        'Signing key {0} was deleted at Cloudflare, but this could not be noted here, so this machine may go on signing with it, in vain. Remove it with "Forget Signing Key on This Machine…".',
        kid,
      ),
    );
    return succeeded(undefined);
  }
  prompter.mention(l10n.t('Signing key {0} was deleted.', kid));
  return succeeded(undefined);
}

/** Where the answer leaves it open whether the key is gone, the account's list tells. */
async function deleteSurely(
  api: StreamApi,
  accountId: string,
  kid: string,
  signal: AbortSignal,
): Promise<Outcome<void>> {
  const deleted = await api.deleteKey(accountId, kid, signal);
  if (deleted.ok || (deleted.failure.code !== 'notFound' && !mayBeDone(deleted.failure))) return deleted;
  // Cancelling can't take back what was sent, so this question has a signal of its own.
  const listed = await api.listKeys(accountId, new AbortController().signal);
  const gone = listed.ok && listed.value.complete && !listed.value.keys.some(({ id }) => id === kid);
  return gone ? succeeded(undefined) : deleted;
}
