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
  // A private key on the clipboard is nothing to pass over, and the warning comes first: a notification begins as one line.
  prompter.tell(
    l10n.t(
      'Private key copied: whoever has it can sign for all videos. On the clipboard are STREAM_KEY_ID and STREAM_KEY_JWK.',
    ),
  );
  return succeeded(undefined);
}

export async function copyKeyId(
  { kid }: KeyName,
  { prompter }: { readonly prompter: Prompter },
): Promise<Outcome<void>> {
  await prompter.writeClipboard(kid);
  prompter.mention(l10n.t('Copied: the id of the signing key'));
  return succeeded(undefined);
}
