import { base64url } from 'jose';
import { decodeBase64 } from './base64';
import type { KeyNumbers, KeyProblem } from './signingKey';

export type JwkReading =
  | { readonly ok: true; readonly key: KeyNumbers; readonly kid: unknown }
  | { readonly ok: false; readonly problem: KeyProblem };

const PRIVATE_MEMBERS = ['p', 'q', 'dp', 'dq', 'qi'] as const;

/**
 * Reads a JWK (RFC 7517, 7518 section 6.3) as a private RSA key that its owner allows to sign with RS256. Whether the
 * numbers fit each other is not looked at.
 */
export function readJwk(given: Readonly<Record<string, unknown>>): JwkReading {
  // Some libraries write what is absent as null.
  const jwk = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  if (jwk.kty !== 'RSA') return problem({ code: otherType(jwk) });
  if (['d', ...PRIVATE_MEMBERS].every((name) => jwk[name] === undefined)) return problem({ code: 'publicKey' });
  if (jwk.oth !== undefined) return problem({ code: 'multiPrime' });
  if (jwk.use !== undefined && jwk.use !== 'sig') return problem({ code: 'otherUse' });
  if (jwk.alg !== undefined && jwk.alg !== 'RS256') return problem({ code: 'otherAlgorithm' });
  if (jwk.key_ops !== undefined && !(Array.isArray(jwk.key_ops) && jwk.key_ops.includes('sign')))
    return problem({ code: 'cannotSign' });
  // RFC 7518 lets these be left out, but WebCrypto can't import a key without them.
  if (PRIVATE_MEMBERS.every((name) => jwk[name] === undefined)) return problem({ code: 'noFactors' });
  const [n, e, d, p, q, dp, dq, qi] = [jwk.n, jwk.e, jwk.d, ...PRIVATE_MEMBERS.map((name) => jwk[name])].map(
    readNumber,
  );
  if (!n || !e || !d || !p || !q || !dp || !dq || !qi) return problem({ code: 'damaged', part: 'numbers' });
  return { ok: true, key: { n, e, d, p, q, dp, dq, qi }, kid: jwk.kid };
}

function otherType({ kty, crv }: Readonly<Record<string, unknown>>) {
  if (kty === 'EC') return 'ec';
  if (kty === 'OKP' && crv === 'Ed25519') return 'ed25519';
  return kty === 'oct' ? 'secretKey' : 'otherKeyType';
}

/** A number as base64url without leading zeros: some libraries write one, and some engines refuse it. */
function readNumber(value: unknown): string | undefined {
  const bytes = typeof value === 'string' ? decodeBase64(value) : undefined;
  const first = bytes?.findIndex((byte) => byte !== 0) ?? -1;
  return bytes === undefined || first < 0 ? undefined : base64url.encode(bytes.subarray(first));
}

function problem(value: KeyProblem): JwkReading {
  return { ok: false, problem: value };
}
