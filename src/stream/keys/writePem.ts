import { decodeBase64 } from './base64';
import { joinBytes, TAG, writeElement, writeInteger } from './der';
import { type KeyNumbers, mapNumbers } from './signingKey';

/**
 * A key in the form of `pem` in Cloudflare's answer to `POST …/stream/keys`, which is also what `POST …/token` takes:
 * standard base64 of a PKCS#1 PEM.
 */
export function writePem(key: KeyNumbers): string {
  const numbers = mapNumbers(key, (text) => writeInteger(decodeBase64(text) ?? new Uint8Array()));
  const { n, e, d, p, q, dp, dq, qi } = numbers;
  const version = writeInteger(new Uint8Array());
  const der = writeElement(TAG.sequence, joinBytes([version, n, e, d, p, q, dp, dq, qi]));
  const body = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join('')).replace(/.{1,64}/g, '$&\n');
  return btoa(`-----BEGIN RSA PRIVATE KEY-----\n${body}-----END RSA PRIVATE KEY-----\n`);
}
