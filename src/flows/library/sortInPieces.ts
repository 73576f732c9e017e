import type { Pace } from '../pace';

/** About two milliseconds of work. */
const PIECE = 2000;

/** A sorted copy, stable, made piece by piece so that tens of thousands stop nobody. */
export async function sortInPieces<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pace: Pace,
): Promise<readonly T[]> {
  let runs: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += PIECE) {
    runs.push(items.slice(at, at + PIECE).sort(compare));
    await pace();
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare, pace));
    runs = merged;
  }
  // A copy has no room for more.
  return runs[0]?.slice() ?? [];
}

async function merge<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
  pace: Pace,
): Promise<readonly T[]> {
  const merged: T[] = [];
  let left = 0;
  let right = 0;
  while (left < a.length && right < b.length) {
    const [one, other] = [a[left] as T, b[right] as T];
    if (compare(one, other) <= 0) {
      merged.push(one);
      left++;
    } else {
      merged.push(other);
      right++;
    }
    if (merged.length % (5 * PIECE) === 0) await pace();
  }
  return merged.concat(a.slice(left), b.slice(right));
}
