import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { RESULT_VARIABLE } from '../inHost';

const CALM_MILLISECONDS = 4;
const CALM_TRIPS = 25;
const MAX_TRIPS = 5000;

/** Runs inside the extension host: activates the one extension that is being developed and writes down how long it took. */
export async function run(): Promise<void> {
  const result = process.env[RESULT_VARIABLE];
  const extension = vscode.extensions.all.find(({ id }) => id.startsWith('stream-signer.'));
  if (result === undefined || extension === undefined) throw new Error('There is no extension to measure.');
  await untilCalm();
  const before = performance.now();
  await extension.activate();
  appendFileSync(result, `${JSON.stringify({ id: extension.id, milliseconds: performance.now() - before })}\n`);
}

/** A window that has just opened is busy with itself; what is measured then is that. */
async function untilCalm(): Promise<void> {
  for (let calm = 0, trips = 0; calm < CALM_TRIPS && trips < MAX_TRIPS; trips++) {
    const before = performance.now();
    await vscode.commands.executeCommand('setContext', 'activationProbe', trips);
    calm = performance.now() - before < CALM_MILLISECONDS ? calm + 1 : 0;
  }
}
