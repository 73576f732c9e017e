import { type Disposable, env, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { ClaimsReport } from '../flows/claimsReport';
import { claimsHtml } from './claimsHtml';

export interface ClaimsPanel extends Disposable {
  show(report: ClaimsReport): void;
  /** The report that stands on the page; undefined when the page is closed. */
  current(): ClaimsReport | undefined;
}

/** The one webview panel for decoded tokens. It is not restored after a restart: a token has no place in saved state. */
export function createClaimsPanel(extensionUri: Uri): ClaimsPanel {
  const media = Uri.joinPath(extensionUri, 'media');
  let open: { readonly panel: WebviewPanel; report: ClaimsReport } | undefined;
  return {
    show(report) {
      if (open === undefined) {
        const panel = window.createWebviewPanel('streamSigner.claims', report.title, ViewColumn.Active, {
          enableScripts: false,
          enableCommandUris: ['streamSigner.copyClaims', 'streamSigner.decodeToken'],
          enableFindWidget: true,
          localResourceRoots: [media],
        });
        panel.onDidDispose(() => {
          open = undefined;
        });
        open = { panel, report };
      }
      open.report = report;
      const { panel } = open;
      panel.title = report.title;
      panel.webview.html = claimsHtml(report, {
        language: env.language,
        cspSource: panel.webview.cspSource,
        styleUri: panel.webview.asWebviewUri(Uri.joinPath(media, 'claims.css')).toString(),
        words: {
          claims: l10n.t('Claims'),
          claim: l10n.t('Claim'),
          value: l10n.t('Value'),
          meaning: l10n.t('Meaning'),
          rules: l10n.t('Who may watch'),
          oddities: l10n.t('Worth a look'),
          raw: l10n.t('As JSON'),
          copyJson: l10n.t('Copy as JSON'),
          decodeAnother: l10n.t('Decode another token…'),
        },
      });
      panel.reveal();
    },
    current: () => open?.report,
    dispose: () => open?.panel.dispose(),
  };
}
