import { stat } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { opensslSignatures } from './openssl';
import { type Strategy, strategies } from './strategies';

const TOKENS = 1000;
const PAUSE_MILLISECONDS = 2;
const CALM_MILLISECONDS = 5000;
/** How much of the processors others may use before a batch is tried once more. */
const CALM_SHARE = 0.1;
const TRIES = 3;

/** How fast a batch of tokens was signed, and what a second one did to the process it was signed in. */
export interface Batch extends Speed, Disturbance {}

interface Speed {
  readonly perSecond: number;
  /** How much of all processors other processes used meanwhile, from 0 to 1. */
  readonly foreignLoad: number;
}

interface Disturbance {
  /** The longest time in which nothing else could run, in milliseconds. */
  readonly longestGap: number;
  /** The longest that another caller waited for `fs.stat`, in milliseconds. */
  readonly worstStat: number;
}

/** One round: each strategy once, and what OpenSSL does with all processors between them. */
export type Round = Readonly<Record<Strategy, Batch>> & { readonly opensslPerSecond: number };

/** Measures rounds in this process; the order within a round changes, so that nobody always runs first. */
export async function measureRounds(count: number, openssl: boolean): Promise<readonly Round[]> {
  const sign = strategies();
  const videoIds = Array.from({ length: TOKENS }, (_, at) => at.toString(16).padStart(32, '0'));
  const order: Strategy[] = ['ours', 'sync', 'unbounded'];
  for (const strategy of order) await sign[strategy](videoIds.slice(0, 100));
  const rounds: Round[] = [];
  for (let round = 0; round < count; round++) {
    const batches: Partial<Record<Strategy, Batch>> = {};
    for (const strategy of order) batches[strategy] = await leastDisturbed(() => sign[strategy](videoIds));
    await untilCalm();
    const { ours, sync, unbounded } = batches;
    if (ours === undefined || sync === undefined || unbounded === undefined) throw new Error('A strategy is missing.');
    rounds.push({ ours, sync, unbounded, opensslPerSecond: openssl ? await opensslSignatures() : Number.NaN });
    order.push(order.shift() ?? 'ours');
  }
  return rounds;
}

async function leastDisturbed(work: () => Promise<unknown>): Promise<Batch> {
  const tries: Speed[] = [];
  while (tries.length < TRIES && !tries.some(({ foreignLoad }) => foreignLoad < CALM_SHARE)) {
    await untilCalm();
    tries.push(await speedOf(work));
  }
  const best = tries.reduce((calmest, speed) => (speed.foreignLoad < calmest.foreignLoad ? speed : calmest));
  await untilCalm();
  return { ...best, ...(await disturbanceOf(work)) };
}

async function speedOf(work: () => Promise<unknown>): Promise<Speed> {
  const [own, all] = [process.cpuUsage(), processorTimes()];
  const before = performance.now();
  await work();
  const seconds = (performance.now() - before) / 1000;
  const { user, system } = process.cpuUsage(own);
  const { busy, total } = processorTimes(all);
  return { perSecond: TOKENS / seconds, foreignLoad: Math.max(0, busy - (user + system) / 1000) / total };
}

/** Not while the speed is measured: whoever looks so often takes a tenth of the time, but nothing from a loop that never lets him look. */
async function disturbanceOf(work: () => Promise<unknown>): Promise<Disturbance> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let running = true;
  let worstStat = 0;
  const other = (async () => {
    while (running) {
      const before = performance.now();
      await stat(tmpdir());
      worstStat = Math.max(worstStat, performance.now() - before);
      await setTimeout(PAUSE_MILLISECONDS);
    }
  })();
  delay.enable();
  // Its clock has to run before anything can be in its way.
  await setTimeout(10);
  await work();
  // A gap is noted when it is over.
  await setTimeout(PAUSE_MILLISECONDS);
  delay.disable();
  running = false;
  await other;
  return { longestGap: delay.max / 1e6, worstStat };
}

/** Waits until the processors have little else to do, but not for ever. */
async function untilCalm(): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < CALM_MILLISECONDS) {
    const before = processorTimes();
    await setTimeout(200);
    const { busy, total } = processorTimes(before);
    if (busy / total < CALM_SHARE) return;
  }
}

/** How long all processors together were busy and how long they could have been, in milliseconds since a moment. */
function processorTimes(since = { busy: 0, total: 0 }): { readonly busy: number; readonly total: number } {
  const times = cpus().flatMap((processor) => Object.entries(processor.times));
  const sum = (among: typeof times) => among.reduce((total, [, milliseconds]) => total + milliseconds, 0);
  return { busy: sum(times.filter(([name]) => name !== 'idle')) - since.busy, total: sum(times) - since.total };
}
