import * as l10n from '@vscode/l10n';
import { lintRules, type RuleWarning } from '../../stream/token/lintRules';
import { type AccessRule, MAX_RULES, readRules } from '../../stream/token/rules';
import type { ChoiceButton, Entry } from '../prompter';
import { ruleLabel } from '../ruleText';
import { ruleWarningSentence } from '../ruleWarnings';

/** What a line of the list of rules, or a button at it, asks for. Places count from 0. */
export type RuleAct =
  | { readonly act: 'done' }
  | { readonly act: 'open'; readonly at: number }
  | { readonly act: 'change'; readonly at: number }
  /** The same for countries, as text. */
  | { readonly act: 'changeCodes'; readonly at: number }
  /** Allow instead of block, or the reverse. */
  | { readonly act: 'flip'; readonly at: number }
  | { readonly act: 'move'; readonly at: number; readonly to: number }
  | { readonly act: 'remove'; readonly at: number }
  | { readonly act: 'add' }
  | { readonly act: 'blockOthers' }
  | { readonly act: 'test' }
  | { readonly act: 'template'; readonly template: 'onlyCountries' | 'onlyNetwork' | 'allBut' }
  | { readonly act: 'removeAll' }
  /** A line that only says something. */
  | { readonly act: 'none' };

/** The rules in their order with what is doubtful about each, what happens to everyone else, and what can be done. */
export function ruleList(rules: readonly AccessRule[], locale: string): readonly Entry<RuleAct>[] {
  const readings = readRules(rules) ?? [];
  const warnings = lintRules(readings);
  return [
    { value: { act: 'done' }, icon: 'check', label: l10n.t('Done'), ...said(warnings.filter(isGeneral), locale) },
    { heading: l10n.t('The first rule that matches decides') },
    ...readings.map((rule, at) => ({
      value: { act: 'open', at } as const,
      icon: rule.kind !== 'unreadable' && rule.action === 'allow' ? 'pass' : 'circle-slash',
      label: `${at + 1}. ${ruleLabel(rule, at, locale)}`,
      buttons: buttons(at, rules),
      ...said(
        warnings.filter((warning) => 'index' in warning && warning.index === at),
        locale,
      ),
    })),
    ...othersEntries(rules, warnings, locale),
    { heading: '' },
    {
      value: { act: 'add' },
      icon: 'add',
      label: l10n.t('Add Rule…'),
      description: l10n.t('{0} of {1}', rules.length, MAX_RULES),
    },
    ...(rules.length === 0
      ? templates()
      : ([
          { value: { act: 'test' }, icon: 'beaker', label: l10n.t('Test a Viewer…') },
          { value: { act: 'removeAll' }, icon: 'clear-all', label: l10n.t('Remove All Rules') },
        ] as const)),
  ];
}

/** What can be done with one rule, as lines. */
export function deedsOf(rule: AccessRule, at: number, count: number): readonly Entry<RuleAct>[] {
  const deeds: readonly (Entry<RuleAct> | false)[] = [
    rule.type === 'ip.geoip.country' && {
      value: { act: 'change', at },
      icon: 'edit',
      label: l10n.t('Change Countries…'),
    },
    rule.type === 'ip.geoip.country' && {
      value: { act: 'changeCodes', at },
      icon: 'edit',
      label: l10n.t('Change Countries as Codes…'),
    },
    rule.type === 'ip.src' && { value: { act: 'change', at }, icon: 'edit', label: l10n.t('Change Addresses…') },
    {
      value: { act: 'flip', at },
      icon: 'arrow-swap',
      label: rule.action === 'allow' ? l10n.t('Block Instead') : l10n.t('Allow Instead'),
    },
    at > 0 && { value: { act: 'move', at, to: at - 1 }, icon: 'arrow-up', label: l10n.t('Move Up') },
    at < count - 1 && { value: { act: 'move', at, to: at + 1 }, icon: 'arrow-down', label: l10n.t('Move Down') },
    { value: { act: 'remove', at }, icon: 'trash', label: l10n.t('Remove') },
  ];
  return deeds.filter((deed) => deed !== false);
}

function templates(): readonly Entry<RuleAct>[] {
  return [
    { heading: l10n.t('Templates') },
    { value: { act: 'template', template: 'onlyCountries' }, label: l10n.t('Only These Countries…') },
    { value: { act: 'template', template: 'onlyNetwork' }, label: l10n.t('Only My Network…') },
    { value: { act: 'template', template: 'allBut' }, label: l10n.t('Everyone but These Countries…') },
  ];
}

/** What happens to viewers who match no rule: always said, with the way to change it beside it. */
function othersEntries(
  rules: readonly AccessRule[],
  warnings: readonly RuleWarning[],
  locale: string,
): readonly Entry<RuleAct>[] {
  const closing = rules.findIndex(({ type }) => type === 'any');
  if (closing >= 0) {
    const label = l10n.t('Viewers who match no rule: there are none, rule {0} is for everyone', closing + 1);
    return [{ value: { act: 'none' }, icon: 'blank', label }];
  }
  const open = said(
    warnings.filter(({ code }) => code === 'openEnd'),
    locale,
  );
  const block = { icon: 'circle-slash', label: l10n.t('Block Everyone Else'), value: { act: 'blockOthers' } } as const;
  return [
    {
      value: { act: 'none' },
      icon: 'blank',
      label: l10n.t('Viewers who match no rule: allowed'),
      buttons: [{ icon: block.icon, tooltip: block.label, value: block.value }],
      ...open,
    },
    ...(rules.length < MAX_RULES ? [block] : []),
  ];
}

function buttons(at: number, rules: readonly AccessRule[]): readonly ChoiceButton<RuleAct>[] {
  const move = (icon: string, tooltip: string, to: number): readonly ChoiceButton<RuleAct>[] =>
    to < 0 || to >= rules.length ? [] : [{ icon, tooltip, value: { act: 'move', at, to } }];
  return [
    ...move('arrow-up', l10n.t('Move up'), at - 1),
    ...move('arrow-down', l10n.t('Move down'), at + 1),
    ...(rules[at]?.type === 'any'
      ? []
      : ([{ icon: 'edit', tooltip: l10n.t('Change'), value: { act: 'change', at } }] as const)),
    { icon: 'trash', tooltip: l10n.t('Remove'), value: { act: 'remove', at } },
  ];
}

/** Warnings about the rules as a whole, but for the one that stands at the last line. */
function isGeneral(warning: RuleWarning): boolean {
  return !('index' in warning) && warning.code !== 'openEnd';
}

function said(warnings: readonly RuleWarning[], locale: string): { readonly detail?: string } {
  if (warnings.length === 0) return {};
  return { detail: `$(warning) ${warnings.map((warning) => ruleWarningSentence(warning, locale)).join(' ')}` };
}
