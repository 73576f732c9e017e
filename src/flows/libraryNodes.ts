import * as l10n from '@vscode/l10n';
import { cleanLabel, cleanText } from '../source/cleanText';
import type { Video } from '../stream/api/client';
import { accountFacts } from './accountChoice';
import type { AccountSummary } from './accounts';
import type { Icon } from './prompter';
import { durationText, instantText, type TimeStyle } from './times';
import type { LibraryState } from './videoLibrary';
import { videoStateText } from './videoState';

/** What a line of the sidebar stands for, as commands take it. */
export interface LibrarySubject {
  readonly accountKey: string;
  readonly videoId?: string;
  readonly videoName?: string;
  /** The id of a signing key. */
  readonly kid?: string;
}

/** A line of the sidebar as plain data; the editor only draws it. */
export interface LibraryNode {
  /** The same for the same thing after every refresh, so that focus and expansion stay. */
  readonly id: string;
  readonly kind: 'account' | 'videos' | 'video' | 'more' | 'keys' | 'key' | 'interruptedKey' | 'failure' | 'empty';
  readonly label: string;
  readonly description?: string;
  readonly icon?: Icon;
  readonly tooltip?: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** Words by which the manifest knows what can be done with the line. */
  readonly context: string;
  readonly expandable: boolean;
  readonly subject: LibrarySubject;
  /** What a plain click does. Never signs. */
  readonly click?: 'details' | 'more' | 'refresh' | 'refreshKeys' | 'settleKeys';
}

export function accountNode(account: AccountSummary): LibraryNode {
  const { key, label, credential } = account;
  const name = cleanLabel(label);
  const description = accountFacts(account);
  return {
    id: `account:${key}`,
    kind: 'account',
    label: name,
    description,
    icon: credential === 'missing' || account.cannotSign ? 'warning' : 'account',
    tooltip: accountTooltip(account),
    spoken: `${name}, ${description}`,
    context: credential === 'stored' ? 'account' : `account ${credential}`,
    expandable: true,
    subject: { accountKey: key },
  };
}

function accountTooltip({ accountId = '', credential, cannotSign }: AccountSummary): string {
  if (credential === 'missing')
    return l10n.t('The credential is no longer on this computer. Enter it again with "Replace Credential…".');
  if (credential === 'none')
    return l10n.t('This account signs with its signing keys on this computer. Its videos can’t be listed.');
  return cannotSign
    ? l10n.t(
        'Cloudflare did not let this credential sign (403): it may have only Stream → Read. Use one with Stream → Edit.',
      )
    : l10n.t('Cloudflare account {0}', accountId);
}

export function videosNode({ key }: AccountSummary): LibraryNode {
  return {
    id: `account:${key}/videos`,
    kind: 'videos',
    label: l10n.t('Videos'),
    icon: 'device-camera-video',
    spoken: l10n.t('Videos, newest first'),
    context: 'videos',
    expandable: true,
    subject: { accountKey: key },
  };
}

/** The lines below "Videos": what is known, and a line to load more or one that says why that failed. */
export function videoNodes(
  accountKey: string,
  { videos, complete, failure, stale }: LibraryState,
  explain: (failure: NonNullable<LibraryState['failure']>) => string,
  times: TimeStyle,
): readonly LibraryNode[] {
  const listed = videos.map((video) => videoNode(accountKey, video, times));
  if (failure !== undefined) {
    const why = failureNode(accountKey, explain(failure), stale === true);
    return stale ? [why, ...listed] : [...listed, why];
  }
  if (!complete) return [...listed, moreNode(accountKey, videos.length)];
  return listed.length > 0 ? listed : [emptyNode(accountKey)];
}

function videoNode(accountKey: string, video: Video, times: TimeStyle): LibraryNode {
  const { id, name, duration, state, requireSignedUrls } = video;
  const label = cleanLabel(name) || l10n.t('(no name)');
  const access = requireSignedUrls ? l10n.t('needs a token') : l10n.t('public');
  const facts = [...videoStateText(state), ...(duration === undefined ? [] : [durationText(duration)])];
  return {
    id: `account:${accountKey}/video:${id}`,
    kind: 'video',
    label,
    description: cleanText([...facts, ...(requireSignedUrls ? [] : [access])].join(' · ')),
    icon: iconOf(video),
    tooltip: [
      cleanText(name) || label,
      id,
      [access, ...facts].join(' · '),
      ...(Number.isNaN(Date.parse(video.created))
        ? []
        : [l10n.t('Created {0}', instantText(Date.parse(video.created) / 1000, times))]),
    ].join('\n'),
    spoken: [label, access, ...facts].join(', '),
    context: requireSignedUrls ? 'video private' : 'video public',
    expandable: false,
    subject: { accountKey, videoId: id, videoName: name },
    click: 'details',
  };
}

function iconOf({ state, requireSignedUrls }: Video): Icon {
  switch (state) {
    case 'error':
      return 'error';
    case 'pendingupload':
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

function failureNode(accountKey: string, sentence: string, stale: boolean): LibraryNode {
  const label = cleanLabel(sentence, 300);
  return {
    id: `account:${accountKey}/videos/failure`,
    kind: 'failure',
    label,
    icon: 'error',
    tooltip: cleanText(sentence, 500),
    spoken: l10n.t('{0} Press Enter to try again.', label),
    context: 'failure',
    expandable: false,
    subject: { accountKey },
    click: stale ? 'refresh' : 'more',
  };
}

function moreNode(accountKey: string, count: number): LibraryNode {
  return {
    id: `account:${accountKey}/videos/more`,
    kind: 'more',
    label: l10n.t('Load more…'),
    description: l10n.t('{0} so far', count),
    spoken: l10n.t('Load more videos, {0} so far', count),
    context: 'more',
    expandable: false,
    subject: { accountKey },
    click: 'more',
  };
}

function emptyNode(accountKey: string): LibraryNode {
  const label = l10n.t('No videos in this account yet');
  return {
    id: `account:${accountKey}/videos/empty`,
    kind: 'empty',
    label,
    spoken: label,
    context: 'empty',
    expandable: false,
    subject: { accountKey },
  };
}
