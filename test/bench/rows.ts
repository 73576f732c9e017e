/** One line of the report. */
export interface Row {
  readonly what: string;
  /** What is counted; milliseconds when absent. */
  readonly unit?: 'ms' | '/s' | 'MB' | 'requests';
  readonly median: number;
  readonly least: number;
  /** The row that the ratio is against. */
  readonly rival: Pick<Row, 'what' | 'median'>;
  /** What was aimed at, in words; absent for rows that only serve as rivals. */
  readonly goal?: { readonly text: string; readonly met: boolean };
}

/** A row of what was measured several times, still without a goal. */
export function rowOf(what: string, measured: readonly number[], rival: Row['rival'], unit: Row['unit'] = 'ms'): Row {
  return { what, unit, median: median(measured), least: Math.min(...measured), rival };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function printRows(rows: readonly Row[]): void {
  for (const { what, unit = 'ms', median: middle, least, rival, goal } of rows) {
    const ratio = (middle / rival.median).toFixed(2);
    const difference = (middle - rival.median).toFixed(1);
    const verdict = goal === undefined ? '' : `  goal ${goal.text}: ${goal.met ? 'met' : 'MISSED'}`;
    console.log(
      `${what.padEnd(44)} ${middle.toFixed(1).padStart(7)} ${unit} (least ${least.toFixed(1)})  ${ratio}x, ${difference} ${unit} to ${rival.what}${verdict}`,
    );
  }
}
