import * as l10n from '@vscode/l10n';
import type { Prompter } from '../prompter';
import type { VideoFilter } from './videoFilter';

/** A stretch of time: since one beginning of an RFC 3339 instant in UTC, before another. */
export interface CreatedRange {
  readonly since: string | undefined;
  readonly before: string | undefined;
}

const DAY_MS = 86_400_000;
const DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;

/**
 * Reads `2026`, `2026-03`, `2026-03-15`, or two of them with `..` between: both are meant whole, and either may be missing.
 * Days are days in UTC. Undefined for anything else.
 */
export function parseCreated(text: string): CreatedRange | undefined {
  const [first = '', second, ...rest] = text.trim().split(/\s*\.\.\s*/);
  if (rest.length > 0) return undefined;
  const from = first === '' ? undefined : beginning(first);
  const to = second === undefined ? first : second === '' ? undefined : second;
  const before = to === undefined ? undefined : end(to);
  const isRead = (part: string | undefined, read: string | undefined) => part === undefined || part === '' || read;
  if (!isRead(first, from) || !isRead(to, before) || (from === undefined && before === undefined)) return undefined;
  if (from !== undefined && before !== undefined && from >= before) return undefined;
  return { since: from, before };
}

function beginning(text: string): string | undefined {
  return isDate(text) ? text : undefined;
}

/** The year, month or day after. */
function end(text: string): string | undefined {
  if (!isDate(text)) return undefined;
  const [year = 0, month, day] = text.split('-').map(Number);
  const next =
    month === undefined
      ? Date.UTC(year + 1, 0)
      : day === undefined
        ? Date.UTC(year, month)
        : Date.UTC(year, month - 1, day + 1);
  return new Date(next).toISOString().slice(0, text.length);
}

/** Whether there is such a day, too. */
function isDate(text: string): boolean {
  const [, year, month = '01', day = '01'] = DATE.exec(text) ?? [];
  if (year === undefined) return false;
  return new Date(`${year}-${month}-${day}T00:00:00Z`).toISOString().startsWith(`${year}-${month}-${day}`);
}

/** Asks when videos were created. */
export async function askCreated(
  filter: VideoFilter,
  { prompter, now }: { readonly prompter: Prompter; readonly now: () => number },
): Promise<CreatedRange | undefined> {
  const last = (days: number) => ({ since: new Date(now() - days * DAY_MS).toISOString(), before: undefined });
  const reply = await prompter.pick<CreatedRange>({
    title: l10n.t('Created'),
    canGoBack: true,
    placeholder: l10n.t('When? Or type 2026, 2026-03, 2026-03-15 or 2026-01..2026-03'),
    choices: [
      { value: { since: undefined, before: undefined }, label: l10n.t('Any time') },
      { value: last(1), label: l10n.t('The last 24 hours') },
      { value: last(7), label: l10n.t('The last 7 days') },
      { value: last(30), label: l10n.t('The last 30 days') },
      { value: last(365), label: l10n.t('The last 365 days') },
    ],
    typed(text) {
      const value = parseCreated(text);
      return value === undefined
        ? []
        : [{ value, label: l10n.t('Created in {0} (UTC)', text.trim()), alwaysShow: true }];
    },
    active: ({ since, before }) => since === filter.since && before === filter.before,
  });
  return reply.kind === 'answer' ? reply.value : undefined;
}
