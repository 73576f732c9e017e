import { type Disposable, env, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { ClaimsReport } from '../flows/inspector/claimsReport';
import type { Given } from '../flows/inspector/givenToken';
import { claimsHtml, emptyHtml, PAGE_COMMANDS, type PageFrame } from './claimsHtml';
import { pageWords } from './claimsWords';

export interface ClaimsPanel extends Disposable {
  /**
   * Opens the panel, still empty, if it is not open: VS Code sets it up while the report is being made. To be closed again
   * with what comes back when there will be no report.
   */
  prepare(): Promise<Disposable>;
  show(report: ClaimsReport): void;
  /** Judges the token on the page once more, and writes the page anew if that says something else. */
  judgeAgain(): Promise<void>;
  /** The report that stands on the page; undefined when there is none. */
  current(): ClaimsReport | undefined;
  /** Whether the page is what the person is looking at and working on. */
  inFront(): boolean;
}

const VIEW_TYPE = 'streamSigner.claims';
/** How long a message to VS Code takes to leave, in milliseconds. Where that is too short, the page only comes later. */
const SENDING_MS = 10;

/**
 * The one webview panel for decoded tokens. A token has no place in saved state: after a restart the page says that it is
 * gone. What the page says about time is judged anew whenever it comes into sight.
 */
export function createClaimsPanel(judge: (given: Given) => Promise<ClaimsReport | undefined>): ClaimsPanel {
  let open: { readonly panel: WebviewPanel; report: ClaimsReport | undefined } | undefined;

  const frame = (): PageFrame => ({ language: env.language, nonce: crypto.randomUUID(), words: pageWords() });

  function adopt(panel: WebviewPanel): { readonly panel: WebviewPanel; readonly report: ClaimsReport | undefined } {
    open?.panel.dispose();
    const own = { panel, report: undefined as ClaimsReport | undefined };
    open = own;
    let seen = panel.visible;
    panel.onDidDispose(() => {
      if (open === own) open = undefined;
    });
    panel.onDidChangeViewState(async () => {
      if (open !== own) return;
      const appeared = panel.visible && !seen;
      seen = panel.visible;
      if (appeared) await judgeAgain();
    });
    return own;
  }

  async function judgeAgain(): Promise<void> {
    const report = open?.report;
    if (report === undefined) return;
    // Where that fails, what stands there stays.
    const judged = await judge(report.given).catch(() => undefined);
    // Another token may have come meanwhile; and writing the page anew makes it flicker.
    if (judged !== undefined && open?.report === report && !saysTheSame(judged, report)) render(judged);
  }

  function render(report: ClaimsReport): void {
    if (open === undefined) return;
    open.report = report;
    open.panel.title = report.title;
    open.panel.webview.html = claimsHtml(report, frame());
  }

  const options = { enableScripts: false, enableCommandUris: PAGE_COMMANDS, localResourceRoots: [] } as const;
  const serializer = window.registerWebviewPanelSerializer(VIEW_TYPE, {
    async deserializeWebviewPanel(panel) {
      panel.webview.options = options;
      adopt(panel);
      const words = pageWords();
      panel.title = words.token;
      panel.webview.html = emptyHtml(frame());
    },
  });

  function create(title: string) {
    return adopt(
      window.createWebviewPanel(VIEW_TYPE, title, ViewColumn.Active, { ...options, enableFindWidget: true }),
    );
  }

  return {
    async prepare() {
      if (open !== undefined) return { dispose() {} };
      const own = create(pageWords().token);
      // Loading the engine holds this thread, and what was asked of VS Code is compressed before it leaves it.
      await new Promise((resolve) => setTimeout(resolve, SENDING_MS));
      return {
        dispose() {
          if (own.report === undefined) own.panel.dispose();
        },
      };
    },
    show(report) {
      if (open === undefined) create(report.title);
      render(report);
      open?.panel.reveal();
    },
    judgeAgain,
    current: () => open?.report,
    inFront: () => open?.panel.active ?? false,
    dispose() {
      serializer.dispose();
      open?.panel.dispose();
    },
  };
}

/** Whether only the time of the judgement differs. */
function saysTheSame(one: ClaimsReport, other: ClaimsReport): boolean {
  return JSON.stringify({ ...one, judgedAt: '' }) === JSON.stringify({ ...other, judgedAt: '' });
}
