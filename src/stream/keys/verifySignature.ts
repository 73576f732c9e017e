import { base64url, importJWK } from 'jose';
import { keyIdOf, readToken } from '../token/claims';
import { RS256_LENGTHS } from '../token/tokenShape';
import { decodeBase64 } from './base64';
import { checkPublicNumbers } from './checkNumbers';
import type { PublicKey } from './signingKey';

/** A public key, with what its owner allows it for if that is known (RFC 7517, sections 4.2 to 4.4). */
export interface VerifyingKey extends PublicKey {
  readonly use?: string;
  readonly alg?: string;
  readonly key_ops?: readonly string[];
}

/** `unusableKey`: the key is not one that RS256 signatures may be checked with, whatever the token says. */
export type Verification = 'valid' | 'invalid' | 'unusableKey' | 'noCrypto';

/** What is known of the signature of a token; whether its time has passed is a separate question. */
export type SignatureVerdict =
  /** `cut`: it is shorter than those of its key are. */
  | { readonly kind: 'valid' | 'invalid' | 'cut'; readonly kid: string }
  | { readonly kind: 'unchecked'; readonly reason: UncheckedReason };

export type UncheckedReason =
  | 'standardBase64'
  | 'noKeyId'
  | 'notRs256'
  | 'noSignature'
  /** The key is not known; but it is shorter than those of any key, or has a length that no key makes. */
  | 'cut'
  | 'wrongLength'
  | 'unknownKey'
  | 'unusableKey'
  | 'noCrypto';

/** Stream's tokens have 0.6 to 2 KB. */
const MAX_CHARACTERS = 16_384;

/**
 * Checks the signature of a token with those of the keys that have the id that the token names: in its header, else in its
 * claims. It is about the bytes alone: that a token is spelled oddly, or asks for extensions, is a separate question. A key
 * inside the token or at an address it names (`jwk`, `jku`, `x5c`, `x5u`) is never looked at.
 */
export async function checkSignature(token: string, keys: readonly PublicKey[]): Promise<SignatureVerdict> {
  const read = readToken(token);
  if (!read.ok) return { kind: 'unchecked', reason: 'noKeyId' };
  if (read.token.header.alg !== 'RS256') return { kind: 'unchecked', reason: 'notRs256' };
  if (read.token.oddities.some(({ code }) => code === 'standardBase64'))
    return { kind: 'unchecked', reason: 'standardBase64' };
  const signature = token.slice(token.lastIndexOf('.') + 1);
  if (signature === '') return { kind: 'unchecked', reason: 'noSignature' };
  const kid = keyIdOf(read.token);
  if (kid === undefined) return { kind: 'unchecked', reason: 'noKeyId' };
  const named = keys.filter((candidate) => candidate.kid === kid);
  if (named.length === 0) return { kind: 'unchecked', reason: lengthFlaw(signature) ?? 'unknownKey' };
  const verifications = await Promise.all(named.map((key) => checkBytes(token, key)));
  if (verifications.includes('valid')) return { kind: 'valid', kid };
  const unusable = verifications.find((verification) => verification === 'unusableKey' || verification === 'noCrypto');
  if (unusable !== undefined) return { kind: 'unchecked', reason: unusable };
  // It has as many bytes as the modulus, which is base64url too.
  return { kind: named.every(({ n }) => signature.length < n.length) ? 'cut' : 'invalid', kid };
}

function lengthFlaw({ length }: string): 'cut' | 'wrongLength' | undefined {
  if (RS256_LENGTHS.some((whole) => whole === length)) return undefined;
  return length < RS256_LENGTHS[0] ? 'cut' : 'wrongLength';
}

/**
 * Whether a token is signed by the owner of a key: three parts of strict base64url, RS256 and nothing else, and no
 * extension (`crit`) that we would have to understand. Never throws.
 */
export async function verifySignature(token: string, key: VerifyingKey): Promise<Verification> {
  const [headerPart, payload, signature, ...more] = token.length > MAX_CHARACTERS ? [] : token.split('.');
  const header = readObject(headerPart);
  const strict =
    header?.alg === 'RS256' &&
    !('crit' in header || 'b64' in header) &&
    payload !== undefined &&
    (payload === '' || isBase64Url(payload)) &&
    signature !== undefined &&
    isBase64Url(signature) &&
    more.length === 0;
  const verification = await checkBytes(token, key);
  return verification === 'valid' && !strict ? 'invalid' : verification;
}

/** Whether what stands before the last dot was signed with RS256 by the owner of a key; jose would judge the header first. */
async function checkBytes(token: string, key: VerifyingKey): Promise<Verification> {
  if (!mayVerify(key)) return 'unusableKey';
  if (globalThis.crypto?.subtle === undefined) return 'noCrypto';
  const end = token.lastIndexOf('.');
  const signature = token.slice(end + 1);
  if (token.length > MAX_CHARACTERS || end < 0 || !/^[\w-]+$/.test(signature) || signature.length % 4 === 1)
    return 'invalid';
  const imported = await importJWK({ kty: 'RSA', alg: 'RS256', n: key.n, e: key.e }, 'RS256').catch(() => undefined);
  if (imported === undefined || imported instanceof Uint8Array) return 'unusableKey';
  const signed = new TextEncoder().encode(token.slice(0, end));
  const bytes = new Uint8Array(base64url.decode(signature));
  const matches = await crypto.subtle.verify(imported.algorithm.name, imported, bytes, signed);
  return matches ? 'valid' : 'invalid';
}

function mayVerify({ n, e, use, alg, key_ops }: VerifyingKey): boolean {
  return (
    checkPublicNumbers({ n, e }) === undefined &&
    (use === undefined || use === 'sig') &&
    (alg === undefined || alg === 'RS256') &&
    (key_ops === undefined || key_ops.includes('verify'))
  );
}

function isBase64Url(part: string): boolean {
  return /^[\w-]+$/.test(part) && decodeBase64(part) !== undefined;
}

function readObject(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const bytes = part !== undefined && isBase64Url(part) ? decodeBase64(part) : undefined;
  if (bytes === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof json === 'object' && json !== null ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}
