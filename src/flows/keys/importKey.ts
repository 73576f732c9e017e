import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { PrivateJwk } from '../../stream/keys/signingKey';
import type { Accounts } from '../accounts/accounts';
import type { Log } from '../log';
import type { Prompter } from '../prompter';
import { runWizard } from '../wizard';
import { addToAccount } from './addToAccount';
import { keyAccount } from './keyAccount';
import { keyStanding } from './keyStanding';
import { type KeyDraft, keyOf, keySteps, NO_KEY } from './keySteps';
import type { KeyName, SigningKeys } from './keys';

export interface ImportKeyParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly keys: SigningKeys;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly log: Log;
  readonly canCallApi: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Asks for a signing key that exists already, and stores it with an account.
 *
 * @param kid the key that is meant, where it is known: only that one is taken
 */
export async function importKey(
  accountKey: string | undefined,
  kid: string | undefined,
  parts: ImportKeyParts,
): Promise<Outcome<void>> {
  const { prompter, log } = parts;
  const title = kid === undefined ? l10n.t('Import Signing Key') : l10n.t('Import Signing Key {0}', kid);
  const account = await keyAccount(accountKey, title, parts);
  if (!account.ok) return account;
  const steps = keySteps<KeyDraft>({
    prompter,
    log,
    title,
    ...(kid !== undefined && { kid }),
    read: (draft) => draft,
    write: (_, draft) => draft,
  });
  const asked = await runWizard(steps, NO_KEY);
  const jwk = keyOf(asked.state);
  if (asked.kind === 'cancelled' || jwk === undefined) return failed({ code: 'cancelled' });
  return storeKey(account.value, jwk, parts);
}

/**
 * Stores a key with an account, and says so when the account's own list tells that it is not among its keys. Whether an id
 * and a private half belong together can't be asked for, so what is stored already is held against it.
 */
export async function storeKey(
  { key, label }: { readonly key: string; readonly label: string },
  jwk: PrivateJwk,
  parts: ImportKeyParts,
): Promise<Outcome<void>> {
  const { prompter, keys } = parts;
  const standing = keyStanding(key, jwk, await keys.list());
  if (standing.kind === 'otherId') {
    prompter.tell(await otherIdSentence(jwk.kid, standing.stored, key, parts));
    return failed({ code: 'cancelled' });
  }
  if (standing.kind === 'otherNumbers' && !(await mayReplace(jwk.kid, prompter))) return failed({ code: 'cancelled' });
  const stored = await addToAccount(key, jwk, '', parts);
  if (!stored.ok) return stored;
  if (await isForeign(key, jwk.kid, parts)) {
    prompter.tell(
      l10n.t(
        'Signing key {0} is stored, but the account "{1}" has no such key at Cloudflare, so tokens signed with it are refused. Was it deleted, or does it belong to another account?',
        jwk.kid,
        cleanText(label, 64),
      ),
    );
  } else if (await isRevoked({ accountKey: key, kid: jwk.kid }, keys)) {
    prompter.tell(
      l10n.t(
        'Signing key {0} is stored, but it was deleted at Cloudflare: tokens signed with it are refused.',
        jwk.kid,
      ),
    );
  } else {
    prompter.mention(
      standing.kind === 'same'
        ? l10n.t('Signing key {0} is here already.', jwk.kid)
        : l10n.t('Signing key {0} is ready.', jwk.kid),
    );
  }
  return succeeded(undefined);
}

async function isRevoked({ accountKey, kid }: KeyName, keys: Pick<SigningKeys, 'list'>): Promise<boolean> {
  return (await keys.list()).some(
    (key) => key.accountKey === accountKey && key.kid === kid && key.revokedAt !== undefined,
  );
}

async function otherIdSentence(
  kid: string,
  stored: KeyName,
  accountKey: string,
  { accounts }: ImportKeyParts,
): Promise<string> {
  const owner = (await accounts.list()).find(({ key }) => key === stored.accountKey);
  return owner === undefined || owner.key === accountKey
    ? l10n.t(
        'Not imported as {0}: this private key is on this machine already, as signing key {1}, and a key has only one id. If {1} is the wrong one, forget that key first.',
        kid,
        stored.kid,
      )
    : l10n.t(
        'Not imported as {0}: this private key is on this machine already, as signing key {1} of the account "{2}", and a key has only one id. If {1} is the wrong one, forget that key first.',
        kid,
        stored.kid,
        cleanText(owner.label, 64),
      );
}

function mayReplace(kid: string, prompter: Prompter): Promise<boolean> {
  return prompter.confirm({
    question: l10n.t('Replace the private half of signing key {0}?', kid),
    detail: l10n.t(
      'This machine has another one under this id. Only one of them can be right, and Cloudflare refuses what the other signs. From now on the new one signs; the old one is deleted here and can’t be fetched again.',
    ),
    action: l10n.t('Replace'),
  });
}

/** Whether the account's own list says that the key is not among its keys. Offline, nobody can tell. */
async function isForeign(accountKey: string, kid: string, parts: ImportKeyParts): Promise<boolean> {
  const { accounts, keys, prompter, log, now } = parts;
  const opened = parts.canCallApi ? await accounts.open(accountKey) : undefined;
  if (!opened?.ok) return false;
  const { accountId, credential } = opened.value;
  // After it was stored, though maybe in the same millisecond.
  const askedAt = now() + 1;
  const listed = await prompter.busy(l10n.t('Looking for the key at Cloudflare…'), (signal) =>
    parts.openApi(credential).listKeys(accountId, signal),
  );
  if (!listed.ok || !listed.value.complete) return false;
  const ids = listed.value.keys.map(({ id }) => id);
  try {
    await keys.compare(accountKey, ids, askedAt);
  } catch {
    // What is thrown could quote what was to be stored; the key is here all the same.
    log.warn('Secret storage failed: which keys are revoked could not be written.');
  }
  return !ids.includes(kid);
}
