import { existsSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { SOME_SIGNATURE } from '../../unit/support/someSignature';
import { RESULT_VARIABLE } from '../inHost';
import { untilCalm } from '../untilCalm';
import { COMMANDS, seenFile } from './variants';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = [
  part({ alg: 'RS256', kid: '8f926b2b01f3835170025a78a4dcbf6a' }),
  part({
    sub: '1b6f0d2a4c8e47d39a5b7c6e8f901234',
    kid: '8f926b2b01f3835170025a78a4dcbf6a',
    exp: 4_000_000_000,
    accessRules: [
      { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
      { type: 'any', action: 'block' },
    ],
  }),
  SOME_SIGNATURE,
].join('.');

/**
 * Runs inside the extension host: selects a token, runs the command that opens the panel, writes down when that began
 * (epoch milliseconds), and keeps the window open until the panel was seen.
 */
export async function run(): Promise<void> {
  const result = process.env[RESULT_VARIABLE];
  const extension = vscode.extensions.all.find(({ id }) => id.startsWith('stream-signer.'));
  if (result === undefined || extension === undefined) throw new Error('There is nothing to measure.');
  const command = extension.id === 'stream-signer.empty-panel' ? COMMANDS.empty : COMMANDS.claims;
  const document = await vscode.workspace.openTextDocument({ content: TOKEN });
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(0, 0, 0, TOKEN.length);
  const makeTrip = (trip: number) => vscode.commands.executeCommand('setContext', 'benchTrip', trip);
  await untilCalm(makeTrip);
  if (extension.isActive) throw new Error('The extension is not cold.');
  const begun = performance.timeOrigin + performance.now();
  await vscode.commands.executeCommand(command);
  // There is no event for a file, and the window must stay.
  for (let trip = 0; !existsSync(seenFile(result)); trip++) await makeTrip(trip);
  writeFileSync(result, JSON.stringify({ begun }));
}
