import type { NewAccount } from '../../../src/flows/accounts/accounts';
import type { AccountDraft } from '../../../src/flows/accounts/accountWizard';
import { addAccount } from '../../../src/flows/accounts/addAccount';
import type { Credential } from '../../../src/stream/api/credential';
import type { Failure, Outcome } from '../../../src/stream/failure';
import { type ApiScript, fakeApi } from './fakeApi';
import { memoryAccounts } from './memory';
import { type Act, scriptedPrompter } from './scriptedPrompter';

export const ID = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
export const OTHER = '7a1d4c5e9f2b4836b0c1d2e3f4a5b6c7';
export const TOKEN = 'cfut_abcdefghijklmnopqrstuvwxyz0123456789';
export const studio = { id: ID, name: 'Studio' };
export const library = { id: OTHER, name: 'Library' };
export const video = {
  id: ID,
  name: '',
  created: '',
  state: 'ready',
  requireSignedUrls: true,
  customerCode: 'sample5tud10c0de',
};
export const refused = (code: 'unauthorized' | 'forbidden' | 'notFound', status: number): Failure => ({
  code,
  status,
  errors: [],
});

/** Plays the wizard from its first question on, with a person who answers like this. */
export async function playAddAccount(
  script: ApiScript,
  acts: readonly Act[],
  start: {
    accounts?: readonly NewAccount[];
    /** Where they are kept; a store of its own when absent. */
    store?: Awaited<ReturnType<typeof memoryAccounts>>;
    draft?: AccountDraft;
    environment?: Readonly<Record<string, string>>;
    canCallApi?: boolean;
    /** What becomes of storing a signing key. */
    storeKey?: Outcome<void> | 'throws';
  } = {},
) {
  const prompter = scriptedPrompter(acts);
  const accounts = start.store ?? (await memoryAccounts(...(start.accounts ?? [])));
  const api = fakeApi(script);
  const opened: Credential[] = [];
  const storedKeys: string[] = [];
  let draft = start.draft;
  const outcome = await addAccount({
    prompter,
    accounts,
    openApi(credential) {
      opened.push(credential);
      return api;
    },
    log: accounts.log,
    times: { locale: 'en', timeZone: 'UTC' },
    environment: start.environment ?? {},
    canCallApi: start.canCallApi ?? true,
    async storeKey({ key, label }, { kid }) {
      storedKeys.push(`${key} ${label} ${kid}`);
      if (start.storeKey === 'throws') throw new Error('locked');
      return start.storeKey ?? { ok: true, value: undefined };
    },
    draft: {
      read: () => draft,
      keep: (kept) => {
        draft = kept;
      },
    },
  });
  prompter.finish();
  return { outcome, prompter, accounts, opened, storedKeys, calls: api.calls, asked: prompter.asked, draft };
}

export const upToToken: readonly Act[] = [{ type: 'Acme' }, { pick: 'Paste an API token' }, { type: TOKEN }];
