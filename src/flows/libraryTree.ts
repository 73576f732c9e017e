import type { Accounts } from './accounts';
import { failureText } from './failureSentence';
import { accountNode, type LibraryNode, videoNodes, videosNode } from './libraryNodes';
import type { TimeStyle } from './times';
import type { VideoLibrary } from './videoLibrary';

export interface LibraryTreeParts {
  readonly accounts: Accounts;
  readonly videos: VideoLibrary;
  readonly times: TimeStyle;
  /** False in the browser, where videos can't be listed. */
  readonly canCallApi: boolean;
}

/** What the sidebar shows below a line, or at its top. Only what is expanded is asked for, so only that makes a request. */
export interface LibraryTree {
  children(parent?: LibraryNode): Promise<readonly LibraryNode[]>;
}

export function createLibraryTree({ accounts, videos, times, canCallApi }: LibraryTreeParts): LibraryTree {
  return {
    async children(parent) {
      const known = await accounts.list();
      if (parent === undefined) return known.map(accountNode);
      const { accountKey } = parent.subject;
      const account = known.find(({ key }) => key === accountKey);
      if (account === undefined) return [];
      switch (parent.kind) {
        case 'account':
          return account.credential === 'stored' && canCallApi ? [videosNode(account)] : [];
        case 'videos':
          return videoNodes(accountKey, await videos.open(accountKey), (failure) => failureText(failure, times), times);
        default:
          return [];
      }
    },
  };
}
