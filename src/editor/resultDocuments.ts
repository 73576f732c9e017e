import { commands, type Disposable, EventEmitter, Uri, window, workspace } from 'vscode';
import type { Comparison } from '../flows/inspector/compareTokens';

export const RESULT_SCHEME = 'stream-signer';

export interface ResultDocuments extends Disposable {
  /** Opens a text as a read-only document. It lives in memory only: nothing of it reaches a backup or the disk. */
  show(title: string, text: string): Promise<void>;
  /** Opens two texts side by side, with what differs marked. */
  compare(comparison: Comparison): Promise<void>;
  /** Shows a text in the one preview editor, as a file is that was clicked once; the same key shows the same document. */
  preview(key: string, name: string, text: string): Promise<void>;
}

/** Read-only documents for results that should be shown instead of inserted. */
export function registerResultDocuments(): ResultDocuments {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const provider = workspace.registerTextDocumentContentProvider(RESULT_SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
  const closing = workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === RESULT_SCHEME) texts.delete(uri.toString());
  });
  let count = 0;
  return {
    async show(title, text) {
      const uri = Uri.from({ scheme: RESULT_SCHEME, path: `/${++count}/${fileName(title)}.txt` });
      texts.set(uri.toString(), text);
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    },
    async compare({ title, left, right }) {
      const [before, after] = [left, right].map(({ name, text }) => {
        const uri = Uri.from({ scheme: RESULT_SCHEME, path: `/${++count}/${fileName(name)}.yaml` });
        texts.set(uri.toString(), text);
        return uri;
      });
      await commands.executeCommand('vscode.diff', before, after, title, { preview: false });
    },
    async preview(key, name, text) {
      const uri = Uri.from({ scheme: RESULT_SCHEME, path: `/${key}/${fileName(name)}` });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true, preserveFocus: true });
    },
    dispose() {
      closing.dispose();
      provider.dispose();
      changed.dispose();
      texts.clear();
    },
  };
}

function fileName(title: string): string {
  return title.replace(/[/\\?#]/g, ' ');
}
