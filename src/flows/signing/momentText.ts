import * as l10n from '@vscode/l10n';
import { instantOf, type Moment } from '../../stream/token/options';
import type { MomentContext, MomentNote, MomentProblem } from '../../stream/token/parseMoment';
import { instantText, relativeText, type TimeStyle } from '../times';

/** A moment for a line of a list, seen from now (epoch seconds): `in 2 h`, `1 h ago`; fixed ones with day and clock. */
export function momentText(moment: Moment, now: number, times: TimeStyle): string {
  const distance = relativeText(instantOf(moment, now), Math.floor(now));
  return moment.kind === 'fromNow' ? distance : `${instantText(moment.seconds, times)}, ${distance}`;
}

/** What a moment comes to, with what a person should know about how their words were read. */
export function momentEcho(
  moment: Moment,
  notes: readonly MomentNote[],
  { role, now }: Pick<MomentContext, 'role' | 'now'>,
  times: TimeStyle,
): string {
  const seconds = instantOf(moment, now);
  const at = instantText(seconds, times);
  const distance = relativeText(seconds, Math.floor(now));
  return [echo(role, seconds > now, at, distance), ...notes.map(noteSentence)].join(' ');
}

function echo(role: MomentContext['role'], ahead: boolean, at: string, distance: string): string {
  if (role === 'expiry') return l10n.t('Until {0}, {1}.', at, distance);
  return ahead ? l10n.t('From {0}, {1}.', at, distance) : l10n.t('Since {0}, {1}.', at, distance);
}

function noteSentence(note: MomentNote): string {
  switch (note.code) {
    case 'unit':
      return {
        milliseconds: l10n.t('Read as milliseconds.'),
        microseconds: l10n.t('Read as microseconds.'),
        nanoseconds: l10n.t('Read as nanoseconds.'),
      }[note.unit];
    case 'localZone':
      return l10n.t('Read in the time zone of this machine.');
    case 'tomorrow':
      return l10n.t('That time has passed today, so it is tomorrow’s.');
    case 'skipped':
      return l10n.t('The clocks are set forward over that time, so it is as much later.');
    case 'twice':
      return l10n.t('The clocks are set back and show that time twice; it is the first.');
  }
}

/** What is wrong with a typed moment, and what to do. */
export function momentSentence(problem: MomentProblem, role: MomentContext['role'], times: TimeStyle): string {
  switch (problem.code) {
    case 'empty':
      return role === 'expiry'
        ? l10n.t('Type how long the token should live, or until when: 90m, until 18:00, tomorrow 9am.')
        : l10n.t('Type from when on the token should be good: now, -1h, tomorrow 9am.');
    case 'zero':
      return l10n.t('A token that lives 0 seconds can never be used. Type at least 1s.');
    case 'negative':
      return l10n.t('A token can’t expire before it is signed. Type a duration such as 90m.');
    case 'noUnit':
      return l10n.t('{0} of what? Add a unit: {0}m for minutes, {0}h for hours.', problem.number);
    case 'past':
      return [
        l10n.t('That has passed: {0}. A token must expire later than now.', instantText(problem.seconds, times)),
        ...problem.notes.map(noteSentence),
      ].join(' ');
    case 'noTime':
      return l10n.t('At what time of that day? For example: tomorrow 9am, end of today, 2026-07-01 18:00.');
    case 'noSuchTime':
      return l10n.t('There is no such day or time.');
    case 'unreadable':
      return role === 'expiry'
        ? l10n.t(
            'This is neither a duration nor a point in time. Examples: 90m, until 18:00, tomorrow 9am, end of today.',
          )
        : l10n.t('This is neither a duration nor a point in time. Examples: now, -1h, tomorrow 9am.');
  }
}
