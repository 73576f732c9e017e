import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Seams } from '../../../src/editor/activate';
import { createDocumentIndex } from '../../../src/source/documentIndex';
import { lineChange } from '../../../src/source/lineChange';
import { RESULT_VARIABLE } from '../inHost';
import { bigSource, IDS } from '../scan/corpus';

/** Times in milliseconds. */
export interface Measured {
  readonly readyLenses: number[];
  readonly ourLenses: number[];
  readonly wholeText: number[];
  readonly update: number[];
  readonly build: number[];
}

const LENS_ROUNDS = 9;
/** So many in a row, since the first after a change of settings pays for it. */
const TRIPS = 5;
const EDITS = 31;
/** One that the extension searches, and no other extension here works on. */
const LANGUAGE = 'ruby';

/** Runs inside the extension host and writes down what it measured. */
export async function run(): Promise<void> {
  const result = process.env[RESULT_VARIABLE];
  const extension = vscode.extensions.getExtension('stream-signer.stream-signer');
  if (result === undefined || extension === undefined) throw new Error('There is nothing to measure.');
  const seams: Seams = await extension.activate();
  await seams.inDocuments;
  const lenses = await measureLenses();
  const edits = await measureEdits(seams);
  writeFileSync(result, JSON.stringify({ ...lenses, ...edits }));
}

/** On one document in turns, so that what an edit costs everybody else is the same for both. */
async function measureLenses(): Promise<Pick<Measured, 'readyLenses' | 'ourLenses'>> {
  const lines = bigSource().filter((line) => line.includes('videoId'));
  const document = await vscode.workspace.openTextDocument({ content: lines.join('\n'), language: LANGUAGE });
  const ready = lines.map((_, line) => {
    const range = new vscode.Range(line, 0, line, 0);
    return new vscode.CodeLens(range, { title: 'Sign this video id', command: 'x', arguments: [{ line }] });
  });
  const detect = (value: 'off' | 'context') =>
    vscode.workspace.getConfiguration('streamSigner.codeLens').update('detect', value, true);
  const trip = async () => {
    // What is said about the lines below is found anew.
    await append(document, 0);
    const before = performance.now();
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const milliseconds = performance.now() - before;
    assert.equal(lenses.length, IDS);
    return milliseconds;
  };
  const measured = { readyLenses: [] as number[], ourLenses: [] as number[] };
  for (let round = 0; round < LENS_ROUNDS; round++) {
    await detect('off');
    const provider = vscode.languages.registerCodeLensProvider(
      { language: LANGUAGE },
      { provideCodeLenses: () => ready },
    );
    for (let time = 0; time < TRIPS; time++) measured.readyLenses.push(await trip());
    provider.dispose();
    await detect('context');
    for (let time = 0; time < TRIPS; time++) measured.ourLenses.push(await trip());
  }
  return measured;
}

async function measureEdits({ indexes }: Seams): Promise<Pick<Measured, 'wholeText' | 'update' | 'build'>> {
  const document = await vscode.workspace.openTextDocument({ content: bigSource().join('\n'), language: 'typescript' });
  const measured = { wholeText: [] as number[], update: [] as number[], build: [] as number[] };
  const lines = { count: document.lineCount, text: (line: number) => document.lineAt(line).text };
  for (let round = 0; round < 5; round++) {
    const before = performance.now();
    createDocumentIndex(lines, { path: '/big.ts' });
    measured.build.push(performance.now() - before);
  }
  const index = indexes.of(document);
  assert.equal(index?.rows.length, IDS);
  const listening = vscode.workspace.onDidChangeTextDocument((event) => {
    if (event.document !== document || index === undefined) return;
    const changes = event.contentChanges.map(({ range, rangeLength, text }) =>
      lineChange(range.start.line, range.end.line, rangeLength, text),
    );
    // The index heard of this change before; hearing of it again costs the same and changes nothing.
    const before = performance.now();
    index.update(changes);
    const between = performance.now();
    const found = document.getText().match(/\b[0-9a-f]{32}\b/g)?.length;
    measured.wholeText.push(performance.now() - between);
    measured.update.push(between - before);
    assert.equal(found, index.rows.length);
  });
  for (let round = 0; round < EDITS; round++) await append(document, 3000 * round + 51);
  listening.dispose();
  assert.equal(measured.update.length, EDITS);
  return measured;
}

async function append(document: vscode.TextDocument, line: number): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(line).range.end, 'x');
  assert.ok(await vscode.workspace.applyEdit(edit));
}
