import assert from 'node:assert/strict';
import { playLength } from '../../../src/source/playLength';

describe('playLength', () => {
  const rows: readonly [number, string][] = [
    [0, '0:00'],
    [7, '0:07'],
    [59.6, '0:59'],
    [192.4, '3:12'],
    [3600, '1:00:00'],
    [3723, '1:02:03'],
    [90_000, '25:00:00'],
  ];
  for (const [seconds, text] of rows) it(`${seconds} s is ${text}`, () => assert.equal(playLength(seconds), text));
});
