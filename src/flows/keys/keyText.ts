import * as l10n from '@vscode/l10n';

/** Enough of a key's id to tell it from another: `7f2a…`. */
export function shortKey(kid: string): string {
  return `${kid.slice(0, 4)}…`;
}

/** When a key was made, as the day alone: `17 Nov 2026`; empty when nobody said. */
export function createdText(created: string, locale: string): string {
  const day = new Date(created);
  return Number.isNaN(day.getTime())
    ? ''
    : l10n.t(
        'created {0}',
        new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(day),
      );
}
