import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkNumbers } from '../../../../src/stream/keys/checkNumbers';
import { proveKey } from '../../../../src/stream/keys/proveKey';
import type { KeyNumbers, PrivateJwk } from '../../../../src/stream/keys/signingKey';
import { RUNS } from '../../support/properties';
import { greatestDivisor, power, toNumber, toText } from './bigNumbers';
import { compositeKey } from './compositeKey';
import { testKey } from './testKeys';

const { jwk } = testKey();
const { jwk: other } = testKey('b');
const MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

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
    assert.deepEqual(await proveKey(compositeKey(jwk)), { code: 'selfTest' });
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
