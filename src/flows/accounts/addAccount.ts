import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { keyOf } from '../keys/keySteps';
import { runWizard, type Step } from '../wizard';
import { accountStep } from './accountStep';
import type { AccountSummary } from './accounts';
import { type AccountState, type AddAccountParts, initialState, labelStep, signingKeySteps } from './accountWizard';
import { emailStep, globalKeyStep, sourceStep, tokenStep } from './credentialSteps';
import { customerCodeStep } from './customerCode';
import { environmentStep } from './environmentStep';

/**
 * Asks for a name, a credential and a Cloudflare account, proves that the credential may use Stream there, and stores it;
 * or, for an account that only signs with a signing key, for a name, the customer code and that key. Cancelling is the
 * failure `cancelled`, and leaves nothing behind but a draft.
 */
export async function addAccount(parts: AddAccountParts): Promise<Outcome<AccountSummary>> {
  const title = l10n.t('Add Account');
  const withSigningKey = { withSigningKey: true };
  const steps: readonly Step<AccountState>[] = [
    labelStep(parts),
    sourceStep(parts, withSigningKey),
    tokenStep(parts),
    emailStep(parts),
    globalKeyStep(parts),
    environmentStep(parts, withSigningKey),
    ...signingKeySteps(title, parts),
    customerCodeStep(parts),
    accountStep(parts),
  ];
  const result = await runWizard(steps, initialState(title));
  if (result.kind === 'cancelled') return failed({ code: 'cancelled' });
  return storeAccount(result.state, parts);
}

/** Stores what a wizard found out: the account, and the signing key that goes with it. */
export async function storeAccount(state: AccountState, parts: AddAccountParts): Promise<Outcome<AccountSummary>> {
  const { prompter, accounts, draft } = parts;
  const { label, accountId, credential, customerCode } = state;
  const added = await accounts.add({
    label,
    ...(customerCode !== undefined && { customerCode }),
    ...(credential !== undefined ? { accountId, credential } : accountId !== '' && { accountId }),
  });
  if (!added.ok) return added;
  const jwk = keyOf(state.key);
  let usable = credential !== undefined || jwk === undefined;
  try {
    const stored = jwk && (await parts.storeKey(added.value, jwk));
    if (stored?.ok === false) return stored;
    usable = true;
  } finally {
    // Without its only key the account could do nothing.
    if (!usable) await accounts.remove(added.value.key);
  }
  draft.keep(undefined);
  prompter.mention(l10n.t('Account "{0}" is ready.', label));
  return succeeded(added.value);
}
