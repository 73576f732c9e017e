import { compactVerify, importJWK } from 'jose';
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
  | { readonly kind: 'valid' | 'invalid'; readonly kid: string }
  | { readonly kind: 'unchecked'; readonly reason: 'noKeyId' | 'unknownKey' | 'unusableKey' | 'noCrypto' };

/** Stream's tokens have 0.6 to 2 KB. */
const MAX_CHARACTERS = 16_384;

/**
 * Checks the signature of a token with whichever of the keys has the id that the token names: in its header, else in its
 * claims. A key inside the token or at an address it names (`jwk`, `jku`, `x5c`, `x5u`) is never looked at.
 */
export async function checkSignature(token: string, keys: readonly PublicKey[]): Promise<SignatureVerdict> {
  const kid = keyIdOf(token);
  if (kid === undefined) return { kind: 'unchecked', reason: 'noKeyId' };
  const key = keys.find((candidate) => candidate.kid === kid);
  if (key === undefined) return { kind: 'unchecked', reason: 'unknownKey' };
  const verification = await verifySignature(token, key);
  return verification === 'valid' || verification === 'invalid'
    ? { kind: verification, kid }
    : { kind: 'unchecked', reason: verification };
}

/**
 * Whether a token is signed by the owner of a key: three parts of strict base64url, RS256 and nothing else, and no
 * extension (`crit`) that we would have to understand. Never throws.
 */
export async function verifySignature(token: string, key: VerifyingKey): Promise<Verification> {
  if (!mayVerify(key)) return 'unusableKey';
  if (globalThis.crypto?.subtle === undefined) return 'noCrypto';
  const [headerPart, payload, signature, ...more] = token.length > MAX_CHARACTERS ? [] : token.split('.');
  const header = readObject(headerPart);
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) return 'invalid';
  if (header.alg !== 'RS256' || 'crit' in header || 'b64' in header) return 'invalid';
  if ((payload !== '' && !isBase64Url(payload)) || !isBase64Url(signature)) return 'invalid';
  const imported = await importJWK({ kty: 'RSA', alg: 'RS256', n: key.n, e: key.e }, 'RS256').catch(() => undefined);
  if (imported === undefined) return 'unusableKey';
  return compactVerify(token, imported, { algorithms: ['RS256'] }).then(
    () => 'valid',
    () => 'invalid',
  );
}

function mayVerify({ n, e, use, alg, key_ops }: VerifyingKey): boolean {
  return (
    checkPublicNumbers({ n, e }) === undefined &&
    (use === undefined || use === 'sig') &&
    (alg === undefined || alg === 'RS256') &&
    (key_ops === undefined || key_ops.includes('verify'))
  );
}

function keyIdOf(token: string): string | undefined {
  if (token.length > MAX_CHARACTERS) return undefined;
  const [header, claims] = token.split('.', 2);
  return [readObject(header)?.kid, readObject(claims)?.kid].find((kid) => typeof kid === 'string');
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
