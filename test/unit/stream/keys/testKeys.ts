import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type PrivateJwk, withId } from '../../../../src/stream/keys/signingKey';

export const KEY_ID = '5c1d8a7be2f04e6f9a3b0c4d2e1f7a68';
export const OTHER_ID = '0b6f7c1e4d2a4c3f8e5d9a7b1c0f2e3d';

/** A signing key in the forms it travels in. */
export interface TestKey {
  readonly jwk: PrivateJwk;
  readonly pkcs1: string;
  readonly pkcs8: string;
  readonly publicKey: KeyObject;
}

const made = new Map<string, TestKey>();

/** A key that is made once per run; `which` tells several of a kind apart. */
export function testKey(which = 'a', modulusLength = 2048, publicExponent = 65_537): TestKey {
  const name = `${which} ${modulusLength} ${publicExponent}`;
  const key = made.get(name) ?? makeKey(modulusLength, publicExponent);
  made.set(name, key);
  return key;
}

function makeKey(modulusLength: number, publicExponent: number): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength, publicExponent });
  return {
    jwk: withId(privateKey.export({ format: 'jwk' }) as unknown as PrivateJwk, KEY_ID),
    pkcs1: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey,
  };
}

/** Text as Cloudflare's API wraps it. */
export function base64(text: string | Uint8Array): string {
  return Buffer.from(text).toString('base64');
}

/** The whole answer to `POST …/stream/keys`, as it is documented. */
export function apiAnswer({ jwk, pkcs1 }: TestKey, over: object = {}): string {
  const result = {
    id: jwk.kid,
    pem: base64(pkcs1),
    jwk: base64(JSON.stringify(jwk)),
    created: '2026-06-15T21:06:54.763937286Z',
    ...over,
  };
  return JSON.stringify({ result, success: true, errors: [], messages: [] });
}

/** A PEM with any label around any bytes. */
export function pem(label: string, body: string | Uint8Array): string {
  const text = typeof body === 'string' ? body : base64(body).replace(/.{64}/g, '$&\n');
  return `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;
}
