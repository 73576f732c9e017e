import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { createSigningKey } from './token';

/** What `POST …/stream/keys` answers, once: `pem` is the base64 of PKCS#1 text, `jwk` the base64 of JSON. */
export interface ShownKey {
  /** 32 hex digits; the `kid` of every token that the key signs. */
  readonly id: string;
  readonly pem: string;
  readonly jwk: string;
  /** RFC 3339. */
  readonly created: string;
}

/** What stays of a key once it was shown. */
export interface StoredKey {
  readonly id: string;
  readonly created: string;
  readonly publicKey: KeyObject;
}

/** The signing keys of every account. They are gone for the edge as soon as they are revoked. */
export interface SigningKeys {
  /** A fresh key, as the API makes it; `undefined` when the account has as many as it may have. */
  create(accountId: string): Promise<ShownKey | undefined>;
  /** A key that was made elsewhere; nothing is known of it but its public half. `false` when the account is full. */
  add(accountId: string, id: string, publicKey: KeyObject): boolean;
  /** Oldest first. */
  list(accountId: string): readonly StoredKey[];
  /** `false` when the account has no such key. */
  revoke(accountId: string, id: string): boolean;
}

/** How many keys an account may have. */
export const MOST_KEYS = 1000;

/** @param now milliseconds since the epoch */
export function createSigningKeys(now: () => number): SigningKeys {
  const byAccount = new Map<string, Map<string, StoredKey>>();
  const keysOf = (accountId: string) => {
    const keys = byAccount.get(accountId) ?? new Map<string, StoredKey>();
    byAccount.set(accountId, keys);
    return keys;
  };
  const add = (accountId: string, stored: StoredKey): boolean => {
    const keys = keysOf(accountId);
    if (keys.size >= MOST_KEYS) return false;
    keys.set(stored.id, stored);
    return true;
  };
  // The API writes microseconds.
  const created = () => new Date(now()).toISOString().replace('Z', '000Z');
  return {
    async create(accountId) {
      if (keysOf(accountId).size >= MOST_KEYS) return undefined;
      const { kid: id, privateKey } = await createSigningKey(randomBytes(16).toString('hex'));
      const shown = { id, ...written(id, privateKey), created: created() };
      // Others may have been made meanwhile.
      return add(accountId, { id, created: shown.created, publicKey: createPublicKey(privateKey) }) ? shown : undefined;
    },
    add: (accountId, id, publicKey) => add(accountId, { id, created: created(), publicKey }),
    list: (accountId) => [...keysOf(accountId).values()],
    revoke: (accountId, id) => keysOf(accountId).delete(id),
  };
}

/** A private key in the two forms of the API. Names and their order are those of Cloudflare's own keys. */
function written(kid: string, privateKey: KeyObject): { readonly pem: string; readonly jwk: string } {
  const { kty, n, e, d, p, q, dp, dq, qi } = privateKey.export({ format: 'jwk' });
  return {
    pem: base64(String(privateKey.export({ type: 'pkcs1', format: 'pem' }))),
    jwk: base64(JSON.stringify({ use: 'sig', kty, kid, alg: 'RS256', n, e, d, p, q, dp, dq, qi })),
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
