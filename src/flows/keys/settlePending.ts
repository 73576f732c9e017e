import * as l10n from '@vscode/l10n';
import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import type { Accounts } from '../accounts/accounts';
import type { Prompter } from '../prompter';
import { relativeText } from '../times';
import { keyAccount, mayAskCloudflare } from './keyAccount';
import type { SigningKeys } from './keys';
import type { PendingKey, PendingKeys } from './pendingKeys';
import { offerDeletion } from './strayKey';

export interface SettlePendingParts {
  readonly prompter: Prompter;
  readonly keys: Pick<SigningKeys, 'list'>;
  readonly pending: PendingKeys;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What a look into an interrupted creation came to. */
export interface Settled {
  /** How many keys it may have left. */
  readonly found: number;
  /** Whether there may be one that could not be listed, so that somebody has to look again. */
  readonly open: boolean;
}

/**
 * Finds out how a creation ended whose answer nobody saw: which keys the account has now that it had not before and whose
 * private half is not here. Each can be deleted; the mark goes when every one was decided on and all keys could be listed.
 * Where they could not be listed before the creation, a key that seems new may be an old one in use, so none is offered.
 */
export async function settlePending(
  mark: PendingKey,
  accountId: string,
  api: StreamApi,
  parts: SettlePendingParts,
): Promise<Outcome<Settled>> {
  const { prompter, pending, now } = parts;
  const looked = await prompter.busy(l10n.t('Looking for a signing key whose creation was interrupted…'), (signal) =>
    straysSince(mark, accountId, api, parts.keys, signal),
  );
  if (!looked.ok) return looked;
  const { kids, complete } = looked.value;
  const settled: Settled = { found: kids.length, open: !complete };
  for (const kid of mark.before.complete ? kids : []) {
    const reason = l10n.t(
      'Made {0}; its private half did not arrive here and can’t be fetched again.',
      relativeText(mark.since / 1000, now() / 1000),
    );
    const offered = await offerDeletion({ kid, reason }, accountId, api, parts);
    if (!offered.ok) return offered;
    if (offered.value === 'undecided') {
      pending.abandon(mark);
      return succeeded(settled);
    }
  }
  if (!complete) {
    pending.abandon(mark);
    return succeeded(settled);
  }
  if (!mark.before.complete && kids.length > 0) {
    prompter.tell(
      l10n.t(
        'A creation of a signing key was interrupted. Whether it left one behind can’t be told, since not all keys could be listed before it. Look through the account’s signing keys in the sidebar for one that nobody uses.',
      ),
    );
  }
  await pending.clear(mark);
  return succeeded(settled);
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
  let found = 0;
  let open = false;
  for (const mark of await pending.abandoned(key)) {
    const settled = await settlePending(mark, accountId, parts.openApi(credential), parts);
    if (!settled.ok) return settled;
    found += settled.value.found;
    open ||= settled.value.open;
  }
  if (open) {
    prompter.tell(
      l10n.t('Not all keys of the account can be listed now, so one may have been left behind. Look again later.'),
    );
  } else if (found === 0) prompter.mention(l10n.t('No signing key was left behind.'));
  return succeeded(undefined);
}

/** The ids that appeared since the mark was written and whose private half is not here, and whether all could be listed. */
async function straysSince(
  { accountKey, before }: PendingKey,
  accountId: string,
  api: StreamApi,
  keys: Pick<SigningKeys, 'list'>,
  signal: AbortSignal,
): Promise<Outcome<{ readonly kids: readonly string[]; readonly complete: boolean }>> {
  const listed = await api.listKeys(accountId, signal);
  if (!listed.ok) return listed;
  const here = (await keys.list()).filter((key) => key.accountKey === accountKey).map(({ kid }) => kid);
  const ids = listed.value.keys.map(({ id }) => id);
  const kids = ids.filter((id) => !before.ids.includes(id) && !here.includes(id));
  return succeeded({ kids, complete: listed.value.complete });
}
