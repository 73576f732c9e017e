import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EXTENSION_ID, seams } from './support/extension';

const manifest = () => vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON;

describe('activation', () => {
  before(seams);

  it('registers every command of the manifest', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest().contributes.commands) assert.ok(registered.has(command), command);
  });

  it('returns nothing from any command, whatever it is called with', async () => {
    const junk: unknown[] = [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { key: 1 },
      { key: 'nobody' },
      { key: { toString: 'x' } },
    ];
    for (const { command } of manifest().contributes.commands as { command: string }[]) {
      // Offers a request to the network, which is another test's business.
      if (command === 'streamSigner.addEmulatedAccount') continue;
      for (const argument of junk) {
        const returned = vscode.commands.executeCommand(command, argument);
        // A command that asks something waits until its question is gone; closing may come too early, so it repeats.
        let settled = false;
        void returned.then(() => {
          settled = true;
        });
        while (!settled) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        assert.equal(await returned, undefined, command);
      }
    }
  });
});
