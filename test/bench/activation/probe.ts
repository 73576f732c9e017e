import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { RESULT_VARIABLE } from '../inHost';
import { untilCalm } from '../untilCalm';

/** Runs inside the extension host: activates the one extension that is being developed and writes down how long it took. */
export async function run(): Promise<void> {
  const result = process.env[RESULT_VARIABLE];
  const extension = vscode.extensions.all.find(({ id }) => id.startsWith('stream-signer.'));
  if (result === undefined || extension === undefined) throw new Error('There is no extension to measure.');
  await untilCalm((trip) => vscode.commands.executeCommand('setContext', 'benchTrip', trip));
  const before = performance.now();
  await extension.activate();
  appendFileSync(result, `${JSON.stringify({ id: extension.id, milliseconds: performance.now() - before })}\n`);
}
