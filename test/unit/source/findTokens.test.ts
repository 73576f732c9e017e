import assert from 'node:assert/strict';
import { findTokens } from '../../../src/source/findTokens';
import { DOCUMENTED_TOKEN as T } from '../support/exampleToken';

/** Where tokens begin and end in a line. */
function places(line: string): string {
  return findTokens(line)
    .map(({ start, end }) => `${start}-${end}`)
    .join(' ');
}

describe('findTokens', () => {
  const rows: readonly [string, string, string][] = [
    ['alone', T, `0-${T.length}`],
    ['in a URL', `https://customer-x.cloudflarestream.com/${T}/iframe`, `40-${40 + T.length}`],
    ['in quotes', `const token = "${T}";`, `15-${15 + T.length}`],
    [
      'in an address inside a query',
      `?poster=https%3A%2F%2Fvideodelivery.net%2F${T}%2Fthumbnails`,
      `42-${42 + T.length}`,
    ],
    ['with padding, in a URL', `https://videodelivery.net/${T}==/iframe`, `26-${28 + T.length}`],
    ['without signature', 'x eyJh.eyJz.', '2-12'],
    ['nothing there', 'const token = null;', ''],
    ['in the middle of a word', `x${T}`, ''],
    ['two parts', 'eyJh.eyJz', ''],
    ['an empty line', '', ''],
  ];
  for (const [name, line, expected] of rows) it(name, () => assert.equal(places(line), expected));

  it('tells two tokens in a line apart', () => {
    assert.equal(places(`${T} ${T}AA`), `0-${T.length} ${T.length + 1}-${2 * T.length + 3}`);
  });

  const minified: readonly [string, string][] = [
    ['words that begin like one', 'eyJ'],
    ['first parts', 'eyJ.x.'],
    ['encoded addresses', '%2FeyJ'],
  ];
  for (const [name, unit] of minified) {
    it(`gets through a line of 256 KB of ${name}`, () =>
      assert.equal(places(`${unit.repeat(262_144 / unit.length)} x`), ''));
  }

  it('gets through 8 MB of one token', () => {
    const token = `eyJhbGciOiJSUzI1NiJ9.eyJ${'A'.repeat(8e6)}.c2ln`;
    assert.deepEqual(findTokens(token), [{ start: 0, end: token.length }]);
  });
});
