import { base64url } from 'jose';

/**
 * Decodes base64 in either alphabet, padded or not, and nothing else: no blanks, no bits after the last byte that an
 * encoder would not have written. `undefined` when it is not that. `atob` and jose are laxer, and then take a text that
 * has lost or changed a character.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const match = /^([\w+/-]+)(={0,2})$/.exec(text);
  const [, body = '', padding = ''] = match ?? [];
  if (match === null || body.length % 4 === 1) return undefined;
  if (padding !== '' && (body.length + padding.length) % 4 !== 0) return undefined;
  const url = body.replaceAll('+', '-').replaceAll('/', '_');
  const bytes = base64url.decode(url);
  return base64url.encode(bytes) === url ? bytes : undefined;
}
