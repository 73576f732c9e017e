import { env, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { PAGE_COMMANDS } from './claimsHtml';
import type { PanelHost } from './claimsPanel';
import { pageWords } from './claimsWords';

const VIEW_TYPE = 'streamSigner.claims';
/** How long the icon waits, in milliseconds: VS Code draws its tabs again for it, and could set up the page meanwhile. */
const ICON_MS = 500;

/** The panels for the claims page: no scripts, no files, and only the commands that the page links to. */
export function createClaimsPanelHost(extensionUri: Uri): PanelHost {
  const options = { enableScripts: false, enableCommandUris: PAGE_COMMANDS, localResourceRoots: [] } as const;
  const media = (name: string) => Uri.joinPath(extensionUri, 'media', name);

  function withIcon(panel: WebviewPanel): WebviewPanel {
    const timer = setTimeout(() => {
      panel.iconPath = { light: media('claims-light.svg'), dark: media('claims-dark.svg') };
    }, ICON_MS);
    panel.onDidDispose(() => clearTimeout(timer));
    return panel;
  }

  return {
    create: (title) =>
      withIcon(window.createWebviewPanel(VIEW_TYPE, title, ViewColumn.Active, { ...options, enableFindWidget: true })),
    onRestored: (take) =>
      window.registerWebviewPanelSerializer(VIEW_TYPE, {
        async deserializeWebviewPanel(panel) {
          panel.webview.options = options;
          take(withIcon(panel));
        },
      }),
    frame: () => ({ language: env.language, nonce: crypto.randomUUID(), words: pageWords() }),
  };
}
