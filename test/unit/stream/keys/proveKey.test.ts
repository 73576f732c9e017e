import assert from 'node:assert/strict';
import { generatePrimeSync } from 'node:crypto';
import fc from 'fast-check';
import { checkNumbers } from '../../../../src/stream/keys/checkNumbers';
import { proveKey } from '../../../../src/stream/keys/proveKey';
import type { KeyNumbers, PrivateJwk } from '../../../../src/stream/keys/signingKey';
import { RUNS } from '../../support/properties';
import { testKey } from './testKeys';

const { jwk } = testKey();
const { jwk: other } = testKey('b');
const MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

const toNumber = (text: string) => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex') || '0'}`);
function toText(number: bigint): string {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}

describe('proveKey', () => {
  for (const [name, good] of [
    ['2048 bits', jwk],
    ['3072 bits', testKey('a', 3072).jwk],
    ['e = 3', testKey('a', 2048, 3).jwk],
    ['the factors the other way round', swapped(jwk)],
    ['d of the shorter kind', { ...jwk, d: toText(shortestExponent(jwk)) }],
  ] as const) {
    it(`takes ${name}`, async () => assert.equal(await proveKey(good), undefined));
  }

  for (const member of MEMBERS) {
    const value = toNumber(jwk[member]);
    for (const [how, altered] of [
      ['one more', value + 1n],
      ['two more', value + 2n],
      ['one bit less', value - (1n << 20n) > 0n ? value ^ (1n << 20n) : value ^ 2n],
      ['doubled', value * 2n],
      ['zero', 0n],
      ['one', 1n],
      ['of another key', toNumber(other[member]) === value ? 5n : toNumber(other[member])],
    ] as const) {
      it(`refuses ${member} ${how}`, async () => assert.ok(await proveKey({ ...jwk, [member]: toText(altered) })));
    }
    it(`refuses ${member} with a zero in front`, async () =>
      assert.ok(
        await proveKey({
          ...jwk,
          [member]: Buffer.concat([Buffer.of(0), Buffer.from(jwk[member], 'base64url')]).toString('base64url'),
        }),
      ));
    it(`refuses ${member} that is no base64url`, async () => assert.ok(await proveKey({ ...jwk, [member]: '?' })));
  }

  it('refuses every exchange of two members', async () => {
    for (const a of MEMBERS) {
      for (const b of MEMBERS) if (a < b) assert.ok(await proveKey({ ...jwk, [a]: jwk[b], [b]: jwk[a] }), `${a} ${b}`);
    }
  });

  it('refuses factors that are no primes, which fit each other all the same', async () => {
    assert.deepEqual(await proveKey(composite(jwk)), { code: 'selfTest' });
  });

  it('says so where there is no cryptography', async () => {
    const before = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
    try {
      assert.deepEqual(await proveKey(jwk), { code: 'noCrypto' });
    } finally {
      Object.defineProperty(globalThis, 'crypto', before ?? {});
    }
  });
});

describe('checkNumbers', () => {
  it('refuses any change of any number, and says nothing of it', () => {
    const change = fc.tuple(fc.constantFrom(...MEMBERS), fc.nat(2047));
    fc.assert(
      fc.property(change, ([member, bit]) => {
        const changed = toNumber(jwk[member]) ^ (1n << BigInt(bit));
        const problem = checkNumbers({ ...jwk, [member]: toText(changed) });
        assert.ok(problem);
        assert.match(JSON.stringify(problem), /^.{10,60}$/);
      }),
      { numRuns: RUNS },
    );
  });
});

/** The same key with `p` and `q` exchanged, as some libraries write it. */
function swapped(key: PrivateJwk): PrivateJwk {
  const inverse = power(toNumber(key.p), toNumber(key.q) - 2n, toNumber(key.q));
  return { ...key, p: key.q, q: key.p, dp: key.dq, dq: key.dp, qi: toText(inverse) };
}

/** The private exponent modulo the least common multiple, as FIPS 186 wants it. */
function shortestExponent({ d, p, q }: KeyNumbers): bigint {
  const [a, b] = [toNumber(p) - 1n, toNumber(q) - 1n];
  return toNumber(d) % ((a * b) / greatestDivisor(a, b));
}

/** Eight numbers with every relation of a key between them, but for `p` being a prime. */
function composite(key: PrivateJwk): PrivateJwk {
  const e = 65_537n;
  for (;;) {
    const [q] = [toNumber(key.q)];
    const p =
      generatePrimeSync(512, { bigint: true, add: 4n, rem: 3n }) *
      generatePrimeSync(512, { bigint: true, add: 4n, rem: 1n });
    const [a, b] = [p - 1n, q - 1n];
    if (greatestDivisor(e, a) !== 1n || bits(p * q) !== 2048 || greatestDivisor(p, q) !== 1n) continue;
    const d = inverseOf(e, (a * b) / greatestDivisor(a, b));
    return {
      ...key,
      n: toText(p * q),
      d: toText(d),
      p: toText(p),
      dp: toText(d % a),
      dq: toText(d % b),
      qi: toText(inverseOf(q, p)),
    };
  }
}

function bits(number: bigint): number {
  return number.toString(2).length;
}
function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b);
}
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let rest = exponent, square = base % modulus; rest > 0n; rest >>= 1n, square = (square * square) % modulus)
    if (rest & 1n) result = (result * square) % modulus;
  return result;
}
function inverseOf(number: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % modulus) + modulus) % modulus;
}
