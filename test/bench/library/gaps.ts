import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { createClock } from '../../../src/editor/clock';
import { groupedVideoNodes, videoNodes } from '../../../src/flows/library/videoNodes';
import { createPace, type Pace } from '../../../src/flows/pace';
import type { EmulatorProcess } from './emulator';
import { never, openWindow } from './window';

const ROUNDS = 5;
const atOnce: Pace = async () => {};

/** The longest gaps of each round in milliseconds. */
export interface LongestGaps {
  readonly loading: number[];
  readonly filtering: number[];
}

export interface Gaps {
  readonly gaps: LongestGaps;
  /** Without turns for others. */
  readonly stubborn: LongestGaps;
}

/** Loads and filters a large library again and again in this process, in turns with others and without. */
export async function measureGaps(emulator: EmulatorProcess): Promise<Gaps> {
  const gaps = { loading: [] as number[], filtering: [] as number[] };
  const stubborn = { loading: [] as number[], filtering: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [pace, into] of [
      [createPace(createClock()), gaps],
      [atOnce, stubborn],
    ] as const) {
      const { videos, views } = await openWindow(emulator, pace);
      into.loading.push(await longestGap(async () => void (await videos.all('a1', never()))));
      into.filtering.push(
        await longestGap(async () => {
          for (const text of ['f', 'fi', 'field', '9'])
            for (const order of ['name', 'oldest'] as const) {
              views.setFilter('a1', { text, order });
              const shown = await views.shown('a1');
              assert.ok(videoNodes('a1', shown, () => '').length > 0);
              groupedVideoNodes('a1', shown, 1000);
            }
        }),
      );
    }
  }
  return { gaps, stubborn };
}

/**
 * The longest time between two turns of the loop, in milliseconds, as far as this thread used it: what the machine gave to
 * others in between is none of our doing.
 */
async function longestGap(work: () => Promise<void>): Promise<number> {
  const used = () => {
    // Node counts this thread alone since 23.9; its types are older.
    const { user, system } = (process as typeof process & { threadCpuUsage: typeof process.cpuUsage }).threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest = 0;
  let running = true;
  let [time, cpu] = [performance.now(), used()];
  const turn = () => {
    const [now, usedNow] = [performance.now(), used()];
    longest = Math.max(longest, Math.min(now - time, usedNow - cpu));
    [time, cpu] = [now, usedNow];
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  // Work that never gave way is only noticed once something else gets its turn.
  await setTimeout(5);
  running = false;
  return longest;
}
