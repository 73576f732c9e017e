import { CodeAction, CodeActionKind, type Disposable, l10n, languages } from 'vscode';
import { ID_LENGTH } from '../source/findIds';
import type { DocumentIndexes } from './documentIndexes';
import type { Place } from './findInEditor';
import { SEARCHED } from './searchedDocuments';

/** Offers to sign the id at the cursor, whatever stands around it: where nothing tells that it is a video's there is no lens. */
export function registerIdActions(indexes: DocumentIndexes): Disposable {
  return languages.registerCodeActionsProvider(
    SEARCHED,
    {
      provideCodeActions(document, { start }) {
        const index = indexes.of(document);
        const row = index?.row(start.line);
        const column = row?.ids.find((id) => id <= start.character && start.character <= id + ID_LENGTH);
        if (index === undefined || index.generated || column === undefined) return [];
        const place: Place = { uri: document.uri.toString(), line: start.line, column };
        const action = new CodeAction(l10n.t('Sign this video id'), CodeActionKind.RefactorRewrite);
        action.command = { title: action.title, command: 'streamSigner.signVideo', arguments: [{ place }] };
        return [action];
      },
    },
    { providedCodeActionKinds: [CodeActionKind.RefactorRewrite] },
  );
}
