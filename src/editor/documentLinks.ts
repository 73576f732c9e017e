import { type Disposable, DocumentLink, l10n, languages, Range, type TextDocument, Uri } from 'vscode';
import type { DocumentIndex, Row } from '../source/documentIndex';
import { ID_LENGTH } from '../source/findIds';
import { urlAround } from '../source/urlAround';
import { commandUri } from './commandUri';
import type { DocumentIndexes } from './documentIndexes';
import { SEARCHED } from './searchedDocuments';
import { streamIds } from './streamIds';
import type { KnownVideos } from './videoShelf';

export interface DocumentLinkParts {
  readonly indexes: DocumentIndexes;
  readonly known: KnownVideos;
}

/** Ids that lead to the details of their video. */
export function registerDocumentLinks({ indexes, known }: DocumentLinkParts): Disposable {
  return languages.registerDocumentLinkProvider(SEARCHED, {
    provideDocumentLinks(document) {
      const index = indexes.of(document);
      return index === undefined ? [] : linksOf(document, index, known);
    },
  });
}

function linksOf(document: TextDocument, index: DocumentIndex, known: KnownVideos): DocumentLink[] {
  const idsOf = streamIds(document, index, known);
  return index.rows.flatMap((row) => {
    const ids = idsOf(row);
    return ids.length === 0 ? [] : linksOfRow(document.lineAt(row.line).text, row, ids);
  });
}

function linksOfRow(text: string, { line }: Row, ids: readonly number[]): DocumentLink[] {
  return ids.flatMap((start) => {
    const end = start + ID_LENGTH;
    const videoId = text.slice(start, end);
    const link = new DocumentLink(new Range(line, start, line, end), commandUri('streamSigner.showVideo', { videoId }));
    link.tooltip = l10n.t('Show the details of this video');
    return [link, ...addressAround(text, line, start)];
  });
}

/** What is a link by itself takes no place beside ours, so the rest of an address goes on leading where it did. */
function addressAround(text: string, line: number, start: number): DocumentLink[] {
  const end = start + ID_LENGTH;
  const address = urlAround(text, { start, end });
  const url = address && text.slice(address.start, address.end);
  // An address with something still to be filled in leads nowhere.
  if (address === undefined || url === undefined || /[${}[\]]/.test(url)) return [];
  const target = Uri.parse(url);
  return [
    [address.start, start],
    [end, address.end],
  ]
    .filter(([from = 0, to = 0]) => to > from)
    .map(([from = 0, to = 0]) => new DocumentLink(new Range(line, from, line, to), target));
}
