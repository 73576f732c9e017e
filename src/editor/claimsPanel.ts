import type { Disposable, Webview, WebviewPanel } from 'vscode';
import type { ClaimsReport } from '../flows/inspector/claimsReport';
import type { Given } from '../flows/inspector/givenToken';
import { claimsHtml, emptyHtml, type PageFrame } from './claimsHtml';
import type { WatchedCache } from './storage';

export interface ClaimsPanel extends Disposable {
  /** For a report that is going to be made. To be disposed of when it was shown, or when there will be none. */
  begin(): Showing;
  /** Writes another report onto the page that is open, and brings that in front. */
  update(report: ClaimsReport): void;
  /** Judges the token on the page once more, and writes the page anew if that says something else. */
  judgeAgain(): Promise<void>;
  /** The report that stands on the page; undefined when there is none. */
  current(): ClaimsReport | undefined;
  /** Whether the page is what the person is looking at and working on. */
  inFront(): boolean;
}

export interface Showing extends Disposable {
  /**
   * Opens the panel, still empty, if it is not open: VS Code sets it up while the report is being made. It has its title
   * already when the token's video is known: another one later makes VS Code draw its tabs again.
   */
  prepare(videoId: string | undefined): Promise<void>;
  /** Shows the report, unless the person closed what was prepared for it, or one that was begun later came first. */
  show(report: ClaimsReport): void;
}

/** A panel of VS Code, as far as it is needed here. */
export interface Panel extends Pick<WebviewPanel, 'title' | 'visible' | 'active' | 'reveal' | 'dispose'> {
  readonly webview: Pick<Webview, 'html'>;
  onDidDispose(listener: () => void): Disposable;
  onDidChangeViewState(listener: () => void): Disposable;
}

/** Where panels come from. */
export interface PanelHost {
  create(title: string): Panel;
  /** Hands over, still empty, the panels that stood in the window before it was loaded anew: each when its tab is first looked at. */
  onRestored(take: (panel: Panel) => void): Disposable;
  frame(): PageFrame;
}

export interface ClaimsPanelParts {
  readonly host: PanelHost;
  readonly judge: (given: Given) => Promise<ClaimsReport | undefined>;
  /** Where it can be seen that there are other keys on this machine. */
  readonly cache: Pick<WatchedCache, 'onDidWrite'>;
  /** Epoch seconds. */
  readonly now: () => number;
}

interface OpenPage {
  readonly panel: Panel;
  /** It says that the token is gone, which is something to read too. */
  readonly restored: boolean;
  report: ClaimsReport | undefined;
}

/** How long a message to VS Code takes to leave, in milliseconds. Where that is too short, the page only comes later. */
const SENDING_MS = 10;
/** How far what the page counts ("in 15 min") may lag behind, in milliseconds. */
const LAG_MS = 60_000;

/**
 * The one webview panel for decoded tokens. A token has no place in saved state: after a restart the page says that it is
 * gone. What the page says is judged anew whenever it comes into sight, and while it is there at the moments at which time
 * or the keys of this machine change it.
 */
export function createClaimsPanel({ host, judge, cache, now }: ClaimsPanelParts): ClaimsPanel {
  let open: OpenPage | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let disposed = false;
  let begun = 0;
  let shown = 0;
  /** How many reports are being made. */
  let pending = 0;
  let judgements = 0;

  function adopt(panel: Panel, restored: boolean): OpenPage {
    const own: OpenPage = { panel, restored, report: undefined };
    open = own;
    let seen = panel.visible;
    panel.onDidDispose(() => {
      if (open === own) open = undefined;
      waitForTime();
    });
    panel.onDidChangeViewState(() => {
      if (open !== own) return;
      const appeared = panel.visible && !seen;
      seen = panel.visible;
      if (appeared) void judgeAgain();
      else waitForTime();
    });
    return own;
  }

  async function judgeAgain(): Promise<void> {
    const report = open?.report;
    if (report === undefined) return;
    const judgement = ++judgements;
    // Where that fails, what stands there stays.
    const judged = await judge(report.given).catch(() => undefined);
    // Another token may have come meanwhile, or something that a later judgement knows; and writing the page anew makes it flicker.
    const latest = open?.report === report && judgement === judgements;
    if (judged !== undefined && latest && !saysTheSame(judged, report)) render(judged);
    else waitForTime();
  }

  function waitForTime(): void {
    clearTimeout(timer);
    const changesAt = open?.report?.changesAt;
    if (changesAt === undefined || open?.panel.visible !== true) return;
    const left = (changesAt - now()) * 1000;
    timer = setTimeout(look, left > 0 ? Math.min(left, LAG_MS) : LAG_MS);
  }

  function look(): void {
    const changed = (open?.report?.changesAt ?? Number.POSITIVE_INFINITY) <= now();
    // A page that is written anew loses the focus and what was selected: for a few minutes that's not worth it.
    if (changed || open?.panel.active === false) void judgeAgain();
    else waitForTime();
  }

  function render(report: ClaimsReport): void {
    if (open === undefined) return;
    open.report = report;
    const frame = host.frame();
    open.panel.title = frame.words.title(report.videoId);
    open.panel.webview.html = claimsHtml(report, frame);
    waitForTime();
  }

  const restoring = host.onRestored((panel) => {
    if (disposed || open !== undefined) {
      panel.dispose();
      open?.panel.reveal();
      return;
    }
    adopt(panel, true);
    const frame = host.frame();
    panel.title = frame.words.title(undefined);
    panel.webview.html = emptyHtml(frame);
  });
  const watching = cache.onDidWrite((key) => {
    if (key === 'signingKeys' && open?.panel.visible === true) void judgeAgain();
  });

  return {
    begin() {
      const turn = ++begun;
      pending++;
      let prepared: OpenPage | undefined;
      let created = false;
      return {
        async prepare(videoId) {
          if (disposed) return;
          prepared = open;
          if (prepared !== undefined) return;
          prepared = adopt(host.create(host.frame().words.title(videoId)), false);
          created = true;
          // Loading the engine holds this thread, and what was asked of VS Code is compressed before it leaves it.
          await new Promise((resolve) => setTimeout(resolve, SENDING_MS));
        },
        show(report) {
          const closed = prepared !== undefined && prepared !== open;
          if (disposed || closed || turn < shown) return;
          shown = turn;
          if (open === undefined) adopt(host.create(host.frame().words.title(report.videoId)), false);
          render(report);
          // One that was created for it is in front already, and asking again would cost it time.
          if (!created) open?.panel.reveal();
        },
        dispose() {
          pending--;
          if (pending === 0 && open?.report === undefined && open?.restored === false) open.panel.dispose();
        },
      };
    },
    update(report) {
      render(report);
      open?.panel.reveal();
    },
    judgeAgain,
    current: () => open?.report,
    inFront: () => open?.panel.active ?? false,
    dispose() {
      disposed = true;
      restoring.dispose();
      watching.dispose();
      open?.panel.dispose();
    },
  };
}

/** Whether only the time of the judgement differs. */
function saysTheSame(one: ClaimsReport, other: ClaimsReport): boolean {
  return JSON.stringify({ ...one, judgedAt: '' }) === JSON.stringify({ ...other, judgedAt: '' });
}
