import { type DurationProblem, formatDuration, parseDuration } from './duration';
import type { Moment } from './options';
import { createZone, type WallReading, type Zone } from './zone';

/** Where a text stands: an expiry lies ahead, a not-before may lie behind. */
export interface MomentContext {
  readonly role: 'expiry' | 'notBefore';
  /** Epoch seconds. */
  readonly now: number;
  /** IANA name; the machine's own zone when absent. */
  readonly timeZone?: string;
}

/** What a person should be told about how a text was read. */
export type MomentNote =
  /** So large a number that it must have been counted in something smaller than seconds. */
  | { readonly code: 'unit'; readonly unit: 'milliseconds' | 'microseconds' | 'nanoseconds' }
  /** A date and time without a zone: the local one was taken. */
  | { readonly code: 'localZone' }
  /** The time of day has passed today: tomorrow's was taken. */
  | { readonly code: 'tomorrow' }
  /** The clock is set forward over this time: as much later was taken. */
  | { readonly code: 'skipped' }
  /** The clock is set back and shows this time twice: the first was taken. */
  | { readonly code: 'twice' };

export type MomentProblem =
  | Exclude<DurationProblem, { code: 'instant' }>
  /** An expiry that has passed; epoch seconds, and how it was read. */
  | { readonly code: 'past'; readonly seconds: number; readonly notes: readonly MomentNote[] }
  /** A day without a time of day. */
  | { readonly code: 'noTime' }
  /** 30 February, 25:00, a leap second. */
  | { readonly code: 'noSuchTime' };

export type MomentResult =
  | { readonly ok: true; readonly moment: Moment; readonly notes: readonly MomentNote[] }
  | { readonly ok: false; readonly problem: MomentProblem };

/** Longer texts are no moments, and some of the patterns would take their time with them. */
const MAX_CHARACTERS = 100;
const DAY = 86_400;
/** By the most digits that a number of them has. Seconds have up to 11 until the year 5138. */
const SMALLER_UNITS = [
  { digits: 14, unit: 'milliseconds', fraction: 3 },
  { digits: 17, unit: 'microseconds', fraction: 6 },
  { digits: 21, unit: 'nanoseconds', fraction: 9 },
] as const;
const DAY_WORDS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };

/**
 * Reads a point in time as people type it: a duration (`90m`, `PT2H`, `in 2h`; for a not-before also `now`, `-1h`, `1h ago`), a
 * time of day (`until 18:00`, `6pm`, `18:00 UTC`), a day with a time (`tomorrow 9am`, `2026-07-01 18:00`), the end of a day
 * (`end of today`), an ISO 8601 date and time with or without zone, or a number of seconds since 1970. Three numbers with
 * colons alone are a duration; behind `until` they are a time of day.
 */
export function parseMoment(text: string, context: MomentContext): MomentResult {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ');
  if (plain === '') return problem({ code: 'empty' });
  if (plain.length > MAX_CHARACTERS) return problem({ code: 'unreadable' });
  const reading = readNumber(plain) ?? readDuration(plain, context) ?? readInstant(plain, context);
  return reading === undefined ? problem({ code: 'unreadable' }) : judge(reading, context);
}

/**
 * Writes a moment so that {@link parseMoment} reads it again: `1h30m`, `-1h`, `now`, `2026-07-01 18:00:00+02:00`. Only
 * whole seconds, and instants from 1970 to the year 9999.
 */
export function formatMoment(moment: Moment, timeZone?: string): string {
  const { seconds } = moment;
  if (moment.kind === 'fromNow') {
    if (seconds === 0) return 'now';
    return seconds < 0 ? `-${formatDuration(-seconds)}` : formatDuration(seconds);
  }
  const wall = createZone(timeZone).toWall(seconds);
  const offset = wall - seconds;
  const text = new Date((offset % 60 === 0 ? wall : seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  if (offset % 60 !== 0) return `${text}Z`;
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 3600), (Math.abs(offset) % 3600) / 60];
  return `${text}${offset < 0 ? '-' : '+'}${twoDigits(hours)}:${twoDigits(minutes)}`;
}

/** A moment before it is known whether it may lie where it lies. */
type Reading = { readonly moment: Moment; readonly notes: readonly MomentNote[] } | { readonly problem: MomentProblem };

function judge(reading: Reading, { role, now }: MomentContext): MomentResult {
  if ('problem' in reading) return problem(reading.problem);
  const { moment, notes } = reading;
  // A claim has no sign.
  if (moment.kind === 'at' && moment.seconds < 0) return problem({ code: 'noSuchTime' });
  if (role === 'expiry' && moment.kind === 'fromNow' && moment.seconds <= 0)
    return problem({ code: moment.seconds === 0 ? 'zero' : 'negative' });
  if (role === 'expiry' && moment.kind === 'at' && moment.seconds <= now)
    return problem({ code: 'past', seconds: moment.seconds, notes });
  return { ok: true, moment, notes };
}

/** Digits alone are an instant when there are many of them. */
function readNumber(text: string): Reading | undefined {
  if (!/^[1-9]\d{8,20}$/.test(text)) return undefined;
  if (text.length < 12) return { moment: at(Number(text)), notes: [] };
  const { unit, fraction } = SMALLER_UNITS.find(({ digits }) => text.length <= digits) ?? SMALLER_UNITS[2];
  return { moment: at(Number(text.slice(0, -fraction))), notes: [{ code: 'unit', unit }] };
}

