import { base64url } from 'jose';
import { type Element, readElements, readInteger, TAG } from './der';
import type { KeyNumbers, KeyProblem } from './signingKey';

/** What a DER file is: an RSA private key in one of its two forms, or the name of something else. */
export type DerReading =
  | { readonly ok: true; readonly form: 'pkcs1' | 'pkcs8'; readonly key: KeyNumbers }
  | { readonly ok: false; readonly problem: KeyProblem };

/** Algorithm identifiers (RFC 8017 and 5480, RFC 8410), as the bytes of their OID in hex. */
const RSA = '2a864886f70d010101';
const OTHER_ALGORITHMS: Readonly<Record<string, KeyProblem>> = {
  '2a864886f70d01010a': { code: 'rsaPss' },
  '2a8648ce3d0201': { code: 'ec' },
  '2b6570': { code: 'ed25519' },
};

const DAMAGED: DerReading = { ok: false, problem: { code: 'damaged', part: 'numbers' } };

/**
 * Reads an RSA private key: PKCS#1 (RFC 8017, A.1.2) or PKCS#8 (RFC 5958) around it. The numbers are taken from the
 * file itself, so that no engine's import decides what counts as a key; whether they fit each other is not looked at.
 */
export function readKeyDer(bytes: Uint8Array): DerReading {
  const [sequence, ...more] = readElements(bytes) ?? [];
  if (sequence?.tag !== TAG.sequence || more.length > 0) return DAMAGED;
  const parts = readElements(sequence.content);
  if (parts === undefined) return DAMAGED;
  const kinds = parts.map(({ tag }) => tag);
  const starts = (...tags: readonly number[]) => tags.every((tag, at) => kinds[at] === tag);
  if (starts(TAG.integer, TAG.sequence, TAG.octetString)) return readPkcs8(parts);
  if (starts(TAG.integer, TAG.octetString)) return other({ code: 'ec' });
  if (starts(TAG.integer, TAG.sequence)) return other({ code: 'pkcs12' });
  if (starts(TAG.integer)) return readPkcs1(parts);
  if (starts(TAG.sequence, TAG.octetString)) return other({ code: 'encrypted' });
  if (starts(TAG.sequence, TAG.bitString)) return other({ code: 'publicKey' });
  if (starts(TAG.sequence, TAG.sequence, TAG.bitString)) return readCertificate(parts);
  return other({ code: 'otherKeyType' });
}

function readPkcs1(parts: readonly Element[]): DerReading {
  const numbers = parts.map(readInteger);
  const version = numbers[0]?.[0] ?? 0;
  if (parts.length === 2) return other({ code: 'publicKey' });
  if (version === 1 && parts.length === 10) return other({ code: 'multiPrime' });
  // The older form of a DSA key has six numbers.
  if (parts.length === 6) return other({ code: 'otherKeyType' });
  if (version !== 0 || parts.length !== 9) return DAMAGED;
  const [, n, e, d, p, q, dp, dq, qi] = numbers.map((number) => number && base64url.encode(number));
  if (!n || !e || !d || !p || !q || !dp || !dq || !qi) return DAMAGED;
  return { ok: true, form: 'pkcs1', key: { n, e, d, p, q, dp, dq, qi } };
}

function readPkcs8([version, algorithm, key, attributes]: readonly Element[]): DerReading {
  const [identifier, parameters] = (algorithm && readElements(algorithm.content)) ?? [];
  if (identifier?.tag !== TAG.objectIdentifier || key === undefined) return DAMAGED;
  const name = Array.from(identifier.content, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (name !== RSA) return other(OTHER_ALGORITHMS[name] ?? { code: 'otherKeyType' });
  const plain =
    version !== undefined &&
    readInteger(version)?.length === 0 &&
    (parameters === undefined || (parameters.tag === TAG.null && parameters.content.length === 0)) &&
    (attributes === undefined || attributes.tag === TAG.context0);
  if (!plain) return DAMAGED;
  const inner = readKeyDer(key.content);
  if (!inner.ok) return inner;
  return inner.form === 'pkcs1' ? { ...inner, form: 'pkcs8' } : DAMAGED;
}

function readCertificate([body]: readonly Element[]): DerReading {
  const parts = (body && readElements(body.content)) ?? [];
  return other({ code: parts.length === 4 ? 'certificateRequest' : 'certificate' });
}

function other(problem: KeyProblem): DerReading {
  return { ok: false, problem };
}
