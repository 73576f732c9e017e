import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { PrivateJwk, PublicKey } from '../../stream/keys/signingKey';
import type { Cache, Vault } from '../accounts/accounts';
import { createTurns } from '../inTurn';
import type { Log } from '../log';
import {
  jwkOf,
  type KeyRecord,
  type KeyRow,
  keyRowOf,
  RECORD_VERSION,
  readKeyRecord,
  readKeyRows,
  unloggedOf,
} from './keyRecord';

/** What may be known of a signing key without reading its secret. */
export interface KeySummary extends PublicKey {
  readonly accountKey: string;
  /** RFC 3339, as Cloudflare said it; empty when it did not. */
  readonly created: string;
  /** Epoch milliseconds; from then on Cloudflare refuses what the key signed. */
  readonly revokedAt?: number;
  /** `missing`: the private half can't be found on this machine any more; the public half still verifies. */
  readonly privateHalf: 'stored' | 'missing';
}

export interface KeyName {
  readonly accountKey: string;
  readonly kid: string;
}

/** The signing keys on this machine. As with accounts, the secret records are the source of truth, one for each key. */
export interface SigningKeys {
  /** The keys of all accounts. Reads a secret only when another window or profile stored a key that is not known here yet. */
  list(): Promise<readonly KeySummary[]>;
  /** The public halves that are known without reading any secret. */
  publicKeys(): readonly Omit<KeySummary, 'privateHalf'>[];
  /** Reads a private key: for one operation, never to be kept. Refuses one that is revoked. */
  open(name: KeyName): Promise<Outcome<PrivateJwk>>;
  /**
   * Stores a key and makes sure of it. One that is here already stays as it is; one with the same id and other numbers goes
   * once this one is stored.
   */
  add(accountKey: string, jwk: PrivateJwk, created: string): Promise<Outcome<void>>;
  /** Remembers that Cloudflare has the key no more. */
  revoke(name: KeyName): Promise<void>;
  /**
   * Compares with the ids that the account listed, asked for at a given moment (epoch milliseconds): a key that is gone is
   * revoked. One that was stored after the question is none of the answer's business.
   */
  compare(accountKey: string, listed: readonly string[], askedAt: number): Promise<void>;
  forget(name: KeyName): Promise<void>;
  /** Forgets every key of an account. */
  forgetAll(accountKey: string): Promise<void>;
}

const PREFIX = 'key:';
const ROWS = 'signingKeys';

