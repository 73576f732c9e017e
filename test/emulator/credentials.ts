import { LIBRARY_ID, STUDIO_ID } from './accounts';

/** Shaped like Cloudflare's own since 2026: a prefix for the kind, then 40 characters. These open nothing anywhere. */
function sample(prefix: 'cfut' | 'cfat' | 'cfk', name: string): string {
  return `${prefix}_${`emulated-${name}-`.padEnd(40, '0')}`;
}

/** Every kind of credential a person may have. Each is a whole secret as it would be pasted. */
export const CREDENTIALS = {
  /** A user's token for both accounts: may list accounts, read and write Stream. */
  userToken: sample('cfut', 'user-token'),
  /** Owned by an account, not by a user: `/user/tokens/verify` calls it invalid although it works. */
  accountToken: { accountId: STUDIO_ID, token: sample('cfat', 'account-token') },
  /** Another one, with which accounts cannot be listed: "not supported" instead of "not allowed". */
  unlistingAccountToken: { accountId: STUDIO_ID, token: sample('cfat', 'unlisting-account-token') },
  /** A user's token for both accounts that may only read Stream. */
  readToken: sample('cfut', 'read-token'),
  /** A user's token for Stream in Sample Studio alone: listing accounts is refused. */
  streamOnlyToken: sample('cfut', 'stream-only-token'),
  /** A user's token that was good until the end of October 2026. */
  expiredToken: sample('cfut', 'expired-token'),
  email: 'developer@example.com',
  globalKey: sample('cfk', 'global-key'),
} as const;

/** What a credential may do. */
export interface Grant {
  readonly kind: 'userToken' | 'accountToken' | 'globalKey';
  /** The id of the token itself, 32 hex digits. */
  readonly tokenId: string;
  readonly accountIds: readonly string[];
  readonly listsAccounts: boolean;
  readonly writes: boolean;
  /** RFC 3339. */
  readonly expiredOn?: string;
}

const both = [STUDIO_ID, LIBRARY_ID];
const TOKENS: ReadonlyMap<string, Grant> = new Map<string, Grant>([
  [
    CREDENTIALS.userToken,
    { kind: 'userToken', tokenId: 'a1'.repeat(16), accountIds: both, listsAccounts: true, writes: true },
  ],
  [
    CREDENTIALS.accountToken.token,
    {
      kind: 'accountToken',
      tokenId: 'b2'.repeat(16),
      accountIds: [CREDENTIALS.accountToken.accountId],
      listsAccounts: true,
      writes: true,
    },
  ],
  [
    CREDENTIALS.unlistingAccountToken.token,
    {
      kind: 'accountToken',
      tokenId: 'a7'.repeat(16),
      accountIds: [CREDENTIALS.unlistingAccountToken.accountId],
      listsAccounts: false,
      writes: true,
    },
  ],
  [
    CREDENTIALS.readToken,
    { kind: 'userToken', tokenId: 'c3'.repeat(16), accountIds: both, listsAccounts: true, writes: false },
  ],
  [
    CREDENTIALS.streamOnlyToken,
    { kind: 'userToken', tokenId: 'd4'.repeat(16), accountIds: [STUDIO_ID], listsAccounts: false, writes: true },
  ],
  [
    CREDENTIALS.expiredToken,
    {
      kind: 'userToken',
      tokenId: 'e5'.repeat(16),
      accountIds: both,
      listsAccounts: true,
      writes: true,
      expiredOn: '2026-10-31T23:59:59Z',
    },
  ],
]);
const GLOBAL_KEY: Grant = {
  kind: 'globalKey',
  tokenId: 'f6'.repeat(16),
  accountIds: both,
  listsAccounts: true,
  writes: true,
};

/** What an API token grants; `undefined` for one that nobody issued. */
export function grantOfToken(token: string): Grant | undefined {
  return TOKENS.get(token);
}

/** What email and Global API Key grant together. */
export function grantOfKey(email: string, key: string): Grant | undefined {
  return email === CREDENTIALS.email && key === CREDENTIALS.globalKey ? GLOBAL_KEY : undefined;
}
