import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Prompter } from '../prompter';
import { accountChoice } from './accountChoice';
import type { AccountSummary, Accounts } from './accounts';

/** Chooses the account that signing starts with in this workspace, or none in particular. Without a key it asks which. */
export async function setDefaultAccount(
  key: string | undefined,
  { prompter, accounts }: { readonly prompter: Prompter; readonly accounts: Accounts },
): Promise<Outcome<void>> {
  const known = await accounts.list();
  if (known.length === 0) {
    prompter.tell(l10n.t('There is no account yet. Add one with "Add Account…".'));
    return failed({ code: 'cancelled' });
  }
  const named = known.find((account) => account.key === key);
  const current = known.find(({ isDefault }) => isDefault);
  const reply =
    named !== undefined
      ? ({ kind: 'answer', value: named } as const)
      : await prompter.pick<AccountSummary | undefined>({
          title: l10n.t('Set Default Account'),
          placeholder: l10n.t('Which account should signing start with in this workspace?'),
          choices: [
            ...known.map(accountChoice),
            { heading: '' },
            { value: undefined, icon: 'history', label: l10n.t('None: start with the account used last') },
          ],
          active: (account) => account?.key === current?.key,
        });
  if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
  await accounts.setDefault(reply.value?.key);
  prompter.mention(
    reply.value === undefined
      ? l10n.t('Signing starts with the account used last.')
      : l10n.t('Signing starts with "{0}" in this workspace.', cleanText(reply.value.label, 64)),
  );
  return succeeded(undefined);
}
