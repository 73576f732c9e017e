import { invalid, success } from './answers';
import type { Answer } from './exchange';
import { microseconds } from './instant';
import type { DateBounds } from './state';
import { type EmulatedVideo, VIDEO_STATES } from './video';

const MOST = 1000;
type Keeps = (video: EmulatedVideo) => boolean;

/**
 * `GET …/stream`: at most 1,000 videos, newest first. There are no pages: one asks again with `before` set to the
 * `created` of the last video. `range` counts what is left from here on, `total` what matches whatever the bounds.
 */
export function listVideos(videos: readonly EmulatedVideo[], query: URLSearchParams, bounds: DateBounds): Answer {
  const wrong = validate(query);
  if (wrong !== undefined) return wrong;
  const direction = query.get('asc') === 'true' ? 1 : -1;
  const wanted = filters(query);
  const within = dateBounds(query, bounds);
  const matching = wanted.length === 0 ? videos : videos.filter((video) => wanted.every((keeps) => keeps(video)));
  // Most of a large library is outside, and nothing is made for it.
  const inside: { readonly video: EmulatedVideo; readonly at: number }[] = [];
  for (const video of matching) {
    const at = createdAt(video);
    if (within.every((keeps) => keeps(at))) inside.push({ video, at });
  }
  const comesFirst = (a: { at: number }, b: { at: number }) => direction * (a.at - b.at);
  // Mostly they are in that order already, and there may be tens of thousands.
  const sorted = inside.every((entry, index) => index === 0 || comesFirst(inside[index - 1] ?? entry, entry) <= 0);
  const ordered = sorted ? inside : inside.sort(comesFirst);
  const result = ordered.slice(0, Number(query.get('limit') ?? MOST)).map(({ video }) => video);
  const counts = query.get('include_counts') === 'true' && { total: matching.length, range: inside.length };
  return success(result, { ...counts });
}

const DATES = ['start', 'after', 'end', 'before'];

function validate(query: URLSearchParams): Answer | undefined {
  for (const [name, value] of query) {
    if (name === 'limit' && !(/^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST)) {
      return invalid('/limit', `limit must be an integer from 1 to ${MOST}`);
    }
    if ((name === 'asc' || name === 'include_counts') && value !== 'true' && value !== 'false') {
      return invalid(`/${name}`, `${name} must be true or false`);
    }
    if (DATES.includes(name) && microseconds(value) === undefined) {
      return invalid(`/${name}`, `${name} must be an RFC 3339 date and time`);
    }
    if (name === 'status' && !VIDEO_STATES.some((state) => state === value)) {
      return invalid('/status', `status must be one of ${VIDEO_STATES.join(', ')}`);
    }
    if (name === 'type' && value !== 'vod' && value !== 'live') return invalid('/type', 'type must be vod or live');
  }
  return undefined;
}

function filters(query: URLSearchParams): Keeps[] {
  const given = <T>(name: string, keeps: (value: string) => T) => {
    const value = query.get(name);
    return value === null ? [] : [keeps(value)];
  };
  return [
    ...given(
      'status',
      (state): Keeps =>
        (video) =>
          video.status.state === state,
    ),
    ...given(
      'creator',
      (creator): Keeps =>
        (video) =>
          video.creator === creator,
    ),
    ...given(
      'type',
      (type): Keeps =>
        (video) =>
          (video.liveInput === undefined ? 'vod' : 'live') === type,
    ),
    ...given(
      'video_name',
      (name): Keeps =>
        (video) =>
          video.meta.name === name,
    ),
    ...given(
      'search',
      (part): Keeps =>
        (video) =>
          nameOf(video).toLowerCase().includes(part.toLowerCase()),
    ),
    ...given(
      'id',
      (list): Keeps =>
        (video) =>
          list.split(',').includes(video.uid),
    ),
    ...given(
      'name',
      (list): Keeps =>
        (video) =>
          list.split(',').some((name) => name === nameOf(video) || name === video.uid),
    ),
    ...given(
      'live_input_id',
      (id): Keeps =>
        (video) =>
          video.liveInput === id,
    ),
  ];
}

function dateBounds(query: URLSearchParams, { after, before }: DateBounds): ((created: number) => boolean)[] {
  const bound = (names: readonly string[], keeps: (created: number, limit: number) => boolean) =>
    names.flatMap((name): ((created: number) => boolean)[] => {
      const text = query.get(name);
      if (text === null) return [];
      const limit = instant(text);
      return [(created) => keeps(created, limit)];
    });
  return [
    ...bound(['start', 'after'], (created, limit) => created > limit || (after === 'gte' && created === limit)),
    ...bound(['end', 'before'], (created, limit) => created < limit || (before === 'lte' && created === limit)),
  ];
}

const instants = new WeakMap<EmulatedVideo, number>();

/** Read once per video: a page of a large library compares tens of thousands of them. */
function createdAt(video: EmulatedVideo): number {
  const known = instants.get(video);
  if (known !== undefined) return known;
  const at = instant(video.created);
  instants.set(video, at);
  return at;
}

function instant(text: string): number {
  return microseconds(text) ?? Number.NaN;
}

function nameOf({ meta }: EmulatedVideo): string {
  return typeof meta.name === 'string' ? meta.name : '';
}
