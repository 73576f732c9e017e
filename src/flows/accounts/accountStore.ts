import { type Credential, unloggedOf } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { createTurns } from '../inTurn';
import type { Log } from '../log';
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
import type { Accounts, Cache, Vault } from './accounts';

const PREFIX = 'account:';
const ROWS = 'accounts';
const DEFAULT = 'defaultAccount';

export interface AccountsParts {
  readonly vault: Vault;
  readonly cache: Cache;
  /** What belongs to this workspace alone. */
  readonly workspaceCache: Cache;
  readonly log: Log;
  readonly randomId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createAccounts({ vault, cache, workspaceCache, log, randomId, now }: AccountsParts): Accounts {
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

  // Between reading and writing, another call could remove what is then written back.
  const inTurn = createTurns();

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

  /** Reads a record and brings its row up to date: another window or profile may have changed it. */
  async function readAfresh(key: string): Promise<AccountRecord | undefined> {
    const record = await read(key);
    if (record === undefined) return undefined;
    const row = rowOf(key, record);
    const cached = rowFor(key);
    if (cached !== undefined && !isSameRow(cached, row)) await writeRow(row);
    return record;
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

  /**
   * Changes what is stored of an account; `edit` answers undefined when nothing has to change. What a newer version wrote,
   * and what another window removed, is left alone.
   */
  async function change(
    key: string,
    edit: (record: AccountRecord) => AccountRecord | undefined,
  ): Promise<Outcome<void>> {
    const record = await read(key);
    if (record === undefined) return changeRow(key, edit);
    if (record.version > RECORD_VERSION) return failed({ code: 'writtenByNewer' });
    const edited = edit(record);
    if (edited === undefined) return succeeded(undefined);
    if (!(await vault.keys()).includes(PREFIX + key)) return failed({ code: 'accountGone' });
    await write(key, edited);
    return succeeded(undefined);
  }

  /** An account whose record is missing still has its place in the list; what is said there of a credential stays. */
  async function changeRow(
    key: string,
    edit: (record: AccountRecord) => AccountRecord | undefined,
  ): Promise<Outcome<void>> {
    const row = rowFor(key);
    if (row === undefined) return failed({ code: 'accountGone' });
    const edited = edit(recordOfRow(row));
    if (edited !== undefined) await writeRow({ ...rowOf(key, edited), credential: row.credential });
    return succeeded(undefined);
  }

  const summary = (row: AccountRow, stored: boolean) =>
    summaryOf(row, stored, workspaceCache.read(DEFAULT) === row.key);

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
          .map((row) => summary(row, stored.includes(row.key)))
          .sort((a, b) => a.label.localeCompare(b.label) || a.key.localeCompare(b.key));
      }),

    known: () => rows().map((row) => summary(row, true)),

    async open(key) {
      const record = await inTurn(() => readAfresh(key));
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
        if (written.ok) return succeeded(summary(rowOf(key, record), true));
        await removeRow(key);
        return written;
      }),

    replaceCredential: (key, credential, accountId) =>
      inTurn(async () => {
        const row = rowFor(key);
        const record = (await read(key)) ?? (row && recordOfRow(row));
        if (record === undefined) return failed({ code: 'accountGone' });
        if (record.version > RECORD_VERSION) return failed({ code: 'writtenByNewer' });
        const id = accountId ?? record.accountId;
        if (id === undefined) throw new Error('A credential needs the account it is for.');
        hide(credential);
        return writeSurely(key, { ...record, accountId: id, credential: { ...credential } });
      }),

    rememberSigning: async (key, allowed) => {
      await inTurn(() =>
        change(key, ({ credential, ...record }) => {
          if (credential === undefined || (credential.cannotSign === true) === !allowed) return undefined;
          return { ...record, credential: { ...credential, cannotSign: !allowed } };
        }),
      );
    },

    setCustomerCode: (key, customerCode) =>
      inTurn(() =>
        change(key, ({ customerCode: known, ...record }) => {
          if (known === customerCode) return undefined;
          return { ...record, ...(customerCode !== undefined && { customerCode }) };
        }),
      ),

    rename: (key, label) =>
      inTurn(() => change(key, (record) => (record.label === label ? undefined : { ...record, label }))),

    setDefault: (key) => workspaceCache.write(DEFAULT, key),

    remove: (key) =>
      inTurn(async () => {
        // The row first: a record without a row is found again, a row without a record would read "credential missing".
        await removeRow(key);
        await vault.remove(PREFIX + key);
      }),
  };
}

function isSameRow(a: AccountRow, b: AccountRow): boolean {
  return (
    a.label === b.label &&
    a.accountId === b.accountId &&
    a.customerCode === b.customerCode &&
    a.credential === b.credential &&
    a.cannotSign === b.cannotSign
  );
}
