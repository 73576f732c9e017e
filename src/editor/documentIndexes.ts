import { type Disposable, type Event, EventEmitter, type TextDocument, workspace } from 'vscode';
import { cleanText } from '../source/cleanText';
import { createDocumentIndex, type DocumentIndex } from '../source/documentIndex';
import { lineChange } from '../source/lineChange';
import type { EditorLog } from './log';
import { RESULT_SCHEME } from './resultDocuments';

/** The indexes of open documents: one each, built when somebody first asks, shared by everything that looks into documents. */
export interface DocumentIndexes extends Disposable {
  /** Undefined for documents that are not searched: the log, results, and what is over the limits. */
  of(document: TextDocument): DocumentIndex | undefined;
  /** An index is up to date again after its document changed. */
  readonly onDidUpdate: Event<TextDocument>;
}

const NOT_SEARCHED = new Set(['output', 'comment', 'vscode-scm', RESULT_SCHEME]);

export function createDocumentIndexes(log: EditorLog, deliveryOrigin: string | undefined): DocumentIndexes {
  const indexes = new Map<TextDocument, DocumentIndex>();
  const updated = new EventEmitter<TextDocument>();
  const told = new Set<string>();
  const changing = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length === 0) return;
    indexes
      .get(document)
      ?.update(
        contentChanges.map(({ range, rangeLength, text }) =>
          lineChange(range.start.line, range.end.line, rangeLength, text),
        ),
      );
    updated.fire(document);
  });
  const closing = workspace.onDidCloseTextDocument((document) => indexes.delete(document));

  function build(document: TextDocument): DocumentIndex {
    const lines = {
      get count() {
        return document.lineCount;
      },
      text: (line: number) => document.lineAt(line).text,
    };
    const index = createDocumentIndex(lines, {
      path: document.uri.path,
      ...(deliveryOrigin !== undefined && { deliveryOrigin }),
    });
    indexes.set(document, index);
    return index;
  }

  return {
    onDidUpdate: updated.event,
    of(document) {
      if (document.isClosed || NOT_SEARCHED.has(document.uri.scheme)) return undefined;
      const index = indexes.get(document) ?? build(document);
      if (!index.tooLarge) return index;
      const name = document.uri.toString();
      if (!told.has(name)) {
        told.add(name);
        const file = cleanText(document.uri.path.split('/').at(-1) ?? '', 80);
        log.info(`${file} is too large to be searched for video ids and tokens.`);
      }
      return undefined;
    },
    dispose() {
      changing.dispose();
      closing.dispose();
      updated.dispose();
      indexes.clear();
    },
  };
}
