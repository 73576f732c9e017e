import { env, Range, Selection, type TextDocument, type TextEditor, WorkspaceEdit, window, workspace } from 'vscode';
import type { Output } from '../flows/output';
import { moveSpan, type Span } from '../source/anchor';
import { RESULT_SCHEME, type ResultDocuments } from './resultDocuments';

/** Remembers the active editor and its selections, and follows them through edits until the result is there. */
export function createOutput(documents: ResultDocuments): Output {
  const editor = window.activeTextEditor;
  const place = editor !== undefined && isWritable(editor.document) ? follow(editor) : undefined;
  return {
    canInsert: place !== undefined,
    ...(place !== undefined && editor !== undefined && { language: editor.document.languageId }),
    insert: async (text) => (await place?.insert(text)) ?? false,
    copy: async (text) => env.clipboard.writeText(text),
    show: (title, text) => documents.show(title, text),
    dispose: () => place?.dispose(),
  };
}

function isWritable({ uri }: TextDocument): boolean {
  return (
    uri.scheme !== 'output' && uri.scheme !== RESULT_SCHEME && workspace.fs.isWritableFileSystem(uri.scheme) !== false
  );
}

/** How long the document may take to show an edit; the cells of a notebook hear of theirs late. */
const EDIT_PATIENCE_MS = 2000;

function follow(editor: TextEditor) {
  const { document } = editor;
  // Undefined once the place is lost: an edit touched it, or the document was closed.
  let spans: readonly Span[] | undefined = editor.selections
    .map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }))
    .sort((a, b) => a.start - b.start);
  let changed = () => {};
  const changes = workspace.onDidChangeTextDocument((event) => {
    if (event.document !== document || event.contentChanges.length === 0) return;
    // VS Code reports the changes of one edit from the end of the document to its beginning.
    for (const { rangeOffset, rangeLength, text } of event.contentChanges) {
      const change = { start: rangeOffset, end: rangeOffset + rangeLength, length: text.length };
      const moved = spans?.map((span) => moveSpan(span, change));
      spans = moved?.every((span) => span !== undefined) ? (moved as readonly Span[]) : undefined;
    }
    changed();
  });
  return {
    async insert(text: string): Promise<boolean> {
      if (spans === undefined || document.isClosed) return false;
      const places = spans;
      // VS Code answers that an edit of a read-only editor was applied; only the document itself tells the truth.
      const seen = new Promise<boolean>((resolve) => {
        changed = () => resolve(true);
        setTimeout(() => resolve(false), EDIT_PATIENCE_MS);
      });
      const ranges = places.map(({ start, end }) => new Range(document.positionAt(start), document.positionAt(end)));
      const visible = window.visibleTextEditors.includes(editor);
      const applied = visible ? await insertSeen(editor, ranges, text) : await insertUnseen(document, ranges, text);
      if (!applied || !(await seen)) return false;
      if (visible) editor.selections = cursorsAfter(document, places, text);
      return true;
    },
    dispose: () => changes.dispose(),
  };
}

/** One undo step. */
function insertSeen(editor: TextEditor, ranges: readonly Range[], text: string): Thenable<boolean> {
  return editor.edit((edit) => {
    for (const range of ranges) edit.replace(range, text);
  });
}

function insertUnseen(document: TextDocument, ranges: readonly Range[], text: string): Thenable<boolean> {
  const edit = new WorkspaceEdit();
  for (const range of ranges) edit.replace(document.uri, range, text);
  return workspace.applyEdit(edit);
}

/** A cursor behind each inserted text. */
function cursorsAfter(document: TextDocument, places: readonly Span[], text: string): Selection[] {
  let shift = 0;
  return places.map(({ start, end }) => {
    const at = document.positionAt(start + shift + text.length);
    shift += text.length - (end - start);
    return new Selection(at, at);
  });
}
