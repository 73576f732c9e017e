import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findIds } from '../../../src/source/findIds';
import { idContext } from '../../../src/source/idContext';
import { repositoryRoot } from '../../host/repository';
import { linesOf } from '../support/linesOf';

/** What the signs in the corpus stand for; each is another one. */
const SIGN = /§(40|64|uuid)?/g;

/**
 * Documents with a margin of two characters: `+` marks a line with a video's id, `-` one with 32 hex digits (or something
 * that looks like them) of another kind. In place of the digits there is a sign.
 */
function labelledLines(file: string) {
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
  let count = 0;
  const digits = (kind: string | undefined) => {
    const hash = createHash('sha256')
      .update(`${basename(file)} ${++count}`)
      .digest('hex');
    if (kind === 'uuid') return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return hash.slice(0, kind === undefined ? 32 : Number(kind));
  };
  const lines = linesOf(rows.map((row) => row.slice(2).replace(SIGN, (_, kind) => digits(kind))));
  return rows.flatMap((row, line) => {
    if (!'+-'.includes(row.charAt(0))) return [];
    const ids = findIds(lines.text(line));
    const lens = ids.some((start) => idContext(lines, line, start) !== undefined);
    return [{ place: `${basename(file)}:${line + 1}: ${row}`, wanted: row.startsWith('+'), lens }];
  });
}

describe('where a lens stands', () => {
  const files = globSync(join(repositoryRoot(), 'test', 'unit', 'source', 'corpus', '*.txt'));
  const labelled = files.flatMap(labelledLines);
  const missed = labelled.filter(({ wanted, lens }) => wanted && !lens);
  const wrong = labelled.filter(({ wanted, lens }) => !wanted && lens);
  const right = labelled.filter(({ wanted, lens }) => wanted && lens).length;
  const precision = right / (right + wrong.length);
  const recall = right / (right + missed.length);
  const figures = `${labelled.length} lines of ${files.length} documents: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`;

  it(`is right on the corpus (${figures})`, () => {
    for (const { place } of wrong) console.log(`    wrong: ${place}`);
    for (const { place } of missed) console.log(`    missed: ${place}`);
    assert.ok(labelled.length >= 300 && files.length >= 15);
    assert.ok(precision >= 0.99, figures);
    assert.ok(recall >= 0.97, figures);
  });
});
