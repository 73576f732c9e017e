import assert from 'node:assert/strict';
import { clockAhead, createSkew } from '../../../../src/stream/api/skew';
import { createFakeClock } from '../../support/fakeClock';

describe('the clock of this machine against Cloudflare’s', () => {
  const T = 1_800_000_000_000;
  const rows: readonly [string, number, number, number][] = [
    ['the same', T, T, 0],
    ['the answer took its time', T - 5000, T + 5000, 0],
    ['dated in whole seconds, asked late in that second', T + 999, T + 1200, 0],
    ['a second ahead', T + 1999, T + 2100, 1],
    ['behind', T - 3100, T - 3000, -3],
    ['a day ahead', T + 86_400_999, T + 86_401_500, 86_400],
    ['a day behind', T - 86_400_500, T - 86_400_000, -86_400],
    ['asleep while the answer came', T - 1000, T + 3_600_000, 0],
  ];
  for (const [name, askedAt, answeredAt, expected] of rows)
    it(`${name} → ${expected} s`, () => assert.equal(clockAhead(T, askedAt, answeredAt), expected));

  it('is worth a word over a minute', () => {
    const skew = createSkew(createFakeClock(T));
    assert.equal(skew.seconds(), 0);
    for (const [noted, told] of [
      [60, 0],
      [61, 61],
      [-60, 0],
      [-61, -61],
      [0, 0],
    ] as const) {
      skew.note(noted);
      assert.equal(skew.seconds(), told);
    }
  });

  it('is forgotten after an hour, or when the clock jumps by more', async () => {
    const clock = createFakeClock(T);
    const skew = createSkew(clock);
    skew.note(90);
    await clock.advance(3_599_999);
    assert.equal(skew.seconds(), 90);
    await clock.advance(1);
    assert.equal(skew.seconds(), 0);
    skew.note(86_400);
    clock.jump(-86_400_000);
    assert.equal(skew.seconds(), 0);
  });
});
