import * as l10n from '@vscode/l10n';
import type { Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { accountStep } from './accountStep';
import type { AccountSummary } from './accounts';
import { type AccountState, type AddAccountParts, initialState, labelStep } from './accountWizard';
import { emailStep, globalKeyStep, sourceStep, tokenStep } from './credentialSteps';
import { customerCodeStep } from './customerCode';
import { environmentStep } from './environmentStep';
import { runWizard, type Step } from './wizard';

/**
 * Asks for a name, a credential and a Cloudflare account, proves that the credential may use Stream there, and stores it;
 * or, for an account that only signs with a signing key, for a name, the customer code and that key. Cancelling is the
 * failure `cancelled`, and leaves nothing behind but a draft.
 */
export async function addAccount(parts: AddAccountParts): Promise<Outcome<AccountSummary>> {
  const withSigningKey = { withSigningKey: parts.importKey !== undefined };
  const steps: readonly Step<AccountState>[] = [
    labelStep(parts),
    sourceStep(parts, withSigningKey),
    tokenStep(parts),
    emailStep(parts),
    globalKeyStep(parts),
    environmentStep(parts, withSigningKey),
    customerCodeStep(parts),
    accountStep(parts),
  ];
  const result = await runWizard(steps, initialState(l10n.t('Add Account')));
  if (result.kind === 'cancelled') return failed({ code: 'cancelled' });
  return storeAccount(result.state, parts);
}

/** Stores what a wizard found out: the account, and the signing key that belongs to it. */
export async function storeAccount(state: AccountState, parts: AddAccountParts): Promise<Outcome<AccountSummary>> {
  const { prompter, accounts, draft } = parts;
  const { label, accountId, credential, customerCode, source, signingKey } = state;
  const added = await accounts.add({
    label,
    ...(customerCode !== undefined && { customerCode }),
    ...(credential !== undefined ? { accountId, credential } : accountId !== '' && { accountId }),
  });
  if (!added.ok) return added;
  const { importKey } = parts;
  if (importKey !== undefined && (source === 'signingKey' || signingKey !== undefined)) {
    const imported = await importKey(added.value.key, signingKey);
    // Without its only key the account could do nothing.
    if (!imported.ok && credential === undefined) {
      await accounts.remove(added.value.key);
      return imported;
    }
  }
  draft.keep(undefined);
  prompter.mention(l10n.t('Account "{0}" is ready.', label));
  return succeeded(added.value);
}
