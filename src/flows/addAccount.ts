import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../source/cleanText';
import type { VisibleAccount } from '../stream/api/client';
import { cleanApiToken } from '../stream/api/credential';
import type { Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { parseAccountId } from '../stream/parseId';
import { accountChoice } from './accountChoice';
import type { AccountSummary, Accounts } from './accounts';
import { type CheckParts, inspectToken, proveStream, verdictOf } from './checkApiToken';
import { accountIdSentence, apiTokenSentence, labelSentence } from './fieldSentences';
import { answer, mapReply, type Prompter, type Reply, type Verdict } from './prompter';
import { runWizard, type Step, type Turn } from './wizard';

/** What a cancelled wizard leaves for the next one. Never a secret. */
export interface AccountDraft {
  readonly label: string;
}

export interface AddAccountParts extends CheckParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly draft: { read(): AccountDraft | undefined; keep(draft: AccountDraft | undefined): void };
}

interface State {
  readonly title: string;
  readonly label: string;
  readonly token: string;
  /** What `GET /accounts` showed; undefined when it was refused. */
  readonly visible: readonly VisibleAccount[] | undefined;
  /** Known beforehand when only the credential is replaced. */
  readonly accountId: string;
  readonly customerCode: string | undefined;
}

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

/**
 * Asks for a name, an API token and a Cloudflare account, proves that the token may use Stream there, and stores it.
 * Cancelling is the failure `cancelled`.
 */
export async function addAccount(parts: AddAccountParts): Promise<Outcome<AccountSummary>> {
  const { prompter, accounts, draft } = parts;
  const title = l10n.t('Add Account');
  const initial: State = { title, label: '', token: '', visible: undefined, accountId: '', customerCode: undefined };
  const result = await runWizard([labelStep(parts), sourceStep(parts), tokenStep(parts), accountStep(parts)], initial);
  const { label, token, accountId, customerCode } = result.state;
  if (result.kind === 'cancelled') return failed({ code: 'cancelled' });
  const added = await accounts.add({
    label,
    accountId,
    credential: { kind: 'apiToken', token },
    ...(customerCode !== undefined && { customerCode }),
  });
  if (added.ok) {
    draft.keep(undefined);
    prompter.mention(l10n.t('Account "{0}" is ready.', label));
  }
  return added;
}

/**
 * Asks for another API token for an account that is there already, because its credential is missing or no longer good,
 * and proves that it may use Stream in that account. Without a key it asks which account.
 */
export async function replaceCredential(key: string | undefined, parts: AddAccountParts): Promise<Outcome<void>> {
  const { prompter, accounts } = parts;
  const account = await pickAccountToMend(key, parts);
  if (!account.ok) return account;
  const { label, accountId = '' } = account.value;
  const title = l10n.t('Replace Credential');
  const initial: State = { title, label, accountId, token: '', visible: undefined, customerCode: undefined };
  const steps = [sourceStep(parts), tokenStep(parts), ...(accountId === '' ? [accountStep(parts)] : [])];
  const result = await runWizard(steps, initial);
  if (result.kind === 'cancelled') return failed({ code: 'cancelled' });
  const { token } = result.state;
  const credential = { kind: 'apiToken', token } as const;
  const replaced = await accounts.replaceCredential(account.value.key, credential, result.state.accountId);
  if (replaced.ok) prompter.mention(l10n.t('Account "{0}" is ready.', label));
  return replaced;
}

async function pickAccountToMend(
  key: string | undefined,
  { prompter, accounts }: AddAccountParts,
): Promise<Outcome<AccountSummary>> {
  const known = await accounts.list();
  const named = known.find((candidate) => candidate.key === key);
  if (named !== undefined) return succeeded(named);
  if (known.length === 0) {
    prompter.tell(l10n.t('There is no account yet. Add one with "Add Account…".'));
    return failed({ code: 'cancelled' });
  }
  const reply = await prompter.pick({
    title: l10n.t('Replace Credential'),
    placeholder: l10n.t('Which account should get another credential?'),
    choices: known.map(accountChoice),
  });
  return reply.kind === 'answer' ? succeeded(reply.value) : failed({ code: 'cancelled' });
}

function frame({ title }: State, { position, canGoBack }: Turn<State>) {
  return { title, position, canGoBack };
}

function labelStep({ prompter, draft, accounts }: AddAccountParts): Step<State> {
  return {
    id: 'label',
    async ask(state, turn) {
      const taken = new Set((await accounts.list()).map(({ label }) => label.toLowerCase()));
      const reply = await prompter.input({
        ...frame(state, turn),
        prompt: l10n.t('A name for the account, as it should appear in lists.'),
        placeholder: l10n.t('Name of the account, e.g. Acme production'),
        value: turn.previous?.label ?? draft.read()?.label ?? '',
        validate(text) {
          const label = cleanLabel(text, 64);
          const objection = labelSentence(text, label);
          if (objection !== undefined) return { severity: 'error', message: objection };
          return taken.has(label.toLowerCase())
            ? {
                severity: 'warning',
                message: l10n.t('There is already an account with this name. Enter uses the name anyway.'),
              }
            : undefined;
        },
      });
      return mapReply(reply, (text) => {
        const label = cleanLabel(text, 64);
        draft.keep({ label });
        return { ...state, label };
      });
    },
  };
}

