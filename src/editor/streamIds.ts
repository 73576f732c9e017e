import { type TextDocument, workspace } from 'vscode';
import type { DocumentIndex, Row } from '../source/documentIndex';
import { ID_LENGTH } from '../source/findIds';
import type { KnownVideos } from './videoShelf';

/**
 * Tells where the ids of a row begin that are taken for Stream's: by what stands around them, because they are known, or
 * because the person wants every id to be taken for one. Lenses and links stand by the same; hovers say less of others.
 */
export function streamIds(
  document: TextDocument,
  index: DocumentIndex,
  known: Pick<KnownVideos, 'find'>,
): (row: Row) => readonly number[] {
  if (index.generated) return () => [];
  const everyId = workspace.getConfiguration('streamSigner.codeLens', document).get('detect') === 'everyId';
  return (row) => {
    const contexts = index.contexts(row);
    const text = document.lineAt(row.line).text;
    return row.ids.filter(
      (start, at) => contexts[at] !== undefined || everyId || known.find(text.slice(start, start + ID_LENGTH)),
    );
  };
}
