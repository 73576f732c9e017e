import { parseCountry } from './countries';
import { parseRange } from './ipRange';
import { instantOf, MAX_LIFETIME, type Moment, type TokenOptions } from './options';
import { formatMoment, parseMoment } from './parseMoment';
import { type AccessRule, MAX_RULES, readRules } from './rules';

/** Named token options as they stand in settings: durations as text, never instants. */
export interface StoredPreset {
  readonly expiry?: string;
  readonly notBefore?: string;
  readonly downloadable?: boolean;
  readonly accessRules?: readonly AccessRule[];
  readonly original?: boolean;
}

/** Why something in settings is no preset; `field` is as it was written. */
export type PresetProblem =
  | { readonly code: 'notObject' }
  | { readonly code: 'unknownField'; readonly field: string }
  | { readonly code: 'notDuration'; readonly field: 'expiry' | 'notBefore' }
  | { readonly code: 'over24Hours' }
  | { readonly code: 'notBoolean'; readonly field: 'downloadable' | 'original' }
  | { readonly code: 'notRules' }
  | { readonly code: 'tooManyRules'; readonly count: number }
  /** Each `index` counts from 0. */
  | { readonly code: 'otherList'; readonly index: number }
  | { readonly code: 'rule'; readonly index: number; readonly entry?: string };

export type PresetResult =
  | { readonly ok: true; readonly options: TokenOptions }
  | { readonly ok: false; readonly problem: PresetProblem };

const FIELDS: ReadonlySet<string> = new Set(['expiry', 'notBefore', 'downloadable', 'accessRules', 'original']);
const DAY = 86_400;
/** Longer texts are no durations. */
const MAX_CHARACTERS = 100;

/** Reads token options that somebody wrote into settings. What is empty, false or null is not set. Never throws. */
export function readPreset(value: unknown): PresetResult {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return failed({ code: 'notObject' });
  const unknown = Object.keys(value).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) return failed({ code: 'unknownField', field: unknown });
  const { expiry, notBefore, downloadable, accessRules, original } = value as Readonly<Record<string, unknown>>;
  const [expires, begins] = [readMoment(expiry, 'expiry'), readMoment(notBefore, 'notBefore')];
  if (expires === 'wrong') return failed({ code: 'notDuration', field: 'expiry' });
  if (begins === 'wrong') return failed({ code: 'notDuration', field: 'notBefore' });
  if (expires !== undefined && expires.seconds > DAY) return failed({ code: 'over24Hours' });
  for (const [field, flag] of [
    ['downloadable', downloadable],
    ['original', original],
  ] as const) {
    if (!isUnset(flag) && flag !== true) return failed({ code: 'notBoolean', field });
  }
  const rules = readAccessRules(accessRules);
  if ('code' in rules) return failed(rules);
  return {
    ok: true,
    options: {
      ...(expires !== undefined && { expiry: { kind: 'fromNow', seconds: Math.min(expires.seconds, MAX_LIFETIME) } }),
      ...(begins !== undefined && { notBefore: begins }),
      ...(downloadable === true && { downloadable }),
      ...(rules.length > 0 && { accessRules: rules }),
      ...(original === true && { original }),
    },
  };
}

/** Writes token options for settings, so that {@link readPreset} reads them again; instants become durations from now (epoch seconds). */
export function writePreset({ expiry, notBefore, ...others }: TokenOptions, now: number): StoredPreset {
  return {
    ...(expiry !== undefined && { expiry: formatMoment(duration(expiry, now, DAY)) }),
    ...(notBefore !== undefined && { notBefore: formatMoment(duration(notBefore, now, Number.POSITIVE_INFINITY)) }),
    ...others,
  };
}

function duration(moment: Moment, now: number, most: number): Moment {
  const seconds = instantOf(moment, now) - Math.floor(now);
  return { kind: 'fromNow', seconds: Math.min(seconds, most) };
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false;
}

function readMoment(value: unknown, role: 'expiry' | 'notBefore'): Moment | 'wrong' | undefined {
  if (isUnset(value)) return undefined;
  if (typeof value !== 'string' || value.length > MAX_CHARACTERS) return 'wrong';
  const read = parseMoment(value, { role, now: 0 });
  return read.ok && read.moment.kind === 'fromNow' ? read.moment : 'wrong';
}

function readAccessRules(value: unknown): readonly AccessRule[] | PresetProblem {
  const readings = readRules(value ?? undefined);
  if (readings === undefined) return { code: 'notRules' };
  if (readings.length > MAX_RULES) return { code: 'tooManyRules', count: readings.length };
  const rules: AccessRule[] = [];
  for (const [index, rule] of readings.entries()) {
    if (rule.kind === 'unreadable') return { code: rule.otherList ? 'otherList' : 'rule', index };
    const { action } = rule;
    if (rule.kind === 'any') {
      rules.push({ type: 'any', action });
      continue;
    }
    const [entries, parse] = rule.kind === 'country' ? [rule.countries, parseCountry] : [rule.ranges, parseRange];
    const parsed = entries.map((entry) => ({ entry, result: parse(entry) }));
    const wrong = parsed.find(({ result }) => !result.ok);
    if (wrong !== undefined) return { code: 'rule', index, entry: wrong.entry };
    const values = [...new Set(parsed.flatMap(({ result }) => (result.ok ? result.value : [])))];
    rules.push(
      rule.kind === 'country'
        ? { type: 'ip.geoip.country', action, country: values }
        : { type: 'ip.src', action, ip: values },
    );
  }
  return rules;
}

function failed(problem: PresetProblem): PresetResult {
  return { ok: false, problem };
}
