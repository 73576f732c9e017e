import { type Disposable, Uri, window, workspace } from 'vscode';

export const RESULT_SCHEME = 'stream-signer';

export interface ResultDocuments extends Disposable {
  /** Opens a text as a read-only document. It lives in memory only: nothing of it reaches a backup or the disk. */
  show(title: string, text: string): Promise<void>;
}

/** Read-only documents for results that should be shown instead of inserted. */
export function registerResultDocuments(): ResultDocuments {
  const texts = new Map<string, string>();
  const provider = workspace.registerTextDocumentContentProvider(RESULT_SCHEME, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
  const closing = workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === RESULT_SCHEME) texts.delete(uri.toString());
  });
  let count = 0;
  return {
    async show(title, text) {
      const name = title.replace(/[/\\?#]/g, ' ');
      const uri = Uri.from({ scheme: RESULT_SCHEME, path: `/${++count}/${name}.txt` });
      texts.set(uri.toString(), text);
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    },
    dispose() {
      closing.dispose();
      provider.dispose();
      texts.clear();
    },
  };
}
