import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../host/browser';
import { repositoryRoot } from '../../host/repository';
import { addressOf } from '../../host/server/address';
import { type Server, startServer } from '../../host/server/start';
import { median, type Row } from '../rows';
import { type Variant, writeVariants } from './variants';

/** An odd number, so that the median is a start that happened. */
const STARTS = 9;
const START_MILLISECONDS = 90_000;

/** How long activation takes in the extension host of a real VS Code, over alternating starts. */
export async function benchActivation(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'activation-'));
  const paths = await writeVariants(folder);
  const server = await startServer({ workspace: folder, env: { ACTIVATION_RESULT: join(folder, 'result') } });
  const browser = await launchBrowser();
  const times: Record<Variant, number[]> = { empty: [], ours: [], eager: [] };
  const order: Variant[] = ['empty', 'ours', 'eager'];
  try {
    // The first start of all warms caches of VS Code itself and counts for nobody.
    await start(browser, server, folder, paths.empty);
    for (let round = 0; round < STARTS; round++) {
      for (const variant of order) {
        const milliseconds = await start(browser, server, folder, paths[variant]);
        times[variant].push(milliseconds);
        console.error(`activation ${round + 1}/${STARTS} ${variant}: ${milliseconds.toFixed(1)} ms`);
      }
      order.push(order.shift() ?? 'empty');
    }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const row = (what: string, variant: Variant, rival: Row['rival']) => ({
    what,
    median: median(times[variant]),
    least: Math.min(...times[variant]),
    rival,
  });
  const empty = { what: 'an empty extension', median: median(times.empty) };
  const ours = row('activation', 'ours', empty);
  const met = ours.median <= 1.25 * empty.median || ours.median <= empty.median + 3;
  return [
    row('activation of an empty extension', 'empty', empty),
    { ...ours, goal: { text: '<= 1.25x or <= +3 ms', met } },
    row('activation with undici and jose at once', 'eager', { what: 'ours', median: ours.median }),
  ];
}

/** Opens a new window, which starts a new extension host, and waits until the probe in it is done. */
async function start(browser: Browser, server: Server, folder: string, extension: string): Promise<number> {
  const result = join(folder, 'result');
  rmSync(result, { force: true });
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    const done = new Promise<void>((resolve) => void page.exposeFunction('codeAutomationExit', () => resolve()));
    await page.exposeFunction('codeAutomationLog', () => {});
    const probe = join(repositoryRoot(), 'dist-test', 'bench', 'activation', 'probe.cjs');
    await page.goto(addressOf(server.origin, folder, extension, probe));
    await withDeadline(done);
    if (!existsSync(result)) throw new Error('The extension host ended without a result.');
    return JSON.parse(readFileSync(result, 'utf8')).milliseconds;
  } finally {
    await context.close();
  }
}

async function withDeadline(done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The window did not finish in time.')), START_MILLISECONDS);
  });
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
}
