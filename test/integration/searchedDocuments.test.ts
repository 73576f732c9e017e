import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SOME_SIGNATURE } from '../unit/support/someSignature';
import { seams } from './support/extension';
import { waitFor } from './support/waitFor';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const HASH = '9e107d9d372bb6826bd81d3542a419d6';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: ID, kid: 'k', exp: 1_600_000_000 })}.${SOME_SIGNATURE}`;
const STRANGERS = `${part({ alg: 'HS256' })}.${part({ sub: 'user-1', exp: 1_600_000_000 })}.${SOME_SIGNATURE}`;

/** A file's name, and a line that stands in it. */
const files: readonly [string, string][] = [
  ['.env', `STREAM_VIDEO_ID=${ID}`],
  ['.env.local', `STREAM_VIDEO_ID=${ID}`],
  ['.dev.vars', `STREAM_VIDEO_ID=${ID}`],
  ['a.json', `{ "videoId": "${ID}" }`],
  ['a.jsonc', `{ "videoId": "${ID}" } // the tour`],
  ['a.yaml', `videoId: ${ID}`],
  ['a.yml', `videoId: ${ID}`],
  ['a.toml', `video_id = "${ID}"`],
  ['a.md', `The video is https://videodelivery.net/${ID}/watch today.`],
  ['a.html', `<iframe src="https://customer-abc.cloudflarestream.com/${ID}/iframe"></iframe>`],
  ['a.vue', `<template><stream src="${ID}" /></template>`],
  ['a.svelte', `<Stream src="${ID}" />`],
  ['a.astro', `<Stream src="${ID}" />`],
  ['a.js', `const videoId = '${ID}';`],
  ['a.jsx', `export const player = <Stream src="${ID}" />;`],
  ['a.ts', `const videoId: string = '${ID}';`],
  ['a.tsx', `export const player = <Stream src="${ID}" />;`],
  ['a.py', `video_id = "${ID}"`],
  ['a.go', `const videoID = "${ID}"`],
  ['a.php', `<?php $videoId = '${ID}';`],
  ['a.rb', `video_id = '${ID}'`],
  ['a.rs', `const VIDEO_ID: &str = "${ID}";`],
  ['A.java', `String videoId = "${ID}";`],
  ['A.cs', `var videoId = "${ID}";`],
  ['a.kt', `val videoId = "${ID}"`],
  ['a.http', `GET https://videodelivery.net/${ID}/manifest/video.m3u8`],
  ['a.rest', `GET https://videodelivery.net/${ID}/manifest/video.m3u8`],
  ['a.txt', `https://videodelivery.net/${ID}/iframe`],
];

/** What a person is offered at the id of a document. */
async function offered(document: vscode.TextDocument): Promise<string> {
  const place = document.positionAt(document.getText().indexOf(ID) + 5);
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
  );
  const link = links.find(({ range }) => range.contains(place));
  const isOurs = link?.target?.scheme === 'command' && document.getText(link.range) === ID;
  const lens = lenses.find(({ range, command }) => {
    return range.start.line === place.line && command?.command === 'streamSigner.signVideo';
  });
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    place,
  );
  const hover = hovers.some(
    ({ range, contents }) => range?.contains(place) && markdownOf(contents).includes('**Video id**'),
  );
  return [hover && 'hover', isOurs && 'link', lens && 'lens'].filter(Boolean).join(', ');
}

function markdownOf(contents: vscode.Hover['contents']): string {
  return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
}

describe('searched documents', () => {
  let folder: vscode.Uri;
  before(async () => {
    await seams();
    // Whoever tried every command may have left lenses off.
    await vscode.workspace.getConfiguration('streamSigner.codeLens').update('detect', undefined, true);
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    folder = vscode.Uri.joinPath(root.uri, 'searched');
    await vscode.workspace.fs.createDirectory(folder);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  async function opened(name: string, text: string): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return vscode.workspace.openTextDocument(uri);
  }

  for (const [name, line] of files) {
    it(`${name}, with either end of line`, async () => {
      for (const end of ['\n', '\r\n']) {
        const document = await opened(`${end.length}${name.startsWith('.') ? '/' : ''}${name}`, `${end}${line}${end}`);
        assert.equal(await offered(document), 'hover, link, lens', document.languageId);
      }
    });
  }

  it('a document without a file', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: `video_id = "${ID}"` });
    assert.equal(await offered(document), 'hover, link, lens');
  });

  it('a document that somebody makes up', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('made-up', {
      provideTextDocumentContent: () => `const videoId = '${ID}';`,
    });
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('made-up:/a/player.js'));
    assert.equal(await offered(document), 'hover, link, lens');
    provider.dispose();
  });

  it('the cells of a notebook', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, `video_id = "${ID}"`, 'python'),
      ]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(0);
    // The text of a cell is there for providers only once the cell is drawn.
    await waitFor(
      async () =>
        (await offered(document).then(
          (found) => found,
          () => '',
        )) === 'hover, link, lens',
    );
  });

  it('offers no link and no lens for what may be a hash, but tells what it may be, and to sign it', async () => {
    const document = await opened('hash.ts', `const md5 = '${HASH}';`);
    const place = new vscode.Position(0, 20);
    const links = await vscode.commands.executeCommand<unknown[]>('vscode.executeLinkProvider', document.uri);
    assert.deepEqual(links, []);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      place,
    );
    assert.match(markdownOf(hover?.contents ?? []), /^\*\*A video id, or a hash\*\*/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(place, place),
    );
    assert.ok(actions.some(({ command }) => command?.command === 'streamSigner.signVideo'));
    const elsewhere = new vscode.Range(0, 2, 0, 2);
    const none = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      elsewhere,
    );
    assert.ok(none.every(({ command }) => command?.command !== 'streamSigner.signVideo'));
  });

  it('says what a token is wherever the mouse rests on its address', async () => {
    const url = `https://customer-abc.cloudflarestream.com/${TOKEN}/iframe?muted=true`;
    const document = await opened('token.ts', `const src = '${url}';\nconst jwt = '${STRANGERS}';\n`);
    const over = async (line: number, part: string) => {
      const place = new vscode.Position(line, document.lineAt(line).text.indexOf(part) + 1);
      return vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, place);
    };
    for (const part of ['https', TOKEN, 'muted']) {
      const [hover] = await over(0, part);
      assert.ok(hover, part);
      assert.match(markdownOf(hover.contents), /^\*\*Expired \d+ days ago\*\*/);
      assert.equal(hover.range && document.getText(hover.range), url);
    }
    assert.deepEqual(await over(0, 'const'), []);
    assert.deepEqual(await over(1, STRANGERS), []);
  });

  it('leaves the rest of an address a link to where it led', async () => {
    const url = `https://customer-abc.cloudflarestream.com/${ID}/iframe?muted=true`;
    const document = await opened('around.html', `<iframe src="${url}"></iframe>`);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    links.sort((one, other) => one.range.start.compareTo(other.range.start));
    assert.deepEqual(
      links.map(({ range, target }) => [
        document.getText(range),
        target?.scheme === 'command' ? 'ours' : target?.toString(true),
      ]),
      [
        ['https://customer-abc.cloudflarestream.com/', url],
        [ID, 'ours'],
        ['/iframe?muted=true', url],
      ],
    );
  });
});
