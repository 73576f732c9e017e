import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from '../repository';
import { npmInstall } from './npmInstall';
import { repair } from './repair';
import { withLock } from './withLock';

const version = '4.139.1';

/** Which VS Code the server is, for people: the package's version without its leading "4." is VS Code's "1.". */
export const serverName = `VS Code server ${version.replace(/^4/, '1')}`;

let obtained: Promise<string> | undefined;

/**
 * The folder of a ready VS Code server (the one that holds `out/server-main.js`), fetched from the npm package `code-server`
 * into the repository's cache when it is not there yet: about 600 MB, once. Callers in this and in other processes share one
 * fetch. Fails with one sentence when it can't be had.
 */
export function obtainServer(): Promise<string> {
  obtained ??= fetchOnce().catch((error) => {
    obtained = undefined;
    throw error;
  });
  return obtained;
}

async function fetchOnce(): Promise<string> {
  const home = join(cacheFolder(), `vscode-server-${version}`);
  const vscode = join(home, 'node_modules', 'code-server', 'lib', 'vscode');
  const marker = join(home, 'complete');
  if (!existsSync(marker)) {
    mkdirSync(cacheFolder(), { recursive: true });
    await withLock(`${home}.lock`, async () => {
      if (!existsSync(marker)) await install(home, marker);
    });
  }
  repair(vscode);
  return vscode;
}

async function install(home: string, marker: string): Promise<void> {
  const started = performance.now();
  console.error(`Fetching ${serverName} into .cache (once, about 600 MB) …`);
  removeLeftovers(home);
  // A name of its own: the npm of a process that was killed may still be filling the folder of that one.
  const partial = `${home}.${process.pid}.partial`;
  mkdirSync(partial);
  try {
    writeFileSync(join(partial, 'package.json'), '{ "name": "vscode-server", "private": true }\n');
    const vscode = join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
    // Nothing is compiled and no script of a package runs; what the server misses from that, `repair` gives it.
    await npmInstall(partial, [`code-server@${version}`]);
    await npmInstall(vscode);
    await npmInstall(join(vscode, 'extensions'));
    writeFileSync(join(partial, basename(marker)), '');
    renameSync(partial, home);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true, maxRetries: 5 });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${serverName} can't be fetched from the npm registry: ${reason}`);
  }
  console.error(`${serverName} is ready after ${Math.round((performance.now() - started) / 1000)} s.`);
}

/** What fetches that were interrupted left behind. One that can't be removed at present stays for the next time. */
function removeLeftovers(home: string): void {
  for (const name of readdirSync(dirname(home))) {
    const leftover = name === basename(home) || (name.startsWith(`${basename(home)}.`) && name.endsWith('.partial'));
    if (!leftover) continue;
    try {
      rmSync(join(dirname(home), name), { recursive: true, force: true });
    } catch {
      // Somebody is still writing into it.
    }
  }
}
