import { l10n, Position, type TextDocument, window, workspace } from 'vscode';
import type { Prompter } from '../flows/prompter';
import type { IdPlace } from '../flows/signing/output';
import type { Span } from '../source/anchor';
import type { DocumentIndex, Row } from '../source/documentIndex';
import { ID_LENGTH } from '../source/findIds';
import type { IdContext } from '../source/idContext';
import { tokenInUrl } from '../source/tokenInUrl';
import type { DocumentIndexes } from './documentIndexes';
import type { IdInDocument } from './output';
import type { KnownVideos } from './videoShelf';

/** A place in a document as commands are given it; both counted from 0. Without a column the whole line is meant. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly column?: number;
  /** The last characters of the token that is meant, by which it is found again when lines have moved. */
  readonly ending?: string;
}

/** Enough of a token to know it by, and of no use without the rest. */
export function endingOf(token: string): string {
  return token.slice(-12);
}

export interface FoundId extends IdInDocument {
  readonly id: string;
  /** As far as the video is known. */
  readonly name?: string;
}

/** A token in a document; its place in UTF-16 offsets. */
export interface FoundToken {
  readonly document: TextDocument;
  readonly span: Span;
  readonly token: string;
  /** The token with the URL it stands in. */
  readonly around: string;
}

/** Finds what a command is about where it was started: asks where there are several; `left` when that question was. */
export interface EditorFinder {
  /** The id that stood at a place when a lens was drawn above it. */
  idAt(place: Place): Promise<FoundId | undefined>;
  /** The id at the cursor, else one on its line, else one of the document. */
  idAtCursor(): Promise<FoundId | undefined>;
  /** The token at a place, else one on its line; one whose ending is known, wherever it went. */
  tokenAt(place: Place): Promise<FoundToken | 'left' | undefined>;
  /** The token at the cursor, else one on its line. */
  tokenAtCursor(): Promise<FoundToken | 'left' | undefined>;
  /** All tokens of Stream in the document of a place, else in the one in front, in their order. */
  tokensIn(place: Place | undefined): readonly FoundToken[];
}

const KIND: Readonly<Record<IdContext, IdPlace['kind']>> = {
  delivery: 'url',
  element: 'element',
  reference: 'reference',
  name: 'constant',
};

export interface FinderParts {
  readonly indexes: DocumentIndexes;
  readonly known: KnownVideos;
  readonly prompter: Pick<Prompter, 'pick'>;
}

