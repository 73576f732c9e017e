import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { seams } from './support/extension';
import { waitFor } from './support/waitFor';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';

describe('a document that is too large', () => {
  it('is mentioned in one line of the log, and offered nothing', async () => {
    const { log, logUri } = await seams();
    const content = `const videoId = '${ID}';\n${'x'.repeat(1_000_001)}`;
    const { uri } = await vscode.workspace.openTextDocument({ language: 'javascript', content });
    for (let round = 0; round < 2; round++) {
      const offered = await Promise.all([
        vscode.commands.executeCommand<unknown[]>('vscode.executeCodeLensProvider', uri),
        vscode.commands.executeCommand<unknown[]>('vscode.executeLinkProvider', uri),
        vscode.commands.executeCommand<unknown[]>('vscode.executeHoverProvider', uri, new vscode.Position(0, 20)),
      ]);
      assert.deepEqual(offered, [[], [], []]);
    }
    log.info('after the large document');
    let written = '';
    await waitFor(async () => {
      written = await readFile(join(logUri.fsPath, 'Stream Signer.log'), 'utf8').catch(() => '');
      return written.includes('after the large document');
    });
    assert.equal(written.match(/is too large to be searched/g)?.length, 1);
  });
});
