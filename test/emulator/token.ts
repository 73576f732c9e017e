import { generateKeyPair, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

/** An RSA key that signs tokens. `kid` names it in the token's header and claims. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** What a signed token says, in the order in which Cloudflare writes it. */
export interface TokenClaims {
  readonly sub: string;
  /** Unix seconds. */
  readonly exp: number;
  /** Unix seconds. */
  readonly nbf: number;
  readonly downloadable?: boolean;
  readonly accessRules?: readonly unknown[];
  readonly flags?: Readonly<Record<string, unknown>>;
}

/** A token taken apart, nothing judged yet. */
export interface TokenParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

/** A fresh 2048-bit key under that id. */
export async function createSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { kid, privateKey };
}

/** A token as Cloudflare's API makes it: RS256, header `alg` and `kid` only, `exp` and `nbf` as decimal strings. */
export function signToken({ kid, privateKey }: SigningKey, { sub, exp, nbf, ...rest }: TokenClaims): string {
  return signParts({ alg: 'RS256', kid }, { sub, kid, exp: String(exp), nbf: String(nbf), ...rest }, privateKey);
}

/** A compact JWS over any header and claims, for tokens that other software made or damaged. */
export function signParts(header: object, claims: object, privateKey: KeyObject): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** Takes a token apart; `undefined` when it isn't three parts of base64url with two JSON objects. */
export function parseToken(token: string): TokenParts | undefined {
  const [head = '', body = '', tail = '', ...more] = token.split('.');
  if (more.length > 0 || ![head, body, tail].every(isBase64Url)) return undefined;
  const header = decode(head);
  const claims = decode(body);
  if (header === undefined || claims === undefined) return undefined;
  return { header, claims, signed: `${head}.${body}`, signature: Buffer.from(tail, 'base64url') };
}

/** Whether this key (either half will do) signed the token with RS256. Nothing else is looked at. */
export function isSignedBy({ header, signed, signature }: TokenParts, key: KeyObject): boolean {
  return header.alg === 'RS256' && verify('RSA-SHA256', Buffer.from(signed), key, signature);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** Buffer reads over characters that do not belong there; another spelling of a token is not that token. */
function isBase64Url(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}

function decode(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
