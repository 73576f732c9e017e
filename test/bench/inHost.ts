import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../host/browser';
import { repositoryRoot } from '../host/repository';
import { addressOf } from '../host/server/address';
import { type Server, startServer } from '../host/server/start';
import { temporaryFolder } from '../host/temporaryFolder';

/** The environment variable by which a probe learns where to write what it found. */
export const RESULT_VARIABLE = 'BENCH_RESULT';

/** Where a probe writes its result below the workspace. */
export function resultFile(workspace: string): string {
  return join(workspace, 'result');
}

/**
 * Opens a new window, which starts a new extension host, and waits until the probe (absolute path of a script with a
 * `run()`) is done in it. Resolves with the JSON it wrote.
 */
export async function runInHost(
  browser: Browser,
  server: Server,
  { workspace, extension, probe, milliseconds, watch = () => new Promise(() => {}) }: InHost,
): Promise<unknown> {
  const result = resultFile(workspace);
  rmSync(result, { force: true });
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    const done = new Promise<void>((resolve) => void page.exposeFunction('codeAutomationExit', () => resolve()));
    await page.exposeFunction('codeAutomationLog', () => {});
    await page.goto(addressOf(server.origin, workspace, extension, probe));
    // A probe that failed is done before what is watched for has come.
    await withDeadline(Promise.race([done, watch(page).then(() => done)]), milliseconds);
    if (!existsSync(result)) throw new Error('The extension host ended without a result.');
    return JSON.parse(readFileSync(result, 'utf8'));
  } finally {
    await context.close();
  }
}

/** Runs the probe of a bench, by the bench's name, in a window of its own, with our extension as it is built here. */
export async function runProbe(
  bench: string,
  milliseconds: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const { path: workspace, remove } = temporaryFolder(`${bench}-`);
  const server = await startServer({ workspace, env: { [RESULT_VARIABLE]: resultFile(workspace), ...environment } });
  const browser = await launchBrowser();
  try {
    const root = repositoryRoot();
    const probe = join(root, 'dist-test', 'bench', bench, 'probe.cjs');
    return await runInHost(browser, server, { workspace, extension: root, probe, milliseconds });
  } finally {
    await browser.close();
    await server.stop();
    remove();
  }
}

export interface InHost {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** Absolute path of the extension in Development mode. */
  readonly extension: string;
  readonly probe: string;
  /** How long it may take. */
  readonly milliseconds: number;
  /** What to do with the window meanwhile. */
  readonly watch?: (page: Page) => Promise<void>;
}

async function withDeadline(done: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The window did not finish in time.')), milliseconds);
  });
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
}
