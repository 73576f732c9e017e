import assert from 'node:assert/strict';
import { durationText, instantText, relativeText } from '../../../src/flows/times';

describe('times', () => {
  const instants: readonly [number, string, string][] = [
    [1_800_000_000, 'UTC', 'Jan 15, 2027, 08:00:00 (08:00:00 UTC)'],
    [1_800_000_000, 'Europe/Vienna', 'Jan 15, 2027, 09:00:00 (08:00:00 UTC)'],
    [1_800_000_000, 'Pacific/Auckland', 'Jan 15, 2027, 21:00:00 (08:00:00 UTC)'],
    [1_800_040_000, 'Pacific/Auckland', 'Jan 16, 2027, 08:06:40 (Jan 15, 2027, 19:06:40 UTC)'],
    [8_640_000_000_001, 'UTC', 'outside the calendar'],
  ];
  for (const [seconds, timeZone, text] of instants) {
    it(`writes ${seconds} in ${timeZone}`, () =>
      assert.equal(instantText(seconds, { locale: 'en-US', timeZone }), text));
  }

  const durations: readonly [number, string][] = [
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [61, '1 min 1 s'],
    [900, '15 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
    [86_340, '23 h 59 min'],
    [86_400, '24 h'],
    [90_000, '1 day 1 h'],
    [259_200, '3 days'],
    [864_000, '10 days'],
    [867_700, '10 days'],
  ];
  for (const [seconds, text] of durations)
    it(`writes ${seconds} s as ${text}`, () => assert.equal(durationText(seconds), text));

  it('says how far away', () => {
    assert.equal(relativeText(100, 40), 'in 1 min');
    assert.equal(relativeText(40, 100), '1 min ago');
    assert.equal(relativeText(40, 40), 'now');
  });
});
