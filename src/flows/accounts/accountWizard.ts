import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { VisibleAccount } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import type { PrivateJwk } from '../../stream/keys/signingKey';
import type { Draft } from '../draft';
import { labelSentence } from '../fieldSentences';
import { type KeyDraft, keySteps, NO_KEY } from '../keys/keySteps';
import { type InputQuestion, mapReply, type Prompter, type Verdict } from '../prompter';
import type { Step, Turn } from '../wizard';
import type { Accounts } from './accounts';
import { type CheckParts, inspectCredential, proveStream, verdictOf } from './checkCredential';

/** What a cancelled wizard leaves for the next one. Never a secret. */
export interface AccountDraft {
  readonly label: string;
  readonly email?: string;
  readonly customerCode?: string;
}

export interface AddAccountParts extends CheckParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly draft: Draft<AccountDraft>;
  /** Read only when a person chooses to import from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** False in the browser, where no credential can be checked. */
  readonly canCallApi: boolean;
  readonly storeKey: (
    account: { readonly key: string; readonly label: string },
    jwk: PrivateJwk,
  ) => Promise<Outcome<void>>;
}

/** Where the credential comes from. */
export type CredentialSource = 'apiToken' | 'globalKey' | 'environment' | 'signingKey';

/** What the questions about an account have found out so far. */
export interface AccountState {
  readonly title: string;
  readonly label: string;
  readonly source: CredentialSource;
  readonly email: string;
  /** Known to Cloudflare, as far as `inspectCredential` can tell. */
  readonly credential?: Credential;
  readonly visible: readonly VisibleAccount[] | undefined;
  readonly unvouched: boolean;
  /** Known beforehand when only the credential is replaced. */
  readonly accountId: string;
  /** Whether the credential was seen to use Stream in this account. */
  readonly proven: boolean;
  readonly customerCode?: string;
  /** The signing key that goes with it. */
  readonly key: KeyDraft;
}

export function initialState(title: string, known: Partial<AccountState> = {}): AccountState {
  return {
    title,
    label: '',
    source: 'apiToken',
    email: '',
    visible: undefined,
    unvouched: false,
    accountId: '',
    proven: false,
    key: NO_KEY,
    ...known,
  };
}

/** What the questions of one wizard have in common. */
export function frame({ title }: AccountState, { position, canGoBack }: Turn<AccountState>) {
  return { title, position, canGoBack };
}

/** The name of an account as a box to type it in; `taken` holds the names of the others. */
export function labelBox(taken: readonly string[]): Pick<InputQuestion, 'prompt' | 'placeholder' | 'validate'> {
  const others = new Set(taken.map((label) => label.toLowerCase()));
  return {
    prompt: l10n.t('A name for the account, as it should appear in lists.'),
    placeholder: l10n.t('Name of the account, e.g. Acme production'),
    validate(text) {
      const label = cleanLabel(text, 64);
      const objection = labelSentence(text, label);
      if (objection !== undefined) return { severity: 'error', message: objection };
      return others.has(label.toLowerCase())
        ? {
            severity: 'warning',
            message: l10n.t('There is already an account with this name. Enter uses the name anyway.'),
          }
        : undefined;
    },
  };
}

export function labelStep({ prompter, draft, accounts }: AddAccountParts): Step<AccountState> {
  return {
    id: 'label',
    async ask(state, turn) {
      const reply = await prompter.input({
        ...frame(state, turn),
        ...labelBox((await accounts.list()).map(({ label }) => label)),
        value: turn.previous?.label ?? draft.read()?.label ?? '',
      });
      return mapReply(reply, (text) => {
        const label = cleanLabel(text, 64);
        draft.keep({ ...draft.read(), label });
        return { ...state, label };
      });
    },
  };
}

/** The questions for a signing key: for all of it, or for what one that was found lacks. */
export function signingKeySteps(title: string, { prompter, log }: AddAccountParts): readonly Step<AccountState>[] {
  return keySteps<AccountState>({
    prompter,
    log,
    title,
    read: ({ key }) => key,
    write: (state, key) => ({ ...state, key }),
    when: ({ source, key }) => source === 'signingKey' || key.source === 'offered',
  });
}

/**
 * Asks Cloudflare about a credential, and where the account is known or there is only one, whether it may use Stream
 * there. The state that follows is handed to `found`; what is wrong is answered.
 */
export async function checkCredential(
  parts: AddAccountParts,
  state: AccountState,
  credential: Credential,
  signal: AbortSignal,
  found: (state: AccountState) => void,
): Promise<Verdict | undefined> {
  const inspected = await inspectCredential(parts, credential, signal);
  if (!inspected.ok) return verdictOf(parts, inspected.failure);
  const next: AccountState = { ...state, credential, ...inspected.value, proven: false };
  found(next);
  // With several accounts in sight the next question tells which; its answer is proven there.
  const { visible } = inspected.value;
  const accountId = state.accountId || (visible?.length === 1 ? visible[0]?.id : undefined);
  return accountId === undefined ? undefined : checkAccount(parts, next, accountId, signal, found);
}

/** Whether the credential may use Stream in an account. */
export function checkAccount(
  parts: AddAccountParts,
  state: AccountState,
  accountId: string,
  signal: AbortSignal,
  found: (state: AccountState) => void,
): Promise<Verdict | undefined> {
  const { credential, unvouched } = state;
  if (credential === undefined) throw new Error('There is no credential to check yet.');
  return proveStream(parts, { credential, unvouched, accountId }, signal, (customerCode) =>
    found({ ...state, accountId, proven: true, ...(customerCode !== undefined && { customerCode }) }),
  );
}
