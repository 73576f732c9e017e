import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readInstant } from '../../../../src/stream/token/instant';
import { RUNS } from '../../support/properties';

/** Seconds, `ms` and the seconds that were meant, or `unreadable`; `"` when it was a string. */
function read(value: unknown): string {
  const instant = readInstant(value);
  if (instant.kind === 'unreadable') return 'unreadable';
  if (instant.kind === 'milliseconds') return `ms ${instant.seconds}`;
  return instant.asString ? `"${instant.seconds}"` : `${instant.seconds}`;
}

describe('readInstant', () => {
  const rows: readonly [unknown, string][] = [
    [1_537_460_365, '1537460365'],
    ['1537460365', '"1537460365"'],
    [0, '0'],
    ['0', '"0"'],
    [-0, '0'],
    [99_999_999_999, '99999999999'],
    [100_000_000_000, 'ms 100000000'],
    [1_537_460_365_000, 'ms 1537460365'],
    ['1537460365123', 'ms 1537460365'],
    [1_537_460_365_123_456, 'ms 1537460365123'],
    [253_402_300_800, 'ms 253402300'],
    [8.64e15, 'ms 8640000000000'],
    [8.64e15 + 1000, 'unreadable'],
    [Number('1e999'), 'unreadable'],
    [Number.NaN, 'unreadable'],
    [-1, 'unreadable'],
    ['-1', 'unreadable'],
    [1.5, 'unreadable'],
    ['1.5', 'unreadable'],
    ['0x10', 'unreadable'],
    ['', 'unreadable'],
    [' 1 ', 'unreadable'],
    ['08', 'unreadable'],
    ['+8', 'unreadable'],
    ['1e9', 'unreadable'],
    ['1_000', 'unreadable'],
    ['١٢٣', 'unreadable'],
    ['1537460365\n', 'unreadable'],
    ['9'.repeat(17), 'unreadable'],
    ['2027-01-15T08:00:00Z', 'unreadable'],
    [null, 'unreadable'],
    [undefined, 'unreadable'],
    [true, 'unreadable'],
    [[1_537_460_365], 'unreadable'],
    [{}, 'unreadable'],
  ];
  for (const [value, expected] of rows)
    it(`${JSON.stringify(value) ?? value} → ${expected}`, () => assert.equal(read(value), expected));

  it('gives only what a Date can print', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.bigInt().map(String), fc.maxSafeNat(), fc.anything()), (value) => {
        const instant = readInstant(value);
        if (instant.kind !== 'unreadable') assert.ok(new Date(instant.seconds * 1000).toISOString());
      }),
      { numRuns: RUNS },
    );
  });
});
