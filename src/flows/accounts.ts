import * as v from 'valibot';
import type { Credential } from '../stream/api/credential';
import type { Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { isId } from '../stream/id';
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
  readonly accountId: string;
  readonly customerCode?: string;
  /** `missing`: the record can't be found on this machine any more, so the credential must be entered again. */
  readonly credential: 'stored' | 'missing';
}

export interface NewAccount {
  readonly label: string;
  readonly accountId: string;
  readonly customerCode?: string;
  readonly credential: Credential;
}

export interface Account extends NewAccount {
  readonly key: string;
}

/** The configured accounts. The secret records are the source of truth; the cache only spares reading them. */
export interface Accounts {
  list(): Promise<readonly AccountSummary[]>;
  /** Reads an account with its credential: for one operation, never to be kept. */
  open(key: string): Promise<Outcome<Account>>;
  add(account: NewAccount): Promise<Outcome<Account>>;
  /** Gives an account another credential; also one whose record is gone. */
  replaceCredential(key: string, credential: Credential): Promise<Outcome<void>>;
  /** Replaces an account's customer code once it is known. An account that is gone stays gone. */
  setCustomerCode(key: string, customerCode: string): Promise<void>;
  remove(key: string): Promise<void>;
}

const PREFIX = 'account:';
const ROWS = 'accounts';
const VERSION = 1;

// Unknown fields are kept: a newer version in another window may have written them.
const storedAccount = v.looseObject({
  version: v.pipe(v.number(), v.integer()),
  label: v.string(),
  accountId: v.pipe(v.string(), v.check(isId)),
  customerCode: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9]+$/))),
  credential: v.object({ kind: v.literal('apiToken'), token: v.pipe(v.string(), v.regex(/^[\w-]+$/)) }),
});
type StoredAccount = v.InferOutput<typeof storedAccount>;

const cachedRows = v.array(
  v.object({
    key: v.string(),
    label: v.string(),
    accountId: v.pipe(v.string(), v.check(isId)),
    customerCode: v.optional(v.string()),
  }),
);
type Row = v.InferOutput<typeof cachedRows>[number];

export interface AccountsParts {
  readonly vault: Vault;
  readonly cache: Cache;
  readonly log: Log;
  readonly randomId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createAccounts({ vault, cache, log, randomId, now }: AccountsParts): Accounts {
  function rows(): readonly Row[] {
    const parsed = v.safeParse(cachedRows, cache.read(ROWS) ?? []);
    return parsed.success ? parsed.output : [];
  }

  async function writeRow(row: Row): Promise<void> {
    await cache.write(ROWS, [...rows().filter(({ key }) => key !== row.key), row]);
  }

  // One at a time: between reading and writing, another call could remove what is then written back.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  }

  async function read(key: string): Promise<StoredAccount | undefined> {
    const text = await vault.read(PREFIX + key);
    const parsed = text === undefined ? undefined : v.safeParse(storedAccount, parseJson(text));
    if (parsed === undefined) return undefined;
    if (!parsed.success) {
      log.warn(`The stored record of account ${key} can't be read: ${v.getDotPath(parsed.issues[0]) ?? 'not JSON'}.`);
      return undefined;
    }
    log.hide(parsed.output.credential.token);
    return parsed.output;
  }

  async function write(key: string, record: StoredAccount): Promise<void> {
    await vault.write(PREFIX + key, JSON.stringify({ ...record, updatedAt: new Date(now()).toISOString() }));
    await writeRow(toRow(key, record));
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
          known.set(key, toRow(key, record));
          await writeRow(toRow(key, record));
        }
        return [...known.values()]
          .map((row) => toSummary(row, stored.includes(row.key)))
          .sort((a, b) => a.label.localeCompare(b.label) || a.key.localeCompare(b.key));
      }),

    async open(key) {
      const record = await read(key);
      if (record !== undefined) return succeeded(toAccount(key, record));
      const row = rows().find((candidate) => candidate.key === key);
      return failed(row === undefined ? { code: 'accountGone' } : { code: 'credentialMissing', account: row.label });
    },

    add: (account) =>
      inTurn(async () => {
        const key = randomId();
        log.hide(account.credential.token);
        const record: StoredAccount = { version: VERSION, ...account };
        await write(key, record);
        // Storing can succeed and still have kept nothing; better said now than at the first signing.
        if ((await vault.read(PREFIX + key)) === undefined) {
          await cache.write(
            ROWS,
            rows().filter((row) => row.key !== key),
          );
          return failed({ code: 'secretsUnavailable', reason: 'not readable after writing' });
        }
        return succeeded(toAccount(key, record));
      }),

    replaceCredential: (key, credential) =>
      inTurn(async () => {
        const row = rows().find((candidate) => candidate.key === key);
        const record = (await read(key)) ?? (row && { version: VERSION, ...withoutKey(row) });
        if (record === undefined) return failed({ code: 'accountGone' });
        log.hide(credential.token);
        await write(key, { ...record, credential });
        return (await vault.read(PREFIX + key)) === undefined
          ? failed({ code: 'secretsUnavailable', reason: 'not readable after writing' })
          : succeeded(undefined);
      }),

    setCustomerCode: (key, customerCode) =>
      inTurn(async () => {
        const record = await read(key);
        if (record === undefined || record.version > VERSION || record.customerCode === customerCode) return;
        // Another window may have removed it since.
        if (!(await vault.keys()).includes(PREFIX + key)) return;
        await write(key, { ...record, customerCode });
      }),

    remove: (key) =>
      inTurn(async () => {
        // The row first: a record without a row is found again, a row without a record would read "credential missing".
        await cache.write(
          ROWS,
          rows().filter((row) => row.key !== key),
        );
        await vault.remove(PREFIX + key);
      }),
  };
}

function withoutKey({ label, accountId, customerCode }: Row) {
  return { label, accountId, ...(customerCode !== undefined && { customerCode }) };
}

function toRow(key: string, { label, accountId, customerCode }: StoredAccount): Row {
  return { key, label, accountId, ...(customerCode !== undefined && { customerCode }) };
}

function toSummary({ key, label, accountId, customerCode }: Row, stored: boolean): AccountSummary {
  return {
    key,
    label,
    accountId,
    ...(customerCode !== undefined && { customerCode }),
    credential: stored ? 'stored' : 'missing',
  };
}

function toAccount(key: string, { label, accountId, customerCode, credential }: StoredAccount): Account {
  return { key, label, accountId, credential, ...(customerCode !== undefined && { customerCode }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error of JSON.parse quotes the text; it is dropped on purpose.
    return undefined;
  }
}
