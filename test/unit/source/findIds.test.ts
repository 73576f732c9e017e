import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findIds } from '../../../src/source/findIds';
import { RUNS } from '../support/properties';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const byExpression = (text: string) => Array.from(text.matchAll(/\b[0-9a-f]{32}\b/g), ({ index }) => index);

describe('findIds', () => {
  const rows: readonly [string, string, readonly number[]][] = [
    ['alone', ID, [0]],
    ['in quotes', `'${ID}'`, [1]],
    ['two side by side', `${ID} ${ID}`, [0, 33]],
    ['with a hyphen before and behind', `-${ID}-`, [1]],
    ['one digit more', `${ID}0`, []],
    ['one digit less', ID.slice(1), []],
    ['upper case', ID.toUpperCase(), []],
    ['in an identifier', `_${ID}`, []],
    ['behind an escape', `%2F${ID}`, []],
    ['a sha256', ID + ID, []],
    ['a letter beyond ASCII before it', `é${ID}`, [1]],
    ['U+0130, whose last byte is that of a zero', `${ID.slice(1)}\u0130`, []],
    ['nothing', '', []],
  ];
  for (const [name, text, places] of rows) it(name, () => assert.deepEqual(findIds(text), places));

  it('finds what the expression finds in any text', () => {
    const piece = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(ID, ID.slice(1), `${ID}a`, ID.toUpperCase()) },
      { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), maxLength: 70 }) },
      { weight: 4, arbitrary: fc.constantFrom(' ', '_', '-', 'g', '"', '\n', 'é', '\u0130', '\ud83d', '%2F', '.') },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (candidate) => assert.deepEqual(findIds(candidate), byExpression(candidate))),
      { numRuns: RUNS * 10 },
    );
  });
});
