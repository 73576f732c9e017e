import type { KeyList, StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Failure, Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import type { Accounts } from '../accounts/accounts';
import type { KeySummary, SigningKeys } from './keys';
import type { PendingKeys } from './pendingKeys';

/** A signing key of an account, at Cloudflare, on this computer or both. */
export interface LibraryKey {
  readonly kid: string;
  /** RFC 3339, or empty. */
  readonly created: string;
  /** `here`: its private half is on this computer. `elsewhere`: it is not. `revoked`: Cloudflare has it no more. */
  readonly place: 'here' | 'elsewhere' | 'revoked';
  /** Whether anything of it is on this computer. */
  readonly local: boolean;
}

export interface KeyListing {
  readonly keys: readonly LibraryKey[];
  /** Creations that were interrupted and left it open whether a key was made. */
  readonly interrupted: number;
  /** Why Cloudflare's list is not among these. */
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
  /** False in the browser, where only what is on this computer can be shown. */
  readonly canCallApi: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createKeyLibrary(parts: KeyLibraryParts): KeyLibrary {
  const { accounts, keys, pending } = parts;
  const lists = new Map<string, Promise<Outcome<KeyList | undefined>>>();

  /** Undefined for an account that has nothing to ask Cloudflare with. */
  async function ask(accountKey: string): Promise<Outcome<KeyList | undefined>> {
    const known = (await accounts.list()).find(({ key }) => key === accountKey);
    if (known === undefined || known.credential === 'none' || !parts.canCallApi) return succeeded(undefined);
    const opened = await accounts.open(accountKey);
    if (!opened.ok) return opened;
    const { accountId, credential } = opened.value;
    const askedAt = parts.now();
    const listed = await parts.openApi(credential).listKeys(accountId, new AbortController().signal);
    // Written down before anything shows it: no window may sign with a key that is gone.
    if (listed.ok && listed.value.complete) {
      await keys.compare(
        accountKey,
        listed.value.keys.map(({ id }) => id),
        askedAt,
      );
    }
    return listed;
  }

  return {
    async open(accountKey) {
      const asked = lists.get(accountKey) ?? ask(accountKey);
      lists.set(accountKey, asked);
      const listed = await asked.catch((error) => {
        lists.delete(accountKey);
        throw error;
      });
      // A failure is shown once, and not kept.
      if (!listed.ok) lists.delete(accountKey);
      const here = (await keys.list()).filter((key) => key.accountKey === accountKey);
      return {
        keys: merged(listed.ok ? (listed.value?.keys ?? []) : [], here),
        interrupted: (await pending.abandoned(accountKey)).length,
        ...(!listed.ok && { failure: listed.failure }),
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
