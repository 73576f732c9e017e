import { type PrivateJwk, withId } from '../../../src/stream/keys/signingKey';

/** A key with nothing but the looks of one, for what only keeps it: ids are 32 times the digit, secrets tell it too. */
export function madeUpKey(digit: string): PrivateJwk {
  const secret = (name: string) => `${name}-secret-of-${digit}`;
  const numbers = { n: `modulus-${digit}`, e: 'AQAB', d: secret('d'), p: secret('p'), q: secret('q') };
  return withId({ ...numbers, dp: secret('dp'), dq: secret('dq'), qi: secret('qi') }, digit.repeat(32));
}
