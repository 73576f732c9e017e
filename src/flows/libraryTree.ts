import type { Failure } from '../stream/failure';
import type { Accounts } from './accounts';
import { failureText } from './failureSentence';
import type { KeyLibrary } from './keyLibrary';
import { keyNodes, keysNode } from './keyNodes';
import { accountNode, type LibraryNode, videoNodes, videosNode } from './libraryNodes';
import type { TimeStyle } from './times';
import type { VideoLibrary } from './videoLibrary';

export interface LibraryTreeParts {
  readonly accounts: Accounts;
  readonly videos: VideoLibrary;
  readonly keys: KeyLibrary;
  readonly times: TimeStyle;
  /** False in the browser, where videos can't be listed. */
  readonly canCallApi: boolean;
}

/** What the sidebar shows below a line, or at its top. Only what is expanded is asked for, so only that makes a request. */
export interface LibraryTree {
  children(parent?: LibraryNode): Promise<readonly LibraryNode[]>;
}

export function createLibraryTree(parts: LibraryTreeParts): LibraryTree {
  const { accounts, videos, keys, times, canCallApi } = parts;
  const explain = (failure: Failure) => (failure.code === 'cancelled' ? '' : failureText(failure, times));
  return {
    async children(parent) {
      const known = await accounts.list();
      if (parent === undefined) return known.map(accountNode);
      const { accountKey } = parent.subject;
      const account = known.find(({ key }) => key === accountKey);
      if (account === undefined) return [];
      switch (parent.kind) {
        case 'account':
          return [
            ...(account.credential === 'stored' && canCallApi ? [videosNode(account)] : []),
            keysNode(account, canCallApi),
          ];
        case 'videos':
          return videoNodes(accountKey, await videos.open(accountKey), (failure) => failureText(failure, times), times);
        case 'keys':
          return keyNodes(account, await keys.open(accountKey), explain, times, canCallApi);
        default:
          return [];
      }
    },
  };
}
