import * as l10n from '@vscode/l10n';
import type { StreamApi } from '../stream/api/client';
import type { Credential } from '../stream/api/credential';
import type { Outcome } from '../stream/failure';
import { succeeded } from '../stream/failure';
import type { Accounts } from './accounts';
import { keyAccount, mayAskCloudflare } from './keyAccount';
import type { SigningKeys } from './keys';
import type { PendingKey, PendingKeys } from './pendingKeys';
import type { Prompter } from './prompter';
import { offerDeletion } from './strayKey';
import { relativeText } from './times';

export interface SettlePendingParts {
  readonly prompter: Prompter;
  readonly keys: Pick<SigningKeys, 'list'>;
  readonly pending: PendingKeys;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Finds out how a creation ended whose answer nobody saw: which keys the account has now that it had not before and whose
 * private half is not here. Each can be deleted; the mark goes when every one was decided on. How many there were.
 */
export async function settlePending(
  mark: PendingKey,
  accountId: string,
  api: StreamApi,
  parts: SettlePendingParts,
): Promise<Outcome<number>> {
  const { prompter, pending, now } = parts;
  const looked = await prompter.busy(l10n.t('Looking for a signing key whose creation was interrupted…'), (signal) =>
    straysSince(mark, accountId, api, parts.keys, signal),
  );
  if (!looked.ok) return looked;
  for (const kid of looked.value) {
    const reason = l10n.t(
      'Made {0}; its private half did not arrive here and can’t be fetched again.',
      relativeText(mark.since / 1000, now() / 1000),
    );
    const offered = await offerDeletion({ kid, reason }, accountId, api, parts);
    if (!offered.ok) return offered;
    if (offered.value === 'undecided') {
      pending.abandon(mark);
      return succeeded(looked.value.length);
    }
  }
  await pending.clear(mark);
  return succeeded(looked.value.length);
}

/** Looks into every creation of an account's keys that was interrupted. */
export async function settleKeys(
  accountKey: string | undefined,
  parts: SettlePendingParts & {
    readonly accounts: Accounts;
    readonly openApi: (credential: Credential) => StreamApi;
  },
): Promise<Outcome<void>> {
  const { prompter, accounts, pending } = parts;
  const account = await keyAccount(
    accountKey,
    l10n.t('Interrupted Creation of a Signing Key'),
    parts,
    mayAskCloudflare,
  );
  if (!account.ok) return account;
  const opened = await accounts.open(account.value.key);
  if (!opened.ok) return opened;
  const { key, accountId, credential } = opened.value;
  let strays = 0;
  for (const mark of await pending.abandoned(key)) {
    const settled = await settlePending(mark, accountId, parts.openApi(credential), parts);
    if (!settled.ok) return settled;
    strays += settled.value;
  }
  if (strays === 0) prompter.mention(l10n.t('No signing key was left behind.'));
  return succeeded(undefined);
}

/** The ids that appeared since the mark was written and whose private half is not here. */
async function straysSince(
  { accountKey, before }: PendingKey,
  accountId: string,
  api: StreamApi,
  keys: Pick<SigningKeys, 'list'>,
  signal: AbortSignal,
): Promise<Outcome<readonly string[]>> {
  const listed = await api.listKeys(accountId, signal);
  if (!listed.ok) return listed;
  const here = (await keys.list()).filter((key) => key.accountKey === accountKey).map(({ kid }) => kid);
  return succeeded(listed.value.keys.map(({ id }) => id).filter((id) => !before.includes(id) && !here.includes(id)));
}
