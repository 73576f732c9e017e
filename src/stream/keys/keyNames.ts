/** The two forms that Cloudflare returns a key in. */
const HALF = /(?:jwk|pem)$/i;
const KEY_ID = /(?:^|[_-])(?:kid|KID|[Kk]ey[_-]?[Ii][Dd]|KEY[_-]?ID)$|[a-z\d]Key[_-]?I[Dd]$/;
/** Ids that end in the same way, but are those of other keys (R2 and AWS, PKCS#12) or of no key. */
const OTHER_KEY_ID = /(?:access|account|api|local|zone)[_-]?key[_-]?id$/i;

/** Whether a name says that its value is a key, or one half of what Cloudflare returned. */
export function namesHalf(name: string): boolean {
  return HALF.test(name);
}

/**
 * The ids of the key among named values. Others look the same, those of accounts, videos and namespaces, and under one of
 * them the key would be stored without anybody noticing until Stream refuses its tokens.
 */
export function keyIdsAmong(values: readonly (readonly [name: string, value: unknown])[]): readonly unknown[] {
  return values
    .filter(([name]) => KEY_ID.test(name) && !OTHER_KEY_ID.test(name))
    .map(([, value]) => (typeof value === 'string' ? value.trim().split(/\s/, 1)[0] : value));
}
