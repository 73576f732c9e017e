import type { Failure } from '../stream/failure';
import type { Accounts } from './accounts';
import { failureText } from './failureSentence';
import type { KeyLibrary } from './keyLibrary';
import { keyNodes, keysNode } from './keyNodes';
import { accountNode, type LibraryNode } from './libraryNodes';
import type { TimeStyle } from './times';
import { groupedVideoNodes, videoNodes, videosNode } from './videoNodes';
import { videoTooltip } from './videoTooltip';
import type { VideoViews } from './videoViews';

export interface LibraryTreeParts {
  readonly accounts: Accounts;
  readonly views: Pick<VideoViews, 'shown' | 'filter'>;
  readonly keys: KeyLibrary;
  readonly times: TimeStyle;
  /** False in the browser, where videos can't be listed. */
  readonly canCallApi: boolean;
}

/** What the sidebar shows below a line, or at its top. Only what is expanded is asked for, so only that makes a request. */
export interface LibraryTree {
  children(parent?: LibraryNode): Promise<readonly LibraryNode[]>;
  /** What a line has to say when somebody looks at it; undefined for one that said all. */
  tooltip(node: LibraryNode): string | undefined;
}

export function createLibraryTree(parts: LibraryTreeParts): LibraryTree {
  const { accounts, views, keys, times, canCallApi } = parts;
  const explain = (failure: Failure) => (failure.code === 'cancelled' ? '' : failureText(failure, times));
  return {
    async children(parent) {
      const known = await accounts.list();
      if (parent === undefined) return known.map(accountNode);
      const { accountKey, from = 0 } = parent.subject;
      const account = known.find(({ key }) => key === accountKey);
      if (account === undefined) return [];
      switch (parent.kind) {
        case 'account':
          return [
            ...(account.credential === 'stored' && canCallApi ? [videosNode(account, views.filter(accountKey))] : []),
            keysNode(account, canCallApi),
          ];
        case 'videos':
          return videoNodes(accountKey, await views.shown(accountKey), explain);
        case 'group':
          return groupedVideoNodes(accountKey, await views.shown(accountKey), from);
        case 'keys':
          return keyNodes(account, await keys.open(accountKey), explain, times, canCallApi);
        default:
          return [];
      }
    },
    tooltip: ({ tooltip, about }) => tooltip ?? (about === undefined ? undefined : videoTooltip(about, times)),
  };
}
