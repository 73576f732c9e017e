import { Range, WorkspaceEdit, window, workspace } from 'vscode';
import type { Excerpt } from '../flows/excerpt';
import { type Change, moveSpan, type Span } from '../source/anchor';

/** How many lines around the selection belong to it: more than a private key has. */
const LINES_AROUND = 60;
/** Whatever stands in a longer stretch is no secret that a person selected. */
const MAX_CHARACTERS = 262_144;

/** How long the document may take to show an edit; the cells of a notebook hear of theirs late. */
const EDIT_PATIENCE_MS = 2000;

/** The text around the selection of the active editor, followed through edits until the excerpt is given up. */
export function captureExcerpt(): Excerpt | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  const first = Math.max(0, selection.start.line - LINES_AROUND);
  const last = Math.min(document.lineCount - 1, selection.end.line + LINES_AROUND);
  const range = new Range(first, 0, last, document.lineAt(last).text.length);
  const chosen = selection.isEmpty ? document.lineAt(selection.active.line).range : selection;
  const base = document.offsetAt(range.start);
  const text = document.getText(range);
  const changes: Change[] = [];
  let changed = () => {};
  const watching = workspace.onDidChangeTextDocument((event) => {
    if (event.document !== document || event.contentChanges.length === 0) return;
    // VS Code reports the changes of one edit from the end of the document to its beginning.
    for (const { rangeOffset, rangeLength, text: inserted } of event.contentChanges)
      changes.push({ start: rangeOffset, end: rangeOffset + rangeLength, length: inserted.length });
    changed();
  });

  /** The text that a span of the document holds now. */
  const textOf = ({ start, end }: Span) =>
    document.getText(new Range(document.positionAt(start), document.positionAt(end)));

  return {
    languageId: document.languageId,
    text: text.length <= MAX_CHARACTERS ? text : '',
    selection: { start: document.offsetAt(chosen.start) - base, end: document.offsetAt(chosen.end) - base },
    selected: !selection.isEmpty,
    async replace(part, replacement) {
      let place: Span | undefined = { start: part.start + base, end: part.end + base };
      for (const change of changes) place = place && moveSpan(place, change);
      if (place === undefined || document.isClosed || textOf(place) !== text.slice(part.start, part.end)) return false;
      // VS Code answers that an edit of a read-only document was applied; only the document itself tells the truth.
      const seen = new Promise<boolean>((resolve) => {
        changed = () => resolve(true);
        setTimeout(() => resolve(false), EDIT_PATIENCE_MS);
      });
      const edit = new WorkspaceEdit();
      edit.replace(
        document.uri,
        new Range(document.positionAt(place.start), document.positionAt(place.end)),
        replacement,
      );
      return (await workspace.applyEdit(edit)) && (await seen);
    },
    dispose: () => watching.dispose(),
  };
}
