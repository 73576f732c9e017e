import * as l10n from '@vscode/l10n';
import { type Credential, cleanApiToken } from '../../stream/api/credential';
import { cleanEmail, cleanGlobalKey } from '../../stream/api/globalKey';
import { type Choice, mapReply, type Reply, type Verdict } from '../prompter';
import type { Step, Turn } from '../wizard';
import {
  type AccountState,
  type AddAccountParts,
  type CredentialSource,
  checkCredential,
  frame,
} from './accountWizard';
import { apiTokenSentence, emailSentence, globalKeySentence } from './credentialSentences';

/**
 * The dashboard's form for a new user token with Stream → Edit already chosen. Documented by Cloudflare as "API token
 * template URLs" (fundamentals/api/how-to/account-owned-token-template).
 */
export const CREATE_TOKEN_URL = `https://dash.cloudflare.com/profile/api-tokens?${new URLSearchParams({
  permissionGroupKeys: JSON.stringify([{ key: 'stream', type: 'edit' }]),
  accountId: '*',
  zoneId: 'all',
  name: 'Stream Signer',
})}`;

/** The dashboard's page with the Global API Key on it. */
export const GLOBAL_KEY_URL = 'https://dash.cloudflare.com/profile/api-tokens';

type Way = CredentialSource | 'create';

/** Asks how the account signs in. `withSigningKey`: or not at all, because it has a signing key. */
export function sourceStep(
  { prompter, canCallApi }: AddAccountParts,
  { withSigningKey }: { readonly withSigningKey: boolean },
): Step<AccountState> {
  const ways: readonly Choice<Way>[] = [
    {
      value: 'apiToken',
      icon: 'key',
      label: l10n.t('Paste an API token'),
      detail: l10n.t('With Account → Stream → Edit. It stays in this machine’s secret storage.'),
    },
    {
      value: 'create',
      icon: 'link-external',
      label: l10n.t('Create one in the dashboard…'),
      detail: l10n.t('Opens Cloudflare’s form with the permission chosen. Then paste the API token here.'),
    },
    {
      value: 'globalKey',
      icon: 'warning',
      label: l10n.t('E-mail and Global API Key'),
      detail: l10n.t('Opens everything that you can reach at Cloudflare. An API token is safer.'),
    },
    ...(withSigningKey
      ? [
          {
            value: 'signingKey' as const,
            icon: 'lock',
            label: l10n.t('Signing key only'),
            detail: l10n.t('Signs on this machine, without credentials and without a list of videos.'),
          },
        ]
      : []),
    {
      value: 'environment',
      icon: 'terminal',
      label: l10n.t('Import from environment…'),
      detail: l10n.t('Shows what the variables for Cloudflare’s tools hold, and asks before it takes anything.'),
    },
  ];
  return {
    id: 'source',
    async ask(state, turn) {
      const reply = await prompter.pick<Way>({
        ...frame(state, turn),
        placeholder: l10n.t('How does "{0}" sign in at Cloudflare?', state.label),
        choices: ways,
        active: (way) => way === (turn.previous?.source ?? (canCallApi ? 'apiToken' : 'signingKey')),
        check: async (way) => (canCallApi || way === 'signingKey' ? undefined : browserVerdict()),
      });
      if (reply.kind === 'answer' && reply.value === 'create') prompter.openExternal(CREATE_TOKEN_URL);
      return mapReply(reply, (way) => ({ ...state, source: way === 'create' ? 'apiToken' : way }));
    },
  };
}

/** Why a credential can't be taken in the browser. */
export function browserVerdict(): Verdict {
  const message = l10n.t(
    'In the browser, Cloudflare’s API can’t be called (it sends no CORS headers). A signing key works here.',
  );
  return { severity: 'error', message };
}

export function tokenStep(parts: AddAccountParts): Step<AccountState> {
  const { prompter } = parts;
  return {
    id: 'token',
    when: ({ source }) => source === 'apiToken',
    ask: (state, turn) =>
      askSecret(parts, state, turn, {
        prompt: l10n.t('Enter checks the API token at Cloudflare.'),
        placeholder: l10n.t('API token'),
        button: {
          icon: 'link-external',
          tooltip: l10n.t('Create one in the dashboard…'),
          press: () => void prompter.openExternal(CREATE_TOKEN_URL),
        },
        read(text) {
          const cleaned = cleanApiToken(text);
          return cleaned.ok
            ? { credential: { kind: 'apiToken', token: cleaned.token } }
            : { verdict: { severity: 'error', message: apiTokenSentence(cleaned.problem) } };
        },
      }),
  };
}

export function emailStep({ prompter, draft }: AddAccountParts): Step<AccountState> {
  return {
    id: 'email',
    when: ({ source }) => source === 'globalKey',
    async ask(state, turn) {
      const reply = await prompter.input({
        ...frame(state, turn),
        prompt: l10n.t('The e-mail address with which you log in at Cloudflare.'),
        placeholder: l10n.t('E-mail address'),
        value: turn.previous?.email || state.email || (draft.read()?.email ?? ''),
        validate(text) {
          const cleaned = cleanEmail(text);
          return cleaned.ok ? undefined : { severity: 'error', message: emailSentence(cleaned.problem) };
        },
      });
      return mapReply(reply, (text) => {
        const cleaned = cleanEmail(text);
        const email = cleaned.ok ? cleaned.email : '';
        draft.keep({ ...draft.read(), label: state.label, email });
        return { ...state, email };
      });
    },
  };
}

export function globalKeyStep(parts: AddAccountParts): Step<AccountState> {
  const { prompter } = parts;
  return {
    id: 'globalKey',
    when: ({ source }) => source === 'globalKey',
    ask: (state, turn) =>
      askSecret(parts, state, turn, {
        prompt: l10n.t(
          'Whoever has this key controls all your Cloudflare accounts: prefer an API token for Stream. Enter checks the key.',
        ),
        placeholder: l10n.t('Global API Key'),
        button: {
          icon: 'link-external',
          tooltip: l10n.t('Show the key in the dashboard…'),
          press: () => void prompter.openExternal(GLOBAL_KEY_URL),
        },
        read(text) {
          const cleaned = cleanGlobalKey(text);
          if (!cleaned.ok) return { verdict: { severity: 'error', message: globalKeySentence(cleaned.problem) } };
          const message = l10n.t('This does not look like a Global API Key. Enter asks Cloudflare all the same.');
          return {
            credential: { kind: 'globalKey', email: state.email, key: cleaned.key },
            ...(!cleaned.usual && { verdict: { severity: 'warning', message } }),
          };
        },
      }),
  };
}

interface SecretBox {
  readonly prompt: string;
  readonly placeholder: string;
  readonly button: { readonly icon: string; readonly tooltip: string; readonly press: () => undefined };
  /** What the text is read as, and what there is to say about it. */
  readonly read: (text: string) => { readonly credential?: Credential; readonly verdict?: Verdict };
}

async function askSecret(
  parts: AddAccountParts,
  state: AccountState,
  turn: Turn<AccountState>,
  { prompt, placeholder, button, read }: SecretBox,
): Promise<Reply<AccountState>> {
  let checked = state;
  const reply = await parts.prompter.input({
    ...frame(state, turn),
    prompt,
    placeholder,
    secret: true,
    buttons: [button],
    validate: (text) => read(text).verdict,
    async check(text, signal) {
      const { credential } = read(text);
      if (credential === undefined) return undefined;
      return checkCredential(parts, state, credential, signal, (next) => {
        checked = next;
      });
    },
  });
  return mapReply(reply, () => checked);
}
