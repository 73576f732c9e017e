import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { Outcome } from '../../stream/failure';
import { failed } from '../../stream/failure';
import type { Prompter } from '../prompter';
import type { Accounts } from './accounts';
import { labelBox } from './accountWizard';
import { pickAccount } from './pickAccount';

/** Gives an account another name. Without a key it asks which. */
export async function renameAccount(
  key: string | undefined,
  parts: { readonly prompter: Prompter; readonly accounts: Accounts },
): Promise<Outcome<void>> {
  const { prompter, accounts } = parts;
  const title = l10n.t('Rename Account');
  const picked = await pickAccount(key, { title, placeholder: l10n.t('Which account gets another name?') }, parts);
  if (!picked.ok) return picked;
  const others = (await accounts.list()).filter((account) => account.key !== picked.value.key);
  const reply = await prompter.input({
    title,
    ...labelBox(others.map(({ label }) => label)),
    value: picked.value.label,
  });
  if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
  return accounts.rename(picked.value.key, cleanLabel(reply.value, 64));
}
