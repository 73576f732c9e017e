import * as v from 'valibot';
import type { Credential } from '../../stream/api/credential';
import { isId } from '../../stream/id';
import type { Account, AccountSummary, NewAccount } from './accounts';

/** The version this code writes. Records of a higher one are read, but not changed. */
export const RECORD_VERSION = 1;

// Unknown fields are kept: a newer version in another window may have written them.
const credentialSchema = v.variant('kind', [
  v.looseObject({
    kind: v.literal('apiToken'),
    token: v.pipe(v.string(), v.regex(/^[\w-]+$/)),
    cannotSign: v.optional(v.boolean()),
  }),
  v.looseObject({
    kind: v.literal('globalKey'),
    // Latin-1, since it travels in a header.
    email: v.pipe(v.string(), v.regex(/^[\x21-\x7e\xa1-\xff]+$/)),
    key: v.pipe(v.string(), v.regex(/^[\w-]+$/)),
    cannotSign: v.optional(v.boolean()),
  }),
]);

const recordSchema = v.pipe(
  v.looseObject({
    version: v.pipe(v.number(), v.integer()),
    label: v.string(),
    accountId: v.optional(v.pipe(v.string(), v.check(isId))),
    customerCode: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9]+$/))),
    credential: v.optional(credentialSchema),
  }),
  // A credential without the account it is for would be of no use.
  v.check(({ accountId, credential }) => accountId !== undefined || credential === undefined),
);

/** An account as secret storage keeps it. `cannotSign` stands in the credential, so that it goes when that is replaced. */
export type AccountRecord = v.InferOutput<typeof recordSchema>;

const rowSchema = v.object({
  key: v.string(),
  label: v.string(),
  accountId: v.optional(v.pipe(v.string(), v.check(isId))),
  customerCode: v.optional(v.string()),
  credential: v.optional(v.picklist(['apiToken', 'globalKey', 'none']), 'apiToken'),
  cannotSign: v.optional(v.boolean()),
});

/** What the cache keeps of an account: no secret. */
export type AccountRow = v.InferOutput<typeof rowSchema>;

/** Reads a stored record; a failure tells the place in it, never its text. */
export function readRecord(
  text: string,
): { readonly ok: true; readonly record: AccountRecord } | { readonly ok: false; readonly at: string } {
  const parsed = v.safeParse(recordSchema, parseJson(text));
  return parsed.success
    ? { ok: true, record: parsed.output }
    : { ok: false, at: v.getDotPath(parsed.issues[0]) ?? 'not JSON' };
}

/** Reads the cached rows one by one: one that can't be read hides no other. */
export function readRows(cached: unknown): readonly AccountRow[] {
  return (Array.isArray(cached) ? cached : []).flatMap((entry) => {
    const parsed = v.safeParse(rowSchema, entry);
    return parsed.success ? [parsed.output] : [];
  });
}

export function recordOf({ label, accountId, customerCode, credential }: NewAccount): AccountRecord {
  return {
    version: RECORD_VERSION,
    label,
    ...(accountId !== undefined && { accountId }),
    ...(customerCode !== undefined && { customerCode }),
    ...(credential !== undefined && { credential: { ...credential } }),
  };
}

/** The record of which only the row is left: without the credential. */
export function recordOfRow({ label, accountId, customerCode }: AccountRow): AccountRecord {
  return recordOf({
    label,
    ...(accountId !== undefined && { accountId }),
    ...(customerCode !== undefined && { customerCode }),
  });
}

export function rowOf(key: string, { label, accountId, customerCode, credential }: AccountRecord): AccountRow {
  return {
    key,
    label,
    ...(accountId !== undefined && { accountId }),
    ...(customerCode !== undefined && { customerCode }),
    credential: credential?.kind ?? 'none',
    ...(credential?.cannotSign && { cannotSign: true }),
  };
}

export function summaryOf(row: AccountRow, stored: boolean, isDefault: boolean): AccountSummary {
  const { key, label, accountId, customerCode, credential, cannotSign } = row;
  return {
    key,
    label,
    ...(accountId !== undefined && { accountId }),
    ...(customerCode !== undefined && { customerCode }),
    credential: credential === 'none' ? 'none' : stored ? 'stored' : 'missing',
    ...(credential !== 'none' && { credentialKind: credential }),
    ...(cannotSign && { cannotSign }),
    ...(isDefault && { isDefault }),
  };
}

/** The account with its credential; `undefined` when it has none. */
export function accountOf(
  key: string,
  { label, accountId, customerCode, credential }: AccountRecord,
): Account | undefined {
  if (accountId === undefined || credential === undefined) return undefined;
  return {
    key,
    label,
    accountId,
    ...(customerCode !== undefined && { customerCode }),
    credential: credentialOf(credential),
  };
}

function credentialOf(stored: NonNullable<AccountRecord['credential']>): Credential {
  return stored.kind === 'apiToken'
    ? { kind: 'apiToken', token: stored.token }
    : { kind: 'globalKey', email: stored.email, key: stored.key };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error of JSON.parse quotes the text; it is dropped on purpose.
    return undefined;
  }
}
