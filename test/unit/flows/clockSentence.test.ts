import assert from 'node:assert/strict';
import { clockSentence } from '../../../src/flows/clockSentence';

describe('a wrong clock in words', () => {
  const rows: readonly [number, RegExp | undefined][] = [
    [0, undefined],
    [61, /clock is 1 min 1 s ahead of Cloudflare’s.*too late/],
    [-7200, /clock is 2 h behind Cloudflare’s.*too early/],
    [-86_401, /1 day behind/],
  ];
  for (const [seconds, expected] of rows) {
    it(`${seconds} s ahead → ${expected}`, () => {
      const said = clockSentence(seconds);
      assert.ok(expected === undefined ? said === undefined : expected.test(said ?? ''));
    });
  }
});
