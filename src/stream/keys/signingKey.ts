/** The numbers of an RSA key (RFC 8017, section 3.2), each as base64url of its bytes without leading zeros. */
export interface KeyNumbers {
  readonly n: string;
  readonly e: string;
  readonly d: string;
  readonly p: string;
  readonly q: string;
  readonly dp: string;
  readonly dq: string;
  readonly qi: string;
}

/** A Stream signing key as it is stored: the members of the JWK that Cloudflare's `POST …/stream/keys` returns. */
export interface PrivateJwk extends KeyNumbers {
  readonly kty: 'RSA';
  /** The id of the key at Cloudflare, 32 lower-case hex digits. */
  readonly kid: string;
  readonly alg: 'RS256';
  readonly use: 'sig';
}

/** What may be known of a key without its secret: enough to recognise and verify what it signed. */
export interface PublicKey {
  readonly kid: string;
  readonly n: string;
  readonly e: string;
}

/**
 * Why a text is no key that Stream tokens can be signed with. Never carries characters of the text. The words stand in
 * flows/keySentences.ts.
 */
export type KeyProblem =
  /** Not readable at all. */
  | { readonly code: 'empty' }
  | { readonly code: 'tooLarge'; readonly kilobytes: number }
  | { readonly code: 'binary' }
  | { readonly code: 'noKey' }
  | { readonly code: 'severalKeys'; readonly count: number }
  /** An answer of Cloudflare's API, but one without a private key in it. */
  | { readonly code: 'answerWithoutKey' }
  /** A key once, but not as it was copied. */
  | { readonly code: 'damaged'; readonly part: 'base64' | 'json' | 'pem' | 'numbers' }
  | { readonly code: 'cutOff' }
  | { readonly code: 'labelDiffers' }
  | { readonly code: 'documentationSample' }
  | { readonly code: 'halvesDiffer' }
  | { readonly code: 'idsDiffer' }
  /** Something else than a plain RSA private key. */
  | { readonly code: OtherKind }
  /** An RSA private key that must not be used, or can't be. */
  | { readonly code: 'noFactors' }
  | { readonly code: 'multiPrime' }
  | { readonly code: 'tooShort'; readonly bits: number }
  | { readonly code: 'tooLong'; readonly bits: number }
  | { readonly code: 'exponent' }
  | { readonly code: 'otherUse' }
  | { readonly code: 'otherAlgorithm' }
  | { readonly code: 'cannotSign' }
  | { readonly code: 'selfTest' }
  /** This machine's side: a page without a secure context has no cryptography. */
  | { readonly code: 'noCrypto' };

/** What else a person may take for a signing key. */
export type OtherKind =
  | 'encrypted'
  | 'ec'
  | 'ed25519'
  | 'rsaPss'
  | 'openssh'
  | 'publicKey'
  | 'certificate'
  | 'certificateRequest'
  | 'pkcs12'
  | 'putty'
  | 'age'
  | 'secretKey'
  | 'otherKeyType'
  | 'signedToken';

/** What is unusual about a key that can be used all the same. */
export type KeyWarning =
  /** Cloudflare makes keys of 2048 bits. */
  | { readonly code: 'size'; readonly bits: number }
  /** Cloudflare makes keys with the public exponent 65537. */
  | { readonly code: 'exponent' }
  /** The text names an id that is not 32 hex digits, so that it was not taken. */
  | { readonly code: 'strangeId' };

/** What was read out of a text. `id` is absent when the text does not name one: it is then asked for. */
export type KeyResult =
  | { readonly ok: true; readonly key: KeyNumbers; readonly id?: string; readonly warnings: readonly KeyWarning[] }
  | { readonly ok: false; readonly problem: KeyProblem };

/** The key as it is stored, under the id (32 lower-case hex digits) that Cloudflare knows it by. */
export function withId({ n, e, d, p, q, dp, dq, qi }: KeyNumbers, id: string): PrivateJwk {
  return { use: 'sig', kty: 'RSA', kid: id, alg: 'RS256', n, e, d, p, q, dp, dq, qi };
}

/** The half of a key that needs no hiding. */
export function publicHalf({ kid, n, e }: PrivateJwk): PublicKey {
  return { kid, n, e };
}

/** The same eight members with something made of each. */
export function mapNumbers<T>(numbers: KeyNumbers, make: (text: string) => T): Record<keyof KeyNumbers, T> {
  const { n, e, d, p, q, dp, dq, qi } = numbers;
  return {
    n: make(n),
    e: make(e),
    d: make(d),
    p: make(p),
    q: make(q),
    dp: make(dp),
    dq: make(dq),
    qi: make(qi),
  };
}