export interface SigningKeysParts {
  readonly vault: Vault;
  readonly cache: Cache;
  readonly log: Log;
  readonly randomId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createSigningKeys({ vault, cache, log, randomId, now }: SigningKeysParts): SigningKeys {
  // Between reading and writing, another call could remove what is then written back.
  const inTurn = createTurns();
  /** The oldest first. Two windows can have stored one key at once: the newest record stands for the key. */
  const rows = () => readKeyRows(cache.read(ROWS)).toSorted(byAge);
  const rowsOf = ({ accountKey, kid }: KeyName) =>
    rows().filter((row) => accountOf(row.key) === accountKey && row.kid === kid);

  const writeRow = (row: KeyRow) => cache.write(ROWS, [...rows().filter(({ key }) => key !== row.key), row]);

  async function storedKeys(): Promise<readonly string[]> {
    return (await vault.keys()).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  }

  async function read(key: string): Promise<KeyRecord | undefined> {
    const text = await vault.read(PREFIX + key);
    const parsed = text === undefined ? undefined : readKeyRecord(text);
    if (parsed === undefined) return undefined;
    if (!parsed.ok) {
      log.warn(`The stored record of signing key ${key} can't be read: ${parsed.at}.`);
      return undefined;
    }
    for (const secret of unloggedOf(jwkOf(parsed.record.jwk))) log.hide(secret);
    return parsed.record;
  }

  /** The names of the records in secret storage, after the cache has learned of those it did not know. */
  async function discover(): Promise<readonly string[]> {
    const stored = await storedKeys();
    const known = new Set(rows().map(({ key }) => key));
    for (const key of stored) {
      const record = known.has(key) ? undefined : await read(key);
      if (record !== undefined) await writeRow(keyRowOf(key, record));
    }
    return stored;
  }

  /** Whether there is a newer record of the same key: then another window stored it, and dropped this one. */
  async function isReplaced(name: KeyName, mine: Age): Promise<boolean> {
    for (;;) {
      const stored = await discover();
      if (rowsOf(name).some((row) => byAge(mine, row) < 0 && stored.includes(row.key))) return true;
      // What was listed can be gone before it is read: then one that is newer still has taken its place.
      if ((await storedKeys()).every((key) => stored.includes(key))) return false;
    }
  }

  /** The row first, so that nothing is signed with a revoked key even where secret storage does not answer. */
  async function setRevoked(row: KeyRow, revokedAt: number | undefined): Promise<void> {
    const { revokedAt: _, ...bare } = row;
    await writeRow({ ...bare, ...(revokedAt !== undefined && { revokedAt }) });
    const record = await read(row.key);
    // Another window may have forgotten it since; and what a newer version wrote is not ours to change.
    const writable = record !== undefined && record.version <= RECORD_VERSION && (await storedKeys()).includes(row.key);
    const { revokedAt: __, ...rest } = record ?? {};
    const marked = { ...rest, ...(revokedAt !== undefined && { revokedAt }) };
    if (writable) await vault.write(PREFIX + row.key, JSON.stringify(marked));
  }

  /** Whether the record of a key says that it is revoked; it does not when secret storage failed at that time. */
  async function isRecorded({ key }: KeyRow): Promise<boolean> {
    const record = await read(key);
    return record === undefined || record.version > RECORD_VERSION || record.revokedAt !== undefined;
  }

  async function drop(gone: (row: KeyRow) => boolean, stored: readonly string[]): Promise<void> {
    const named = rows().filter(gone);
    // The row first: a record without a row is found again, a row without a record would read "missing".
    await cache.write(
      ROWS,
      rows().filter((row) => !gone(row)),
    );
    await removeRecords(stored.filter((key) => named.some((row) => row.key === key)));
  }

  async function removeRecords(gone: readonly string[]): Promise<void> {
    for (const key of gone) await vault.remove(PREFIX + key);
    // Another window that was just marking one as revoked has written it back.
    const back = gone.length === 0 ? [] : await storedKeys();
    for (const key of back) if (gone.includes(key)) await vault.remove(PREFIX + key);
  }

  return {
    list: () =>
      inTurn(async () => {
        const stored = new Set(await discover());
        const summaries = new Map<string, KeySummary>();
        for (const row of rows()) {
          const older = summaries.get(nameOf(row));
          const privateHalf = stored.has(row.key) ? 'stored' : 'missing';
          const summary: KeySummary = { ...publicSummary(row), privateHalf };
          const isOlderBetter = privateHalf === 'missing' && older?.privateHalf === 'stored';
          summaries.set(nameOf(row), isOlderBetter ? { ...summary, ...older } : { ...older, ...summary });
        }
        return [...summaries.values()].sort((a, b) => a.created.localeCompare(b.created) || a.kid.localeCompare(b.kid));
      }),

    publicKeys: () => [...new Map(rows().map((row) => [nameOf(row), publicSummary(row)])).values()],

    async open(name) {
      await inTurn(discover);
      const known = rowsOf(name);
      const records = await Promise.all(known.map(({ key }) => read(key)));
      const found = records.filter((record) => record !== undefined);
      const marked = [...known, ...found].find(({ revokedAt }) => revokedAt !== undefined);
      if (marked !== undefined) {
        // Another profile has revoked it where only the record tells: then its row, which decides what is offered, learns of it.
        for (const row of known)
          if (row.revokedAt === undefined) await writeRow({ ...row, revokedAt: marked.revokedAt });
        return failed({ code: 'keyRevoked', kid: name.kid });
      }
      const record = found.at(-1);
      return record === undefined ? failed({ code: 'keyMissing', kid: name.kid }) : succeeded(jwkOf(record.jwk));
    },

    add: (accountKey, jwk, created) =>
      inTurn(async () => {
        for (const secret of unloggedOf(jwk)) log.hide(secret);
        const stored = await discover();
        const name = { accountKey, kid: jwk.kid };
        const known = rowsOf(name);
        const readable = await Promise.all(
          known.map(async (row) => ((await read(row.key)) === undefined ? [] : [row])),
        );
        const before = readable.flat();
        const newest = before.at(-1);
        const dropAll = (gone: readonly KeyRow[]) => drop(({ key }) => gone.some((row) => row.key === key), stored);
        if (newest?.n === jwk.n) {
          await dropAll(before.slice(0, -1));
          return succeeded(undefined);
        }
        const key = `${accountKey}:${randomId()}`;
        // A record only goes when there is a newer one, by whatever clock: so two windows that add at once never both lose.
        const addedAt = Math.max(now(), (known.at(-1)?.addedAt ?? 0) + 1);
        const text = JSON.stringify({ version: RECORD_VERSION, kid: jwk.kid, jwk, created, addedAt });
        await vault.write(PREFIX + key, text);
        // Storing can succeed and still have kept nothing, and a key can't be fetched a second time. By its numbers, since
        // another window may have marked it as revoked already.
        const record = await read(key);
        if (record === undefined && (await isReplaced(name, { key, addedAt }))) return succeeded(undefined);
        if (record === undefined || !isSameKey(jwkOf(record.jwk), jwk)) {
          return failed({ code: 'secretsUnavailable', reason: 'not readable after writing' });
        }
        await writeRow(keyRowOf(key, record));
        await dropAll(before);
        return succeeded(undefined);
      }),

    revoke: ({ kid }) =>
      inTurn(async () => {
        // The same key can be stored with several accounts of this machine, and is gone for all of them.
        const own = () => rows().filter((row) => row.kid === kid);
        const at = now();
        for (const row of own()) if (row.revokedAt === undefined) await setRevoked(row, at);
        await discover();
        for (const row of own()) if (!(await isRecorded(row))) await setRevoked(row, row.revokedAt ?? at);
      }),

    compare: (accountKey, listed, askedAt) =>
      inTurn(async () => {
        await discover();
        for (const row of rows()) {
          if (accountOf(row.key) !== accountKey) continue;
          const { kid, addedAt, revokedAt } = row;
          const there = listed.includes(kid);
          const toRevoke = !there && addedAt < askedAt && (revokedAt === undefined || !(await isRecorded(row)));
          if (toRevoke) await setRevoked(row, revokedAt ?? now());
          if (there && revokedAt !== undefined && revokedAt < askedAt) await setRevoked(row, undefined);
        }
      }),

    forget: ({ accountKey, kid }) =>
      inTurn(async () => {
        const stored = await discover();
        await drop((row) => accountOf(row.key) === accountKey && row.kid === kid, stored);
      }),

    forgetAll: (accountKey) =>
      inTurn(async () => {
        const stored = await storedKeys();
        await drop(({ key }) => accountOf(key) === accountKey, []);
        // By name, so that a record that can't be read goes too.
        await removeRecords(stored.filter((key) => accountOf(key) === accountKey));
      }),
  };
}

function isSameKey(one: PrivateJwk, other: PrivateJwk): boolean {
  return (
    one.kid === other.kid &&
    one.n === other.n &&
    one.e === other.e &&
    unloggedOf(one).join() === unloggedOf(other).join()
  );
}

type Age = Pick<KeyRow, 'key' | 'addedAt'>;

/** Any two windows agree on it. */
function byAge(one: Age, other: Age): number {
  return one.addedAt - other.addedAt || (one.key < other.key ? -1 : 1);
}

/** One key of one account, however many records it has. */
function nameOf({ key, kid }: KeyRow): string {
  return `${accountOf(key)}:${kid}`;
}

/** The account in the name of a record. */
function accountOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

function publicSummary({ key, kid, n, e, created, revokedAt }: KeyRow): Omit<KeySummary, 'privateHalf'> {
  return { accountKey: accountOf(key), kid, n, e, created, ...(revokedAt !== undefined && { revokedAt }) };
}
