import * as v from 'valibot';
import type { Clock } from '../../stream/api/http';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Vault } from '../accounts/accounts';
import { createTurns } from '../inTurn';

const markSchema = v.object({
  version: v.literal(1),
  /** Epoch milliseconds. */
  since: v.number(),
  /** When the window that is at it last said so, in epoch milliseconds. */
  seen: v.optional(v.number()),
  /** The ids that the account listed before the key was asked for. */
  before: v.array(v.string()),
  /** Whether those were all. */
  complete: v.optional(v.boolean(), true),
});

/** The ids that an account listed before a key was asked for, and whether they were all. */
export interface KeysBefore {
  readonly ids: readonly string[];
  readonly complete: boolean;
}

/** What was written down before Cloudflare was asked for a key: whoever finds it knows that one may have been made. */
export interface PendingKey {
  /** Names the record. */
  readonly name: string;
  readonly accountKey: string;
  readonly since: number;
  readonly before: KeysBefore;
}

/**
 * Marks that stand in secret storage while a key is being made, so that neither a crash nor a closed window leaves a key
 * behind at Cloudflare that nobody knows of. They hold no secret; that storage is the one in which two windows that
 * write at once lose nothing.
 */
export interface PendingKeys {
  /**
   * Writes a mark and makes sure of it, which also proves that the storage can take the key. Until the mark is cleared or
   * abandoned, other windows see that this one is at it.
   */
  mark(accountKey: string, before: KeysBefore): Promise<Outcome<PendingKey>>;
  clear(pending: PendingKey): Promise<void>;
  /** Leaves the mark for whoever comes next, this window included. Does nothing to one that was cleared. */
  abandon(pending: PendingKey): void;
  /** The marks that nobody is working on any more; of one account, or of all. */
  abandoned(accountKey?: string): Promise<readonly PendingKey[]>;
  /** Whether an account has any mark, also one that a window is still working on. */
  has(accountKey: string): Promise<boolean>;
  /** Removes every mark of an account. */
  forgetAll(accountKey: string): Promise<void>;
}

const PREFIX = 'pendingKey:';
/** A request for a key may take a minute with its repetitions, and wait for others before it. */
export const REQUEST_MS = 120_000;
/** Twice, so that one time may be late. */
const SAY_MS = REQUEST_MS / 2;

export interface PendingKeysParts {
  readonly vault: Vault;
  readonly randomId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly wait: Clock['wait'];
}

export function createPendingKeys({ vault, randomId, now, wait }: PendingKeysParts): PendingKeys {
  /** The marks that this window is at. */
  const working = new Map<string, AbortController>();
  /** The marks that this window was at, and is not any more. */
  const left = new Set<string>();
  // Saying that this window is at it must not write a mark that was removed meanwhile.
  const inTurn = createTurns();

  async function namesOf(accountKey?: string): Promise<readonly string[]> {
    const prefix = accountKey === undefined ? PREFIX : `${PREFIX}${accountKey}:`;
    return (await vault.keys()).filter((key) => key.startsWith(prefix)).map((key) => key.slice(PREFIX.length));
  }

  async function readAbandoned(name: string): Promise<PendingKey | undefined> {
    const text = await vault.read(PREFIX + name);
    if (text === undefined) return undefined;
    const mark = v.safeParse(v.pipe(v.string(), v.parseJson(), markSchema), text);
    const accountKey = name.slice(0, name.indexOf(':'));
    // A mark that can't be read still says that a key may have been made.
    if (!mark.success) return { name, accountKey, since: 0, before: { ids: [], complete: false } };
    const { since, seen = since, before: ids, complete } = mark.output;
    const fresh = !left.has(name) && now() - seen < REQUEST_MS;
    return fresh ? undefined : { name, accountKey, since, before: { ids, complete } };
  }

  function textOf({ since, before }: PendingKey, seen: number): string {
    return JSON.stringify({ version: 1, since, seen, before: before.ids, complete: before.complete });
  }

  /** A person may take hours over a question, and meanwhile no other window may take the key for a lost one. */
  async function keepSaying(pending: PendingKey, signal: AbortSignal): Promise<void> {
    for (;;) {
      await wait(SAY_MS, signal);
      if (signal.aborted) return;
      await inTurn(async () => {
        // Another window, to which this one seemed gone, may have removed it.
        const stands = !signal.aborted && (await vault.read(PREFIX + pending.name)) !== undefined;
        if (stands) await vault.write(PREFIX + pending.name, textOf(pending, now()));
      }).catch(() => {
        // Then a question may be asked too early, and the next time may go well.
      });
    }
  }

  function stop(name: string): void {
    working.get(name)?.abort();
    working.delete(name);
  }

  async function remove(name: string): Promise<void> {
    stop(name);
    await inTurn(() => vault.remove(PREFIX + name));
  }

  return {
    async mark(accountKey, before) {
      const pending = { name: `${accountKey}:${randomId()}`, accountKey, since: now(), before };
      const text = textOf(pending, pending.since);
      await vault.write(PREFIX + pending.name, text);
      if ((await vault.read(PREFIX + pending.name)) !== text) {
        return failed({ code: 'secretsUnavailable', reason: 'not readable after writing' });
      }
      const ended = new AbortController();
      working.set(pending.name, ended);
      void keepSaying(pending, ended.signal);
      return succeeded(pending);
    },

    clear: ({ name }) => remove(name),

    abandon({ name }) {
      stop(name);
      left.add(name);
    },

    async abandoned(accountKey) {
      const names = (await namesOf(accountKey)).filter((name) => !working.has(name));
      const found = await Promise.all(names.map(readAbandoned));
      return found.filter((pending) => pending !== undefined);
    },

    has: async (accountKey) => (await namesOf(accountKey)).length > 0,

    async forgetAll(accountKey) {
      for (const name of await namesOf(accountKey)) await remove(name);
    },
  };
}
