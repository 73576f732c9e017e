import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../host/repository';

export type Variant = 'empty' | 'claims';

/** The command that opens the panel, by variant. */
export const COMMANDS: Readonly<Record<Variant, string>> = {
  empty: 'emptyPanel.open',
  claims: 'streamSigner.decodeToken',
};

/** The file by whose presence the probe learns that its panel was seen. */
export function seenFile(result: string): string {
  return `${result}.seen`;
}

/** Writes two extensions into a folder: one that opens a webview with a single word in it, and ours. */
export function writeVariants(folder: string): Readonly<Record<Variant, string>> {
  const root = repositoryRoot();
  const place = (variant: Variant) => {
    const path = join(folder, variant);
    mkdirSync(join(path, 'dist'), { recursive: true });
    return path;
  };
  const empty = place('empty');
  const manifest = {
    name: 'empty-panel',
    publisher: 'stream-signer',
    version: '0.0.1',
    engines: { vscode: '^1.105.0' },
    main: './dist/extension.js',
    contributes: { commands: [{ command: COMMANDS.empty, title: 'Open' }] },
  };
  writeFileSync(join(empty, 'package.json'), JSON.stringify(manifest));
  writeFileSync(
    join(empty, 'dist', 'extension.js'),
    `const { commands, ViewColumn, window } = require('vscode');
exports.activate = () => {
  commands.registerCommand('${COMMANDS.empty}', () => {
    const panel = window.createWebviewPanel('empty', 'Empty', ViewColumn.Active, {});
    panel.webview.html = '<!DOCTYPE html><html lang="en"><title>Empty</title><body><h1>Empty</h1></body></html>';
  });
};`,
  );
  const claims = place('claims');
  for (const part of ['package.nls.json', 'media', 'dist'])
    cpSync(join(root, part), join(claims, part), { recursive: true });
  const ours = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // Woken by its command alone, so that it is cold whatever documents the window has opened by itself.
  writeFileSync(join(claims, 'package.json'), JSON.stringify({ ...ours, activationEvents: [] }));
  return { empty, claims };
}
