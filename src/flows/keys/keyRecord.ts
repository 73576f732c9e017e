import * as v from 'valibot';
import { isId } from '../../stream/id';
import { type PrivateJwk, publicHalf, withId } from '../../stream/keys/signingKey';

/** The version this code writes. Records of a higher one are read, but not changed. */
export const RECORD_VERSION = 1;

const id = v.pipe(v.string(), v.check(isId));
const number = v.pipe(v.string(), v.regex(/^[\w-]+$/));
const numbers = { n: number, e: number, d: number, p: number, q: number, dp: number, dq: number, qi: number };

// Unknown fields are kept: a newer version in another window may have written them.
const recordSchema = v.pipe(
  v.looseObject({
    version: v.pipe(v.number(), v.integer()),
    kid: id,
    jwk: v.looseObject({ kty: v.literal('RSA'), kid: id, ...numbers }),
    created: v.string(),
    addedAt: v.number(),
    revokedAt: v.optional(v.number()),
  }),
  v.check(({ kid, jwk }) => kid === jwk.kid),
);

/** A signing key as secret storage keeps it. `created` is RFC 3339 as Cloudflare said it, or empty; the other times are epoch milliseconds. */
export type KeyRecord = v.InferOutput<typeof recordSchema>;

const rowSchema = v.object({
  key: v.pipe(v.string(), v.regex(/^[^:]+:[^:]+$/)),
  kid: id,
  n: number,
  e: number,
  created: v.string(),
  addedAt: v.number(),
  revokedAt: v.optional(v.number()),
});

/** What the cache keeps of a signing key: enough to verify with, and no secret. `key` names the record. */
export type KeyRow = v.InferOutput<typeof rowSchema>;

/** Reads a stored record; a failure tells the place in it, never its text. */
export function readKeyRecord(
  text: string,
): { readonly ok: true; readonly record: KeyRecord } | { readonly ok: false; readonly at: string } {
  const parsed = v.safeParse(recordSchema, parseJson(text));
  return parsed.success
    ? { ok: true, record: parsed.output }
    : { ok: false, at: v.getDotPath(parsed.issues[0]) ?? 'not JSON, or two ids' };
}

/** Reads the cached rows one by one: one that can't be read hides no other. */
export function readKeyRows(cached: unknown): readonly KeyRow[] {
  return (Array.isArray(cached) ? cached : []).flatMap((entry) => {
    const parsed = v.safeParse(rowSchema, entry);
    return parsed.success ? [parsed.output] : [];
  });
}

export function keyRowOf(key: string, { jwk, created, addedAt, revokedAt }: KeyRecord): KeyRow {
  return { key, ...publicHalf(jwkOf(jwk)), created, addedAt, ...(revokedAt !== undefined && { revokedAt }) };
}

/** The key to sign with, without what a newer version may have put beside it. */
export function jwkOf(stored: KeyRecord['jwk']): PrivateJwk {
  return withId(stored, stored.kid);
}

/** The texts of a key that must not be logged. */
export function unloggedOf({ d, p, q, dp, dq, qi }: PrivateJwk): readonly string[] {
  return [d, p, q, dp, dq, qi];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error of JSON.parse quotes the text; it is dropped on purpose.
    return undefined;
  }
}
