import { env, Range, Selection, type TextDocument, type TextEditor, WorkspaceEdit, window, workspace } from 'vscode';
import type { Output } from '../flows/output';
import { moveSpan, type Span } from '../source/anchor';
import type { ResultDocuments } from './resultDocuments';

/** Remembers the active editor and its selections, and follows them through edits until the result is there. */
export function createOutput(documents: ResultDocuments): Output {
  const editor = window.activeTextEditor;
  const place = editor !== undefined && isWritable(editor.document) ? follow(editor) : undefined;
  return {
    canInsert: place !== undefined,
    insert: async (text) => (await place?.insert(text)) ?? false,
    copy: async (text) => env.clipboard.writeText(text),
    show: (title, text) => documents.show(title, text),
    dispose: () => place?.dispose(),
  };
}

function isWritable({ uri }: TextDocument): boolean {
  return uri.scheme !== 'output' && workspace.fs.isWritableFileSystem(uri.scheme) !== false;
}

function follow(editor: TextEditor) {
  const { document } = editor;
  // Undefined once the place is lost: an edit touched it, or the document was closed.
  let spans: readonly Span[] | undefined = editor.selections
    .map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }))
    .sort((a, b) => a.start - b.start);
  let version = document.version;
  const changes = workspace.onDidChangeTextDocument((event) => {
    if (event.document !== document) return;
    version = document.version;
    // VS Code reports the changes of one edit from the end of the document to its beginning.
    for (const { rangeOffset, rangeLength, text } of event.contentChanges) {
      const change = { start: rangeOffset, end: rangeOffset + rangeLength, length: text.length };
      const moved = spans?.map((span) => moveSpan(span, change));
      spans = moved?.every((span) => span !== undefined) ? (moved as readonly Span[]) : undefined;
    }
  });
  return {
    async insert(text: string): Promise<boolean> {
      if (spans === undefined || document.isClosed || document.version !== version) return false;
      const ranges = spans.map(({ start, end }) => new Range(document.positionAt(start), document.positionAt(end)));
      const visible = window.visibleTextEditors.find((candidate) => candidate === editor);
      return visible === undefined ? insertUnseen(document, ranges, text) : insertSeen(visible, ranges, text);
    },
    dispose: () => changes.dispose(),
  };
}

/** One undo step; afterwards a cursor stands behind each inserted text. */
async function insertSeen(editor: TextEditor, ranges: readonly Range[], text: string): Promise<boolean> {
  const applied = await editor.edit((edit) => {
    for (const range of ranges) edit.replace(range, text);
  });
  if (applied) {
    editor.selections = editor.selections.map(({ end }) => new Selection(end, end));
    await window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? -1 });
  }
  return applied;
}

async function insertUnseen(document: TextDocument, ranges: readonly Range[], text: string): Promise<boolean> {
  const edit = new WorkspaceEdit();
  for (const range of ranges) edit.replace(document.uri, range, text);
  return workspace.applyEdit(edit);
}
