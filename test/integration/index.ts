import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { lineReporter } from './lineReporter';
import { runSuites } from './runSuites';

const timeoutMilliseconds = 20_000;

/**
 * Called by VS Code inside its Node extension host: runs every suite beside this file. Those below web/ are for the browser's
 * extension host and have an entry of their own.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: lineReporter,
    timeout: timeoutMilliseconds,
    forbidOnly: process.env.CI !== undefined,
  });
  for (const name of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.test.cjs') && !/^web[/\\]/.test(name)) mocha.addFile(join(__dirname, name));
  }
  await runSuites(mocha);
}
