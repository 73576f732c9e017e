import * as l10n from '@vscode/l10n';
import { cleanLabel, cleanText } from '../../source/cleanText';
import type { Video } from '../../stream/api/video';
import type { AccountSummary } from '../accounts/accounts';
import type { Icon } from '../prompter';
import { durationText } from '../times';
import { failureNode, type LibraryNode, noteNode } from './libraryNodes';
import { accessText, filterText, isFiltering, type VideoFilter } from './videoFilter';
import type { LibraryState } from './videoLibrary';
import { videoStateText } from './videoState';
import type { ShownVideos } from './videoViews';

/** So many videos are drawn below one line: more would stop everything else in the host for too long. */
export const VIDEOS_IN_SIGHT = 1000;

/** The line "Videos" of an account, with its filter. */
export function videosNode({ key }: AccountSummary, filter: VideoFilter): LibraryNode {
  const active = filterText(filter);
  return {
    id: `account:${key}/videos`,
    kind: 'videos',
    label: l10n.t('Videos'),
    ...(active !== '' && { description: active }),
    icon: active === '' ? 'device-camera-video' : 'filter-filled',
    ...(active !== '' && { tooltip: l10n.t('Only some videos are shown, or in another order: {0}', active) }),
    spoken: active === '' ? l10n.t('Videos, newest first') : l10n.t('Videos, filtered: {0}', active),
    context: active === '' ? 'videos' : 'videos filtered',
    expandable: true,
    subject: { accountKey: key },
  };
}

/** The lines below "Videos": what is shown, in groups when it is much, and a line that leads to more or says why not. */
export function videoNodes(
  accountKey: string,
  shown: ShownVideos,
  explain: (failure: NonNullable<LibraryState['failure']>) => string,
): readonly LibraryNode[] {
  const { videos, complete, failure, stale, filter } = shown;
  const listed = [
    ...videos.slice(0, VIDEOS_IN_SIGHT).map((video) => videoNode(accountKey, video)),
    ...groupNodes(accountKey, shown),
  ];
  if (failure !== undefined) {
    const anew = stale === true || filter.search !== undefined;
    const click = anew ? 'refresh' : 'more';
    const why = failureNode(`account:${accountKey}/videos`, accountKey, explain(failure), {
      context: 'failure',
      click,
    });
    return stale ? [why, ...listed] : [...listed, why];
  }
  const isFromList = filter.search === undefined && filter.videoId === undefined;
  if (!complete) return [...listed, isFromList ? moreNode(accountKey, shown) : cutNode(accountKey, videos.length)];
  return listed.length > 0 ? listed : [emptyNode(accountKey, shown)];
}

/** The videos of a group. */
export function groupedVideoNodes(accountKey: string, { videos }: ShownVideos, from: number): readonly LibraryNode[] {
  return videos.slice(from, from + VIDEOS_IN_SIGHT).map((video) => videoNode(accountKey, video));
}

/** A line for each further thousand. */
function groupNodes(accountKey: string, { videos, filter }: ShownVideos): readonly LibraryNode[] {
  const nodes: LibraryNode[] = [];
  for (let from = VIDEOS_IN_SIGHT; from < videos.length; from += VIDEOS_IN_SIGHT) {
    const last = Math.min(from + VIDEOS_IN_SIGHT, videos.length);
    const [first, end] = [videos[from], videos[last - 1]].map((video) => markOf(video, filter));
    const label = l10n.t('Videos {0} to {1}', from + 1, last);
    nodes.push({
      id: `account:${accountKey}/videos/from:${from}`,
      kind: 'group',
      label,
      description: `${first} … ${end}`,
      icon: 'list-unordered',
      spoken: `${label}, ${first} … ${end}`,
      context: 'group',
      expandable: true,
      subject: { accountKey, from },
    });
  }
  return nodes;
}

/** By what one finds a place in the list. */
function markOf(video: Video | undefined, { order }: VideoFilter): string {
  if (video === undefined) return '';
  return order === 'name' ? cleanLabel(video.name, 30) || l10n.t('(no name)') : cleanText(video.created.slice(0, 10));
}

/** A video, or a recording below the live input it came from. */
export function videoNode(accountKey: string, video: Video, above = `account:${accountKey}`): LibraryNode {
  const { id, name, duration, state, requireSignedUrls, scheduledDeletion } = video;
  const label = cleanLabel(name) || l10n.t('(no name)');
  const access = accessText(requireSignedUrls);
  const facts = [...videoStateText(video), ...(duration === undefined ? [] : [durationText(duration)])];
  const deletion =
    scheduledDeletion === undefined ? [] : [l10n.t('deleted on {0}', cleanText(scheduledDeletion.slice(0, 10)))];
  return {
    id: `${above}/video:${id}`,
    kind: 'video',
    label,
    description: cleanText([...facts, ...(requireSignedUrls ? [] : [access]), ...deletion].join(' · ')),
    icon: iconOf(video),
    spoken: [label, access, ...facts, ...deletion].join(', '),
    context: ['video', requireSignedUrls ? 'private' : 'public', ...(state === 'ready' ? ['ready'] : [])].join(' '),
    expandable: false,
    subject: { accountKey, videoId: id, videoName: name },
    click: 'details',
    about: video,
  };
}

function iconOf({ state, requireSignedUrls }: Video): Icon {
  switch (state) {
    case 'error':
      return 'error';
    case 'pendingupload':
      return 'cloud-upload';
    case 'downloading':
    case 'queued':
    case 'inprogress':
      return 'sync';
    case 'live-inprogress':
      return 'broadcast';
    default:
      return requireSignedUrls ? 'lock' : 'globe';
  }
}

function moreNode(accountKey: string, { videos, loaded, filter }: ShownVideos): LibraryNode {
  const count = isFiltering(filter) ? l10n.t('{0} of {1} so far', videos.length, loaded) : l10n.t('{0} so far', loaded);
  return {
    id: `account:${accountKey}/videos/more`,
    kind: 'more',
    label: l10n.t('Load more…'),
    description: count,
    spoken: l10n.t('Load more videos, {0}', count),
    context: 'more',
    expandable: false,
    subject: { accountKey },
    click: 'more',
  };
}

/** Cloudflare gives no more than so many of what it finds, and says nothing of the rest. */
function cutNode(accountKey: string, count: number): LibraryNode {
  const label = l10n.t('These are the newest that Cloudflare found ({0}). Search for more of the name.', count);
  return { ...noteNode(`account:${accountKey}/videos`, accountKey, label), id: `account:${accountKey}/videos/cut` };
}

function emptyNode(accountKey: string, { filter, loaded }: ShownVideos): LibraryNode {
  if (!isFiltering(filter))
    return noteNode(`account:${accountKey}/videos`, accountKey, l10n.t('No videos in this account yet'));
  const label = l10n.t('None of {0} videos passes the filter. Click to clear it.', loaded);
  return { ...noteNode(`account:${accountKey}/videos`, accountKey, label), icon: 'clear-all', click: 'clearFilter' };
}
