import { SOME_SIGNATURE } from '../../support/someSignature';

/** A token with these claims (an object, or JSON text as it stands), signed by nobody. */
export function jwt(
  claims: unknown,
  header: unknown = { alg: 'RS256', kid: KEY_ID },
  signature = SOME_SIGNATURE,
): string {
  return [part(header), part(claims), signature].join('.');
}

export const KEY_ID = '8f926b2b01f3835170025a78a4dcbf6a';
export const VIDEO_ID = '1b6f5a3c9d2e4f708192a3b4c5d6e7f8';

function part(value: unknown): string {
  const json = typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value);
  return Buffer.from(json).toString('base64url');
}
