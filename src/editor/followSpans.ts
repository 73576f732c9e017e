import { Range, Selection, type TextDocument, type TextEditor, WorkspaceEdit, window, workspace } from 'vscode';
import { moveSpan, type Span } from '../source/anchor';

/** How long the document may take to show an edit; the cells of a notebook hear of theirs late. */
const EDIT_PATIENCE_MS = 2000;

/** Follows places in a document (UTF-16 offsets, in their order) through its edits, until they are given up. */
export function follow(document: TextDocument, places: readonly Span[]) {
  // Undefined once a place is lost: an edit touched it.
  let spans: readonly (Span | undefined)[] = places;
  let changed = () => {};
  const changes = workspace.onDidChangeTextDocument((event) => {
    if (event.document !== document || event.contentChanges.length === 0) return;
    // VS Code reports the changes of one edit from the end of the document to its beginning.
    for (const { rangeOffset, rangeLength, text } of event.contentChanges) {
      const change = { start: rangeOffset, end: rangeOffset + rangeLength, length: text.length };
      spans = spans.map((span) => span && moveSpan(span, change));
    }
    changed();
  });

  /** One undo step. Answers whether the edits are there. */
  async function apply(edits: readonly Replacement[], editor: TextEditor | undefined): Promise<boolean> {
    // VS Code answers that an edit of a read-only editor was applied; only the document itself tells the truth.
    const seen = new Promise<boolean>((resolve) => {
      changed = () => resolve(true);
      setTimeout(() => resolve(false), EDIT_PATIENCE_MS);
    });
    const shown = editor ?? window.visibleTextEditors.find((visible) => visible.document === document);
    const applied = await (shown === undefined ? replaceUnseen(document, edits) : replaceSeen(shown, edits));
    return applied && (await seen);
  }

  return {
    /** The same at every place, or nothing at all. In the editor given, if it still shows the document: then with a cursor behind each text. */
    async put(text: string, editor?: TextEditor): Promise<boolean> {
      const sure = spans.filter((span) => span !== undefined);
      if (sure.length < spans.length || document.isClosed) return false;
      const own = window.visibleTextEditors.find((visible) => visible === editor);
      if (!(await apply(toReplacements(document, sure, text), own))) return false;
      if (own !== undefined) own.selections = cursorsAfter(document, sure, text);
      return true;
    },
    /** A text of its own at each place that is still sure, `undefined` for none; answers at which places they are. */
    async putEach(texts: readonly (string | undefined)[]): Promise<readonly boolean[]> {
      const sure = spans.map((span, at) => (texts[at] === undefined ? undefined : span));
      const nowhere = sure.map(() => false);
      if (document.isClosed || sure.every((span) => span === undefined)) return nowhere;
      const edits = sure.flatMap((span, at) =>
        span === undefined ? [] : toReplacements(document, [span], texts[at] ?? ''),
      );
      return (await apply(edits, undefined)) ? sure.map((span) => span !== undefined) : nowhere;
    },
    dispose: () => changes.dispose(),
  };
}

interface Replacement {
  readonly range: Range;
  readonly text: string;
}

function toReplacements(document: TextDocument, spans: readonly Span[], text: string): readonly Replacement[] {
  return spans.map(({ start, end }) => ({
    range: new Range(document.positionAt(start), document.positionAt(end)),
    text,
  }));
}

function replaceSeen(editor: TextEditor, edits: readonly Replacement[]): Thenable<boolean> {
  return editor.edit((edit) => {
    for (const { range, text } of edits) edit.replace(range, text);
  });
}

function replaceUnseen(document: TextDocument, edits: readonly Replacement[]): Thenable<boolean> {
  const edit = new WorkspaceEdit();
  for (const { range, text } of edits) edit.replace(document.uri, range, text);
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
