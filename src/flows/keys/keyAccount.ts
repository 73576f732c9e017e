import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { accountChoice } from '../accounts/accountChoice';
import type { AccountSummary, Accounts } from '../accounts/accounts';
import type { Prompter } from '../prompter';

/** Whether an account has something to ask Cloudflare with; a credential that is missing can be entered again. */
export function mayAskCloudflare({ credential }: AccountSummary): boolean {
  return credential !== 'none';
}

/** The account that a key action is about: the one with this key, the only one there is, or the one that is picked. */
export async function keyAccount(
  key: string | undefined,
  title: string,
  { prompter, accounts }: { readonly prompter: Prompter; readonly accounts: Accounts },
  fits: (account: AccountSummary) => boolean = () => true,
): Promise<Outcome<AccountSummary>> {
  const known = await accounts.list();
  if (key !== undefined) {
    const named = known.find((account) => account.key === key);
    return named === undefined ? failed({ code: 'accountGone' }) : succeeded(named);
  }
  const [first, ...others] = known.filter(fits);
  if (first === undefined) {
    prompter.tell(
      known.length === 0
        ? l10n.t('There is no account yet. Add one with "Add Account…".')
        : l10n.t('No account has a credential to ask Cloudflare with. Enter one with "Replace Credential…".'),
    );
    return failed({ code: 'cancelled' });
  }
  if (others.length === 0) return succeeded(first);
  const reply = await prompter.pick({
    title,
    placeholder: l10n.t('Which account does the signing key belong to?'),
    choices: [first, ...others].map(accountChoice),
  });
  return reply.kind === 'answer' ? succeeded(reply.value) : failed({ code: 'cancelled' });
}
