import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { Choice } from '../prompter';
import type { AccountSummary } from './accounts';

/** An account as a line of a list. */
export function accountChoice(account: AccountSummary): Choice<AccountSummary> {
  return {
    value: account,
    icon: account.credential === 'missing' ? 'warning' : 'account',
    label: cleanLabel(account.label),
    description: accountFacts(account),
  };
}

/** What there is to say about an account in a few words: what is amiss, else its id; and whether it is the default. */
export function accountFacts(account: AccountSummary): string {
  const facts = mainFact(account);
  return account.isDefault ? l10n.t('default · {0}', facts) : facts;
}

function mainFact({ accountId = '', credential, cannotSign }: AccountSummary): string {
  if (credential === 'missing') return l10n.t('credential missing');
  if (credential === 'none') return l10n.t('signing keys only');
  return cannotSign ? l10n.t('can list, cannot sign · {0}', accountId) : accountId;
}
