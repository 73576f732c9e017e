import { env, Range, Selection, type TextDocument, type TextEditor, WorkspaceEdit, window, workspace } from 'vscode';
import type { IdPlace, Output } from '../flows/output';
import { moveSpan, type Span } from '../source/anchor';
import { RESULT_SCHEME, type ResultDocuments } from './resultDocuments';

/** An id in a document; its place in UTF-16 offsets. */
export interface IdInDocument {
  readonly document: TextDocument;
  readonly span: Span;
  readonly kind: IdPlace['kind'];
}

/**
 * Remembers the selections of the active editor and the id that the signing was started from, if any, and follows them
 * through edits until the result is there.
 */
export function createOutput(documents: ResultDocuments, id?: IdInDocument): Output {
  const editor = window.activeTextEditor;
  const cursors = editor !== undefined && isWritable(editor.document) ? followCursors(editor) : undefined;
  const place = id !== undefined && isWritable(id.document) ? follow(id.document, [id.span]) : undefined;
  return {
    canInsert: cursors !== undefined,
    ...(cursors !== undefined && editor !== undefined && { language: editor.document.languageId }),
    ...(id !== undefined && place !== undefined && { idPlace: { kind: id.kind, language: id.document.languageId } }),
    insert: async (text) => (await cursors?.put(text, editor)) ?? false,
    replace: async (text) => (await place?.put(text)) ?? false,
    copy: async (text) => env.clipboard.writeText(text),
    show: (title, text) => documents.show(title, text),
    compare: (comparison) => documents.compare(comparison),
    dispose() {
      cursors?.dispose();
      place?.dispose();
    },
  };
}

function followCursors({ document, selections }: TextEditor) {
  return follow(
    document,
    selections.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) })),
  );
}

function isWritable({ uri }: TextDocument): boolean {
  return (
    uri.scheme !== 'output' && uri.scheme !== RESULT_SCHEME && workspace.fs.isWritableFileSystem(uri.scheme) !== false
  );
}

/** How long the document may take to show an edit; the cells of a notebook hear of theirs late. */
const EDIT_PATIENCE_MS = 2000;

function follow(document: TextDocument, places: readonly Span[]) {
  // Undefined once the place is lost: an edit touched it, or the document was closed.
  let spans: readonly Span[] | undefined = [...places].sort((a, b) => a.start - b.start);
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
    /** In the editor given, if it still shows the document: then with a cursor behind the text. */
    async put(text: string, editor?: TextEditor): Promise<boolean> {
      if (spans === undefined || document.isClosed) return false;
      const places = spans;
      // VS Code answers that an edit of a read-only editor was applied; only the document itself tells the truth.
      const seen = new Promise<boolean>((resolve) => {
        changed = () => resolve(true);
        setTimeout(() => resolve(false), EDIT_PATIENCE_MS);
      });
      const ranges = places.map(({ start, end }) => new Range(document.positionAt(start), document.positionAt(end)));
      const own = window.visibleTextEditors.find((visible) => visible === editor);
      const shown = own ?? window.visibleTextEditors.find((visible) => visible.document === document);
      const applied = await (shown === undefined
        ? insertUnseen(document, ranges, text)
        : insertSeen(shown, ranges, text));
      if (!applied || !(await seen)) return false;
      if (own !== undefined) own.selections = cursorsAfter(document, places, text);
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
