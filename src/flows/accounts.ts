import { type Credential, unloggedOf } from '../stream/api/credential';
import type { Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import {
  type AccountRecord,
  type AccountRow,
  accountOf,
  RECORD_VERSION,
  readRecord,
  readRows,
  recordOf,
  recordOfRow,
  rowOf,
  summaryOf,
} from './accountRecord';
import type { Log } from './log';

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
  /** Replaces an account's customer code once it is known. An account that is gone stays gone. */
  setCustomerCode(key: string, customerCode: string): Promise<void>;
  remove(key: string): Promise<void>;
}

const PREFIX = 'account:';
const ROWS = 'accounts';

export interface AccountsParts {
  readonly vault: Vault;
  readonly cache: Cache;
  readonly log: Log;
  readonly randomId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createAccounts({ vault, cache, log, randomId, now }: AccountsParts): Accounts {
  const rows = () => readRows(cache.read(ROWS));
  const rowFor = (key: string) => rows().find((candidate) => candidate.key === key);

  async function writeRow(row: AccountRow): Promise<void> {
    await cache.write(ROWS, [...rows().filter(({ key }) => key !== row.key), row]);
  }

  async function removeRow(gone: string): Promise<void> {
    await cache.write(
      ROWS,
      rows().filter(({ key }) => key !== gone),
    );
  }

  // One at a time: between reading and writing, another call could remove what is then written back.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  }

  async function read(key: string): Promise<AccountRecord | undefined> {
    const text = await vault.read(PREFIX + key);
    const parsed = text === undefined ? undefined : readRecord(text);
    if (parsed === undefined) return undefined;
    if (!parsed.ok) {
      log.warn(`The stored record of account ${key} can't be read: ${parsed.at}.`);
      return undefined;
    }
    hide(parsed.record.credential);
    return parsed.record;
  }

  function hide(credential: Credential | undefined): void {
    if (credential !== undefined) for (const text of unloggedOf(credential)) log.hide(text);
  }

  async function write(key: string, record: AccountRecord): Promise<void> {
    await vault.write(PREFIX + key, JSON.stringify({ ...record, updatedAt: new Date(now()).toISOString() }));
    await writeRow(rowOf(key, record));
  }

  /** Writes a record and makes sure of it: storing can succeed and still have kept nothing; better said now than at the first signing. */
  async function writeSurely(key: string, record: AccountRecord): Promise<Outcome<void>> {
    await write(key, record);
    return (await vault.read(PREFIX + key)) === undefined
      ? failed({ code: 'secretsUnavailable', reason: 'not readable after writing' })
      : succeeded(undefined);
  }

  /** Changes a record that is there; what a newer version wrote, and what another window removed, is left alone. */
  async function change(key: string, edit: (record: AccountRecord) => AccountRecord | undefined): Promise<void> {
    const record = await read(key);
    if (record === undefined || record.version > RECORD_VERSION) return;
    const edited = edit(record);
    if (edited === undefined || !(await vault.keys()).includes(PREFIX + key)) return;
    await write(key, edited);
  }

  return {
    list: () =>
      inTurn(async () => {
        const stored = (await vault.keys())
          .filter((key) => key.startsWith(PREFIX))
          .map((key) => key.slice(PREFIX.length));
        const known = new Map(rows().map((row) => [row.key, row]));
        for (const key of stored) {
          if (known.has(key)) continue;
          // Written by another window or profile, or the cache was lost: the record tells.
          const record = await read(key);
          if (record === undefined) continue;
          known.set(key, rowOf(key, record));
          await writeRow(rowOf(key, record));
        }
        return [...known.values()]
          .map((row) => summaryOf(row, stored.includes(row.key)))
          .sort((a, b) => a.label.localeCompare(b.label) || a.key.localeCompare(b.key));
      }),

    async open(key) {
      const record = await read(key);
      const account = record && accountOf(key, record);
      if (account !== undefined) return succeeded(account);
      const known = record ?? rowFor(key);
      if (known === undefined) return failed({ code: 'accountGone' });
      const never = record !== undefined || known.credential === 'none';
      return failed({ code: never ? 'noCredential' : 'credentialMissing', account: known.label });
    },

    add: (account) =>
      inTurn(async () => {
        const key = randomId();
        hide(account.credential);
        const record = recordOf(account);
        const written = await writeSurely(key, record);
        if (written.ok) return succeeded(summaryOf(rowOf(key, record), true));
        await removeRow(key);
        return written;
      }),

    replaceCredential: (key, credential, accountId) =>
      inTurn(async () => {
        const row = rowFor(key);
        const record = (await read(key)) ?? (row && recordOfRow(row));
        if (record === undefined) return failed({ code: 'accountGone' });
        const id = accountId ?? record.accountId;
        if (id === undefined) throw new Error('A credential needs the account it is for.');
        hide(credential);
        return writeSurely(key, { ...record, accountId: id, credential: { ...credential } });
      }),

    rememberSigning: (key, allowed) =>
      inTurn(() =>
        change(key, ({ credential, ...record }) => {
          if (credential === undefined || (credential.cannotSign === true) === !allowed) return undefined;
          const { cannotSign: _, ...rest } = credential;
          return { ...record, credential: allowed ? rest : { ...rest, cannotSign: true } } as AccountRecord;
        }),
      ),

    setCustomerCode: (key, customerCode) =>
      inTurn(() =>
        change(key, (record) => (record.customerCode === customerCode ? undefined : { ...record, customerCode })),
      ),

    remove: (key) =>
      inTurn(async () => {
        // The row first: a record without a row is found again, a row without a record would read "credential missing".
        await removeRow(key);
        await vault.remove(PREFIX + key);
      }),
  };
}
