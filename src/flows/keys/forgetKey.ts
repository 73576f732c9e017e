import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Prompter } from '../prompter';
import type { KeyName, SigningKeys } from './keys';

/** Removes a key from this machine, after a modal. At Cloudflare nothing changes. */
export async function forgetKey(
  name: KeyName,
  { prompter, keys }: { readonly prompter: Prompter; readonly keys: SigningKeys },
): Promise<Outcome<void>> {
  const { kid } = name;
  const confirmed = await prompter.confirm({
    question: l10n.t('Forget signing key {0} on this machine?', kid),
    detail: l10n.t(
      'Its private half is deleted here, for all windows and profiles, and can’t be fetched again from Cloudflare. Tokens that were signed with it go on working until they expire.',
    ),
    action: l10n.t('Forget'),
  });
  if (!confirmed) return failed({ code: 'cancelled' });
  await keys.forget(name);
  prompter.mention(l10n.t('Signing key {0} was forgotten.', kid));
  return succeeded(undefined);
}
