import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { SigningKeys } from '../keys/keys';
import { shortKey } from '../keys/keyText';
import type { PendingKeys } from '../keys/pendingKeys';
import type { LiveInputs } from '../library/liveInputs';
import type { VideoLibrary } from '../library/videoLibrary';
import type { Prompter } from '../prompter';
import type { RecentSignings } from '../signing/recentSignings';
import { accountChoice } from './accountChoice';
import type { Accounts } from './accounts';

export interface RemoveAccountParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly videos: Pick<VideoLibrary, 'forget'>;
  readonly liveInputs: Pick<LiveInputs, 'forget'>;
  readonly recent: Pick<RecentSignings, 'forget'>;
  readonly keys: Pick<SigningKeys, 'list' | 'forgetAll'>;
  readonly pending: Pick<PendingKeys, 'forgetAll'>;
}

/** Removes an account with its credential and signing keys from this machine, after a modal. Without a key it asks which. */
export async function removeAccount(
  key: string | undefined,
  { prompter, accounts, videos, liveInputs, recent, keys, pending }: RemoveAccountParts,
): Promise<Outcome<void>> {
  const known = await accounts.list();
  if (known.length === 0) {
    prompter.tell(l10n.t('There is no account to remove.'));
    return succeeded(undefined);
  }
  let account = known.find((candidate) => candidate.key === key);
  if (account === undefined) {
    const reply = await prompter.pick({
      title: l10n.t('Remove Account'),
      placeholder: l10n.t('Which account should be removed from this machine?'),
      choices: known.map(accountChoice),
    });
    if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
    account = reply.value;
  }
  const { key: removed } = account;
  const here = (await keys.list()).filter((held) => held.accountKey === removed && held.privateHalf === 'stored');
  const credential = l10n.t(
    'Its credential is deleted from this machine, for all windows and profiles. Nothing changes at Cloudflare; tokens that were signed go on working until they expire.',
  );
  const lost = l10n.t(
    'So are the private halves of its signing keys ({0}), which can’t be fetched again.',
    here.map(({ kid }) => shortKey(kid)).join(', '),
  );
  const confirmed = await prompter.confirm({
    question: l10n.t('Remove the account "{0}"?', cleanText(account.label, 64)),
    detail: here.length === 0 ? credential : `${credential} ${lost}`,
    action: l10n.t('Remove'),
  });
  if (!confirmed) return failed({ code: 'cancelled' });
  await keys.forgetAll(account.key);
  await pending.forgetAll(account.key);
  await accounts.remove(account.key);
  await videos.forget(account.key);
  liveInputs.forget(account.key);
  await recent.forget(account.key);
  prompter.mention(l10n.t('Account "{0}" was removed.', cleanText(account.label, 64)));
  return succeeded(undefined);
}
