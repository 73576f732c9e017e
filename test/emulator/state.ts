import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { createAccounts, type EmulatedAccount } from './accounts';
import { createSigningKeys, type SigningKeys } from './signingKeys';
import { createSigningKey, type SigningKey } from './token';
import type { EmulatedVideo } from './video';

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
  readonly bounds: DateBounds;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export async function createState(options: { now?: () => number; bounds?: Partial<DateBounds> } = {}): Promise<State> {
  const { now = Date.now, bounds } = options;
  const accounts = createAccounts();
  const keys = await Promise.all(
    accounts.map(async ({ id }) => {
      const kid = createHash('sha256').update(`hidden key of ${id}`).digest('hex').slice(0, 32);
      return [id, await createSigningKey(kid)] as const;
    }),
  );
  return {
    accounts,
    hiddenKeys: new Map(keys),
    keys: createSigningKeys(now),
    // What the Workers binding documents for the same list.
    bounds: { after: 'gte', before: 'lt', ...bounds },
    now,
  };
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

/** The video with that id, and whose it is. */
export function findVideo(
  state: State,
  uid: unknown,
): { readonly account: EmulatedAccount; readonly video: EmulatedVideo } | undefined {
  for (const account of state.accounts) {
    const video = account.videos.find((candidate) => candidate.uid === uid);
    if (video !== undefined) return { account, video };
  }
  return undefined;
}
