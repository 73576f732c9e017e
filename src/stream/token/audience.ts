import { hasSmallLetters, isViewerCode } from './countries';
import { readRange } from './ipRange';
import { holdsEveryAddress, isHeldBy } from './rangeList';
import type { RuleAction, RuleReading } from './rules';

/** For whom access rules let a token work, as far as that can be said in one breath. */
export type Audience =
  | { readonly kind: 'everyone' | 'nobody' }
  /** Either only these viewers, or all but these. Not both lists are empty. */
  | { readonly kind: 'only' | 'except'; readonly countries: readonly string[]; readonly ranges: readonly string[] }
  /** Rules that take from each other: only the list itself can say it. */
  | { readonly kind: 'mixed' }
  /** Something decides that can't be read, or of which Cloudflare does not say what it does. */
  | { readonly kind: 'unreadable' };

/** Sums up the `accessRules` claim; undefined rules are a claim that is no list. */
export function audienceOf(rules: readonly RuleReading[] | undefined): Audience {
  if (rules === undefined) return { kind: 'unreadable' };
  const effective = withoutEffectless(rules);
  const others = actionOf(effective.find(({ kind }) => kind === 'any')) ?? 'allow';
  const specific = effective.filter(({ kind }) => kind !== 'any');
  // At the end of the list, what does the same as the rule for everyone else changes nothing.
  const last = specific.findLastIndex((rule) => actionOf(rule) !== others);
  const deciding = specific.slice(0, last + 1);
  if (deciding.some(isUnclear)) return { kind: 'unreadable' };
  if (deciding.length === 0) return { kind: others === 'allow' ? 'everyone' : 'nobody' };
  if (deciding.some((rule) => actionOf(rule) === others)) return { kind: 'mixed' };
  return {
    kind: others === 'block' ? 'only' : 'except',
    countries: unique(countriesOf(deciding)),
    ranges: unique(rangesOf(deciding)),
  };
}

/** Rules down to the first that is for everyone, without the entries that decide about nobody. */
function withoutEffectless(rules: readonly RuleReading[]): readonly RuleReading[] {
  const kept: RuleReading[] = [];
  for (const rule of rules) {
    const rest = effectOf(rule, kept);
    if (rest !== undefined) kept.push(rest);
    if (rest?.kind === 'any') break;
  }
  return kept;
}

/** What of a rule decides about somebody whom no rule above decides about; undefined when nothing does. */
function effectOf(rule: RuleReading, above: readonly RuleReading[]): RuleReading | undefined {
  switch (rule.kind) {
    case 'country': {
      const decided = countriesOf(above);
      const countries = rule.countries.filter((code) => {
        const capitals = code.toUpperCase();
        if (!isViewerCode(capitals) || decided.includes(code) || decided.includes(capitals)) return false;
        return !hasSmallLetters(code) || !rule.countries.includes(capitals);
      });
      return countries.length === 0 ? undefined : { ...rule, countries };
    }
    case 'ip': {
      const decided = rangesOf(above);
      const ranges = rule.ranges.filter((text) => {
        const range = readRange(text);
        return range !== undefined && !isHeldBy(decided, range);
      });
      // Whoever is still undecided matches.
      if (holdsEveryAddress([...decided, ...ranges])) return { kind: 'any', action: rule.action };
      return ranges.length === 0 ? undefined : { ...rule, ranges };
    }
    default:
      return rule;
  }
}

function countriesOf(rules: readonly RuleReading[]): readonly string[] {
  return rules.flatMap((rule) => (rule.kind === 'country' ? rule.countries : []));
}

function rangesOf(rules: readonly RuleReading[]): readonly string[] {
  return rules.flatMap((rule) => (rule.kind === 'ip' ? rule.ranges : []));
}

function actionOf(rule: RuleReading | undefined): RuleAction | undefined {
  return rule === undefined || rule.kind === 'unreadable' ? undefined : rule.action;
}

function isUnclear(rule: RuleReading): boolean {
  return rule.kind === 'unreadable' || (rule.kind === 'country' && rule.countries.some(hasSmallLetters));
}

function unique(entries: readonly string[]): readonly string[] {
  return [...new Set(entries)];
}
