import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { createAccounts, type EmulatedAccount } from './accounts';
import { createDownloads, type Downloads } from './downloads';
import { CLOUDFLARE_ALLOWANCE, createRateLimit, type RateLimit } from './rateLimit';
import { createSigningKeys, type SigningKeys } from './signingKeys';
import { createSigningKey, type SigningKey } from './token';

/** Whether an instant that equals a bound is inside it. Cloudflare does not say, so both can be tried. */
export interface DateBounds {
  readonly after: 'gte' | 'gt';
  readonly before: 'lt' | 'lte';
}

/** Everything an emulator knows. */
export interface State {
  readonly accounts: readonly EmulatedAccount[];
  /** The key with which the API signs for an account; nobody outside gets to see it. */
  readonly hiddenKeys: ReadonlyMap<string, SigningKey>;
  readonly keys: SigningKeys;
  readonly downloads: Downloads;
  readonly rateLimit: RateLimit;
  readonly bounds: DateBounds;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface StateOptions {
  readonly now?: () => number;
  readonly bounds?: Partial<DateBounds>;
  /** Milliseconds until a download is ready. */
  readonly downloadTakes?: number;
  /** How many videos the big library has. */
  readonly librarySize?: number;
}

export async function createState(options: StateOptions = {}): Promise<State> {
  const { now = Date.now, bounds, downloadTakes = 5000, librarySize } = options;
  const accounts = createAccounts(librarySize);
  const keys = await Promise.all(accounts.map(async ({ id }) => [id, await hiddenKey(id)] as const));
  return {
    accounts,
    hiddenKeys: new Map(keys),
    keys: createSigningKeys(now),
    downloads: createDownloads(now, downloadTakes),
    rateLimit: createRateLimit(now, CLOUDFLARE_ALLOWANCE),
    // What the Workers binding documents for the same list.
    bounds: { after: 'gte', before: 'lt', ...bounds },
    now,
  };
}

const made = new Map<string, Promise<SigningKey>>();

/** Making a key takes a good part of a second, so that all emulators of a process share those that nobody can change. */
function hiddenKey(accountId: string): Promise<SigningKey> {
  const kid = createHash('sha256').update(`hidden key of ${accountId}`).digest('hex').slice(0, 32);
  const key = made.get(accountId) ?? createSigningKey(kid);
  made.set(accountId, key);
  return key;
}

/** A key whose tokens the edge believes. */
export interface TrustedKey {
  readonly accountId: string;
  /** Of the key that the API signs with, or of one that the account has made. */
  readonly madeBy: 'api' | 'account';
  readonly publicKey: KeyObject;
}

/** The key with that id; `undefined` for one that never was or was revoked. */
export function findKey({ accounts, hiddenKeys, keys }: State, kid: unknown): TrustedKey | undefined {
  for (const { id: accountId } of accounts) {
    const hidden = hiddenKeys.get(accountId);
    if (hidden !== undefined && hidden.kid === kid)
      return { accountId, madeBy: 'api', publicKey: createPublicKey(hidden.privateKey) };
    const key = keys.list(accountId).find(({ id }) => id === kid);
    if (key !== undefined) return { accountId, madeBy: 'account', publicKey: key.publicKey };
  }
  return undefined;
}
