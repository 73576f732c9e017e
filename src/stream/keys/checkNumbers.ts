import { decodeBase64 } from './base64';
import { type KeyNumbers, type KeyProblem, type KeyWarning, mapNumbers } from './signingKey';

/** Shorter keys can be broken, and WebCrypto libraries refuse them (RFC 7518, section 3.3). */
const LEAST_BITS = 2048;
/** Engines stop somewhere above (Chromium's at 16384), and signing takes too long before that. */
const MOST_BITS = 8192;
/** Chromium's engine takes 33 bits at most, OpenSSL any number. */
const MOST_EXPONENT_BITS = 32;
const USUAL_EXPONENT = 65_537n;

/** Whether the two public numbers are of a proper size. */
export function checkPublicNumbers(numbers: Pick<KeyNumbers, 'n' | 'e'>): KeyProblem | undefined {
  const [n, e] = [toBigInt(numbers.n), toBigInt(numbers.e)];
  const bits = bitsOf(n);
  if (bits < LEAST_BITS) return { code: 'tooShort', bits };
  if (bits > MOST_BITS) return { code: 'tooLong', bits };
  return e < 3n || e % 2n === 0n || bitsOf(e) > MOST_EXPONENT_BITS ? { code: 'exponent' } : undefined;
}

/**
 * Whether the eight numbers are one RSA key that may be used: of a proper size, and each fitting the others. Engines
 * differ here: OpenSSL takes a JWK whose `d`, `dp`, `dq`, `qi`, `p` or `q` is wrong and signs with it, BoringSSL does not.
 * The verdict is therefore ours, and the same in every host.
 */
export function checkNumbers(numbers: KeyNumbers): KeyProblem | undefined {
  const problem = checkPublicNumbers(numbers);
  if (problem !== undefined) return problem;
  const { n, e, d, p, q, dp, dq, qi } = mapNumbers(numbers, toBigInt);
  const fit =
    p > 2n &&
    q > 2n &&
    p !== q &&
    n % 2n === 1n &&
    n === p * q &&
    d < n &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    dp === d % (p - 1n) &&
    dq === d % (q - 1n) &&
    qi < p &&
    (qi * q) % p === 1n;
  return fit ? undefined : { code: 'damaged', part: 'numbers' };
}

/** What is unusual about a key that passed {@link checkNumbers}. */
export function numberWarnings(numbers: KeyNumbers): readonly KeyWarning[] {
  const { n, e } = mapNumbers(numbers, toBigInt);
  const bits = bitsOf(n);
  return [
    ...(bits === 2048 ? [] : [{ code: 'size', bits } as const]),
    ...(e === USUAL_EXPONENT ? [] : [{ code: 'exponent' } as const]),
  ];
}

/** Text that is no number becomes 0, which fits nowhere; one with a zero in front is none to Chromium's engine. */
function toBigInt(text: string): bigint {
  const decoded = decodeBase64(text) ?? [];
  const bytes = decoded[0] === 0 ? [] : decoded;
  return BigInt(`0x0${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

function bitsOf(number: bigint): number {
  return number.toString(2).length;
}
