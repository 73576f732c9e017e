import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Audience } from '../../stream/token/audience';
import { countryText } from '../countryName';

/** More are counted instead of named. */
const MOST_NAMES = 4;

/** For whom a token works, as a part of a sentence: `viewers in DE and AT`, `everyone`. */
export function audienceText(audience: Audience, locale: string): string {
  switch (audience.kind) {
    case 'everyone':
      return l10n.t('everyone');
    case 'nobody':
      return l10n.t('nobody');
    case 'only':
      return viewersText(audience, locale, (code) => cleanText(code, 20));
    case 'except':
      return l10n.t(
        'everyone but {0}',
        viewersText(audience, locale, (code) => cleanText(code, 20)),
      );
    case 'mixed':
    case 'unreadable':
      return l10n.t('some viewers');
  }
}

/** The same as a sentence of its own, with the names of countries. */
export function audienceSentence(audience: Audience, locale: string): string {
  const name = (code: string) => countryText(code, locale);
  switch (audience.kind) {
    case 'everyone':
      return l10n.t('Everyone with the token may watch.');
    case 'nobody':
      return l10n.t('Nobody may watch: the rules block every viewer.');
    case 'only':
      return l10n.t('Only {0} may watch.', viewersText(audience, locale, name));
    case 'except':
      return l10n.t('Everyone but {0} may watch.', viewersText(audience, locale, name));
    case 'mixed':
      return l10n.t('Some viewers may watch: the first rule that matches decides.');
    case 'unreadable':
      return l10n.t('It can’t be told who may watch: not every rule is clear.');
  }
}

interface Named {
  readonly countries: readonly string[];
  readonly ranges: readonly string[];
}

function viewersText({ countries, ranges }: Named, locale: string, name: (code: string) => string): string {
  const places = listText(countries.map(name), locale, (count) => l10n.t('{0} countries', count));
  const addresses = listText(
    ranges.map((range) => cleanText(range, 60)),
    locale,
    (count) => l10n.t('{0} ranges', count),
  );
  if (ranges.length === 0) return l10n.t('viewers in {0}', places);
  if (countries.length === 0) return l10n.t('viewers with an address in {0}', addresses);
  return l10n.t('viewers in {0} or with an address in {1}', places, addresses);
}

function listText(names: readonly string[], locale: string, counted: (count: number) => string): string {
  return names.length > MOST_NAMES ? counted(names.length) : new Intl.ListFormat(locale).format(names);
}
