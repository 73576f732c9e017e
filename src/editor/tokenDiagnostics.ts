import { Diagnostic, Disposable, languages, Range, type TextDocument, window, workspace } from 'vscode';
import type { Engine } from '../engine';
import type { DocumentIndex, Row } from '../source/documentIndex';
import { isMadeByMachine } from '../source/idContext';
import { findMisplaced } from '../source/misplaced';
import type { ProblemKind } from '../source/problemKinds';
import type { DocumentIndexes } from './documentIndexes';
import type { IgnoredProblems } from './ignoredProblems';
import { affectsProblems, type ProblemSettings, problemSettings } from './problemSettings';
import { SEARCHED } from './searchedDocuments';
import type { WatchedCache } from './storage';

export const DIAGNOSTIC_SOURCE = 'Stream Signer';

export interface TokenDiagnosticParts {
  readonly indexes: DocumentIndexes;
  readonly engine: () => Engine;
  readonly ignored: IgnoredProblems;
  /** Where the keys of this machine are known from without their secrets. */
  readonly cache: WatchedCache;
  /** Epoch seconds. */
  readonly now: () => number;
}

/** A problem on a line; columns in UTF-16 units. */
interface Problem {
  readonly kind: ProblemKind;
  readonly sentence: string;
  readonly start: number;
  readonly end: number;
}

interface CheckedRow {
  readonly problems: readonly Problem[];
  /** Epoch seconds. */
  readonly changesAt: number;
}

/** Longer waits overflow the timer. */
const MAX_WAIT_MS = 2_000_000_000;

/**
 * Underlines what is wrong with tokens in documents that are, or were, in sight. One timer waits for the next moment at
 * which time alone changes something. Nothing is asked of anyone, and no secret is read.
 */
export function registerTokenDiagnostics(parts: TokenDiagnosticParts): Disposable {
  const { indexes, engine, ignored, cache, now } = parts;
  const collection = languages.createDiagnosticCollection('streamSigner');
  /** What is known of each row of the documents that were in sight: a row that was not edited is the same object. */
  const documents = new Map<TextDocument, { rows: WeakMap<Row, CheckedRow>; changesAt: number; shown: boolean }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function check(document: TextDocument): void {
    const state = documents.get(document);
    if (state === undefined) return;
    const settings = problemSettings(document);
    const index = settings && !ignored.has(document.uri) ? indexes.of(document) : undefined;
    const diagnostics: Diagnostic[] = [];
    state.changesAt = Number.POSITIVE_INFINITY;
    if (settings !== undefined && index !== undefined && !index.generated) {
      for (const row of index.rows) {
        const { problems, changesAt } = checkedRow(document, index, row, settings, state.rows);
        state.changesAt = Math.min(state.changesAt, changesAt);
        for (const problem of problems) diagnostics.push(...toDiagnostic(row.line, problem, settings));
      }
    }
    // Nearly every document has none, before an edit and after it.
    if (diagnostics.length > 0 || state.shown) collection.set(document.uri, diagnostics);
    state.shown = diagnostics.length > 0;
  }

  function checkedRow(
    document: TextDocument,
    index: DocumentIndex,
    row: Row,
    { warnBefore }: ProblemSettings,
    known: WeakMap<Row, CheckedRow>,
  ): CheckedRow {
    const before = known.get(row);
    if (before !== undefined && before.changesAt > now()) return before;
    const checked = checkRow(document.lineAt(row.line).text, index, row, warnBefore);
    known.set(row, checked);
    return checked;
  }

  function checkRow(text: string, index: DocumentIndex, row: Row, warnBefore: unknown): CheckedRow {
    if (isMadeByMachine(text)) return { problems: [], changesAt: Number.POSITIVE_INFINITY };
    const tokens = index.tokens(row).flatMap((token, at) => {
      const span = row.tokens[at];
      return token?.read === undefined || span === undefined ? [] : [{ read: token.read, span }];
    });
    const found =
      tokens.length === 0
        ? []
        : engine().sourceTokens.problems(
            tokens.map(({ read }) => read),
            warnBefore,
          );
    return {
      problems: [
        ...found.flatMap(({ problems }, at) =>
          problems.map((problem) => ({ ...problem, start: 0, end: 0, ...tokens[at]?.span })),
        ),
        ...findMisplaced(text, row).map(({ code, start, end }) => ({
          kind: code,
          sentence: engine().sourceTokens.misplaced(code),
          start,
          end,
        })),
      ],
      changesAt: Math.min(...found.map(({ changesAt = Number.POSITIVE_INFINITY }) => changesAt)),
    };
  }

  function waitForTime(): void {
    clearTimeout(timer);
    const next = Math.min(...Array.from(documents.values(), ({ changesAt }) => changesAt));
    if (!Number.isFinite(next)) return;
    timer = setTimeout(checkDue, Math.min(Math.max(0, (next - now()) * 1000), MAX_WAIT_MS));
  }

  function checkDue(): void {
    for (const [document, { changesAt }] of documents) if (changesAt <= now()) check(document);
    waitForTime();
  }

  /** For what concerns every row: settings, keys, ignored files. */
  function checkAll(): void {
    for (const [document, state] of documents) {
      state.rows = new WeakMap();
      check(document);
    }
    waitForTime();
  }

  function checkVisible(): void {
    const cells = window.visibleNotebookEditors.flatMap(({ notebook }) => notebook.getCells());
    for (const { document } of [...window.visibleTextEditors, ...cells]) {
      if (documents.has(document) || !isChecked(document)) continue;
      documents.set(document, { rows: new WeakMap(), changesAt: Number.POSITIVE_INFINITY, shown: false });
      check(document);
    }
    waitForTime();
  }

  checkVisible();
  return Disposable.from(
    collection,
    window.onDidChangeVisibleTextEditors(checkVisible),
    window.onDidChangeVisibleNotebookEditors(checkVisible),
    // A timer stands still while the computer sleeps.
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) checkDue();
    }),
    indexes.onDidUpdate((document) => {
      if (!documents.has(document)) return;
      check(document);
      waitForTime();
    }),
    workspace.onDidCloseTextDocument((document) => {
      if (!documents.delete(document)) return;
      collection.delete(document.uri);
      waitForTime();
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (affectsProblems((section) => event.affectsConfiguration(section))) checkAll();
    }),
    ignored.onDidChange(checkAll),
    cache.onDidWrite((key) => {
      if (key === 'signingKeys') checkAll();
    }),
    new Disposable(() => clearTimeout(timer)),
  );
}

/** Not the old side of a comparison, and nothing else that nobody can mend. */
function isChecked(document: TextDocument): boolean {
  return languages.match(SEARCHED, document) > 0 && workspace.fs.isWritableFileSystem(document.uri.scheme) !== false;
}

function toDiagnostic(
  line: number,
  { kind, sentence, start, end }: Problem,
  settings: ProblemSettings,
): readonly Diagnostic[] {
  const severity = settings.severity(kind);
  if (severity === undefined) return [];
  const diagnostic = new Diagnostic(new Range(line, start, line, end), sentence, severity);
  diagnostic.source = DIAGNOSTIC_SOURCE;
  diagnostic.code = kind;
  return [diagnostic];
}
