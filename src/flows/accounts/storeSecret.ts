import * as l10n from '@vscode/l10n';
import { type FoundSecret, isPem } from '../../source/findSecrets';
import type { Credential } from '../../stream/api/credential';
import { cleanEmail } from '../../stream/api/globalKey';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { keyOf, provenKey } from '../keys/keySteps';
import { mapReply } from '../prompter';
import { runWizard, type Step } from '../wizard';
import { accountChoice } from './accountChoice';
import { accountStep } from './accountStep';
import type { AccountSummary } from './accounts';
import {
  type AccountState,
  type AddAccountParts,
  checkCredential,
  frame,
  initialState,
  labelStep,
  signingKeySteps,
} from './accountWizard';
import { storeAccount } from './addAccount';
import { browserVerdict, emailStep } from './credentialSteps';
import { customerCodeStep } from './customerCode';

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
  const title = l10n.t('Store Selection as Credential');
  const steps: readonly Step<AccountState>[] = [
    emailStep(parts),
    targetStep(secret, around, parts, (chosen) => {
      target = chosen;
    }),
    ...signingKeySteps(title, parts),
    only(labelStep(parts), isNew),
    only(customerCodeStep(parts), isNew),
    accountStep(parts),
  ];
  const start = initialState(title, {
    source: secret.kind,
    email: emailIn(around),
    ...(secret.kind === 'signingKey' && { key: { source: 'offered', warnings: [] } }),
  });
  const result = await runWizard(steps, start);
  return result.kind === 'cancelled' ? failed({ code: 'cancelled' }) : keep(result.state, target, parts);
}

async function keep(state: AccountState, target: Target, parts: AddAccountParts): Promise<Outcome<void>> {
  if (target === 'new') {
    const added = await storeAccount(state, parts);
    return added.ok ? succeeded(undefined) : added;
  }
  const jwk = keyOf(state.key);
  if (jwk !== undefined) return parts.storeKey(target, jwk);
  const { credential, accountId } = state;
  if (credential === undefined) return failed({ code: 'cancelled' });
  const replaced = await parts.accounts.replaceCredential(target.key, credential, accountId);
  if (replaced.ok) parts.prompter.mention(l10n.t('Account "{0}" is ready.', target.label));
  return replaced;
}

/** Asks for the account. A credential is proven there before it takes the place of another; a signing key by itself. */
function targetStep(
  secret: FoundSecret,
  around: string,
  parts: AddAccountParts,
  choose: (target: Target) => void,
): Step<AccountState> {
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
          if (credential === undefined) {
            const key = await provenKey(withId(secret.text, around), parts.log);
            if (typeof key === 'string') return { severity: 'error', message: key };
            next = { ...next, key: { ...key, source: 'offered' } };
            return undefined;
          }
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

/** A signing key as text: a PEM, which does not say its id, with the id that stands near it when that is just one. */
function withId(key: string, around: string): string {
  if (!isPem(key)) return key;
  const ids = new Set(Array.from(around.matchAll(KEY_ID), ([, id = '']) => id.toLowerCase()));
  const [id] = ids;
  return ids.size === 1 && id !== undefined ? `STREAM_KEY_ID=${id}\nSTREAM_KEY_PEM=${key}` : key;
}
