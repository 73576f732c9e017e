import { checkNumbers } from './checkNumbers';
import { type KeyProblem, type PrivateJwk, publicHalf } from './signingKey';
import { importKey, signClaims } from './signToken';
import { verifySignature } from './verifySignature';

/**
 * Proves that a key can sign before it is stored: its numbers fit each other, and what it signs verifies with its own
 * public half. Undefined when all is well. Never throws.
 */
export async function proveKey(jwk: PrivateJwk): Promise<KeyProblem | undefined> {
  const problem = checkNumbers(jwk);
  if (problem !== undefined) return problem;
  if (globalThis.crypto?.subtle === undefined) return { code: 'noCrypto' };
  try {
    const token = await signClaims(await importKey(jwk), jwk.kid, '{}');
    return (await verifySignature(token, publicHalf(jwk))) === 'valid' ? undefined : { code: 'selfTest' };
  } catch {
    // An engine's message is about its own insides, and differs from host to host.
    return { code: 'selfTest' };
  }
}
