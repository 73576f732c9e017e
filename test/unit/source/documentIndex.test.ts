import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createDocumentIndex,
  type DocumentIndex,
  MAX_DOCUMENT_CHARACTERS,
  MAX_LINE_CHARACTERS,
} from '../../../src/source/documentIndex';
import { editableDocument } from '../support/editableDocument';
import { DOCUMENTED_TOKEN } from '../support/exampleToken';
import { linesOf } from '../support/linesOf';
import { RUNS } from '../support/properties';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const options = { path: '/work/player.ts' };

/** Everything an index says, as plain data. */
function told(index: DocumentIndex) {
  return index.rows.map((row) => ({
    line: row.line,
    ids: [...row.ids],
    tokens: [...row.tokens],
    contexts: [...index.contexts(row)],
  }));
}

describe('document index', () => {
  it('finds ids and tokens by line', () => {
    const lines = ['', `videoId = '${ID}'`, 'nothing', `${ID} https://videodelivery.net/${DOCUMENTED_TOKEN}/iframe`];
    const tokens = [{ start: 59, end: 59 + DOCUMENTED_TOKEN.length }];
    assert.deepEqual(told(createDocumentIndex(linesOf(lines), options)), [
      { line: 1, ids: [11], tokens: [], contexts: ['name'] },
      { line: 3, ids: [0], tokens, contexts: [undefined] },
    ]);
  });

  it('sees no id inside a token', () => {
    const lines = [`eyJh.eyJz.-${ID}-`];
    assert.deepEqual(told(createDocumentIndex(linesOf(lines), options)), [
      { line: 0, ids: [], tokens: [{ start: 0, end: lines[0]?.length }], contexts: [] },
    ]);
  });

  for (const path of ['/a/package-lock.json', '/a/yarn.lock', '/a/app.min.js', '/a/app.js.map', '/a/go.sum']) {
    it(`takes nothing in ${path} for an id of Stream`, () => {
      const index = createDocumentIndex(linesOf([`videoId = '${ID}'`]), { path });
      assert.deepEqual(told(index), [{ line: 0, ids: [11], tokens: [], contexts: [undefined] }]);
    });
  }

  it('learns what a name above an id became', () => {
    const document = editableDocument(['const hash =', `  '${ID}';`]);
    const index = createDocumentIndex(document.lines, options);
    assert.deepEqual(told(index)[0]?.contexts, [undefined]);
    index.update(document.apply([{ from: [0, 6], to: [0, 10], text: 'videoId' }]));
    assert.deepEqual(told(index)[0]?.contexts, ['name']);
  });

  const tooLarge: readonly [string, number, number][] = [
    ['a line', 1, MAX_LINE_CHARACTERS],
    ['a document', 60, MAX_DOCUMENT_CHARACTERS / 60],
  ];
  for (const [what, count, length] of tooLarge) {
    it(`stays silent in ${what} over the limit, and speaks again when it is shorter`, () => {
      const line = 'x'.repeat(length);
      const document = editableDocument([...Array.from({ length: count }, () => line), `videoId = '${ID}'`]);
      const index = createDocumentIndex(document.lines, options);
      const wasTooLarge = index.tooLarge;
      index.update(document.apply([{ from: [0, 0], to: [0, 0], text: 'y' }]));
      assert.deepEqual([index.tooLarge, index.rows], [true, []]);
      index.update(document.apply([{ from: [0, 0], to: [0, length], text: '' }]));
      assert.deepEqual([wasTooLarge || count === 1, index.tooLarge, index.rows.length], [true, false, 1]);
    });
  }

  const piece = fc.constantFrom(
    '\n',
    '\r\n',
    '\n\n',
    '  ',
    'videoId = ',
    'video:',
    "'",
    ID,
    ID.slice(5),
    'a',
    DOCUMENTED_TOKEN,
    'https://videodelivery.net/',
  );
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  const edit = fc.record({ at: fc.nat(), length: fc.oneof(fc.constant(0), fc.nat(60)), text });

  it('is after any edits what it would be if it were built anew', () => {
    const events = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 12 }), events, (before, edits) => {
        const document = editableDocument(before.join('\n').split(/\r\n|\n/));
        const index = createDocumentIndex(document.lines, options);
        told(index);
        for (const event of edits) index.update(document.applyOffsets(event));
        assert.deepEqual(told(index), told(createDocumentIndex(document.lines, options)));
      }),
      { numRuns: RUNS },
    );
  });

  it(`is what it would be if it were built anew after ${RUNS} edits of one document`, () => {
    const LINES = 500;
    const line = (at: number) => (at % 7 === 0 ? `  videoId: '${ID}',` : `line ${at}`);
    const document = editableDocument(Array.from({ length: LINES }, (_, at) => line(at)));
    const index = createDocumentIndex(document.lines, options);
    const check = () => assert.deepEqual(told(index), told(createDocumentIndex(document.lines, options)));
    for (const [at, one] of fc.sample(edit, RUNS).entries()) {
      index.update(document.applyOffsets([one]));
      if (at % 100 === 0) check();
      // So that it neither grows nor shrinks without end.
      const { count } = document.lines;
      if (count > 2 * LINES) index.update(document.apply([{ from: [0, 0], to: [count - LINES, 0], text: '' }]));
      if (count < LINES / 2) {
        const text = Array.from({ length: LINES }, (_, more) => `${line(more)}\n`).join('');
        index.update(document.apply([{ from: [0, 0], to: [0, 0], text }]));
      }
    }
    check();
  });
});
