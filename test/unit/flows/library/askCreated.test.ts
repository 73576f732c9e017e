import assert from 'node:assert/strict';
import { parseCreated } from '../../../../src/flows/library/askCreated';

describe('parseCreated', () => {
  const rows: readonly [string, readonly [string | undefined, string | undefined] | undefined][] = [
    ['2026', ['2026', '2027']],
    ['2026-12', ['2026-12', '2027-01']],
    ['2026-02-28', ['2026-02-28', '2026-03-01']],
    ['2024-02-28', ['2024-02-28', '2024-02-29']],
    [' 2026-01 .. 2026-03 ', ['2026-01', '2026-04']],
    ['2026-01..', ['2026-01', undefined]],
    ['..2026-01-15', [undefined, '2026-01-16']],
    ['2025..2026-03-15', ['2025', '2026-03-16']],
    ['', undefined],
    ['..', undefined],
    ['2026-13', undefined],
    ['2026-02-30', undefined],
    ['26', undefined],
    ['2026-03..2026-01', undefined],
    ['2026..2027..2028', undefined],
    ['yesterday', undefined],
  ];
  for (const [text, expected] of rows) {
    it(`"${text}" → ${expected ?? 'nothing'}`, () => {
      const read = parseCreated(text);
      assert.deepEqual(read && [read.since, read.before], expected);
    });
  }
});
