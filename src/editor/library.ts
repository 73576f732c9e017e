import {
  Disposable,
  EventEmitter,
  type SecretStorage,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from 'vscode';
import type { Engine } from '../engine';
import type { LibraryNode } from '../flows/libraryNodes';
import type { EditorLog } from './log';
import { bugSentence } from './report';

export const LIBRARY_VIEW = 'streamSigner.library';

export interface Library extends Disposable {
  /** Shows accounts anew. Videos are only asked for by what names an account. */
  refresh(): void;
}

const COMMAND_OF_CLICK = {
  details: 'streamSigner.showVideo',
  more: 'streamSigner.loadMoreVideos',
  refresh: 'streamSigner.refreshVideos',
  refreshKeys: 'streamSigner.refreshKeys',
  settleKeys: 'streamSigner.settleKeys',
} as const;

/** The sidebar: accounts, and below them what belongs to each. */
export function registerLibrary(engine: () => Engine, secrets: SecretStorage, log: EditorLog): Library {
  const changed = new EventEmitter<LibraryNode | undefined>();
  /** VS Code knows a line by its object, so the one it was given last stands for it. */
  const shown = new Map<string, LibraryNode>();
  let stopListening: (() => void) | undefined;

  async function children(parent?: LibraryNode): Promise<LibraryNode[]> {
    try {
      stopListening ??= engine().videos.onChange((accountKey) => {
        const node = shown.get(`account:${accountKey}/videos`);
        if (node !== undefined) changed.fire(node);
      });
      const nodes = await engine().tree.children(parent);
      for (const node of nodes) shown.set(node.id, node);
      if (parent === undefined) view.message = '';
      return [...nodes];
    } catch (error) {
      // A message also keeps the welcome text away, which would ask for an account that may well be there.
      view.message = bugSentence(error, 'library', log);
      return [];
    }
  }

  const view = window.createTreeView<LibraryNode>(LIBRARY_VIEW, {
    treeDataProvider: { onDidChangeTreeData: changed.event, getChildren: children, getTreeItem: toItem },
    showCollapseAll: true,
  });
  // Secrets are shared by all windows, so an account can come or go in another one.
  const watching = secrets.onDidChange(() => changed.fire(undefined));
  return Object.assign(Disposable.from(view, watching, changed, { dispose: () => stopListening?.() }), {
    refresh: () => changed.fire(undefined),
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
