import assert from 'node:assert/strict';
import { createDocumentIndex } from '../../../src/source/documentIndex';
import { findIds } from '../../../src/source/findIds';
import { median, type Row, rowOf } from '../rows';
import { bigSource, hexSource, IDS, idSource } from './corpus';

const ROUNDS = 15;
const ID = /\b[0-9a-f]{32}\b/g;

/** How long finding the ids of a whole document takes, against the plain expression over its text. */
export async function benchScan(): Promise<readonly Row[]> {
  return [
    ...compare('10 MB of source', bigSource(), 8),
    ...compare('5 MB of ids', idSource(), 0.5),
    ...compare('10 MB of solid hex', hexSource(), 0.5),
  ];
}

function compare(what: string, texts: readonly string[], atLeast: number): readonly Row[] {
  const lines = texts.join('\n').split('\n');
  const source = { count: lines.length, text: (line: number) => lines[line] ?? '' };
  // An editor keeps lines; `getText()` joins them, and joins them anew after every edit.
  const byExpression = () => lines.join('\n').match(ID)?.length ?? 0;
  const byScan = () => lines.reduce((count, line) => count + findIds(line).length, 0);
  // Ids, tokens and the table of lines: what opening a document costs.
  const byIndex = () =>
    createDocumentIndex(source, { path: '/a.ts' }).rows.reduce((count, { ids }) => count + ids.length, 0);
  assert.equal(byScan(), byExpression());
  if (atLeast > 1) assert.equal(byIndex(), IDS);
  const times: Record<'expression' | 'scan' | 'index', number[]> = { expression: [], scan: [], index: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.expression.push(timed(byExpression));
    times.scan.push(timed(byScan));
    times.index.push(timed(byIndex));
  }
  const rival = { what: 'the expression', median: median(times.expression) };
  const row = (name: string, measured: readonly number[]) => rowOf(`${name}, ${what}`, measured, rival);
  const goal = (measured: readonly number[]) => ({
    text: `>= ${atLeast}x faster`,
    met: rival.median >= atLeast * median(measured),
  });
  return [
    row('/\\b[0-9a-f]{32}\\b/g over getText()', times.expression),
    { ...row('ids by line', times.scan), goal: goal(times.scan) },
    row('the whole index, tokens too', times.index),
  ];
}

function timed(work: () => unknown): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}
