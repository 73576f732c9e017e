import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { Video } from '../../stream/api/video';
import type { Pace } from '../pace';
import { sortInPieces } from './sortInPieces';
import { isUnderWay } from './videoState';

/** Which videos the sidebar shows of an account, and in what order. What is absent does not matter. */
export interface VideoFilter {
  /** Stands in the name or id; among what is loaded. */
  readonly text?: string;
  /** Stands in the name; among all videos, which Cloudflare is asked for. */
  readonly search?: string;
  /** Exactly this one. */
  readonly videoId?: string;
  readonly state?: 'ready' | 'underWay' | 'error' | 'live';
  readonly access?: 'signed' | 'public';
  readonly creator?: string;
  /** Created from then on, and before then: the beginnings of RFC 3339 in UTC, e.g. `2026-03`. */
  readonly since?: string;
  readonly before?: string;
  /** The newest come first unless said. */
  readonly order?: 'oldest' | 'name';
}

/** Names in small letters, one for each video of the same list: made once, since comparing needs them again and again. */
export type SmallNames = readonly string[];

/** About two milliseconds of work. */
const PIECE = 5000;

export async function smallNames(videos: readonly Video[], pace: Pace): Promise<SmallNames> {
  const names: string[] = [];
  for (const { name } of videos) {
    names.push(name.toLowerCase());
    if (names.length % PIECE === 0) await pace();
  }
  return names;
}

/** Whether a video passes; without a list of names to compare again it makes the small name itself. */
export function passes(filter: VideoFilter): (video: Video, smallName?: string) => boolean {
  const { videoId, state, access, creator, since, before } = filter;
  const text = filter.text?.trim().toLowerCase() ?? '';
  return (video, smallName) =>
    (videoId === undefined || video.id === videoId) &&
    (state === undefined || isIn(video, state)) &&
    (access === undefined || video.requireSignedUrls === (access === 'signed')) &&
    (creator === undefined || video.creator === creator) &&
    (since === undefined || video.created >= since) &&
    (before === undefined || video.created < before) &&
    (text === '' || (smallName ?? video.name.toLowerCase()).includes(text) || video.id.includes(text));
}

function isIn(video: Video, state: NonNullable<VideoFilter['state']>): boolean {
  switch (state) {
    case 'live':
      return video.state === 'live-inprogress';
    case 'underWay':
      return isUnderWay(video) && video.state !== 'live-inprogress';
    default:
      return video.state === state;
  }
}

/** The videos that pass, in the order that is wanted; they come newest first. Made piece by piece. */
export async function filterVideos(
  videos: readonly Video[],
  names: SmallNames,
  filter: VideoFilter,
  pace: Pace,
): Promise<readonly Video[]> {
  const isWanted = passes(filter);
  const wanted: { readonly video: Video; readonly name: string }[] = [];
  for (const [at, video] of videos.entries()) {
    const name = names[at] ?? '';
    if (isWanted(video, name)) wanted.push({ video, name });
    if (at % PIECE === PIECE - 1) await pace();
  }
  if (filter.order === 'oldest') wanted.reverse();
  const ordered =
    filter.order === 'name'
      ? await sortInPieces(wanted, (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0), pace)
      : wanted;
  return ordered.map(({ video }) => video);
}

/** Whether some videos may be hidden or in another place because of it. */
export function isFiltering(filter: VideoFilter): boolean {
  return filterText(filter) !== '';
}

/** A filter in a few words, for the line that it belongs to; empty for none. */
export function filterText(filter: VideoFilter): string {
  const { text, search, videoId, state, access, creator, since, before, order } = filter;
  const parts = [
    ...(videoId === undefined ? [] : [videoId]),
    ...(search === undefined ? [] : [l10n.t('Cloudflare finds "{0}"', search)]),
    ...(text?.trim() ? [`"${text.trim()}"`] : []),
    ...(state === undefined ? [] : [stateChoiceText(state)]),
    ...(access === undefined ? [] : [accessText(access === 'signed')]),
    ...(creator === undefined ? [] : [l10n.t('of {0}', creator)]),
    ...(since === undefined && before === undefined ? [] : [datesText(since, before)]),
    ...(order === undefined ? [] : [orderText(order)]),
  ];
  return cleanLabel(parts.join(' · '), 200);
}

export function stateChoiceText(state: NonNullable<VideoFilter['state']>): string {
  switch (state) {
    case 'ready':
      return l10n.t('ready');
    case 'underWay':
      return l10n.t('being processed');
    case 'error':
      return l10n.t('processing failed');
    case 'live':
      return l10n.t('live now');
  }
}

export function accessText(signed: boolean): string {
  return signed ? l10n.t('needs a token') : l10n.t('public');
}

export function datesText(since: string | undefined, before: string | undefined): string {
  const [from, to] = [since, before].map((date) => date?.slice(0, 10));
  if (from === undefined) return l10n.t('created before {0}', to ?? '');
  return to === undefined ? l10n.t('created since {0}', from) : l10n.t('created from {0} to before {1}', from, to);
}

export function orderText(order: VideoFilter['order']): string {
  if (order === 'name') return l10n.t('by name');
  return order === 'oldest' ? l10n.t('oldest first') : l10n.t('newest first');
}