/** Undefined when the text looks like no duration. */
function readDuration(text: string, { role }: MomentContext): Reading | undefined {
  if (text === 'now') return fromNow(0);
  const [, sign, size = '', ago] = /^([-−–])? ?(?:in |for )?(.*?)( ago)?$/.exec(text) ?? [];
  const parsed = parseDuration(size);
  if (parsed.ok) return fromNow(sign === undefined && ago === undefined ? parsed.seconds : -parsed.seconds);
  if (parsed.problem.code === 'zero') return role === 'expiry' ? { problem: parsed.problem } : fromNow(0);
  return parsed.problem.code === 'noUnit' ? { problem: parsed.problem } : undefined;
}

function readInstant(text: string, context: MomentContext): Reading | undefined {
  const instant = text.replace(/^(?:until|till|by|at|on|from|since) /, '');
  const local = createZone(context.timeZone);
  const [, end] = /^(eod|(?:the )?end of .+)$/.exec(instant) ?? [];
  return end === undefined ? readDayAndClock(instant, local, context) : readEndOfDay(end, local, context);
}

function readEndOfDay(text: string, zone: Zone, { now }: MomentContext): Reading | undefined {
  const named = text === 'eod' ? 'day' : text.replace(/^(?:the )?end of (?:the )?/, '');
  const day = readDay(named === 'day' ? 'today' : named, zone, now);
  if (day === undefined) return undefined;
  if (day === 'impossible') return { problem: { code: 'noSuchTime' } };
  return { moment: at(zone.fromWall(day + DAY).seconds - 1), notes: [] };
}

const DAY_FIRST = /^(\d{4}-\d{2}-\d{2}|today|tomorrow|yesterday)(?:(?:t(?=\d)|,? (?:at )?)(.+))?$/;
const CLOCK_FIRST = /^(.+?),? (?:on )?(\d{4}-\d{2}-\d{2}|today|tomorrow|yesterday)$/;

/** A time of day, a day with one in either order, or a day alone, which is refused. */
function readDayAndClock(text: string, local: Zone, { role, now }: MomentContext): Reading | undefined {
  const [, clockFirst, dayLast] = CLOCK_FIRST.exec(text) ?? [];
  const [, dayFirst, clockLast] = DAY_FIRST.exec(text) ?? [];
  const named = dayFirst ?? dayLast;
  const clock = readClock(clockLast ?? clockFirst ?? (named === undefined ? text : ''), local);
  const zone = typeof clock === 'object' ? clock.zone : local;
  const day = readDay(named ?? 'today', zone, now);
  if (day === 'impossible' || clock === 'impossible') return { problem: { code: 'noSuchTime' } };
  if (day === undefined || clock === undefined) {
    return named === text ? { problem: { code: 'noTime' } } : undefined;
  }
  const reading = zone.fromWall(day + clock.seconds);
  if (named === undefined && role === 'expiry' && reading.seconds <= now)
    return noted(zone.fromWall(day + DAY + clock.seconds), [{ code: 'tomorrow' }]);
  const isDate = named !== undefined && !Object.hasOwn(DAY_WORDS, named);
  return noted(reading, isDate && zone === local ? [{ code: 'localZone' }] : []);
}

function noted({ seconds, fit }: WallReading, notes: readonly MomentNote[]): Reading {
  return { moment: at(seconds), notes: fit === 'once' ? notes : [...notes, { code: fit }] };
}

/** The wall time at which a day begins. */
function readDay(text: string, zone: Zone, now: number): number | 'impossible' | undefined {
  const shift = Object.hasOwn(DAY_WORDS, text) ? DAY_WORDS[text] : undefined;
  if (shift !== undefined) return (Math.floor(zone.toWall(Math.floor(now)) / DAY) + shift) * DAY;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`);
  // Date takes 30 February for 2 March.
  const real = !Number.isNaN(day) && new Date(day).toISOString().startsWith(text);
  return real ? day / 1000 : 'impossible';
}

const CLOCK =
  /^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)? ?(am|pm|a\.m\.|p\.m\.)?(?: ?(utc|gmt|z|[+-]\d{2}(?::?\d{2})?))?$/;

/** `18:00`, `18:00:30.5`, `6pm`, `6:30 pm`, `noon`, each also with a zone behind it; `24:00` is the end of the day. */
function readClock(
  text: string,
  local: Zone,
): { readonly seconds: number; readonly zone: Zone } | 'impossible' | undefined {
  if (text === 'noon') return { seconds: DAY / 2, zone: local };
  const [, hourText, minuteText, secondText = '0', half, zoneName] = CLOCK.exec(text) ?? [];
  if (hourText === undefined || (minuteText === undefined && half === undefined)) return undefined;
  const zone = zoneName === undefined ? local : fixedZone(zoneName);
  const [hour, minute, second] = [Number(hourText), Number(minuteText ?? 0), Number(secondText)];
  const end = hour === 24 && minute === 0 && second === 0;
  const fits = half === undefined ? hour <= 23 || end : hour >= 1 && hour <= 12;
  if (zone === undefined || !fits || minute > 59 || second > 59) return 'impossible';
  const hours = half === undefined ? hour : (hour % 12) + (half.startsWith('p') ? 12 : 0);
  return { seconds: hours * 3600 + minute * 60 + second, zone };
}

/** `utc`, `gmt`, `z` or an offset such as `+02:00`. Undefined when no place has such an offset. */
function fixedZone(name: string): Zone | undefined {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(name) ?? [];
  const size = Number(hours) * 3600 + Number(minutes) * 60;
  if (size > 14 * 3600 || Number(minutes) > 59) return undefined;
  const offset = sign === '-' ? -size : size;
  return { toWall: (seconds) => seconds + offset, fromWall: (wall) => ({ seconds: wall - offset, fit: 'once' }) };
}

function fromNow(seconds: number): Reading {
  return { moment: { kind: 'fromNow', seconds }, notes: [] };
}

function at(seconds: number): Moment {
  return { kind: 'at', seconds };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function problem(value: MomentProblem): MomentResult {
  return { ok: false, problem: value };
}
