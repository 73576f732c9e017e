import { env, l10n, type Uri, window } from 'vscode';

/**
 * Opens an address in the browser. It is handed over as text: a Uri would encode the escapes in the query once more
 * (microsoft/vscode#85930), and the dashboard would not find its permissions in it. The host takes both.
 */
export function openExternal(url: string): void {
  const complain = () => void window.showInformationMessage(l10n.t('The browser did not open.'));
  env.openExternal(url as unknown as Uri).then((opened) => {
    if (!opened) complain();
  }, complain);
}
