import type { KeyList, StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Failure } from '../../stream/failure';
import type { Accounts } from '../accounts/accounts';
import type { KeySummary, SigningKeys } from './keys';
import type { PendingKeys } from './pendingKeys';

/** A signing key of an account, at Cloudflare, on this machine or both. */
export interface LibraryKey {
  readonly kid: string;
  /** RFC 3339, or empty. */
  readonly created: string;
  /** `here`: its private half is on this machine. `elsewhere`: it is not. `revoked`: Cloudflare has it no more. */
  readonly place: 'here' | 'elsewhere' | 'revoked';
  /** Whether anything of it is on this machine. */
  readonly local: boolean;
}

export interface KeyListing {
  readonly keys: readonly LibraryKey[];
  /** Creations that were interrupted and left it open whether a key was made. */
  readonly interrupted: number;
  /** Why Cloudflare's list is not among these, or what it says could not be written down. */
  readonly failure?: Failure;
}

/** The signing keys of each account. Cloudflare is asked once, and again when something changed or somebody wants it. */
export interface KeyLibrary {
  open(accountKey: string): Promise<KeyListing>;
  /** Has Cloudflare asked anew the next time; for one account, or for all. */
  refresh(accountKey?: string): void;
}

export interface KeyLibraryParts {
  readonly accounts: Accounts;
  readonly keys: SigningKeys;
  readonly pending: PendingKeys;
  readonly openApi: (credential: Credential) => StreamApi;
  /** False in the browser, where only what is on this machine can be shown. */
  readonly canCallApi: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What Cloudflare listed; nothing for an account that has nothing to ask with. */
interface Asked {
  readonly keys: KeyList['keys'];
  readonly failure?: Failure;
}

const NOT_NOTED: Failure = { code: 'secretsUnavailable', reason: 'which keys are revoked could not be written' };

export function createKeyLibrary(parts: KeyLibraryParts): KeyLibrary {
  const { accounts, keys, pending } = parts;
  const lists = new Map<string, Promise<Asked>>();

  async function ask(accountKey: string): Promise<Asked> {
    const known = (await accounts.list()).find(({ key }) => key === accountKey);
    if (known === undefined || known.credential === 'none' || !parts.canCallApi) return { keys: [] };
    const opened = await accounts.open(accountKey);
    if (!opened.ok) return { keys: [], failure: opened.failure };
    const { accountId, credential } = opened.value;
    const askedAt = parts.now();
    const listed = await parts.openApi(credential).listKeys(accountId, new AbortController().signal);
    if (!listed.ok) return { keys: [], failure: listed.failure };
    const { keys: atCloudflare, complete } = listed.value;
    // Written down before anything shows it: no window may sign with a key that is gone.
    const noted = !complete || (await note(accountKey, atCloudflare, askedAt));
    return { keys: atCloudflare, ...(!noted && { failure: NOT_NOTED }) };
  }

  async function note(accountKey: string, atCloudflare: KeyList['keys'], askedAt: number): Promise<boolean> {
    try {
      await keys.compare(
        accountKey,
        atCloudflare.map(({ id }) => id),
        askedAt,
      );
      return true;
    } catch {
      // What is thrown could quote what was to be stored.
      return false;
    }
  }

  return {
    async open(accountKey) {
      const asked = lists.get(accountKey) ?? ask(accountKey);
      lists.set(accountKey, asked);
      const { keys: atCloudflare, failure } = await asked.catch((error) => {
        lists.delete(accountKey);
        throw error;
      });
      // A failure is shown once, and not kept.
      if (failure !== undefined) lists.delete(accountKey);
      const here = (await keys.list()).filter((key) => key.accountKey === accountKey);
      return {
        keys: merged(atCloudflare, here),
        interrupted: (await pending.abandoned(accountKey)).length,
        ...(failure !== undefined && { failure }),
      };
    },
    refresh(accountKey) {
      if (accountKey === undefined) lists.clear();
      else lists.delete(accountKey);
    },
  };
}

/** Cloudflare's keys in its order, then the ones that are only here. */
function merged(listed: KeyList['keys'], here: readonly KeySummary[]): readonly LibraryKey[] {
  const local = new Map(here.map((key) => [key.kid, key]));
  const atCloudflare = listed.map(({ id, created }) => {
    const key = local.get(id);
    local.delete(id);
    return { kid: id, created, place: placeOf(key), local: key !== undefined };
  });
  const others = Array.from(local.values(), (key) => {
    return { kid: key.kid, created: key.created, place: placeOf(key), local: true };
  });
  return [...atCloudflare, ...others];
}

function placeOf(key: KeySummary | undefined): LibraryKey['place'] {
  if (key?.revokedAt !== undefined) return 'revoked';
  return key?.privateHalf === 'stored' ? 'here' : 'elsewhere';
}
