import { runProbe } from '../inHost';
import { median, type Row, rowOf } from '../rows';
import type { Measured } from './probe';

const PATIENCE_MILLISECONDS = 180_000;

/** What ids cost while a person works, measured in the extension host of a real VS Code. */
export async function benchInEditor(): Promise<readonly Row[]> {
  const measured = (await runProbe('inEditor', PATIENCE_MILLISECONDS)) as Measured;
  const ready = { what: '1,000 ready lenses', median: median(measured.readyLenses) };
  const lenses = rowOf('lenses above 1,000 ids, round trip', measured.ourLenses, ready);
  const whole = { what: 'getText() and the expression', median: median(measured.wholeText) };
  const edit = rowOf('one character typed into 10 MB', measured.update, whole);
  const scan = rowOf('index of an opened document of 10 MB', measured.build, whole);
  return [
    rowOf('1,000 ready lenses, round trip', measured.readyLenses, ready),
    { ...lenses, goal: { text: '<= 1.4x', met: lenses.median <= 1.4 * ready.median } },
    rowOf('getText() and the expression after an edit', measured.wholeText, whole),
    { ...edit, goal: { text: '>= 1,000x cheaper', met: whole.median >= 1000 * edit.median } },
    scan,
  ];
}
