import * as l10n from '@vscode/l10n';
import type { FoundSecret } from '../source/findSecrets';
import type { Credential } from '../stream/api/credential';
import { cleanEmail } from '../stream/api/globalKey';
import type { Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { accountChoice } from './accountChoice';
import { accountStep } from './accountStep';
import type { AccountSummary } from './accounts';
import {
  type AccountState,
  type AddAccountParts,
  type CredentialSource,
  checkCredential,
  frame,
  initialState,
  labelStep,
} from './accountWizard';
import { storeAccount } from './addAccount';
import { browserVerdict, emailStep } from './credentialSteps';
import { customerCodeStep } from './customerCode';
import { mapReply } from './prompter';
import { runWizard, type Step } from './wizard';

/** Where a secret goes: to an account that is there, or to a new one. */
type Target = AccountSummary | 'new';

/**
 * Asks which account a secret belongs to, proves a credential there, and stores it.
 *
 * @param around the text it stands in, which may hold the e-mail address of a key, or the id of a signing key
 */
export async function storeSecret(secret: FoundSecret, around: string, parts: AddAccountParts): Promise<Outcome<void>> {
  let target: Target = 'new';
  const isNew = () => target === 'new';
  const only = (step: Step<AccountState>, wanted: () => boolean): Step<AccountState> => ({
    ...step,
    when: (state) => wanted() && step.when?.(state) !== false,
  });
  const steps: readonly Step<AccountState>[] = [
    emailStep(parts),
    targetStep(secret, parts, (chosen) => {
      target = chosen;
    }),
    only(labelStep(parts), isNew),
    only(customerCodeStep(parts), isNew),
    accountStep(parts),
  ];
  const source: CredentialSource = secret.kind;
  const start = initialState(l10n.t('Store Selection as Credential'), { source, email: emailIn(around) });
  const result = await runWizard(steps, start);
  if (result.kind === 'cancelled') return failed({ code: 'cancelled' });
  return keep(result.state, target, secret, around, parts);
}

async function keep(
  state: AccountState,
  target: Target,
  secret: FoundSecret,
  around: string,
  parts: AddAccountParts,
): Promise<Outcome<void>> {
  const { prompter, accounts, importKey } = parts;
  const signingKey = secret.kind === 'signingKey' ? { signingKey: withId(secret.text, around) } : {};
  if (target === 'new') {
    const added = await storeAccount({ ...state, ...signingKey }, parts);
    return added.ok ? succeeded(undefined) : added;
  }
  if (signingKey.signingKey !== undefined) {
    const imported = await importKey?.(target.key, signingKey.signingKey);
    return imported === undefined || imported.ok ? succeeded(undefined) : imported;
  }
  if (state.credential === undefined) return failed({ code: 'cancelled' });
  const replaced = await accounts.replaceCredential(target.key, state.credential, state.accountId);
  if (replaced.ok) prompter.mention(l10n.t('Account "{0}" is ready.', target.label));
  return replaced;
}

/** Asks for the account. A credential is proven there before it takes the place of another. */
function targetStep(secret: FoundSecret, parts: AddAccountParts, choose: (target: Target) => void): Step<AccountState> {
  return {
    id: 'target',
    async ask(state, turn) {
      let next = state;
      const reply = await parts.prompter.pick<Target>({
        ...frame(state, turn),
        placeholder: placeholderFor(secret.kind),
        choices: [
          ...(await parts.accounts.list()).map((account) => targetChoice(account, secret.kind)),
          { heading: '' },
          { value: 'new', icon: 'add', label: l10n.t('A new account…'), alwaysShow: true },
        ],
        async check(target, signal) {
          choose(target);
          const known = target === 'new' ? {} : { label: target.label, accountId: target.accountId ?? '' };
          next = { ...state, ...known };
          const credential = credentialOf(secret, state.email);
          if (credential === undefined) return undefined;
          if (!parts.canCallApi) return browserVerdict();
          return checkCredential(parts, next, credential, signal, (found) => {
            next = found;
          });
        },
      });
      return mapReply(reply, () => next);
    },
  };
}

function targetChoice(account: AccountSummary, kind: FoundSecret['kind']) {
  const replaces = kind !== 'signingKey' && account.credential === 'stored';
  return {
    ...accountChoice(account),
    ...(replaces && { detail: l10n.t('Takes the place of the credential that is stored for it.') }),
  };
}

function placeholderFor(kind: FoundSecret['kind']): string {
  switch (kind) {
    case 'apiToken':
      return l10n.t('Which account should sign in with this API token? Enter checks it at Cloudflare');
    case 'globalKey':
      return l10n.t(
        'Which account should sign in with this Global API Key, which opens everything? Enter checks it at Cloudflare',
      );
    case 'signingKey':
      return l10n.t('Which account does this signing key belong to?');
  }
}

function credentialOf({ kind, text }: FoundSecret, email: string): Credential | undefined {
  switch (kind) {
    case 'apiToken':
      return { kind, token: text };
    case 'globalKey':
      return { kind, email, key: text };
    case 'signingKey':
      return undefined;
  }
}

const EMAIL = /(?:X-Auth-Email|CLOUDFLARE_EMAIL)\\?["'`]?\s{0,8}[:=,]\s{0,8}\\?["'`]?([^\s"'`\\]{1,254})/i;

/** The e-mail address that stands near a key, so that it need not be typed. */
function emailIn(text: string): string {
  const cleaned = cleanEmail(EMAIL.exec(text)?.[1] ?? '');
  return cleaned.ok ? cleaned.email : '';
}

const KEY_ID = /(?:KEY_?ID|\bkid)\\?["'`]?\s{0,8}[:=]\s{0,8}\\?["'`]?([0-9a-f]{32})(?![0-9a-z])/gi;

/** A signing key as text, with its id when exactly one stands near it. */
function withId(key: string, around: string): string {
  const ids = new Set(Array.from(around.matchAll(KEY_ID), ([, id = '']) => id.toLowerCase()));
  const [id] = ids;
  return ids.size === 1 && id !== undefined ? `STREAM_KEY_ID=${id}\n${key}` : key;
}
