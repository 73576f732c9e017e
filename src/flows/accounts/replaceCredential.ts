import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed } from '../../stream/failure';
import { runWizard, type Step } from '../wizard';
import { accountStep } from './accountStep';
import { type AccountState, type AddAccountParts, initialState } from './accountWizard';
import { emailStep, globalKeyStep, sourceStep, tokenStep } from './credentialSteps';
import { environmentStep } from './environmentStep';
import { pickAccount } from './pickAccount';

/**
 * Asks for another credential of any kind for an account that is there already, because its own is missing, no longer good,
 * may not sign, or never was; and proves that it may use Stream in that account. Without a key it asks which account.
 */
export async function replaceCredential(key: string | undefined, parts: AddAccountParts): Promise<Outcome<void>> {
  const { prompter, accounts } = parts;
  const title = l10n.t('Replace Credential');
  const placeholder = l10n.t('Which account should get another credential?');
  const account = await pickAccount(key, { title, placeholder }, parts);
  if (!account.ok) return account;
  const { key: accountKey, label, accountId = '' } = account.value;
  const withoutKey = { withSigningKey: false };
  const steps: readonly Step<AccountState>[] = [
    sourceStep(parts, withoutKey),
    tokenStep(parts),
    emailStep(parts),
    globalKeyStep(parts),
    environmentStep(parts, withoutKey),
    // Of an account that had a credential the id is known, and the credential is proven there.
    ...(accountId === '' ? [accountStep(parts)] : []),
  ];
  const result = await runWizard(steps, initialState(title, { label, accountId }));
  const { credential } = result.state;
  if (result.kind === 'cancelled' || credential === undefined) return failed({ code: 'cancelled' });
  const replaced = await accounts.replaceCredential(accountKey, credential, result.state.accountId);
  if (replaced.ok) prompter.mention(l10n.t('Account "{0}" is ready.', label));
  return replaced;
}
