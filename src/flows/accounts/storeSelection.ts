import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import { environmentReference } from '../../source/environmentReference';
import { type FoundSecret, findSecrets, isPem, nameBefore } from '../../source/findSecrets';
import { cleanApiToken } from '../../stream/api/credential';
import { cleanGlobalKey } from '../../stream/api/globalKey';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Excerpt } from '../excerpt';
import type { AddAccountParts } from './accountWizard';
import { shapeText } from './secretShape';
import { storeSecret } from './storeSecret';

/**
 * Stores the API token, Global API Key or signing key that is selected, or stands on the cursor's line, as the credential of
 * an account; and then, after a yes, puts a reading of the environment in its place.
 */
export async function storeSelection(excerpt: Excerpt, parts: AddAccountParts): Promise<Outcome<void>> {
  const { prompter } = parts;
  const found = secretsIn(excerpt);
  if (found.length === 0) {
    prompter.tell(
      excerpt.selected
        ? l10n.t('The selection holds no API token, Global API Key or signing key.')
        : l10n.t('There is no API token, Global API Key or signing key on this line. Select it and try again.'),
    );
    return failed({ code: 'cancelled' });
  }
  const secret = found.length === 1 ? found[0] : await askWhich(found, parts);
  if (secret === undefined) return failed({ code: 'cancelled' });
  parts.log.hide(secret.text);
  const stored = await storeSecret(secret, excerpt.text, parts);
  return stored.ok ? replaceInFile(secret, excerpt, parts) : stored;
}

/** The secrets that the selection touches; or the selection itself, when it can be one although nothing around it says so. */
function secretsIn({ text, selection, selected }: Excerpt): readonly FoundSecret[] {
  const touched = findSecrets(text).filter(({ start, end }) => start < selection.end && selection.start < end);
  if (touched.length > 0 || !selected) return touched;
  const chosen = text.slice(selection.start, selection.end);
  const token = cleanApiToken(chosen);
  const key = cleanGlobalKey(chosen);
  const kind = token.ok ? 'apiToken' : 'globalKey';
  const secret = token.ok ? token.token : key.ok && key.usual ? key.key : undefined;
  const at = secret === undefined ? -1 : chosen.indexOf(secret);
  if (secret === undefined || at < 0) return [];
  const start = selection.start + at;
  const name = nameBefore(text, start);
  return [{ kind, text: secret, start, end: start + secret.length, ...(name !== undefined && { name }) }];
}

async function askWhich(
  found: readonly FoundSecret[],
  { prompter }: AddAccountParts,
): Promise<FoundSecret | undefined> {
  const reply = await prompter.pick({
    title: l10n.t('Store Selection as Credential'),
    placeholder: l10n.t('Which of these should be stored?'),
    choices: found.map((secret) => ({
      value: secret,
      label: kindText(secret.kind),
      description: [...(secret.name === undefined ? [] : [secret.name]), shapeText(secret.text)].join(': '),
    })),
  });
  return reply.kind === 'answer' ? reply.value : undefined;
}

function kindText(kind: FoundSecret['kind']): string {
  switch (kind) {
    case 'apiToken':
      return l10n.t('API token');
    case 'globalKey':
      return l10n.t('Global API Key');
    case 'signingKey':
      return l10n.t('Signing key');
  }
}

async function replaceInFile(
  secret: FoundSecret,
  excerpt: Excerpt,
  { prompter }: AddAccountParts,
): Promise<Outcome<void>> {
  const name = variableFor(secret);
  const replacement = environmentReference(excerpt.text, secret, name, excerpt.languageId);
  const reply = await prompter.pick<boolean>({
    title: l10n.t('It Is Stored'),
    placeholder: l10n.t('Should the file read it from the environment from now on?'),
    choices: [
      {
        value: true,
        icon: 'replace',
        label: l10n.t('Replace it in the file'),
        description: cleanLabel(replacement.text),
        detail: l10n.t('Set {0} where the file runs. Undo brings the text back.', name),
      },
      { value: false, icon: 'file', label: l10n.t('Leave the file as it is') },
    ],
  });
  if (reply.kind !== 'answer' || !reply.value) return succeeded(undefined);
  prompter.tell(
    (await excerpt.replace(replacement, replacement.text))
      ? l10n.t(
          'The file now reads {0}. If the file was ever shared or committed, make a new one at Cloudflare: whoever has the old text can use it.',
          name,
        )
      : l10n.t('The file was not changed: the text is no longer there, or the file can’t be edited.'),
  );
  return succeeded(undefined);
}

/** The name it has in the file, when variables are named like that; else what Cloudflare's tools and documentation call it. */
function variableFor({ kind, name, text }: FoundSecret): string {
  if (name !== undefined && /^[A-Z][A-Z0-9_]{2,63}$/.test(name)) return name;
  switch (kind) {
    case 'apiToken':
      return 'CLOUDFLARE_API_TOKEN';
    case 'globalKey':
      return 'CLOUDFLARE_API_KEY';
    case 'signingKey':
      return isPem(text) ? 'STREAM_KEY_PEM' : 'STREAM_KEY_JWK';
  }
}
