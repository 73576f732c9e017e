import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  l10n,
  languages,
  type Range,
  type TextDocument,
} from 'vscode';
import type { Engine } from '../engine';
import type { DocumentIndex } from '../source/documentIndex';
import type { ProblemKind } from '../source/problemKinds';
import type { ReadToken } from '../stream/token/claims';
import type { DocumentIndexes } from './documentIndexes';
import { endingOf, type Place } from './findInEditor';
import { SEARCHED } from './searchedDocuments';
import { DIAGNOSTIC_SOURCE } from './tokenDiagnostics';

export interface TokenActionParts {
  readonly indexes: DocumentIndexes;
  readonly engine: () => Engine;
  /** Epoch seconds. */
  readonly now: () => number;
}

/** A selection over more lines is not about one token. */
const MOST_LINES = 20;
/** What another token like it would not have. */
const MENDED: ReadonlySet<unknown> = new Set<ProblemKind>([
  'expired',
  'expiresSoon',
  'over24Hours',
  'milliseconds',
  'keyRevoked',
]);

/** The quick fixes for tokens, and what else can be done with one under the cursor. */
export function registerTokenActions({ indexes, engine, now }: TokenActionParts): Disposable {
  const provider: CodeActionProvider = {
    provideCodeActions(document, range, { diagnostics }) {
      const own = diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE);
      const index = indexes.of(document);
      if (index === undefined || range.end.line - range.start.line > MOST_LINES) return [];
      const found = tokenIn(index, range);
      const at: Place = { uri: document.uri.toString(), line: range.start.line };
      const actions = found === undefined ? [] : tokenFixes(document, found, own);
      if (found !== undefined && expiredIn(index, now()) > 1)
        actions.push(
          action(
            l10n.t('Re-sign all expired tokens in this file'),
            'streamSigner.resignExpiredTokens',
            at,
            own.filter(({ code }) => code === 'expired'),
          ),
        );
      if (own.length > 0)
        actions.push(
          action(l10n.t('Ignore problems with tokens in this file'), 'streamSigner.ignoreTokenProblems', at, own),
        );
      return actions;
    },
  };

  function tokenFixes(
    document: TextDocument,
    { line, start, read }: TokenAt,
    own: readonly Diagnostic[],
  ): CodeAction[] {
    const place: Place = { uri: document.uri.toString(), line, column: start, ending: endingOf(read.text) };
    const mended = own.filter(({ code }) => MENDED.has(code));
    const title = engine().sourceTokens.resignTitle(read);
    const resign = title === undefined ? undefined : action(title, 'streamSigner.resignToken', place, mended);
    if (resign !== undefined && mended.length > 0) resign.isPreferred = true;
    if (!engine().sourceTokens.namesVideo(read)) return [];
    return [
      ...(resign === undefined ? [] : [resign]),
      action(l10n.t('Re-sign with…'), 'streamSigner.resignTokenWith', place, own),
      action(l10n.t('Replace by the plain id'), 'streamSigner.replaceTokenById', place, own),
    ];
  }

  return languages.registerCodeActionsProvider(SEARCHED, provider, {
    providedCodeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite],
  });
}

interface TokenAt {
  readonly line: number;
  readonly start: number;
  readonly read: ReadToken;
}

/** The first token of Stream that the range touches. */
function tokenIn(index: DocumentIndex, { start, end }: Range): TokenAt | undefined {
  for (let line = start.line; line <= end.line; line++) {
    const row = index.row(line);
    const from = line === start.line ? start.character : 0;
    const to = line === end.line ? end.character : Number.POSITIVE_INFINITY;
    for (const [at, span] of (row?.tokens ?? []).entries()) {
      const read = span.start <= to && from <= span.end && row !== undefined ? index.tokens(row)[at]?.read : undefined;
      if (read !== undefined) return { line, start: span.start, read };
    }
  }
  return undefined;
}

function expiredIn(index: DocumentIndex, now: number): number {
  return index.rows
    .flatMap((row) => (row.tokens.length === 0 ? [] : index.tokens(row)))
    .filter((token) => token?.read?.expiry?.kind === 'seconds' && token.read.expiry.seconds <= now).length;
}

/** A quick fix for what it mends; without anything to mend, one more thing that can be done. */
function action(title: string, command: string, place: Place, mends: readonly Diagnostic[]): CodeAction {
  const made = new CodeAction(title, mends.length > 0 ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite);
  made.command = { title, command, arguments: [{ place }] };
  made.diagnostics = [...mends];
  return made;
}
