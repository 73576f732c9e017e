import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { cacheFolder, repositoryRoot } from './repository';

/** What runs here needs nothing from the network, and asks for nothing. */
const quiet = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  // A closed network answers late or never, an open one would make runs differ: only this machine has a name.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/**
 * Starts a Chromium: `CHROMIUM` (a path), else one that is installed in a usual place, else one that Playwright fetches into the
 * repository's cache. Fails with one sentence that says what to install.
 */
export async function launchBrowser({ headless = true }: { headless?: boolean } = {}): Promise<Browser> {
  const executablePath = findBrowser();
  // Chromium refuses its sandbox to root, which containers and build machines run as.
  const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet;
  return chromium.launch({ executablePath, headless, args });
}

function findBrowser(): string {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM names ${chosen}, which is not there.`);
  }
  return usualPlaces().find((path) => existsSync(path)) ?? fetchBrowser();
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => process.env[name] ?? []);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return programs.flatMap((program) => roots.map((root) => join(root, program)));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  return names.map((name) => `/usr/bin/${name}`);
}

function fetchBrowser(): string {
  const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: join(cacheFolder(), 'browsers') };
  // Playwright reads the variable when it is loaded, which is long past in this process.
  const ask = 'process.stdout.write(require("playwright-core").chromium.executablePath())';
  const fetched = spawnSync(process.execPath, ['-e', ask], { cwd: repositoryRoot(), env, encoding: 'utf8' }).stdout;
  if (!existsSync(fetched)) {
    console.error('No Chromium found here: fetching one into .cache/browsers …');
    const cli = join(repositoryRoot(), 'node_modules', 'playwright-core', 'cli.js');
    spawnSync(process.execPath, [cli, 'install', '--no-shell', 'chromium'], { env, stdio: ['ignore', 2, 2] });
  }
  if (existsSync(fetched)) return fetched;
  throw new Error('A Chromium is needed: install Chromium, Chrome or Edge, or set CHROMIUM to the path of one.');
}
