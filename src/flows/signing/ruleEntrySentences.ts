import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { CountryNote, CountryProblem } from '../../stream/token/countries';
import type { RangeProblem, RangeRepair } from '../../stream/token/ipRange';
import type { ListReading } from '../../stream/token/parseList';

type NoteOf<Note> = ListReading<Note, unknown>['notes'][number];

/** What was changed in a typed country code. */
export function countryNoteSentence({ entry, value, note }: NoteOf<CountryNote>): string {
  const typed = cleanText(entry, 20);
  switch (note) {
    case 'raised':
      return l10n.t('{0} is written {1}.', typed, value);
    case 'alias':
      return l10n.t('{0} is {1} in ISO 3166-1.', typed, value);
    case 'unofficial':
      return l10n.t(
        '{0} is in use for Kosovo but not part of ISO 3166-1; Cloudflare does not say whether it takes it.',
        value,
      );
    case 'duplicate':
      return l10n.t('{0} is there twice.', value);
  }
}

/** Why a text is no country code, and what to do. */
export function countryProblemSentence(text: string, problem: CountryProblem): string {
  const typed = cleanText(text, 20) || '?';
  switch (problem.code) {
    case 'union':
      return l10n.t('{0} is no country: name the countries in it.', typed);
    case 'noCountry':
      return l10n.t('{0} stands for viewers without a known country, not for a country.', typed);
    case 'withdrawn':
      return l10n.t('{0} is the code of a country that no longer exists.', typed);
    case 'threeLetters':
      return l10n.t('{0} has three letters. Use the code with two, for example DE.', typed);
    case 'unknown':
      return l10n.t('{0} is no country code. They have two letters, for example DE.', typed);
  }
}

/** What was changed in a typed address or range. */
export function rangeNoteSentence({ entry, value, note }: NoteOf<RangeRepair>): string {
  const typed = cleanText(entry, 60);
  switch (note) {
    case 'network':
      return l10n.t('{0} is read as the network it lies in: {1}.', typed, value);
    case 'mapped':
      return l10n.t('{0} is an IPv4 address: {1}.', typed, value);
    case 'zone':
      return l10n.t('{0} is read without its zone: {1}.', typed, value);
    case 'brackets':
      return l10n.t('{0} is read without its brackets: {1}.', typed, value);
    case 'port':
      return l10n.t('{0} is read without its port: {1}.', typed, value);
    case 'duplicate':
      return l10n.t('{0} is there twice.', value);
  }
}

/** Why a text is no address and no range, and what to do. */
export function rangeProblemSentence(text: string, problem: RangeProblem): string {
  const typed = cleanText(text, 60) || '?';
  switch (problem.code) {
    case 'octets':
      return l10n.t('{0} has {1} numbers; an IPv4 address has four.', typed, problem.count);
    case 'leadingZero':
      return l10n.t('{0} has a number with a leading zero, which some programs read differently. Leave it out.', typed);
    case 'octetTooLarge':
      return l10n.t('{0} has a number over 255.', typed);
    case 'prefix':
      return l10n.t('{0}: behind the slash stands one number from 0 to {1}.', typed, problem.max);
    case 'span':
      return l10n.t('A span from one address to another can’t be used. Write it as a range such as 198.51.100.0/24.');
    case 'wildcard':
      return l10n.t('A wildcard can’t be used. Write it as a range such as 198.51.100.0/24.');
    case 'unreadable':
      return l10n.t('{0} is no IP address and no range such as 198.51.100.0/24.', typed);
  }
}
