import { formatDuration, parseDuration } from '../token/duration';
import type { DeliveryForm, UrlOptions } from './deliveryUrl';

/** What an option may be. Numbers have both bounds included. */
export type OptionKind =
  /** There or not there: Cloudflare's player starts by itself even for `autoplay=false`. */
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  /** A place in the video, in seconds from its beginning. */
  | { readonly kind: 'place' }
  /** A stretch of time in seconds, at least one. */
  | { readonly kind: 'length'; readonly most: number }
  | { readonly kind: 'whole'; readonly least: number; readonly most: number }
  /** A number above 0, with a point and decimals if need be. */
  | { readonly kind: 'positive'; readonly most: number }
  | { readonly kind: 'colour' }
  | { readonly kind: 'language' }
  | { readonly kind: 'address' }
  | { readonly kind: 'fileName' };

/** Why a text is no value for an option. Codes only: the sentences stand in flows/urlOptionText.ts. */
export type OptionProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'notOffered'; readonly values: readonly string[] }
  | { readonly code: 'noTime' }
  | { readonly code: 'timeRange'; readonly most: number }
  | { readonly code: 'noWholeNumber' }
  | { readonly code: 'noNumber' }
  | { readonly code: 'range'; readonly least: number; readonly most: number }
  | { readonly code: 'aboveZero'; readonly most: number }
  | { readonly code: 'noColour' }
  | { readonly code: 'noLanguage' }
  | { readonly code: 'noAddress' }
  | { readonly code: 'fileCharacters' }
  | { readonly code: 'tooLong'; readonly most: number };

export type OptionResult =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: OptionProblem };

const ON: OptionKind = { kind: 'choice', values: ['true'] };
const HOUR = 3600;
// Cloudflare names no bounds for sizes and frame rates; beyond these it is a slip.
const PIXELS: OptionKind = { kind: 'whole', least: 1, most: 8192 };
const FIT: OptionKind = { kind: 'choice', values: ['crop', 'clip', 'scale', 'fill'] };

/** https://developers.cloudflare.com/stream/viewing-videos/using-the-stream-player/ */
export const PLAYER_OPTIONS = {
  autoplay: { kind: 'flag' },
  muted: ON,
  loop: ON,
  controls: { kind: 'choice', values: ['true', 'false'] },
  preload: { kind: 'choice', values: ['none', 'metadata', 'auto'] },
  startTime: { kind: 'place' },
  defaultTextTrack: { kind: 'language' },
  primaryColor: { kind: 'colour' },
  letterboxColor: { kind: 'colour' },
  poster: { kind: 'address' },
  'ad-url': { kind: 'address' },
  dvrEnabled: ON,
} as const satisfies Readonly<Record<string, OptionKind>>;

/** https://developers.cloudflare.com/stream/viewing-videos/displaying-thumbnails/ */
export const THUMBNAIL_OPTIONS = {
  time: { kind: 'place' },
  height: PIXELS,
  width: PIXELS,
  fit: FIT,
} as const satisfies Readonly<Record<string, OptionKind>>;

export const ANIMATION_OPTIONS = {
  ...THUMBNAIL_OPTIONS,
  duration: { kind: 'length', most: HOUR },
  fps: { kind: 'whole', least: 1, most: 60 },
} as const satisfies Readonly<Record<string, OptionKind>>;

/**
 * https://developers.cloudflare.com/stream/viewing-videos/using-own-player/ (the hint is in Mbit/s);
 * https://developers.cloudflare.com/stream/stream-live/: DVR and live previews (`duration`, at most 5 minutes) are for
 * HLS only.
 */
const DASH_OPTIONS = {
  clientBandwidthHint: { kind: 'positive', most: 1000 },
} as const satisfies Readonly<Record<string, OptionKind>>;

export const HLS_OPTIONS = {
  protocol: { kind: 'choice', values: ['llhls'] },
  dvrEnabled: ON,
  ...DASH_OPTIONS,
  duration: { kind: 'length', most: 300 },
} as const satisfies Readonly<Record<string, OptionKind>>;

/** https://developers.cloudflare.com/stream/viewing-videos/download-videos/; the server appends the extension. */
const DOWNLOAD_OPTIONS = {
  filename: { kind: 'fileName' },
} as const satisfies Readonly<Record<string, OptionKind>>;

/** https://developers.cloudflare.com/stream/stream-live/live-instant-clipping/: at most a minute. */
const CLIP_OPTIONS = {
  time: { kind: 'place' },
  duration: { kind: 'length', most: 60 },
} as const satisfies Readonly<Record<string, OptionKind>>;

/** The options that each form knows, in the order in which they are offered. */
export const OPTIONS_OF_FORM: Readonly<Record<DeliveryForm, Readonly<Record<string, OptionKind>>>> = {
  hls: HLS_OPTIONS,
  dash: DASH_OPTIONS,
  iframe: PLAYER_OPTIONS,
  watch: {},
  thumbnail: THUMBNAIL_OPTIONS,
  animation: ANIMATION_OPTIONS,
  mp4: DOWNLOAD_OPTIONS,
  m4a: DOWNLOAD_OPTIONS,
  whep: {},
  clipHls: CLIP_OPTIONS,
  clipMp4: { ...CLIP_OPTIONS, filename: { kind: 'fileName' } },
  lifecycle: {},
};

