import { generatePrimeSync } from 'node:crypto';
import type { PrivateJwk } from '../../../../src/stream/keys/signingKey';
import { greatestDivisor, inverseOf, toNumber, toText } from './bigNumbers';

/** Eight numbers with every relation of a key between them, but for `p` being a prime. */
export function compositeKey(key: PrivateJwk): PrivateJwk {
  const e = 65_537n;
  for (;;) {
    const [q] = [toNumber(key.q)];
    const p =
      generatePrimeSync(512, { bigint: true, add: 4n, rem: 3n }) *
      generatePrimeSync(512, { bigint: true, add: 4n, rem: 1n });
    const [a, b] = [p - 1n, q - 1n];
    if (greatestDivisor(e, a) !== 1n || (p * q).toString(2).length !== 2048 || greatestDivisor(p, q) !== 1n) continue;
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