function sourceStep({ prompter }: AddAccountParts): Step<State> {
  return {
    id: 'source',
    async ask(state, turn) {
      const reply = await prompter.pick<'paste' | 'create'>({
        ...frame(state, turn),
        placeholder: l10n.t('Do you have an API token for "{0}"?', state.label),
        choices: [
          {
            value: 'paste',
            icon: 'key',
            label: l10n.t('Paste an API token'),
            detail: l10n.t('With Account → Stream → Edit. It stays in this computer’s secret storage.'),
          },
          {
            value: 'create',
            icon: 'link-external',
            label: l10n.t('Create one in the dashboard…'),
            detail: l10n.t('Opens Cloudflare’s form with the permission chosen. Then paste the API token here.'),
          },
        ],
      });
      if (reply.kind === 'answer' && reply.value === 'create') prompter.openExternal(CREATE_TOKEN_URL);
      return mapReply(reply, () => state);
    },
  };
}

function tokenStep(parts: AddAccountParts): Step<State> {
  const { prompter, log } = parts;
  return {
    id: 'token',
    async ask(state, turn) {
      let checked = state;
      const reply = await prompter.input({
        ...frame(state, turn),
        prompt: l10n.t('Enter checks the API token at Cloudflare.'),
        placeholder: l10n.t('API token'),
        secret: true,
        buttons: [
          {
            icon: 'link-external',
            tooltip: l10n.t('Create one in the dashboard…'),
            press: () => void prompter.openExternal(CREATE_TOKEN_URL),
          },
        ],
        validate(text) {
          const cleaned = cleanApiToken(text);
          return cleaned.ok ? undefined : { severity: 'error', message: apiTokenSentence(cleaned.problem) };
        },
        async check(text, signal) {
          const cleaned = cleanApiToken(text);
          if (!cleaned.ok) return undefined;
          log.hide(cleaned.token);
          const found = await inspectToken(parts, cleaned.token, signal);
          if (!found.ok) return verdictOf(parts, found.failure);
          checked = { ...state, token: cleaned.token, visible: found.value };
          // With several accounts in sight the next question tells which; its answer is proven there.
          const accountId = state.accountId || (found.value?.length === 1 ? found.value[0]?.id : undefined);
          if (accountId === undefined) return undefined;
          return proveStream(parts, cleaned.token, accountId, signal, (customerCode) => {
            checked = { ...checked, accountId, customerCode };
          });
        },
      });
      return mapReply(reply, () => checked);
    },
  };
}

/** Asked unless the token sees exactly one account. */
function accountStep(parts: AddAccountParts): Step<State> {
  const { prompter } = parts;
  return {
    id: 'account',
    // Before the token is known it is not known either; "3 of 4" that ends at 3 reads better than "3 of 3" that goes on.
    when: (state) => state.visible?.length !== 1,
    async ask(state, turn) {
      let proven = state;
      const check = (accountId: string, signal: AbortSignal) =>
        proveStream(parts, state.token, accountId, signal, (customerCode) => {
          proven = { ...state, accountId, customerCode };
        });
      const reply = state.visible?.length
        ? await pickAccount(state, state.visible, turn, prompter, check)
        : await typeAccount(state, turn, prompter, check);
      return mapReply(reply, () => proven);
    },
  };
}

type Check = (accountId: string, signal: AbortSignal) => Promise<Verdict | undefined>;

function pickAccount(
  state: State,
  visible: readonly VisibleAccount[],
  turn: Turn<State>,
  prompter: Prompter,
  check: Check,
): Promise<Reply<string>> {
  return prompter.pick({
    ...frame(state, turn),
    placeholder: l10n.t('Which Cloudflare account has the videos? Pick it, or paste its id'),
    choices: visible.map(({ id, name }) => ({ value: id, label: cleanLabel(name) || id, description: id })),
    typed(text) {
      const parsed = parseAccountId(text);
      return parsed.ok ? [{ value: parsed.id, label: l10n.t('Use account {0}', parsed.id), alwaysShow: true }] : [];
    },
    ...(turn.previous && { active: (id: string) => id === turn.previous?.accountId }),
    check,
  });
}

async function typeAccount(state: State, turn: Turn<State>, prompter: Prompter, check: Check): Promise<Reply<string>> {
  let accountId = '';
  const reply = await prompter.input({
    ...frame(state, turn),
    prompt: l10n.t(
      'The accounts of this API token can’t be listed, so type the account id. You find it in the address of the dashboard.',
    ),
    placeholder: l10n.t('Account id or dashboard address'),
    value: turn.previous?.accountId ?? '',
    validate(text) {
      const parsed = parseAccountId(text);
      return parsed.ok ? undefined : { severity: 'error', message: accountIdSentence(parsed.problem) };
    },
    async check(text, signal) {
      const parsed = parseAccountId(text);
      if (!parsed.ok) return undefined;
      accountId = parsed.id;
      return check(parsed.id, signal);
    },
  });
  return reply.kind === 'answer' ? answer(accountId) : reply;
}
