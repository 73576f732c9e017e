import assert from 'node:assert/strict';
import { createAccounts } from '../../../src/flows/accounts/accountStore';
import type { Accounts, Cache, NewAccount, Vault } from '../../../src/flows/accounts/accounts';
import { createSigningKeys } from '../../../src/flows/keys/keys';
import { createPendingKeys } from '../../../src/flows/keys/pendingKeys';
import type { VideoShelf } from '../../../src/flows/library/keepVideos';
import type { Log } from '../../../src/flows/log';
import type { IdPlace, Output } from '../../../src/flows/signing/output';
import type { SignSettings } from '../../../src/flows/signing/presets';
import { createRecentSignings } from '../../../src/flows/signing/recentSignings';
import type { SignVideoParts } from '../../../src/flows/signing/signVideo';
import type { KnownVideo } from '../../../src/source/knownVideos';

/** Secret storage in memory; `secrets` is what is in it. */
export function memoryVault(): Vault & { readonly secrets: Map<string, string> } {
  const secrets = new Map<string, string>();
  return {
    secrets,
    keys: async () => [...secrets.keys()],
    read: async (key) => secrets.get(key),
    write: async (key, text) => void secrets.set(key, text),
    remove: async (key) => void secrets.delete(key),
  };
}

/** A Memento in memory; like the real one it keeps JSON, not objects. */
export function memoryCache(): Cache & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    read: (key) => JSON.parse(entries.get(key) ?? 'null') ?? undefined,
    write: async (key, value) => void entries.set(key, JSON.stringify(value)),
  };
}

/** The files of known videos in memory. */
export function memoryShelf(): VideoShelf & { readonly files: Map<string, readonly KnownVideo[]> } {
  const files = new Map<string, readonly KnownVideo[]>();
  const find = (videoId: string) => {
    for (const [accountKey, videos] of files) {
      const video = videos.find(({ id }) => id === videoId);
      if (video !== undefined) return { ...video, accountKey };
    }
    return undefined;
  };
  return {
    files,
    find,
    write: async (accountKey, videos) => void files.set(accountKey, videos),
    remove: async (accountKey) => void files.delete(accountKey),
    lookUp: async (videoId) => find(videoId),
  };
}

/** Settings in memory; `stored` is what is written there. */
export function memorySettings(
  stored: { user?: unknown; workspace?: unknown; defaults?: unknown } = {},
): SignSettings & {
  readonly stored: typeof stored;
} {
  return {
    stored,
    presets: () => ({ user: stored.user, workspace: stored.workspace }),
    defaults: () => stored.defaults ?? {},
    remembersRecent: () => true,
    writePresets: async (presets) => {
      stored.user = JSON.parse(JSON.stringify(presets));
    },
  };
}

/** Recent signings in memory. */
export function memoryRecent(now: () => number = () => 0) {
  const [cache, log] = [memoryCache(), recordingLog()];
  let count = 0;
  const recent = createRecentSignings({ cache, log, enabled: () => true, randomId: () => `s${++count}`, now });
  return { ...recent, cache };
}

export interface RecordingLog extends Log {
  readonly lines: string[];
  readonly hidden: string[];
}

export function recordingLog(): RecordingLog {
  const lines: string[] = [];
  const hidden: string[] = [];
  const write = (level: string) => (text: string) => void lines.push(`${level}: ${text}`);
  return {
    lines,
    hidden,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    hide: (secret) => void hidden.push(secret),
  };
}

/** An editor to insert into, or none; `done` lists what happened. */
export function recordingOutput(
  place: 'sure' | 'lost' | 'none',
  idPlace?: IdPlace,
): Output & { readonly done: string[] } {
  const done: string[] = [];
  return {
    done,
    canInsert: place !== 'none',
    ...(idPlace !== undefined && { idPlace }),
    replace: async (text) => {
      if (place === 'sure') done.push(`replace ${text}`);
      return place === 'sure';
    },
    insert: async (text) => {
      if (place === 'sure') done.push(`insert ${text}`);
      return place === 'sure';
    },
    copy: async (text) => void done.push(`copy ${text}`),
    show: async (title, text) => void done.push(`show ${title}\n${text}`),
    compare: async ({ title, left, right }) => void done.push(`compare ${title}\n${left.text}${right.text}`),
    dispose: () => {},
  };
}

/** For signings of videos of which nothing is ever known. */
export const nothingKnown: Pick<SignVideoParts, 'knowledge' | 'requireSigned'> = {
  knowledge: { find: async () => undefined, ask: async () => ({ ok: true, value: undefined }) },
  requireSigned: () => assert.fail(),
};

/** An account that may do everything. */
export const ACME = {
  label: 'Acme',
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  credential: { kind: 'apiToken', token: 'cfut_acme_acme_acme_acme' },
} as const satisfies NewAccount;

/** An account store in memory with these accounts in it; keys are `a1`, `a2`, … */
export async function memoryAccounts(...initial: readonly NewAccount[]): Promise<
  Accounts & {
    readonly vault: ReturnType<typeof memoryVault>;
    readonly cache: ReturnType<typeof memoryCache>;
    readonly workspaceCache: ReturnType<typeof memoryCache>;
    readonly log: RecordingLog;
  }
> {
  const vault = memoryVault();
  const cache = memoryCache();
  const workspaceCache = memoryCache();
  const log = recordingLog();
  let count = 0;
  const randomId = () => `a${++count}`;
  const accounts = createAccounts({ vault, cache, workspaceCache, log, randomId, now: () => 0 });
  for (const account of initial) await accounts.add(account);
  return { ...accounts, vault, cache, workspaceCache, log };
}

/** A store of signing keys in memory, beside whatever else is in the vault; records are named `k1`, `k2`, … */
export function memoryKeys(vault: Vault, now: () => number = () => 0, prefix = 'k') {
  const cache = memoryCache();
  const log = recordingLog();
  let count = 0;
  const keys = createSigningKeys({ vault, cache, log, randomId: () => `${prefix}${++count}`, now });
  return { ...keys, vault, cache, log };
}

/** The marks of a window whose clock stands still at this time; they are named `p1`, `p2`, … */
export function memoryPending(vault: Vault, now: number, prefix = 'p') {
  let count = 0;
  return createPendingKeys({
    vault,
    randomId: () => `${prefix}${++count}`,
    now: () => now,
    wait: () => new Promise(() => {}),
  });
}
