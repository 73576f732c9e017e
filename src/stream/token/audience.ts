import { readRange } from './ipRange';
import type { RuleAction, RuleReading } from './rules';

/** For whom access rules let a token work, as far as that can be said in one breath. */
export type Audience =
  | { readonly kind: 'everyone' | 'nobody' }
  /** Either only these viewers, or all but these. Not both lists are empty. */
  | { readonly kind: 'only' | 'except'; readonly countries: readonly string[]; readonly ranges: readonly string[] }
  /** Rules that take from each other: only the list itself can say it. */
  | { readonly kind: 'mixed' }
  /** Something that can't be read decides. */
  | { readonly kind: 'unreadable' };

/** Sums up the `accessRules` claim; undefined rules are a claim that is no list. */
export function audienceOf(rules: readonly RuleReading[] | undefined): Audience {
  if (rules === undefined) return { kind: 'unreadable' };
  const closing = rules.findIndex(({ kind }) => kind === 'any');
  const others = actionOf(rules[closing]) ?? 'allow';
  const specific = (closing < 0 ? rules : rules.slice(0, closing)).filter(matchesAnyone);
  // At the end of the list, what does the same as the rule for everyone else changes nothing.
  const last = specific.findLastIndex((rule) => actionOf(rule) !== others);
  const deciding = specific.slice(0, last + 1);
  if (deciding.some(({ kind }) => kind === 'unreadable')) return { kind: 'unreadable' };
  if (deciding.length === 0) return { kind: others === 'allow' ? 'everyone' : 'nobody' };
  if (deciding.some((rule) => actionOf(rule) === others)) return { kind: 'mixed' };
  return {
    kind: others === 'block' ? 'only' : 'except',
    countries: unique(deciding.flatMap((rule) => (rule.kind === 'country' ? rule.countries : []))),
    ranges: unique(deciding.flatMap((rule) => (rule.kind === 'ip' ? rule.ranges.filter(isRange) : []))),
  };
}

function actionOf(rule: RuleReading | undefined): RuleAction | undefined {
  return rule === undefined || rule.kind === 'unreadable' ? undefined : rule.action;
}

/** A rule for addresses that are none is for nobody. */
function matchesAnyone(rule: RuleReading): boolean {
  return rule.kind !== 'ip' || rule.ranges.some(isRange);
}

function isRange(text: string): boolean {
  return readRange(text) !== undefined;
}

function unique(entries: readonly string[]): readonly string[] {
  return [...new Set(entries)];
}
