/** Enough of a key's id to tell it from another: `7f2a…`. */
export function shortKey(kid: string): string {
  return `${kid.slice(0, 4)}…`;
}

/** The day on which a key was made: `17 Nov 2026`; empty when nobody said. */
export function createdDay(created: string, locale: string): string {
  const day = new Date(created);
  return Number.isNaN(day.getTime())
    ? ''
    : new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(day);
}
