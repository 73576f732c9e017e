export type DurationProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'zero' }
  | { readonly code: 'negative' }
  /** A plain number: could be seconds, minutes or hours. */
  | { readonly code: 'noUnit'; readonly number: string }
  /** A point in time instead of a duration; `unit` tells in what it is counted. */
  | { readonly code: 'instant'; readonly unit: 'seconds' | 'milliseconds'; readonly seconds: number }
  | { readonly code: 'unreadable' };

export type DurationResult =
  | { readonly ok: true; readonly seconds: number }
  | { readonly ok: false; readonly problem: DurationProblem };

const UNIT_SECONDS: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/days?/g, 'd'],
  [/hours?|hrs?/g, 'h'],
  [/minutes?|mins?/g, 'm'],
  [/seconds?|secs?/g, 's'],
];
/** Longer numbers are slips, and 99,999,999 days already leave the range of a Date. */
const MAX_SECONDS = 100 * 366 * 86_400;

/**
 * Reads a duration as people type it: `90m`, `2h`, `1h30m`, `1 h 30 min`, `45 minutes`, `1d`, `01:30:00`, `PT2H`.
 * The result is whole seconds, at least 1; an upper limit is the caller's business.
 */
export function parseDuration(text: string): DurationResult {
  const compact = text
    .trim()
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, '');
  if (compact === '') return problem({ code: 'empty' });
  // "1 30m" is more likely to miss its "h" than to mean 130 minutes.
  if (/\d\s+\d/.test(text)) return problem({ code: 'unreadable' });
  if (/^[-−–]/.test(compact)) return problem({ code: 'negative' });
  if (/^\d+$/.test(compact)) return plainNumber(compact);
  const seconds = clockTime(compact) ?? unitSum(compact);
  if (seconds === undefined || seconds > MAX_SECONDS) return problem({ code: 'unreadable' });
  return seconds === 0 ? problem({ code: 'zero' }) : { ok: true, seconds };
}

/** Writes whole seconds so that {@link parseDuration} reads them again: `1h30m`. Not for people, and so not translated. */
export function formatDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count}${unit}`])).join('');
}

function plainNumber(digits: string): DurationResult {
  if (/^0+$/.test(digits)) return problem({ code: 'zero' });
  if (digits.length >= 12)
    return problem({ code: 'instant', unit: 'milliseconds', seconds: Math.floor(Number(digits) / 1000) });
  if (digits.length >= 9) return problem({ code: 'instant', unit: 'seconds', seconds: Number(digits) });
  return problem({ code: 'noUnit', number: digits });
}

/** `01:30:00`: hours, minutes and seconds. Two parts alone would be ambiguous. */
function clockTime(text: string): number | undefined {
  const match = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
}

function unitSum(text: string): number | undefined {
  let short = text;
  for (const [word, unit] of WORDS) short = short.replace(word, unit);
  // ISO 8601: P1DT2H is the same sum with two separators.
  const iso = /^p(?=[\dt])((?:\d+d)?)(?:t((?:\d+[hms]){1,3}))?$/.exec(short);
  const sum = iso === null ? short : `${iso[1]}${iso[2] ?? ''}`;
  const match = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,7})m)?(?:(\d{1,9})s)?$/.exec(sum);
  if (match === null || sum === '') return undefined;
  return ['d', 'h', 'm', 's'].reduce(
    (total, unit, at) => total + Number(match[at + 1] ?? 0) * (UNIT_SECONDS[unit] ?? 0),
    0,
  );
}

function problem(value: DurationProblem): DurationResult {
  return { ok: false, problem: value };
}
