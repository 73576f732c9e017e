import { env, type TextDocument, type TextEditor, window, workspace } from 'vscode';
import type { IdPlace, Output } from '../flows/signing/output';
import type { Span } from '../source/anchor';
import { follow } from './followSpans';
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
    selections
      .map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }))
      .sort((a, b) => a.start - b.start),
  );
}

function isWritable({ uri }: TextDocument): boolean {
  return (
    uri.scheme !== 'output' && uri.scheme !== RESULT_SCHEME && workspace.fs.isWritableFileSystem(uri.scheme) !== false
  );
}
