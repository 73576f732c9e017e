import * as v from 'valibot';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Vault } from '../accounts/accounts';

const markSchema = v.object({
  version: v.literal(1),
  /** Epoch milliseconds. */
  since: v.number(),
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
  /** Writes a mark and makes sure of it, which also proves that the storage can take the key. */
  mark(accountKey: string, before: KeysBefore): Promise<Outcome<PendingKey>>;
  clear(pending: PendingKey): Promise<void>;
  /** Leaves the mark for whoever comes next. */
  abandon(pending: PendingKey): void;
  /** The marks that nobody is working on any more; of one account, or of all. */
  abandoned(accountKey?: string): Promise<readonly PendingKey[]>;
}

const PREFIX = 'pendingKey:';
/** A request for a key may take a minute with its repetitions, and wait for others before it. */
const WORK_MS = 120_000;

export interface PendingKeysParts {
  readonly vault: Vault;
  readonly randomId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createPendingKeys({ vault, randomId, now }: PendingKeysParts): PendingKeys {
  const working = new Set<string>();

  async function read(name: string): Promise<PendingKey | undefined> {
    const text = await vault.read(PREFIX + name);
    if (text === undefined) return undefined;
    const mark = v.safeParse(v.pipe(v.string(), v.parseJson(), markSchema), text);
    const accountKey = name.slice(0, name.indexOf(':'));
    // A mark that can't be read still says that a key may have been made.
    if (!mark.success) return { name, accountKey, since: 0, before: { ids: [], complete: false } };
    const { since, before: ids, complete } = mark.output;
    return now() - since < WORK_MS ? undefined : { name, accountKey, since, before: { ids, complete } };
  }

  return {
    async mark(accountKey, before) {
      const pending = { name: `${accountKey}:${randomId()}`, accountKey, since: now(), before };
      const text = JSON.stringify({ version: 1, since: pending.since, before: before.ids, complete: before.complete });
      await vault.write(PREFIX + pending.name, text);
      if ((await vault.read(PREFIX + pending.name)) !== text) {
        return failed({ code: 'secretsUnavailable', reason: 'not readable after writing' });
      }
      working.add(pending.name);
      return succeeded(pending);
    },

    async clear({ name }) {
      await vault.remove(PREFIX + name);
      working.delete(name);
    },

    abandon: ({ name }) => void working.delete(name),

    async abandoned(accountKey) {
      const names = (await vault.keys())
        .filter((key) => key.startsWith(accountKey === undefined ? PREFIX : `${PREFIX}${accountKey}:`))
        .map((key) => key.slice(PREFIX.length))
        .filter((name) => !working.has(name));
      const found = await Promise.all(names.map(read));
      return found.filter((pending) => pending !== undefined);
    },
  };
}
