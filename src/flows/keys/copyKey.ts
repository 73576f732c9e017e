import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import type { Prompter } from '../prompter';
import type { KeyName, SigningKeys } from './keys';

/** Copies a key as two lines for an environment file, with the JWK in base64, as Cloudflare's own samples read it. */
export async function copyKeyAsEnvironment(
  name: KeyName,
  { prompter, keys }: { readonly prompter: Prompter; readonly keys: SigningKeys },
): Promise<Outcome<void>> {
  const opened = await keys.open(name);
  if (!opened.ok) return opened;
  // A JWK is ASCII throughout.
  const jwk = btoa(JSON.stringify(opened.value));
  await prompter.writeClipboard(`STREAM_KEY_ID=${name.kid}\nSTREAM_KEY_JWK=${jwk}\n`);
  prompter.mention(l10n.t('Copied: STREAM_KEY_ID and STREAM_KEY_JWK. Whoever has them can sign for every video.'));
  return succeeded(undefined);
}
