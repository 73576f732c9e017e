import { readToken } from './claims';

/** How base64url of a JSON object begins: with a quote, a blank or a line break behind the brace. */
export const OBJECT = 'e(?:y[AJ]|w[ko0])';

/** The characters of an RS256 signature, from the shortest: keys have 2048, 3072 or 4096 bits. */
export const RS256_LENGTHS = [342, 512, 683] as const;
/** The characters of a signature by the algorithm. */
const SIGNATURES: Readonly<Record<string, readonly number[]>> = {
  RS256: RS256_LENGTHS,
  HS256: [43],
  ES256: [86],
};

/** Even `{"alg":"dir","enc":…}` has more characters. */
const SHORTEST_HEADER = 28;

/**
 * How far a text is a token: `open` when it reads like one and its signature may still go on, `whole` when nothing can
 * follow.
 */
export function tokenShape(text: string): 'none' | 'open' | 'whole' {
  if (isEncrypted(text)) return 'whole';
  const read = readToken(text);
  if (!read.ok) return 'none';
  const [, , signature] = text.split('.');
  // The local simulator's tokens have no parts.
  if (signature === undefined) return 'whole';
  if (signature === '') return 'none';
  const { alg } = read.token.header;
  const lengths = typeof alg === 'string' && Object.hasOwn(SIGNATURES, alg) ? SIGNATURES[alg] : undefined;
  return lengths?.includes(signature.replace(/=+$/, '').length) ? 'whole' : 'open';
}

/** Whether a text is an encrypted token (JWE): five parts, and a header that says how it was encrypted. */
export function isEncrypted(text: string): boolean {
  const [header = '', , ...more] = text.split('.', 6);
  if (header.length < SHORTEST_HEADER || more.length !== 3 || more.includes('')) return false;
  // Only the header can be read: it is given other claims.
  const read = readToken(`${header}.e30.`);
  return read.ok && typeof read.token.header.enc === 'string';
}
