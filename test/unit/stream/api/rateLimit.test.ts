import assert from 'node:assert/strict';
import { readAllowance, readRetryAfter } from '../../../../src/stream/api/rateLimit';

const NOW = Date.UTC(2027, 0, 15, 8);

describe('limits in headers', () => {
  const times: readonly [string | null, number | undefined][] = [
    [null, undefined],
    ['0', 0],
    ['1', 1],
    ['300', 300],
    ['3601', 3600],
    ['1000000000', 3600],
    ['-5', undefined],
    ['abc', undefined],
    ['1e9', undefined],
    ['1.5', undefined],
    ['0x10', undefined],
    ['99999999999', undefined],
    ['', undefined],
    ['Fri, 15 Jan 2027 08:00:30 GMT', 30],
    ['Fri, 15 Jan 2027 07:59:00 GMT', 0],
    ['Sat, 15 Jan 2028 08:00:00 GMT', 3600],
    ['Fri, 99 Jan 2027 08:00:30 GMT', undefined],
    ['2027-01-15T08:00:30Z', undefined],
  ];
  for (const [value, seconds] of times)
    it(`Retry-After ${value} → ${seconds}`, () => assert.equal(readRetryAfter(value, NOW), seconds));

  const allowances: readonly [string | null, string | undefined][] = [
    [null, undefined],
    ['', undefined],
    ['"default";r=50;t=30', '50 in 30'],
    ['"default"; r=50; t=30', '50 in 30'],
    ['"default";t=30;r=50', '50 in 30'],
    ['"default";r=0;t=240;pk=:cHsdsRa894==:', '0 in 240'],
    ['"default";r=0;t=999999', '0 in 300'],
    ['"burst";r=9;t=1, "default";r=4;t=200', '4 in 200'],
    ['"burst";r=0;t=1, "default";r=0;t=200', '0 in 200'],
    ['"default";r=0;t=200, "burst";r=0;t=1', '0 in 200'],
    ['"default";r=50', undefined],
    ['"default";r=-1;t=30', undefined],
    ['"default";r=1.5;t=30', undefined],
    ['"default";xr=1;xt=30', undefined],
    ['default;r=1;t=30', undefined],
    ['r=1;t=30', undefined],
    [`"${'x'.repeat(1000)}";r=1;t=30`, undefined],
  ];
  for (const [value, expected] of allowances) {
    it(`Ratelimit ${value?.slice(0, 60)} → ${expected}`, () => {
      const read = readAllowance(value);
      assert.equal(read && `${read.left} in ${read.seconds}`, expected);
    });
  }

  it('takes no time over a header made to take it', () => {
    const started = performance.now();
    for (const part of ['"";', '";a=', ';a=1', '" ;']) readAllowance(part.repeat(Math.floor(1000 / part.length)));
    assert.ok(performance.now() - started < 200);
  });
});
