import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SOME_SIGNATURE } from '../unit/support/someSignature';
import { seams } from './support/extension';
import { waitFor } from './support/waitFor';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: '1b6f0d2a4c8e47d39a5b7c6e8f901234', kid: 'k', exp: 4_000_000_000 })}.${SOME_SIGNATURE}`;

describe('claims page', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function decodeFrom(text: string, selection: vscode.Selection): Promise<string> {
    const document = await vscode.workspace.openTextDocument({ content: text });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = selection;
    await vscode.commands.executeCommand('streamSigner.decodeToken');
    return (await seams()).claims.current()?.json ?? '';
  }

  it('opens for the selected token', async () => {
    const json = await decodeFrom(`x ${token}`, new vscode.Selection(0, 0, 0, 9999));
    assert.equal(JSON.parse(json).claims.exp, 4_000_000_000);
    await waitFor(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label.startsWith('Token for 1b6f0d2a4c8') ?? false,
    );
  });

  it('stands there before secret storage is asked for its key', async () => {
    const { vault, claims } = await seams();
    const { keys } = vault;
    const stood: boolean[] = [];
    vault.keys = () => {
      stood.push(claims.current() !== undefined);
      return keys();
    };
    try {
      await decodeFrom(token, new vscode.Selection(0, 0, 0, 9999));
    } finally {
      vault.keys = keys;
    }
    assert.ok(stood.length > 0 && stood.every(Boolean), `${stood}`);
  });

  it('opens for the token under the cursor', async () => {
    assert.notEqual(await decodeFrom(`src="https://x/${token}/iframe"`, new vscode.Selection(0, 40, 0, 40)), '');
  });

  it('gives the claims as JSON on request', async () => {
    await decodeFrom(token, new vscode.Selection(0, 0, 0, 9999));
    await vscode.commands.executeCommand('streamSigner.copyClaims');
    assert.equal(JSON.parse(await vscode.env.clipboard.readText()).header.alg, 'RS256');
  });

  it('forgets the token when it is closed', async () => {
    await decodeFrom(token, new vscode.Selection(0, 0, 0, 9999));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal((await seams()).claims.current(), undefined);
  });
});
