import assert from 'node:assert/strict';
import { checkTimes } from '../../../../src/stream/token/checkTimes';
import type { Moment } from '../../../../src/stream/token/options';

const NOW = 1_800_000_000;
const fromNow = (seconds: number): Moment => ({ kind: 'fromNow', seconds });
const at = (seconds: number): Moment => ({ kind: 'at', seconds: NOW + seconds });

describe('checkTimes', () => {
  const rows: readonly [string, Moment | undefined, Moment | undefined, string | undefined][] = [
    ['nothing set', undefined, undefined, undefined],
    ['a lifetime', fromNow(60), undefined, undefined],
    ['an instant ahead', at(1), undefined, undefined],
    ['an instant now', at(0), undefined, 'expired'],
    ['an instant behind', at(-1), undefined, 'expired'],
    ['valid since an hour', fromNow(60), fromNow(-3600), undefined],
    ['valid a second before it expires', fromNow(60), fromNow(59), undefined],
    ['valid when it expires', fromNow(60), fromNow(60), 'expiresBeforeValid'],
    ['valid after an hour, which is the default lifetime', undefined, at(3600), 'expiresBeforeValid'],
    ['valid just before', undefined, at(3599), undefined],
  ];
  for (const [name, expiry, notBefore, expected] of rows) {
    it(`${name}: ${expected ?? 'fine'}`, () =>
      assert.equal(checkTimes({ ...(expiry && { expiry }), ...(notBefore && { notBefore }) }, NOW + 0.4), expected));
  }
});
