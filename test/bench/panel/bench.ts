import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../host/browser';
import { repositoryRoot } from '../../host/repository';
import { type Server, startServer } from '../../host/server/start';
import { RESULT_VARIABLE, resultFile, runInHost } from '../inHost';
import { median, type Row, rowOf } from '../rows';
import { seenFile, type Variant, writeVariants } from './variants';

/** An odd number, so that the median is a start that happened. */
const STARTS = 7;
const START_MILLISECONDS = 90_000;
const POLL_MILLISECONDS = 10;

/** How long it takes from the command to the first paint of the claims page, by an extension that was not active before. */
export async function benchPanel(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'panel-'));
  const paths = writeVariants(folder);
  const server = await startServer({ workspace: folder, env: { [RESULT_VARIABLE]: resultFile(folder) } });
  const browser = await launchBrowser();
  const times: Record<Variant, number[]> = { empty: [], claims: [] };
  const order: Variant[] = ['empty', 'claims'];
  try {
    // The first start of all warms caches of VS Code itself and counts for nobody.
    await start(browser, server, folder, paths.empty);
    for (let round = 0; round < STARTS; round++) {
      for (const variant of order) {
        const milliseconds = await start(browser, server, folder, paths[variant]);
        times[variant].push(milliseconds);
        console.error(`panel ${round + 1}/${STARTS} ${variant}: ${milliseconds.toFixed(0)} ms`);
      }
      order.reverse();
    }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const rival = { what: 'an empty webview', median: median(times.empty) };
  const claims = rowOf('first paint of the claims page, cold', times.claims, rival);
  return [
    rowOf('first paint of an empty webview, cold', times.empty, rival),
    { ...claims, goal: { text: '<= 1.5x', met: claims.median <= 1.5 * rival.median } },
  ];
}

/** Milliseconds from the command to the first paint in a new window with a new extension host. */
async function start(browser: Browser, server: Server, workspace: string, extension: string): Promise<number> {
  const seen = seenFile(resultFile(workspace));
  rmSync(seen, { force: true });
  let painted = Number.NaN;
  const found = await runInHost(browser, server, {
    workspace,
    extension,
    probe: join(repositoryRoot(), 'dist-test', 'bench', 'panel', 'probe.cjs'),
    milliseconds: START_MILLISECONDS,
    async watch(page) {
      painted = await firstPaint(page);
      writeFileSync(seen, '');
    },
  });
  return painted - (found as { readonly begun: number }).begun;
}

/** When the webview in a window first showed something, in epoch milliseconds. */
async function firstPaint(page: Page): Promise<number> {
  const deadline = performance.now() + START_MILLISECONDS;
  while (performance.now() < deadline) {
    for (const frame of page.frames()) {
      const painted = await frame.evaluate(paintOf).catch(() => undefined);
      if (painted !== undefined) return painted;
    }
    await page.waitForTimeout(POLL_MILLISECONDS);
  }
  throw new Error('The panel was not painted in time.');
}

/** Runs in every document of the window; that of the webview is the only one with a heading of its own. */
function paintOf(): number | undefined {
  if (document.querySelector('body > h1, body > main h1') === null) return undefined;
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return paint && performance.timeOrigin + paint.startTime;
}
