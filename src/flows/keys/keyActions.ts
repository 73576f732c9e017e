import * as l10n from '@vscode/l10n';
import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import { failed, type Outcome } from '../../stream/failure';
import type { PrivateJwk } from '../../stream/keys/signingKey';
import type { Accounts } from '../accounts/accounts';
import type { Log } from '../log';
import type { Prompter } from '../prompter';
import type { TimeStyle } from '../times';
import { copyKeyAsEnvironment, copyKeyId } from './copyKey';
import { createKey } from './createKey';
import { deleteKey } from './deleteKey';
import { forgetKey } from './forgetKey';
import { importKey, storeKey } from './importKey';
import { mayAskCloudflare } from './keyAccount';
import type { KeyLibrary, LibraryKey } from './keyLibrary';
import type { SigningKeys } from './keys';
import type { PendingKeys } from './pendingKeys';
import { type NamedKey, pickKey } from './pickKey';
import { settleKeys } from './settlePending';

/** What can be done with signing keys. Each leaves the library to be asked for anew. */
export interface KeyActions {
  create(accountKey: string | undefined): Promise<Outcome<void>>;
  /** `kid` where it is known which key is meant. */
  import(accountKey: string | undefined, kid?: string): Promise<Outcome<void>>;
  /** Stores a key that was asked for elsewhere. */
  store(account: { readonly key: string; readonly label: string }, jwk: PrivateJwk): Promise<Outcome<void>>;
  delete(name: NamedKey): Promise<Outcome<void>>;
  forget(name: NamedKey): Promise<Outcome<void>>;
  copyAsEnvironment(name: NamedKey): Promise<Outcome<void>>;
  copyId(name: NamedKey): Promise<Outcome<void>>;
  /** Looks into creations that were interrupted. */
  settle(accountKey: string | undefined): Promise<Outcome<void>>;
  refresh(accountKey: string | undefined): void;
}

export interface KeyActionsParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly keys: SigningKeys;
  readonly pending: PendingKeys;
  readonly library: KeyLibrary;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly log: Log;
  readonly times: TimeStyle;
  readonly canCallApi: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createKeyActions(parts: KeyActionsParts): KeyActions {
  const { library, canCallApi } = parts;
  const unavailable = () => Promise.resolve(failed({ code: 'apiUnavailable' }));
  /** However it ended, something may have changed on the way. */
  async function thenAnew<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      library.refresh();
    }
  }
  return {
    create: canCallApi ? (accountKey) => thenAnew(createKey(accountKey, parts)) : unavailable,
    import: (accountKey, kid) => thenAnew(importKey(accountKey, kid, parts)),
    store: (account, jwk) => thenAnew(storeKey(account, jwk, parts)),
    async delete(named) {
      if (!canCallApi) return unavailable();
      const title = l10n.t('Delete Signing Key');
      const fits = ({ place }: LibraryKey) => place !== 'revoked';
      const name = await pickKey(named, { title, fits, fromAccount: mayAskCloudflare }, parts);
      return name.ok ? thenAnew(deleteKey(name.value, parts)) : name;
    },
    async forget(named) {
      const title = l10n.t('Forget Signing Key');
      const name = await pickKey(named, { title, fits: ({ local }) => local }, parts);
      return name.ok ? thenAnew(forgetKey(name.value, parts)) : name;
    },
    async copyAsEnvironment(named) {
      const title = l10n.t('Copy Signing Key as Environment Variables');
      const name = await pickKey(named, { title, fits: ({ place }) => place === 'here' }, parts);
      return name.ok ? copyKeyAsEnvironment(name.value, parts) : name;
    },
    async copyId(named) {
      const title = l10n.t('Copy Id of Signing Key');
      const name = await pickKey(named, { title, fits: () => true }, parts);
      return name.ok ? copyKeyId(name.value, parts) : name;
    },
    settle: canCallApi ? (accountKey) => thenAnew(settleKeys(accountKey, parts)) : unavailable,
    refresh: (accountKey) => library.refresh(accountKey),
  };
}
