import { commands, Disposable, window } from 'vscode';
import type { DocumentIndexes } from './documentIndexes';

/**
 * Keeps two context keys for menus: whether the document in front holds ids, and whether it holds tokens. Keys for the
 * place under the cursor would come too late for a right click, which moves the cursor itself.
 */
export function keepEditorContext(indexes: DocumentIndexes): Disposable {
  const told = new Map<string, boolean>();
  const tell = (key: string, value: boolean) => {
    if (told.get(key) === value) return;
    told.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
  const refresh = () => {
    const document = window.activeTextEditor?.document;
    const rows = (document && indexes.of(document)?.rows) ?? [];
    tell(
      'streamSigner.hasIds',
      rows.some(({ ids }) => ids.length > 0),
    );
    tell(
      'streamSigner.hasTokens',
      rows.some(({ tokens }) => tokens.length > 0),
    );
  };
  refresh();
  return Disposable.from(
    window.onDidChangeActiveTextEditor(refresh),
    indexes.onDidUpdate((document) => {
      if (document === window.activeTextEditor?.document) refresh();
    }),
  );
}
