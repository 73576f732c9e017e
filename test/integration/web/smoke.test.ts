import * as vscode from 'vscode';
import type { Seams } from '../../../src/editor/activate';

const part = (value: unknown) => btoa(JSON.stringify(value)).replace(/=+$/, '');
const TOKEN = `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: '1b6f0d2a4c8e47d39a5b7c6e8f901234', kid: 'k', exp: 4_000_000_000 })}.c2ln`;

/** node:assert is not there in a web worker. */
function assertEqual<T>(found: T, wanted: T): void {
  if (found !== wanted) throw new Error(`found ${JSON.stringify(found)}, wanted ${JSON.stringify(wanted)}`);
}

async function seams(): Promise<Seams> {
  const parts = await vscode.extensions.getExtension<Seams>('stream-signer.stream-signer')?.activate();
  if (parts === undefined) throw new Error('the extension does not run in test mode');
  return parts;
}

describe('in the browser’s extension host', () => {
  it('runs in a web worker', () => {
    assertEqual(vscode.env.uiKind, vscode.UIKind.Web);
    assertEqual(typeof (globalThis as { process?: unknown }).process === 'object', false);
  });

  it('decodes a token', async () => {
    const document = await vscode.workspace.openTextDocument({ content: TOKEN });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 0, TOKEN.length);
    await vscode.commands.executeCommand('streamSigner.decodeToken');
    const json = (await seams()).claims.current()?.json;
    assertEqual(JSON.parse(json ?? '{}').claims?.exp, 4_000_000_000);
  });

  it('says why the API can’t be called, before it is tried', async () => {
    const engine = (await seams()).engine();
    for (const outcome of [await engine.addAccount(), await engine.signVideo({}, (await seams()).createOutput())]) {
      assertEqual(outcome.ok ? 'ok' : outcome.failure.code, 'apiUnavailable');
    }
  });

  it('keeps secrets', async () => {
    const { vault } = await seams();
    await vault.write('account:web', 'secret');
    assertEqual(await vault.read('account:web'), 'secret');
    await vault.remove('account:web');
    assertEqual(await vault.read('account:web'), undefined);
  });
});
