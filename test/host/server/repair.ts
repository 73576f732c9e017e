import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../repository';

/** Packages of the server that would need a compiler, and the file here that takes the place of their main file. */
const replacements = { spdlog: 'spdlog.cjs', 'native-watchdog': 'nativeWatchdog.cjs' };

/**
 * The switch that makes the server honour an extension under development also makes the workbench hide every notification toast,
 * which a person would see and a test looks for.
 */
const hiddenToasts = '!this.isNotificationsCenterVisible&&!this.environmentService.enableSmokeTestDriver';
const shownToasts = '!this.isNotificationsCenterVisible&&true';

/**
 * Makes a server that was installed without running scripts behave like a desktop VS Code. Done at every start, so that a changed
 * repair reaches a cache that is already filled. `vscode`: the folder that holds `out/`.
 */
export function repair(vscode: string): void {
  for (const [name, file] of Object.entries(replacements)) {
    const replacement = readFileSync(join(repositoryRoot(), 'test', 'host', 'server', file), 'utf8');
    rewrite(join(vscode, 'node_modules', '@vscode', name, 'index.js'), () => replacement);
  }
  rewrite(join(vscode, 'out', 'vs', 'code', 'browser', 'workbench', 'workbench.js'), (text) => {
    if (!text.includes(hiddenToasts) && !text.includes(shownToasts)) {
      throw new Error('The VS Code server has changed: the place where its workbench hides toasts is not found.');
    }
    return text.replace(hiddenToasts, shownToasts);
  });
}

/** In one step, since another server may be reading the file at this moment. */
function rewrite(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) return;
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, after);
  renameSync(partial, file);
}
