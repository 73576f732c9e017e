import * as v from 'valibot';
import { readToken } from '../../stream/token/claims';
import type { Cache } from '../accounts/accounts';
import { createTurns } from '../inTurn';
import type { Log } from '../log';
import { type Recalled, storedRecalled, toRecalled } from './recalled';
import type { Signing } from './signing';

/** A signing as it is remembered: what was signed and how, and never the token or anything else that opens a video. */
export interface RecentSigning {
  /** Random, made here. */
  readonly id: string;
  readonly what: Recalled & Required<Pick<Recalled, 'video'>>;
  /** Epoch seconds: when it was signed, and when the token dies, if that could be read. */
  readonly at: number;
  readonly until?: number;
}

/** The last signings of this machine, newest first. */
export interface RecentSignings {
  /** None while they are switched off. */
  list(): readonly RecentSigning[];
  remember(signing: Signing, token: string): Promise<void>;
  clear(): Promise<void>;
  /** Forgets those of an account that was removed. */
  forget(accountKey: string): Promise<void>;
  onChange(listener: () => void): () => void;
}

export interface RecentSigningsParts {
  readonly cache: Cache;
  /** Whether the person wants them remembered. */
  readonly enabled: () => boolean;
  readonly log: Log;
  readonly randomId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export const MOST_RECENT = 50;
const RECENT = 'recentSignings';

const entry = v.object({
  id: v.string(),
  what: v.intersect([storedRecalled, v.object({ video: v.object({ id: v.string(), name: v.string() }) })]),
  at: v.number(),
  until: v.exactOptional(v.number()),
});

/**
 * All windows share one list. Each reads it anew before it writes, so that entries of another window stay; of two windows
 * that write at the very same moment the last one wins.
 */
export function createRecentSignings({ cache, enabled, log, randomId, now }: RecentSigningsParts): RecentSignings {
  const inTurn = createTurns();
  const listeners = new Set<() => void>();

  /** What a newer version stored in another form counts as none. */
  function stored(): readonly RecentSigning[] {
    const entries: unknown = cache.read(RECENT);
    return (Array.isArray(entries) ? entries : []).flatMap((given) => {
      const read = v.safeParse(entry, given);
      return read.success ? [read.output] : [];
    });
  }

  function change(work: (known: readonly RecentSigning[]) => readonly RecentSigning[]): Promise<void> {
    return inTurn(async () => {
      const known = stored();
      const changed = work(known);
      if (changed.length === known.length && changed.every((signing, at) => signing === known[at])) return;
      await cache.write(RECENT, changed.length === 0 ? undefined : changed);
      for (const listener of listeners) listener();
    });
  }

  return {
    list: () => (enabled() ? stored() : []),
    async remember(signing, token) {
      const { urls: _, video, ...rest } = toRecalled(signing);
      // Addresses that were typed for a player may hold tokens, so they stay out.
      if (video === undefined) return;
      const until = expiryOf(token);
      const signed: RecentSigning = {
        id: randomId(),
        what: { ...rest, video },
        at: Math.floor(now() / 1000),
        ...(until !== undefined && { until }),
      };
      try {
        await change((known) => (enabled() ? [signed, ...known].slice(0, MOST_RECENT) : []));
      } catch {
        log.warn('A signing could not be remembered.');
      }
    },
    clear: () => change(() => []),
    forget: (accountKey) => change((known) => known.filter(({ what }) => what.accountKey !== accountKey)),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function expiryOf(token: string): number | undefined {
  const read = readToken(token);
  return read.ok && read.token.expiry?.kind === 'seconds' ? read.token.expiry.seconds : undefined;
}
