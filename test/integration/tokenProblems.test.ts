import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { KEY_ID, testKey } from '../unit/stream/keys/testKeys';
import { SOME_SIGNATURE } from '../unit/support/someSignature';
import { seams } from './support/extension';
import { waitFor } from './support/waitFor';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (claims: object) =>
  `${part({ alg: 'RS256', kid: KEY_ID })}.${part({ sub: TOUR, kid: KEY_ID, ...claims })}.${SOME_SIGNATURE}`;
const now = () => Math.floor(Date.now() / 1000);
const EXPIRED = tokenOf({ nbf: 1_599_998_200, exp: 1_600_000_000 });
const url = (token: string) => `https://videodelivery.net/${token}/iframe?muted=true`;

async function open(content: string, language = 'plaintext'): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ content, language });
  await vscode.window.showTextDocument(document);
  return document;
}

function problemsOf({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Stream Signer');
}

const kindsOf = (document: vscode.TextDocument) => problemsOf(document).map(({ code }) => code);

async function actionsAt(document: vscode.TextDocument, line: number, column: number): Promise<vscode.CodeAction[]> {
  const range = new vscode.Range(line, column, line, column);
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range);
}

/** Chooses a line of the menu. */
async function choose(actions: readonly vscode.CodeAction[], title: string): Promise<void> {
  const command = actions.find((action) => action.title === title)?.command;
  assert.ok(command, `${title} is not among ${actions.map((action) => action.title)}`);
  await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

async function settings(values: Readonly<Record<string, unknown>>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('streamSigner.diagnostics');
  for (const [name, value] of Object.entries(values))
    await configuration.update(name, value, vscode.ConfigurationTarget.Global);
}

describe('problems with tokens in documents', () => {
  /** What was asked of secret storage and of the network. */
  const asked: string[] = [];
  let restore = () => {};

  before(async () => {
    const { vault } = await seams();
    const { fetch } = globalThis;
    const own = { keys: vault.keys, read: vault.read };
    Object.assign(vault, {
      keys: () => {
        asked.push('keys');
        return own.keys();
      },
      read: (key: string) => {
        asked.push('read');
        return own.read(key);
      },
    });
    globalThis.fetch = (...request) => {
      asked.push('fetch');
      return fetch(...request);
    };
    restore = () => {
      Object.assign(vault, own);
      globalThis.fetch = fetch;
    };
  });
  after(async () => {
    restore();
    const { vault } = await seams();
    await vault.remove('account:problems');
    await vault.remove('key:problems:1');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are underlined when a file is opened, without a request and without a secret', async () => {
    asked.length = 0;
    const document = await open(`# Old\n\n${url(EXPIRED)}\n`);
    await waitFor(() => problemsOf(document).length > 0);
    const [problem, ...others] = problemsOf(document);
    assert.ok(problem);
    assert.deepEqual(
      [problem.code, problem.severity, document.getText(problem.range), others.length],
      ['expired', vscode.DiagnosticSeverity.Warning, EXPIRED, 0],
    );
    assert.match(problem.message, /^This Stream token expired: Sep 13, 2020/);
    await actionsAt(document, 2, 40);
    assert.deepEqual(asked, []);
  });

  it('are found where a token or an id stands in the wrong place', async () => {
    const document = await open(
      `${url(TOUR)}&token=${tokenOf({ exp: now() + 3600 })}\nhttps://customer-${TOUR}.cloudflarestream.com/x\n`,
    );
    await waitFor(() => problemsOf(document).length === 2);
    assert.deepEqual(kindsOf(document), ['tokenInQuery', 'accountAsCode']);
  });

  it('follow edits', async () => {
    const document = await open(`a\n${url(EXPIRED)}\n`);
    await waitFor(() => problemsOf(document).length === 1);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'new\n');
    await vscode.workspace.applyEdit(edit);
    assert.equal(problemsOf(document)[0]?.range.start.line, 2);
    const removal = new vscode.WorkspaceEdit();
    removal.delete(document.uri, new vscode.Range(2, 30, 2, 40));
    await vscode.workspace.applyEdit(removal);
    assert.deepEqual(kindsOf(document), []);
  });

  it('come when their time has come', async () => {
    const document = await open(url(tokenOf({ exp: now() + 2 })));
    await waitFor(() => kindsOf(document)[0] === 'expiresSoon');
    await waitFor(() => kindsOf(document)[0] === 'expired');
  });

  it('are shown as the settings say, at once', async () => {
    const document = await open(`${url(EXPIRED)}\n${url(tokenOf({ exp: now() + 1800 }))}\n`);
    await waitFor(() => problemsOf(document).length === 1);
    const steps: readonly [Readonly<Record<string, unknown>>, readonly string[]][] = [
      [{ warnBefore: '1h' }, ['expired', 'expiresSoon']],
      [{ severity: { expired: 'off' } }, ['expiresSoon']],
      [{ enabled: false }, []],
      [{ enabled: undefined, severity: { expired: 'error' }, warnBefore: undefined }, ['expired']],
    ];
    for (const [values, expected] of steps) {
      await settings(values);
      await waitFor(() => kindsOf(document).join() === expected.join());
    }
    assert.equal(problemsOf(document)[0]?.severity, vscode.DiagnosticSeverity.Error);
    await settings({ severity: undefined });
    await waitFor(() => problemsOf(document)[0]?.severity === vscode.DiagnosticSeverity.Warning);
  });

  it('are not looked for in what a program made', async () => {
    for (const name of ['package-lock.json', 'app.min.js']) {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(`untitled:${name}`));
      await vscode.window.showTextDocument(document);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), url(EXPIRED));
      await vscode.workspace.applyEdit(edit);
      assert.deepEqual(kindsOf(document), [], name);
    }
    const minified = await open(`${'a'.repeat(2001)} ${url(EXPIRED)}`, 'javascript');
    assert.deepEqual(kindsOf(minified), []);
  });

  it('are ignored in one file, until somebody wants them back', async () => {
    const document = await open(url(EXPIRED));
    await waitFor(() => problemsOf(document).length === 1);
    await choose(await actionsAt(document, 0, 40), 'Ignore problems with tokens in this file');
    await waitFor(() => problemsOf(document).length === 0);
    await vscode.commands.executeCommand('streamSigner.showIgnoredTokenProblems');
    await waitFor(() => problemsOf(document).length === 1);
  });

  describe('are mended', () => {
    before(async () => {
      const { vault } = await seams();
      const { jwk } = testKey();
      const record = { version: 1, kid: KEY_ID, jwk, created: '', addedAt: 1 };
      await vault.write('account:problems', JSON.stringify({ version: 1, label: 'Problems' }));
      await vault.write('key:problems:1', JSON.stringify(record));
    });

    it('by re-signing: only the token changes, and one undo brings it back', async () => {
      const before = `a\r\n<${url(EXPIRED)}> b\r\n`;
      const document = await open(before);
      await waitFor(() => problemsOf(document).length === 1);
      const actions = await actionsAt(document, 1, 40);
      assert.deepEqual(
        actions.map(({ title }) => title),
        [
          'Re-sign for 30 min with the same rules',
          'Re-sign with…',
          'Replace by the plain id',
          'Ignore problems with tokens in this file',
        ],
      );
      assert.equal(actions[0]?.isPreferred, true);
      await choose(actions, 'Re-sign for 30 min with the same rules');
      const [, payload = ''] =
        /^a\r\n<https:\/\/videodelivery\.net\/eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+\/iframe\?muted=true> b\r\n$/.exec(
          document.getText(),
        ) ?? [];
      const { sub, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
      assert.ok(sub === TOUR && Math.abs(exp - now() - 1800) < 60);
      await waitFor(() => problemsOf(document).length === 0);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
      await waitFor(() => kindsOf(document).includes('expired'));
    });

    it('by the plain id, which one undo takes back', async () => {
      const document = await open(url(EXPIRED));
      await waitFor(() => problemsOf(document).length === 1);
      await choose(await actionsAt(document, 0, 40), 'Replace by the plain id');
      assert.equal(document.getText(), url(TOUR));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), url(EXPIRED));
    });

    it('all at once, which is one undo step', async () => {
      const fresh = tokenOf({ exp: now() + 7200 });
      const before = `${url(EXPIRED)}\n${url(fresh)}\n${EXPIRED} ${tokenOf({ nbf: 1, exp: 7201 })}\n`;
      const document = await open(before);
      await waitFor(() => problemsOf(document).length === 3);
      await choose(await actionsAt(document, 0, 40), 'Re-sign all expired tokens in this file');
      const text = document.getText();
      assert.ok(!text.includes(EXPIRED) && text.includes(fresh));
      await waitFor(() => problemsOf(document).length === 0);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
    });

    it('not where the document moved on meanwhile: the result is on the clipboard', async () => {
      const { vault } = await seams();
      const { read } = vault;
      const document = await open(url(EXPIRED));
      await waitFor(() => problemsOf(document).length === 1);
      const actions = await actionsAt(document, 0, 40);
      // Somebody types into the token while it is being signed.
      Object.assign(vault, {
        read: async (key: string) => {
          Object.assign(vault, { read });
          const edit = new vscode.WorkspaceEdit();
          edit.insert(document.uri, new vscode.Position(0, 60), 'X');
          await vscode.workspace.applyEdit(edit);
          return read(key);
        },
      });
      await choose(actions, 'Re-sign for 30 min with the same rules');
      assert.equal(document.getText(), `${url(EXPIRED).slice(0, 60)}X${url(EXPIRED).slice(60)}`);
      const copied = await vscode.env.clipboard.readText();
      assert.match(copied, /^https:\/\/videodelivery\.net\/eyJ[\w.-]+\/iframe\?muted=true$/);
      assert.notEqual(copied, url(EXPIRED));
    });

    it('where the token went, when lines above it changed since the menu was opened', async () => {
      const other = tokenOf({ nbf: 1, exp: 1801 }).replace(SOME_SIGNATURE, 'b3RoZXI');
      const document = await open(`${url(EXPIRED)}\n`);
      await waitFor(() => problemsOf(document).length === 1);
      const actions = await actionsAt(document, 0, 40);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), `${url(other)}\n`);
      await vscode.workspace.applyEdit(edit);
      await choose(actions, 'Re-sign for 30 min with the same rules');
      assert.ok(document.lineAt(0).text.includes(other));
      assert.ok(!document.getText().includes(EXPIRED));
    });
  });
});
