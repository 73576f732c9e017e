import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';

/** Secret storage: one text per key. `read` answers undefined for a secret that is gone, whatever the reason. */
export interface Vault {
  keys(): Promise<readonly string[]>;
  read(key: string): Promise<string | undefined>;
  write(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
}

/** Storage for what can be rebuilt and is no secret. */
export interface Cache {
  read(key: string): unknown;
  write(key: string, value: unknown): Promise<void>;
}

/** What may be known of an account without reading its secret. */
export interface AccountSummary {
  /** Random, made here; names the record. */
  readonly key: string;
  readonly label: string;
  /** Absent only where there is no credential: signing with a signing key needs no account id. */
  readonly accountId?: string;
  readonly customerCode?: string;
  /**
   * `missing`: the record can't be found on this machine any more, so the credential must be entered again. `none`: there
   * never was one; the account signs only with its signing keys.
   */
  readonly credential: 'stored' | 'missing' | 'none';
  /** Absent when there is no credential. */
  readonly credentialKind?: Credential['kind'];
  /** Cloudflare answered 403 to a signing with this credential: it can list, but not sign. */
  readonly cannotSign?: true;
  /** The account that signing starts with in this workspace. */
  readonly isDefault?: true;
}

/** An account to be stored. One without a credential signs only with its signing keys. */
export type NewAccount = {
  readonly label: string;
  readonly customerCode?: string;
} & (
  | { readonly accountId: string; readonly credential: Credential }
  | { readonly accountId?: string; readonly credential?: undefined }
);

/** An account that can call Cloudflare's API. */
export interface Account {
  readonly key: string;
  readonly label: string;
  readonly accountId: string;
  readonly customerCode?: string;
  readonly credential: Credential;
}

/** The configured accounts. The secret records are the source of truth; the cache only spares reading them. */
export interface Accounts {
  list(): Promise<readonly AccountSummary[]>;
  /** The accounts that are known without asking secret storage: whether their credentials are still there is not known then. */
  known(): readonly AccountSummary[];
  /** Reads an account with its credential: for one operation, never to be kept. Fails for one that has none. */
  open(key: string): Promise<Outcome<Account>>;
  add(account: NewAccount): Promise<Outcome<AccountSummary>>;
  /**
   * Gives an account another credential; also one whose record is gone, and, with the account id it did not have, one
   * that had none.
   */
  replaceCredential(key: string, credential: Credential, accountId?: string): Promise<Outcome<void>>;
  /** Remembers whether Cloudflare let an account's credential sign. An account that is gone stays gone. */
  rememberSigning(key: string, allowed: boolean): Promise<void>;
  /** Replaces an account's customer code once it is known, or forgets it. An account that is gone stays gone. */
  setCustomerCode(key: string, customerCode: string | undefined): Promise<Outcome<void>>;
  rename(key: string, label: string): Promise<Outcome<void>>;
  /** The account that signing starts with in this workspace; undefined for none in particular. */
  setDefault(key: string | undefined): Promise<void>;
  remove(key: string): Promise<void>;
}
