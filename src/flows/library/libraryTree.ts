import type { Failure } from '../../stream/failure';
import type { Accounts } from '../accounts/accounts';
import { failureText } from '../failureSentence';
import type { KeyLibrary } from '../keys/keyLibrary';
import { keyNodes, keysNode } from '../keys/keyNodes';
import type { RecentSignings } from '../signing/recentSignings';
import type { TimeStyle } from '../times';
import { accountNode, type LibraryNode, missingNode } from './libraryNodes';
import { liveInputNodes, liveInputsNode, liveInputTooltip, recordingNodes } from './liveInputNodes';
import type { LiveInputs } from './liveInputs';
import { recentNode, recentNodes } from './recentNodes';
import { groupedVideoNodes, videoNodes, videosNode } from './videoNodes';
import { videoTooltip } from './videoTooltip';
import type { VideoViews } from './videoViews';

export interface LibraryTreeParts {
  readonly accounts: Accounts;
  readonly views: Pick<VideoViews, 'shown' | 'filter'>;
  readonly liveInputs: Pick<LiveInputs, 'open' | 'recordings'>;
  readonly keys: KeyLibrary;
  readonly recent: Pick<RecentSignings, 'list'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
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
  const { accounts, views, liveInputs, keys, recent, now, times, canCallApi } = parts;
  const explain = (failure: Failure) => (failure.code === 'cancelled' ? '' : failureText(failure, times));
  return {
    async children(parent) {
      const known = await accounts.list();
      // Without an account there is nothing to sign with, and the view says how to begin.
      const signings = known.length === 0 ? [] : recent.list();
      if (parent === undefined) return [...recentNode(signings), ...known.map(accountNode)];
      if (parent.kind === 'recent') return recentNodes(signings, known, now() / 1000, times);
      const { accountKey, from = 0 } = parent.subject;
      const account = known.find(({ key }) => key === accountKey);
      if (account === undefined) return [];
      switch (parent.kind) {
        case 'account':
          return [
            ...(account.credential === 'stored' && canCallApi
              ? [videosNode(account, views.filter(accountKey)), liveInputsNode(account)]
              : []),
            ...(account.credential === 'missing' && canCallApi ? [missingNode(account)] : []),
            keysNode(account, canCallApi),
          ];
        case 'videos':
          return videoNodes(accountKey, await views.shown(accountKey), explain);
        case 'group':
          return groupedVideoNodes(accountKey, await views.shown(accountKey), from);
        case 'liveInputs':
          return liveInputNodes(accountKey, await liveInputs.open(accountKey), explain);
        case 'liveInput':
          return recordingNodes(parent, await liveInputs.recordings(accountKey, parent.subject.videoId ?? ''), explain);
        case 'keys':
          return keyNodes(account, await keys.open(accountKey), explain, times, canCallApi);
        default:
          return [];
      }
    },
    tooltip({ tooltip, about, input }) {
      if (input !== undefined) return liveInputTooltip(input, times);
      return tooltip ?? (about === undefined ? undefined : videoTooltip(about, times));
    },
  };
}
