import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../source/cleanText';
import type { AccountSummary } from './accounts';
import type { Choice } from './prompter';

/** An account as a line of a list. */
export function accountChoice(account: AccountSummary): Choice<AccountSummary> {
  const missing = account.credential === 'missing';
  return {
    value: account,
    icon: missing ? 'warning' : 'account',
    label: cleanLabel(account.label),
    description: missing ? l10n.t('credential missing') : account.accountId,
  };
}