/** The first option that its form does not know, or whose value is not as {@link readOption} gives it. */
export function badOption(form: DeliveryForm, options: UrlOptions): string | undefined {
  const kinds = OPTIONS_OF_FORM[form];
  return Object.entries(options).find(([name, value]) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    const read = kind === undefined ? undefined : readOption(kind, value);
    return !(read?.ok && read.value === value);
  })?.[0];
}

/** Of some options those that a form knows, in the order in which its URL has them. */
export function optionsFor(form: DeliveryForm, options: UrlOptions): UrlOptions {
  const known: Record<string, string> = {};
  for (const name of Object.keys(OPTIONS_OF_FORM[form])) {
    const value = options[name];
    if (value !== undefined) known[name] = value;
  }
  return known;
}

const MAX_FILE_NAME = 120;
const MAX_TEXT = 2000;
/** RFC 5646 in outline: language, script, region, variants. */
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-[a-z\d]{4,8}){0,8}$/i;
/** Hex digits, a name, or one of CSS's functions: `hsl(120 80% 95%)`. The player gets it as it is. */
const COLOUR =
  /^(?:#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|[a-z]{3,32}|(?:rgb|hsl)a?\([\d\s.,%/a-z-]{5,80}\)|(?:hwb|lab|lch|oklab|oklch|color)\([\d\s.,%/a-z-]{5,80}\))$/i;

/** Reads what a person typed for an option, and writes it as the URL has it (before it is encoded). */
export function readOption(option: OptionKind, text: string): OptionResult {
  const typed = text.trim();
  if (typed === '') return problem({ code: 'empty' });
  if (typed.length > MAX_TEXT) return problem({ code: 'tooLong', most: MAX_TEXT });
  switch (option.kind) {
    case 'flag':
      return typed === 'true' ? value('true') : problem({ code: 'notOffered', values: ['true'] });
    case 'choice':
      return option.values.includes(typed) ? value(typed) : problem({ code: 'notOffered', values: option.values });
    case 'place':
      return readPlace(typed);
    case 'length':
      return readLength(typed, option.most);
    case 'whole':
      return readWhole(typed, option);
    case 'positive':
      return readPositive(typed, option.most);
    case 'colour':
      return COLOUR.test(typed) ? value(typed) : problem({ code: 'noColour' });
    case 'language':
      return LANGUAGE.test(typed) ? value(typed) : problem({ code: 'noLanguage' });
    case 'address':
      return /^https?:\/\//i.test(typed) && URL.canParse(typed) ? value(typed) : problem({ code: 'noAddress' });
    case 'fileName':
      if (typed.length > MAX_FILE_NAME) return problem({ code: 'tooLong', most: MAX_FILE_NAME });
      return /^[\w-]+$/.test(typed) ? value(typed) : problem({ code: 'fileCharacters' });
  }
}

/** A day: no video that Stream takes is longer. */
const MAX_PLACE = 24 * HOUR;

/** `90`, `1m30s`, `1:30:00`: always written with units, which both the player and the thumbnails read. */
function readPlace(text: string): OptionResult {
  const seconds = secondsOf(text);
  if (seconds === undefined) return problem({ code: 'noTime' });
  if (seconds > MAX_PLACE) return problem({ code: 'timeRange', most: MAX_PLACE });
  return value(seconds === 0 ? '0s' : formatDuration(seconds));
}

function readLength(text: string, most: number): OptionResult {
  const seconds = secondsOf(text);
  if (seconds === undefined) return problem({ code: 'noTime' });
  return seconds === 0 || seconds > most ? problem({ code: 'timeRange', most }) : value(formatDuration(seconds));
}

/** Unlike a token's lifetime, a plain number is not ambiguous here: it is seconds. */
function secondsOf(text: string): number | undefined {
  if (/^\d{1,8}$/.test(text)) return Number(text);
  const parsed = parseDuration(text);
  if (parsed.ok) return parsed.seconds;
  return parsed.problem.code === 'zero' ? 0 : undefined;
}

function readWhole(text: string, { least, most }: { readonly least: number; readonly most: number }): OptionResult {
  const digits = text.replace(/\s*(?:px|fps)$/i, '');
  if (!/^\d{1,9}$/.test(digits)) return problem({ code: 'noWholeNumber' });
  const number = Number(digits);
  return number < least || number > most ? problem({ code: 'range', least, most }) : value(String(number));
}

function readPositive(text: string, most: number): OptionResult {
  const digits = text.replace(',', '.');
  if (!/^\d{1,9}(?:\.\d{1,9})?$/.test(digits)) return problem({ code: 'noNumber' });
  const number = Number(digits);
  // Below a millionth the number would be written with an exponent.
  return number < 1e-6 || number > most ? problem({ code: 'aboveZero', most }) : value(String(number));
}

function value(text: string): OptionResult {
  return { ok: true, value: text };
}

function problem(found: OptionProblem): OptionResult {
  return { ok: false, problem: found };
}
