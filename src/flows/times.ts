import * as l10n from '@vscode/l10n';

/** How points in time are written. */
export interface TimeStyle {
  /** BCP 47, e.g. `en` or `de-AT`. */
  readonly locale: string;
  /** IANA name; the machine's own when absent. */
  readonly timeZone?: string;
}

const DAY = 86_400;
const LAST_SECOND = 8_640_000_000_000;

/** Epoch seconds as `23 Nov 2026, 17:42:05 (16:42:05 UTC)`: local first, the day repeated where it differs in UTC. */
export function instantText(seconds: number, style: TimeStyle): string {
  if (Math.abs(seconds) > LAST_SECOND) return l10n.t('outside the calendar');
  const utc = { locale: style.locale, timeZone: 'UTC' };
  const universal =
    dayText(seconds, style) === dayText(seconds, utc)
      ? clockText(seconds, utc)
      : `${dayText(seconds, utc)}, ${clockText(seconds, utc)}`;
  return l10n.t('{0}, {1} ({2} UTC)', dayText(seconds, style), clockText(seconds, style), universal);
}

/** Epoch seconds as short as can be understood now: `17:42` today, else `26 Nov, 17:42`, else with the year too. */
export function shortInstantText(seconds: number, now: number, style: TimeStyle): string {
  if (Math.abs(seconds) > LAST_SECOND) return l10n.t('outside the calendar');
  const { locale, timeZone } = style;
  const year = (of: number) => new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone }).format(of * 1000);
  const day = dayText(seconds, style) !== dayText(now, style);
  return new Intl.DateTimeFormat(locale, {
    ...(day && { day: 'numeric', month: 'short' }),
    ...(year(seconds) !== year(now) && { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(seconds * 1000);
}

/** How far a point in time is from now: `in 1 h 53 min`, `3 days ago`. Both in epoch seconds. */
export function relativeText(seconds: number, now: number): string {
  const distance = Math.abs(seconds - now);
  if (distance < 1) return l10n.t('now');
  return seconds > now ? l10n.t('in {0}', durationText(distance)) : l10n.t('{0} ago', durationText(distance));
}

/** Seconds in the two largest units that matter: `45 s`, `15 min`, `1 h 30 min`, `3 days`. */
export function durationText(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return l10n.t('{0} s', whole);
  if (whole < 3600) return pair(l10n.t('{0} min', Math.floor(whole / 60)), whole % 60, (rest) => l10n.t('{0} s', rest));
  if (whole <= DAY) {
    return pair(l10n.t('{0} h', Math.floor(whole / 3600)), Math.floor((whole % 3600) / 60), (rest) =>
      l10n.t('{0} min', rest),
    );
  }
  const days = Math.floor(whole / DAY);
  const dayPart = days === 1 ? l10n.t('1 day') : l10n.t('{0} days', days);
  return days >= 10 ? dayPart : pair(dayPart, Math.floor((whole % DAY) / 3600), (rest) => l10n.t('{0} h', rest));
}

function pair(first: string, rest: number, restText: (rest: number) => string): string {
  return rest === 0 ? first : `${first} ${restText(rest)}`;
}

function dayText(seconds: number, { locale, timeZone }: TimeStyle): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(
    seconds * 1000,
  );
}

function clockText(seconds: number, { locale, timeZone }: TimeStyle): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(seconds * 1000);
}
