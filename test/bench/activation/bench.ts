import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../host/browser';
import { repositoryRoot } from '../../host/repository';
import { type Server, startServer } from '../../host/server/start';
import { RESULT_VARIABLE, resultFile, runInHost } from '../inHost';
import { median, type Row, rowOf } from '../rows';
import { type Variant, writeVariants } from './variants';

/** An odd number, so that the median is a start that happened. */
const STARTS = 9;
const START_MILLISECONDS = 90_000;

/** How long activation takes in the extension host of a real VS Code, over alternating starts. */
export async function benchActivation(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'activation-'));
  const paths = await writeVariants(folder);
  const server = await startServer({ workspace: folder, env: { [RESULT_VARIABLE]: resultFile(folder) } });
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
  const empty = { what: 'an empty extension', median: median(times.empty) };
  const ours = rowOf('activation', times.ours, empty);
  const met = ours.median <= 1.25 * empty.median || ours.median <= empty.median + 3;
  return [
    rowOf('activation of an empty extension', times.empty, empty),
    { ...ours, goal: { text: '<= 1.25x or <= +3 ms', met } },
    rowOf('activation with undici and jose at once', times.eager, { what: 'ours', median: ours.median }),
  ];
}

async function start(browser: Browser, server: Server, workspace: string, extension: string): Promise<number> {
  const probe = join(repositoryRoot(), 'dist-test', 'bench', 'activation', 'probe.cjs');
  const found = await runInHost(browser, server, { workspace, extension, probe, milliseconds: START_MILLISECONDS });
  return (found as { readonly milliseconds: number }).milliseconds;
}
