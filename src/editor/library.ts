import {
  commands,
  Disposable,
  EventEmitter,
  type SecretStorage,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import type { Engine } from '../engine';
import type { LibraryNode } from '../flows/library/libraryNodes';
import type { EditorLog } from './log';
import { bugSentence } from './report';

export const LIBRARY_VIEW = 'streamSigner.library';

export interface Library extends Disposable {
  /** The lines that are selected now. */
  selection(): readonly LibraryNode[];
  /** Shows accounts anew. Videos are only asked for by what names an account. */
  refresh(): void;
  /** Unfolds the videos of an account and puts the focus there. */
  revealVideos(accountKey: string): Promise<void>;
  /** Unfolds the last group of videos of an account, if there are groups. */
  revealLastGroup(accountKey: string): Promise<void>;
}

const COMMAND_OF_CLICK = {
  details: 'streamSigner.showVideo',
  more: 'streamSigner.loadMoreVideos',
  refresh: 'streamSigner.refreshVideos',
  refreshLiveInputs: 'streamSigner.refreshLiveInputs',
  refreshKeys: 'streamSigner.refreshKeys',
  settleKeys: 'streamSigner.settleKeys',
  clearFilter: 'streamSigner.clearVideoFilter',
  openSigning: 'streamSigner.openRecent',
  enterCredential: 'streamSigner.replaceCredential',
} as const;

/** The sidebar: accounts, and below them what belongs to each. */
export function registerLibrary(engine: () => Engine, secrets: SecretStorage, log: EditorLog): Library {
  const changed = new EventEmitter<LibraryNode | LibraryNode[] | undefined>();
  /** VS Code knows a line by its object, so the one it was given last stands for it. */
  const shown = new Map<string, LibraryNode>();
  /** What the lines at the top are now; one that VS Code holds from before stands for what has its id here. */
  let top: readonly LibraryNode[] | undefined;
  const parents = new Map<string, LibraryNode | undefined>();
  const unfolded = new Set<string>();
  let stopListening: (() => void) | undefined;

  function listen(): () => void {
    const { videos, views, liveInputs, recent } = engine();
    const again = (id: string) => {
      const node = shown.get(id);
      if (node !== undefined) changed.fire(node);
    };
    const stops = [
      videos.onChange((accountKey) => again(`account:${accountKey}/videos`)),
      liveInputs.onChange((accountKey) => again(`account:${accountKey}/live`)),
      // Its line comes and goes.
      recent.onChange(() => void refreshInTurn()),
      // The line itself says what its filter is, so it is made anew too.
      views.onChange((accountKey) => again(`account:${accountKey}`)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  async function children(parent?: LibraryNode): Promise<LibraryNode[]> {
    try {
      stopListening ??= listen();
      const nodes = await engine().tree.children(parent);
      for (const node of nodes) {
        shown.set(node.id, node);
        parents.set(node.id, parent);
      }
      if (parent === undefined) {
        view.message = '';
        top = nodes;
      }
      return [...nodes];
    } catch (error) {
      if (parent === undefined) top = undefined;
      // A message also keeps the welcome text away, which would ask for an account that may well be there.
      view.message = bugSentence(error, 'library', log);
      return [];
    }
  }

  /**
   * Asks for everything anew. Told to do so at its root, VS Code forgets every line until it has them all again, and a menu
   * that is open meanwhile would act on none; so the root is left alone while the same accounts stand there.
   */
  async function refresh(): Promise<void> {
    const before = top;
    const now = before === undefined ? undefined : await engine().tree.children();
    const names = (nodes: readonly LibraryNode[] = []) => nodes.map(({ id }) => id).join();
    const known = now?.map(({ id }) => shown.get(id)).filter((node) => node !== undefined) ?? [];
    const isSame = now !== undefined && names(now) === names(top) && known.length === now.length && known.length > 0;
    top = now;
    changed.fire(isSame ? known : undefined);
  }

  let running = false;
  let again = false;
  /** Many changes at once, in this window or another, are one refresh or two. */
  async function refreshInTurn(): Promise<void> {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      // Whatever is wrong is wrong when VS Code asks for the lines, too, and said there.
      await refresh().catch(() => changed.fire(undefined));
    }
    running = false;
  }

  const view = window.createTreeView<LibraryNode>(LIBRARY_VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      async getChildren(parent) {
        const nodes = await children(parent);
        // VS Code asks only for what is below an unfolded line, also for one that was so before the window was reloaded.
        if (parent !== undefined) unfolded.add(parent.id);
        watch();
        return nodes;
      },
      getTreeItem: (node) => toItem(top?.find(({ id }) => id === node.id) ?? node),
      getParent: ({ id }) => parents.get(id),
      resolveTreeItem(item, node) {
        const tooltip = engine().tree.tooltip(node);
        if (tooltip !== undefined) item.tooltip = tooltip;
        return item;
      },
    },
    showCollapseAll: true,
    canSelectMany: true,
  });

  /** What changes by itself is only looked after while it can be seen. */
  function watch(): void {
    // Nobody has asked for videos yet, and nothing needs to be loaded to know that.
    if (stopListening === undefined) return;
    const inSight = (kind: LibraryNode['kind']) =>
      [...(view.visible ? unfolded : [])].flatMap((id) => {
        const parent = shown.get(id)?.kind === kind ? parents.get(id) : undefined;
        return parent !== undefined && unfolded.has(parent.id) ? [parent.subject.accountKey] : [];
      });
    engine().watch({ videos: inSight('videos'), liveInputs: inSight('liveInputs') });
  }

  async function node(...path: readonly string[]): Promise<LibraryNode | undefined> {
    let found: LibraryNode | undefined;
    for (const id of path) {
      const below = await children(found);
      found = below.find((candidate) => candidate.id === id);
      if (found === undefined) return undefined;
    }
    return found;
  }

  const reveal = async (found: LibraryNode | undefined) => {
    if (found !== undefined) await view.reveal(found, { select: true, focus: true, expand: true });
  };

  // Secrets are shared by all windows, so an account can come or go in another one.
  const watching = Disposable.from(
    secrets.onDidChange(() => void refreshInTurn()),
    view.onDidCollapseElement(({ element }) => {
      unfolded.delete(element.id);
      watch();
    }),
    // Unfolded again, a line has its children already, and VS Code does not ask for them.
    view.onDidExpandElement(({ element }) => {
      unfolded.add(element.id);
      watch();
    }),
    view.onDidChangeVisibility(watch),
    // The palette offers what can be done with the selected line.
    view.onDidChangeSelection(({ selection: [first] }) => {
      void commands.executeCommand('setContext', 'streamSigner.selected', first?.context ?? '');
    }),
  );
  return Object.assign(Disposable.from(view, watching, changed, { dispose: () => stopListening?.() }), {
    selection: () => view.selection,
    refresh: () => void refreshInTurn(),
    revealVideos: async (accountKey: string) =>
      reveal(await node(`account:${accountKey}`, `account:${accountKey}/videos`)),
    async revealLastGroup(accountKey: string) {
      const parent = shown.get(`account:${accountKey}/videos`);
      if (parent !== undefined) await reveal((await children(parent)).filter(({ kind }) => kind === 'group').at(-1));
    },
  });
}

function toItem(node: LibraryNode): TreeItem {
  const { id, label, description, icon, tooltip, spoken, context, expandable, click } = node;
  const item = new TreeItem(label, expandable ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.id = id;
  item.contextValue = context;
  item.accessibilityInformation = { label: spoken };
  if (description !== undefined) item.description = description;
  if (icon !== undefined) item.iconPath = new ThemeIcon(icon);
  if (tooltip !== undefined) item.tooltip = tooltip;
  if (click !== undefined) item.command = { command: COMMAND_OF_CLICK[click], title: label, arguments: [node] };
  return item;
}
