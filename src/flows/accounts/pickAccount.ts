import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Prompter } from '../prompter';
import { accountChoice } from './accountChoice';
import type { AccountSummary, Accounts } from './accounts';

/** The account with a key, as a line of the sidebar names it; without one, or when it is gone, the account that is picked. */
export async function pickAccount(
  key: string | undefined,
  question: { readonly title: string; readonly placeholder: string },
  { prompter, accounts }: { readonly prompter: Prompter; readonly accounts: Accounts },
): Promise<Outcome<AccountSummary>> {
  const known = await accounts.list();
  const named = known.find((candidate) => candidate.key === key);
  if (named !== undefined) return succeeded(named);
  if (known.length === 0) {
    prompter.tell(l10n.t('There is no account yet. Add one with "Add Account…".'));
    return failed({ code: 'cancelled' });
  }
  const reply = await prompter.pick({ ...question, choices: known.map(accountChoice) });
  return reply.kind === 'answer' ? succeeded(reply.value) : failed({ code: 'cancelled' });
}
