import { Disposable, EventEmitter, l10n, type SecretStorage, ThemeIcon, TreeItem, type TreeView, window } from 'vscode';
import type { Engine } from '../engine';
import type { AccountSummary } from '../flows/accounts';
import { cleanLabel } from '../source/cleanText';
import type { EditorLog } from './log';
import { bugSentence } from './report';

export interface Library extends Disposable {
  refresh(): void;
}

/** The sidebar: the configured accounts. */
export function registerLibrary(engine: () => Engine, secrets: SecretStorage, log: EditorLog): Library {
  async function list(): Promise<AccountSummary[]> {
    try {
      const accounts = await engine().accounts.list();
      view.message = '';
      return [...accounts];
    } catch (error) {
      // A message also keeps the welcome text away, which would ask for an account that may well be there.
      view.message = bugSentence(error, 'accounts', log);
      return [];
    }
  }
  const changed = new EventEmitter<void>();
  const view: TreeView<AccountSummary> = window.createTreeView<AccountSummary>('streamSigner.library', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (account) => (account === undefined ? list() : []),
      getTreeItem: toItem,
    },
  });
  // Secrets are shared by all windows, so an account can come or go in another one.
  const watching = secrets.onDidChange(() => changed.fire());
  return Object.assign(Disposable.from(view, watching, changed), { refresh: () => changed.fire() });
}

function toItem(account: AccountSummary): TreeItem {
  const { credential, cannotSign } = account;
  const missing = credential === 'missing';
  const item = new TreeItem(cleanLabel(account.label));
  item.id = account.key;
  item.contextValue = credential === 'stored' ? 'account' : `account ${credential}`;
  item.iconPath = new ThemeIcon(missing ? 'warning' : 'account');
  item.description = description(account);
  item.tooltip = missing
    ? l10n.t('The credential is no longer on this computer. Enter it again with "Replace Credential…".')
    : cannotSign
      ? l10n.t(
          'Cloudflare did not let this credential sign (403): it may have only Stream → Read. Use one with Stream → Edit.',
        )
      : credential === 'none'
        ? l10n.t('This account signs with its signing keys on this computer. Its videos can’t be listed.')
        : l10n.t('Cloudflare account {0}', account.accountId ?? '');
  item.accessibilityInformation = { label: `${item.label}, ${item.description}` };
  return item;
}

function description({ accountId = '', credential, cannotSign }: AccountSummary): string {
  if (credential === 'missing') return l10n.t('credential missing');
  if (credential === 'none') return l10n.t('signing keys only');
  return cannotSign ? l10n.t('{0} · can list, cannot sign', accountId) : accountId;
}
