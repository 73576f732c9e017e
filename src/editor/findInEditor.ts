import { l10n, type TextDocument, window, workspace } from 'vscode';
import type { IdPlace } from '../flows/output';
import type { Prompter } from '../flows/prompter';
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
}

export interface FoundId extends IdInDocument {
  readonly id: string;
  /** As far as the video is known. */
  readonly name?: string;
}

/** Finds what a command is about where it was started: asks where there are several, and finds nothing when that is left. */
export interface EditorFinder {
  /** The id that stood at a place when a lens was drawn above it. */
  idAt(place: Place): Promise<FoundId | undefined>;
  /** The id at the cursor, else one on its line, else one of the document. */
  idAtCursor(): Promise<FoundId | undefined>;
  /** The token at a place, else one on its line; with the URL it stands in. */
  tokenAt(place: Place): Promise<string | undefined>;
  /** The token at the cursor, else one on its line; with the URL it stands in. */
  tokenAtCursor(): Promise<string | undefined>;
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

  async function tokenOn(document: TextDocument, line: number, column?: number): Promise<string | undefined> {
    const row = indexes.of(document)?.row(line);
    const text = document.lineAt(line).text;
    const tokens = row?.tokens ?? [];
    const touched = tokens.find(({ start, end }) => column !== undefined && start <= column && column <= end);
    const found = touched === undefined ? tokens : [touched];
    if (found.length <= 1) return found[0] && tokenInUrl(text, found[0]);
    const reply = await prompter.pick<string>({
      title: l10n.t('Token'),
      placeholder: l10n.t('Which of the tokens on this line is it?'),
      choices: found.map(({ start, end }) => {
        const ending = `…${text.slice(end - 12, end)}`;
        return { value: tokenInUrl(text, { start, end }), label: l10n.t('column {0}', start + 1), description: ending };
      }),
    });
    return reply.kind === 'answer' ? reply.value : undefined;
  }

  const documentAt = ({ uri, line }: Place) =>
    workspace.textDocuments.find((document) => document.uri.toString() === uri && line < document.lineCount);

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
      return document === undefined ? undefined : tokenOn(document, place.line, place.column);
    },
    async tokenAtCursor() {
      const editor = window.activeTextEditor;
      if (editor === undefined) return undefined;
      return tokenOn(editor.document, editor.selection.active.line, editor.selection.active.character);
    },
  };
}