export function createEditorFinder({ indexes, known, prompter }: FinderParts): EditorFinder {
  function idsOf(document: TextDocument, index: DocumentIndex, row: Row): readonly FoundId[] {
    const text = document.lineAt(row.line).text;
    const contexts = index.contexts(row);
    const first = document.offsetAt(document.lineAt(row.line).range.start);
    return row.ids.map((start, at) => {
      const id = text.slice(start, start + ID_LENGTH);
      const context = contexts[at];
      const name = known.find(id)?.name;
      return {
        document,
        id,
        span: { start: first + start, end: first + start + ID_LENGTH },
        kind: context === undefined ? 'constant' : KIND[context],
        ...(name !== undefined && { name }),
      };
    });
  }

  async function oneOf(found: readonly FoundId[]): Promise<FoundId | undefined> {
    if (found.length <= 1) return found[0];
    const reply = await prompter.pick<FoundId>({
      title: l10n.t('Video Id'),
      placeholder: l10n.t('Which of the video ids is it?'),
      choices: found.map((value) => {
        const line = l10n.t('line {0}', value.document.positionAt(value.span.start).line + 1);
        const named = value.name !== undefined && value.name !== '';
        return {
          value,
          label: named ? (value.name ?? '') : value.id,
          description: named ? `${value.id} · ${line}` : line,
        };
      }),
    });
    return reply.kind === 'answer' ? reply.value : undefined;
  }

  /** With a column: what it touches. Without one, or when it touches nothing: all of the line. */
  function idsAt(document: TextDocument, line: number, column?: number): readonly FoundId[] {
    const index = indexes.of(document);
    const row = index?.row(line);
    if (index === undefined || row === undefined) return [];
    const all = idsOf(document, index, row);
    const touched = row.ids.findIndex(
      (start) => column !== undefined && start <= column && column <= start + ID_LENGTH,
    );
    const found = all[touched];
    return found === undefined ? all : [found];
  }

  function tokensOn(document: TextDocument, line: number): readonly FoundToken[] {
    const row = indexes.of(document)?.row(line);
    if (row === undefined) return [];
    const { text, range } = document.lineAt(line);
    const first = document.offsetAt(range.start);
    return row.tokens.map((span) => ({
      document,
      span: { start: first + span.start, end: first + span.end },
      token: text.slice(span.start, span.end),
      around: tokenInUrl(text, span),
    }));
  }

  /** With a column: what it touches. Without one, or when it touches nothing: all of the line. */
  function tokensAt(document: TextDocument, line: number, column?: number): readonly FoundToken[] {
    const all = tokensOn(document, line);
    const at = column === undefined ? undefined : document.offsetAt(new Position(line, column));
    const touched = all.find(({ span: { start, end } }) => at !== undefined && start <= at && at <= end);
    return touched === undefined ? all : [touched];
  }

  /** Those with an ending on the line that is meant, else anywhere. */
  function tokensEnding(document: TextDocument, line: number, ending: string): readonly FoundToken[] {
    const fits = ({ token }: FoundToken) => token.endsWith(ending);
    const near = tokensOn(document, line).filter(fits);
    const rows = near.length > 0 ? [] : (indexes.of(document)?.rows ?? []);
    return [...near, ...rows.flatMap((row) => tokensOn(document, row.line).filter(fits))];
  }

  async function oneTokenOf(found: readonly FoundToken[]): Promise<FoundToken | 'left' | undefined> {
    if (found.length <= 1) return found[0];
    const reply = await prompter.pick<FoundToken>({
      title: l10n.t('Token'),
      placeholder: l10n.t('Which of the tokens is it?'),
      choices: found.map((value) => {
        const { line, character } = value.document.positionAt(value.span.start);
        const label = l10n.t('line {0}, column {1}', line + 1, character + 1);
        return { value, label, description: `…${endingOf(value.token)}` };
      }),
    });
    return reply.kind === 'answer' ? reply.value : 'left';
  }

  const documentAt = ({ uri }: Place) => workspace.textDocuments.find((document) => document.uri.toString() === uri);

  return {
    async idAt(place) {
      const document = documentAt(place);
      return document === undefined ? undefined : oneOf(idsAt(document, place.line, place.column));
    },
    async idAtCursor() {
      const editor = window.activeTextEditor;
      if (editor === undefined) return undefined;
      const { document, selection } = editor;
      const near = idsAt(document, selection.active.line, selection.active.character);
      if (near.length > 0) return oneOf(near);
      const index = indexes.of(document);
      return oneOf(index === undefined ? [] : index.rows.flatMap((row) => idsOf(document, index, row)));
    },
    async tokenAt(place) {
      const document = documentAt(place);
      if (document === undefined) return undefined;
      const { line, column, ending } = place;
      return oneTokenOf(ending === undefined ? tokensAt(document, line, column) : tokensEnding(document, line, ending));
    },
    tokensIn(place) {
      const document = place === undefined ? window.activeTextEditor?.document : documentAt(place);
      const index = document && indexes.of(document);
      if (document === undefined || index === undefined) return [];
      return index.rows.flatMap((row) => {
        const read = index.tokens(row);
        return tokensOn(document, row.line).filter((_, at) => read[at] !== undefined);
      });
    },
    async tokenAtCursor() {
      const editor = window.activeTextEditor;
      if (editor === undefined) return undefined;
      const { line, character } = editor.selection.active;
      return oneTokenOf(tokensAt(editor.document, line, character));
    },
  };
}
