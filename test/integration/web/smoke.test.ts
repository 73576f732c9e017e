import * as vscode from 'vscode';
import type { Seams } from '../../../src/editor/activate';
import { SOME_SIGNATURE } from '../../unit/support/someSignature';

const part = (value: unknown) => btoa(JSON.stringify(value)).replace(/=+$/, '');
const TOKEN = `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: '1b6f0d2a4c8e47d39a5b7c6e8f901234', kid: 'k', exp: 4_000_000_000 })}.${SOME_SIGNATURE}`;

const VIDEO_ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const KEY_ID = '7f2a0c1d3e5b47968a9b0c1d2e3f4051';

/** A fresh private key as JWK. */
async function newKey(): Promise<JsonWebKey> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048 };
  const usages: KeyUsage[] = ['sign', 'verify'];
  const publicExponent = new Uint8Array([1, 0, 1]);
  const { privateKey } = await crypto.subtle.generateKey({ ...algorithm, publicExponent }, true, usages);
  return { ...(await crypto.subtle.exportKey('jwk', privateKey)), kid: KEY_ID } as JsonWebKey;
}

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
    for (const outcome of [await engine.replaceCredential('a'), await engine.keys.create('a')]) {
      assertEqual(outcome.ok ? 'ok' : outcome.failure.code, 'apiUnavailable');
    }
  });

  it('signs with a signing key', async () => {
    const { vault, engine, createOutput } = await seams();
    const jwk = await newKey();
    await vault.write('account:web', JSON.stringify({ version: 1, label: 'Web' }));
    await vault.write('key:web:1', JSON.stringify({ version: 1, kid: KEY_ID, jwk, created: '', addedAt: 1 }));
    const document = await vscode.workspace.openTextDocument({ content: '' });
    await vscode.window.showTextDocument(document);
    let signed: boolean | undefined;
    const signing = engine()
      .signVideo({ accountKey: 'web', videoId: VIDEO_ID }, createOutput())
      .then(({ ok }) => {
        signed = ok;
      });
    // Enter, until somebody takes it: the first line signs.
    while (signed === undefined) {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await Promise.race([signing, new Promise((resolve) => setTimeout(resolve, 100))]);
    }
    const payload = /eyJ[\w-]+\.(eyJ[\w-]+)\./.exec(document.getText())?.[1] ?? '';
    assertEqual(JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).kid, KEY_ID);
    await vault.remove('key:web:1');
    await vault.remove('account:web');
  });

  it('keeps secrets', async () => {
    const { vault } = await seams();
    await vault.write('account:web', 'secret');
    assertEqual(await vault.read('account:web'), 'secret');
    await vault.remove('account:web');
    assertEqual(await vault.read('account:web'), undefined);
  });
});
