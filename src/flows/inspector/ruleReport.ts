import * as l10n from '@vscode/l10n';
import { lintRules } from '../../stream/token/lintRules';
import type { RuleReading } from '../../stream/token/rules';
import { ruleSentence } from '../ruleText';
import { ruleWarningSentence } from '../ruleWarnings';

/** Access rules as a list to read. */
export interface RuleReport {
  /** In order, then what happens to viewers whom none of them matches. */
  readonly rules: readonly { readonly sentence: string; readonly warnings: readonly string[] }[];
  /** What is doubtful about the rules as a whole. */
  readonly warnings: readonly string[];
}

/** The rules in words with what is doubtful about each. Undefined: they can't be read. */
export function ruleReport(rules: readonly RuleReading[] | undefined, locale: string): RuleReport {
  const alone = (sentence: string): RuleReport => ({ rules: [{ sentence, warnings: [] }], warnings: [] });
  if (rules === undefined) return alone(l10n.t('The access rules can’t be read, so it can’t be told who may watch.'));
  if (rules.length === 0) return alone(l10n.t('There are no access rules: everyone with the token may watch.'));
  const warnings = lintRules(rules);
  const said = (index: number | undefined) =>
    warnings
      .filter((warning) => ('index' in warning ? warning.index : undefined) === index)
      .map((warning) => ruleWarningSentence(warning, locale));
  const closed = rules.some(({ kind }) => kind === 'any');
  return {
    rules: [
      ...rules.map((rule, index) => ({ sentence: ruleSentence(rule, index, locale), warnings: said(index) })),
      ...(closed ? [] : [{ sentence: l10n.t('Viewers who match no rule may watch.'), warnings: [] }]),
    ],
    warnings: said(undefined),
  };
}
