import assert from 'node:assert/strict';
import { tokenAt } from '../../../src/source/tokenAt';
import { DOCUMENTED_TOKEN as T } from '../support/exampleToken';

/** The token at every column of a line: where it begins, where it ends. */
function reach(line: string): string {
  const columns = Array.from({ length: line.length + 1 }, (_, column) => column).filter(
    (column) => tokenAt(line, column) !== undefined,
  );
  for (const column of columns) assert.ok(line.includes(tokenAt(line, column) ?? '?'));
  return columns.length === 0 ? 'none' : `${columns[0]}-${columns.at(-1)}`;
}

describe('tokenAt', () => {
  const rows: readonly [string, string, string][] = [
    ['alone', T, `0-${T.length}`],
    ['in a URL', `https://customer-x.cloudflarestream.com/${T}/iframe`, `40-${40 + T.length}`],
    ['in quotes', `const token = "${T}";`, `15-${15 + T.length}`],
    [
      'in an address inside a query',
      `?poster=https%3A%2F%2Fvideodelivery.net%2F${T}%2Fthumbnails`,
      `42-${42 + T.length}`,
    ],
    ['without signature', 'x eyJh.eyJz.', '2-12'],
    ['nothing there', 'const token = null;', 'none'],
    ['in the middle of a word', `x${T}`, 'none'],
    ['two parts', 'eyJh.eyJz', 'none'],
    ['an empty line', '', 'none'],
  ];
  for (const [name, line, expected] of rows) it(`${name} → ${expected}`, () => assert.equal(reach(line), expected));

  it('tells two tokens in a line apart', () => {
    const other = `${T}AA`;
    assert.equal(tokenAt(`${T} ${other}`, 3), T);
    assert.equal(tokenAt(`${T} ${other}`, T.length + 5), other);
  });

  const minified: readonly [string, string][] = [
    ['words that begin like one', 'eyJ'],
    ['first parts', 'eyJ.x.'],
    ['encoded addresses', '%2FeyJ'],
  ];
  for (const [name, unit] of minified) {
    it(`gets through a line of 256 KB of ${name}`, () =>
      assert.equal(tokenAt(`${unit.repeat(262_144 / unit.length)} x`, 0), undefined));
  }
});
