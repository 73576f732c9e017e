import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { seams } from './support/extension';
import { waitFor } from './support/waitFor';

/** Opens a text; every `|` in it becomes a cursor, `[…]` a selection. */
async function open(marked: string, language = 'plaintext'): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ content: marked.replace(/[|[\]]/g, ''), language });
  const editor = await vscode.window.showTextDocument(document);
  const selections: vscode.Selection[] = [];
  let offset = 0;
  let anchor = 0;
  for (const character of marked) {
    if (character === '[') anchor = offset;
    else if (character === '|')
      selections.push(new vscode.Selection(document.positionAt(offset), document.positionAt(offset)));
    else if (character === ']')
      selections.push(new vscode.Selection(document.positionAt(anchor), document.positionAt(offset)));
    else offset++;
  }
  editor.selections = selections;
  return editor;
}

async function edit(editor: vscode.TextEditor, line: number, column: number, text: string, deleted = 0): Promise<void> {
  const at = new vscode.Range(line, column, line, column + deleted);
  const change = new vscode.WorkspaceEdit();
  change.replace(editor.document.uri, at, text);
  assert.ok(await vscode.workspace.applyEdit(change));
}

describe('output', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const rows: readonly [string, string, string][] = [
    ['at the cursor', 'a|b', 'aURLb'],
    ['in place of the selection', 'a[xyz]b', 'aURLb'],
    ['at every cursor', '|a\n|b\n[c]', 'URLa\nURLb\nURL'],
    ['in an empty document', '|', 'URL'],
    ['with Windows line ends', 'a\r\nb|\r\nc', 'a\r\nbURL\r\nc'],
  ];
  for (const [title, before, after] of rows) {
    it(`inserts ${title}, in one undo step`, async () => {
      const editor = await open(before);
      const original = editor.document.getText();
      const output = (await seams()).createOutput();
      assert.equal(output.canInsert, true);
      assert.equal(await output.insert('URL'), true);
      assert.equal(editor.document.getText(), after);
      assert.ok(editor.selections.every(({ isEmpty }) => isEmpty));
      output.dispose();
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), original);
    });
  }

  const meanwhile: readonly [string, [number, number, string, number?], boolean, string][] = [
    ['before it, in the same line', [0, 0, 'xx'], true, 'xxaURLc\nd'],
    ['after it', [1, 0, 'yy'], true, 'aURLc\nyyd'],
    ['by a new line above', [0, 0, '\n'], true, '\naURLc\nd'],
    ['inside it', [0, 2, 'z'], false, 'abzbc\nd'],
    ['by deleting across its start', [0, 0, '', 2], false, 'bc\nd'],
  ];
  for (const [title, [line, column, text, deleted], sure, after] of meanwhile) {
    it(`${sure ? 'follows its place through' : 'gives up after'} an edit ${title}`, async () => {
      const editor = await open('a[bb]c\nd');
      const output = (await seams()).createOutput();
      await edit(editor, line, column, text, deleted);
      assert.equal(await output.insert('URL'), sure);
      assert.equal(editor.document.getText(), after);
      output.dispose();
    });
  }

  it('finds its document again when another editor is in front', async () => {
    const editor = await open('a|b');
    const { document } = editor;
    const output = (await seams()).createOutput();
    await open('other|');
    assert.equal(await output.insert('URL'), true);
    assert.equal(document.getText(), 'aURLb');
    output.dispose();
  });

  it('does not take a read-only editor for one that was changed', async () => {
    const editor = await open('a|b');
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
    const output = (await seams()).createOutput();
    assert.equal(await output.insert('URL'), false);
    assert.equal(editor.document.getText(), 'ab');
    output.dispose();
    await vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession');
  });

  it('leaves a cursor behind each inserted text, wherever the cursor went meanwhile', async () => {
    const editor = await open('[abc]\n|x');
    const output = (await seams()).createOutput();
    editor.selection = new vscode.Selection(1, 1, 1, 1);
    assert.equal(await output.insert('URL'), true);
    assert.deepEqual(
      editor.selections.map(({ active }) => [active.line, active.character]),
      [
        [0, 3],
        [1, 3],
      ],
    );
    output.dispose();
  });

  it('inserts into a notebook cell', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'ab', 'python');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    const { document } = notebook.cellAt(0);
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const inCell = () => vscode.window.activeTextEditor?.document === document;
    await waitFor(inCell);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selections = [new vscode.Selection(0, 1, 0, 1)];
    const output = (await seams()).createOutput();
    assert.equal(await output.insert('URL'), true);
    // The cells of a notebook hear of an edit later than other documents.
    await waitFor(() => document.getText() === 'aURLb');
    output.dispose();
  });

  it('has nowhere to insert without an editor, and copies', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const output = (await seams()).createOutput();
    assert.equal(output.canInsert, false);
    assert.equal(await output.insert('URL'), false);
    await output.copy('copied');
    assert.equal(await vscode.env.clipboard.readText(), 'copied');
    output.dispose();
  });

  it('shows a result in a read-only document and forgets it with the document', async () => {
    const output = (await seams()).createOutput();
    await output.show('A / name?', 'the result');
    const shown = vscode.window.activeTextEditor;
    assert.equal(shown?.document.getText(), 'the result');
    assert.equal(shown?.document.uri.scheme, 'stream-signer');
    output.dispose();
    const next = (await seams()).createOutput();
    assert.equal(next.canInsert, false);
    next.dispose();
  });
});
