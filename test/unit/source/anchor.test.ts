import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Change, moveSpan, type Span } from '../../../src/source/anchor';
import { RUNS } from '../support/properties';

/** Where the span `[…]` stands after the stretch `{…}` of the same text was replaced by three characters. */
function move(marked: string): string {
  const at = (mark: string) => marked.slice(0, marked.indexOf(mark)).replace(/[[\]{}]/g, '').length;
  const moved = moveSpan({ start: at('['), end: at(']') }, { start: at('{'), end: at('}'), length: 3 });
  return moved === undefined ? 'lost' : `${moved.start}-${moved.end}`;
}

describe('moveSpan', () => {
  const rows: readonly [string, string, string][] = [
    ['an insertion before', '{}ab[cd]ef', '5-7'],
    ['an insertion at the start', 'ab{}[cd]ef', '5-7'],
    ['an insertion inside', 'ab[c{}d]ef', 'lost'],
    ['an insertion at the end', 'ab[cd]{}ef', '2-4'],
    ['an insertion behind', 'ab[cd]e{}f', '2-4'],
    ['a replacement before', '{ab}[cd]ef', '3-5'],
    ['a change across the start', 'a{b[c}d]ef', 'lost'],
    ['a change across the end', 'ab[c{d]e}f', 'lost'],
    ['a change of exactly the span', 'ab[{cd}]ef', 'lost'],
    ['a change around it', 'a{b[cd]e}f', 'lost'],
    ['typing at a cursor', 'ab{}[]cd', '5-5'],
    ['a change that ends at a cursor', 'a{b}[]cd', '4-4'],
    ['a change that starts at a cursor', 'ab[]{c}d', '2-2'],
    ['a change around a cursor', 'a{b[]c}d', 'lost'],
  ];
  for (const [name, marked, expected] of rows) {
    it(`${name}: ${marked} → ${expected}`, () => assert.equal(move(marked), expected));
  }

  it('agrees with a text in which the span is marked', () => {
    const size = fc.nat({ max: 6 });
    fc.assert(
      fc.property(size, size, size, size, size, size, (spanAt, spanSize, changeAt, changeSize, behind, length) => {
        const span = { start: spanAt, end: spanAt + spanSize };
        const change = { start: changeAt, end: changeAt + changeSize, length };
        const text = '.'.repeat(Math.max(span.end, change.end) + behind);
        assert.deepEqual(moveSpan(span, change), moveMark(text, span, change));
      }),
      { numRuns: RUNS },
    );
  });
});

function moveMark(text: string, { start, end }: Span, change: Change): Span | undefined {
  const apply = (part: string, from: number) =>
    part.slice(0, change.start - from) + 'x'.repeat(change.length) + part.slice(change.end - from);
  let before = text.slice(0, start);
  let after = text.slice(end);
  if (change.end <= start) before = apply(before, 0);
  else if (change.start >= end) after = apply(after, end);
  else return undefined;
  const marked = `${before}[${text.slice(start, end)}]${after}`;
  return { start: marked.indexOf('['), end: marked.indexOf(']') - 1 };
}
