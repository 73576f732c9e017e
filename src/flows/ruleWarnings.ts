import * as l10n from '@vscode/l10n';
import { cleanText } from '../source/cleanText';
import { parseCountry } from '../stream/token/countries';
import type { RuleWarning } from '../stream/token/lintRules';
import { MAX_RULES } from '../stream/token/rules';
import { countryName, countryNamed } from './countryName';

/** What is probably not meant in a list of rules, in words. */
export function ruleWarningSentence(warning: RuleWarning, locale: string): string {
  switch (warning.code) {
    case 'tooMany':
      return l10n.t('There are {0} access rules; a token may have {1}.', warning.count, MAX_RULES);
    case 'openEnd':
      return l10n.t(
        'Some viewers are allowed by a rule, but everyone else may watch too: no rule blocks them. Block everyone else.',
      );
    case 'blocksEveryone':
      return l10n.t('Nobody can watch: no viewer is allowed by these rules.');
    case 'blocksNobody':
      return l10n.t('These rules change nothing: every viewer is allowed.');
    case 'neverReached':
      return l10n.t('Never reached: rule {0} matches everyone.', warning.by + 1);
    case 'unreadable':
      return warning.otherList
        ? l10n.t('This rule has a list that does not go with its type, so it is not clear whom it is for.')
        : l10n.t('This rule has a form that Stream does not know.');
    case 'oneFamily':
      return warning.family === 4
        ? l10n.t('IPv4 only: viewers with an IPv6 address never match.')
        : l10n.t('IPv6 only: viewers with an IPv4 address never match.');
    case 'neverPublic':
      return l10n.t('{0} is private or reserved: Cloudflare never sees a viewer with such an address.', entry(warning));
    case 'everyAddress':
      return l10n.t('{0} is every address of its family. A rule for everyone says that for both.', entry(warning));
    case 'notARange':
      return l10n.t('{0} is no address and no range, so nobody matches it.', entry(warning));
    case 'notACountry':
      return notACountrySentence(warning.entry, locale);
    case 'smallLetters':
      return l10n.t(
        '{0} is written in small letters. Cloudflare’s rules use capitals; whether it matches is not documented.',
        entry(warning),
      );
    case 'twice':
      return l10n.t('{0} is in this rule more than once.', named(warning, locale));
    case 'decidedBefore':
      return l10n.t('Rule {0} already decides about {1}.', warning.by + 1, named(warning, locale));
  }
}

/** With the code of the country that was probably meant. */
function notACountrySentence(text: string, locale: string): string {
  const parsed = parseCountry(text.trim());
  const meant = parsed.ok ? parsed.value : countryNamed(text, locale);
  const written = cleanText(text, 60) || '?';
  return meant === undefined
    ? l10n.t('{0} is no country code, so nobody matches it.', written)
    : l10n.t('{0} is no country code, so nobody matches it. Write {1}.', written, meant);
}

function entry(warning: { readonly entry: string }): string {
  return cleanText(warning.entry, 60);
}

function named(warning: { readonly entry: string }, locale: string): string {
  return /^[A-Z]{2}$/.test(warning.entry) ? countryName(warning.entry, locale) : entry(warning);
}
