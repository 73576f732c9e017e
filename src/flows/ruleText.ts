import * as l10n from '@vscode/l10n';
import { cleanText } from '../source/cleanText';
import type { TokenOptions } from '../stream/token/options';
import { type RuleReading, readRules } from '../stream/token/rules';
import { countryName, countryText } from './countryName';

/** One rule as a sentence, with the names of countries. `index` is its place among the rules, counted from 0. */
export function ruleSentence(rule: RuleReading, index: number, locale: string): string {
  switch (rule.kind) {
    case 'any':
      if (index === 0) return rule.action === 'allow' ? l10n.t('Allow everyone.') : l10n.t('Block everyone.');
      return rule.action === 'allow' ? l10n.t('Allow everyone else.') : l10n.t('Block everyone else.');
    case 'country': {
      const countries = rule.countries.map((code) => countryText(code, locale)).join(', ');
      return rule.action === 'allow'
        ? l10n.t('Allow viewers in {0}.', countries)
        : l10n.t('Block viewers in {0}.', countries);
    }
    case 'ip': {
      const ranges = rule.ranges.map((range) => cleanText(range, 60)).join(', ');
      return rule.action === 'allow'
        ? l10n.t('Allow viewers with an address in {0}.', ranges)
        : l10n.t('Block viewers with an address in {0}.', ranges);
    }
    case 'unreadable':
      return l10n.t('A rule that can’t be read: {0}', cleanText(rule.json, 200));
  }
}

/** More are counted instead of named. */
const MOST_NAMES = 4;

/** One rule for a line of a list: `Allow Germany, Austria`. `index` is its place among the rules, counted from 0. */
export function ruleLabel(rule: RuleReading, index: number, locale: string): string {
  switch (rule.kind) {
    case 'any':
      if (index === 0) return rule.action === 'allow' ? l10n.t('Allow everyone') : l10n.t('Block everyone');
      return rule.action === 'allow' ? l10n.t('Allow everyone else') : l10n.t('Block everyone else');
    case 'country':
      return actionText(
        rule,
        rule.countries.map((code) => countryName(code, locale)),
      );
    case 'ip':
      return actionText(
        rule,
        rule.ranges.map((range) => cleanText(range, 60)),
      );
    case 'unreadable':
      return l10n.t('A rule that can’t be read: {0}', cleanText(rule.json, 60));
  }
}

/** The access rules in one line, by codes: `allow DE, AT · block everyone else`. */
export function rulesText({ accessRules }: TokenOptions, locale: string): string {
  const rules = readRules(accessRules) ?? [];
  if (rules.length === 0) return l10n.t('none: everyone with the token may watch');
  return rules
    .map((rule, index) => {
      const label = rule.kind === 'country' ? actionText(rule, rule.countries) : ruleLabel(rule, index, locale);
      return label.charAt(0).toLocaleLowerCase(locale) + label.slice(1);
    })
    .join(' · ');
}

function actionText({ action }: { readonly action: 'allow' | 'block' }, names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  // One name is not worth being counted.
  const list =
    more > 1
      ? l10n.t('{0} and {1} more', names.slice(0, MOST_NAMES).join(', '), more)
      : names.map((name) => cleanText(name, 60)).join(', ');
  return action === 'allow' ? l10n.t('Allow {0}', list) : l10n.t('Block {0}', list);
}
