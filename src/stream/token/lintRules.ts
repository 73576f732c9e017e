import { type IpRange, isNeverPublic, isWithin, readRange } from './ipRange';
import { MAX_RULES, type RuleReading } from './rules';

/** What is probably not meant in a list of rules. `index` counts from 0. */
export type RuleWarning =
  | { readonly code: 'tooMany'; readonly count: number }
  /** Some viewers are allowed by name and everyone else is too, because no rule blocks them. */
  | { readonly code: 'openEnd' }
  | { readonly code: 'blocksEveryone' }
  /** Rules that only allow, closed by "allow anyone". */
  | { readonly code: 'blocksNobody' }
  | { readonly code: 'neverReached'; readonly index: number; readonly by: number }
  | { readonly code: 'unreadable'; readonly index: number; readonly otherList?: true }
  /** The rule is for addresses of one family, and viewers of the other never match it. */
  | { readonly code: 'oneFamily'; readonly index: number; readonly family: 4 | 6 }
  | { readonly code: 'neverPublic'; readonly index: number; readonly entry: string }
  | { readonly code: 'everyAddress'; readonly index: number; readonly entry: string }
  | { readonly code: 'notARange'; readonly index: number; readonly entry: string }
  /** The same entry twice, or inside another one, in one rule. */
  | { readonly code: 'twice'; readonly index: number; readonly entry: string }
  /** A rule further up decides about this entry. */
  | { readonly code: 'decidedBefore'; readonly index: number; readonly entry: string; readonly by: number };

/**
 * Judges rules that are valid but may not do what was meant: an allow list without a closing block, rules that are never
 * reached, IPv4 without IPv6, ranges that no viewer comes from, doubles.
 */
export function lintRules(rules: readonly RuleReading[]): readonly RuleWarning[] {
  const closing = rules.findIndex(({ kind }) => kind === 'any');
  const reached = closing < 0 ? rules : rules.slice(0, closing + 1);
  return [
    ...(rules.length > MAX_RULES ? [{ code: 'tooMany', count: rules.length } as const] : []),
    ...outcome(reached, rules[closing]),
    ...rules.flatMap((rule, index): readonly RuleWarning[] => {
      if (closing >= 0 && index > closing) return [{ code: 'neverReached', index, by: closing }];
      return rule.kind === 'unreadable'
        ? [{ code: 'unreadable', index, ...(rule.otherList && { otherList: true }) }]
        : [];
    }),
    ...reached.flatMap(countryWarnings),
    ...reached.flatMap(rangeWarnings),
    ...familyWarnings(reached),
  ];
}

/** What the rules come to as a whole. */
function outcome(reached: readonly RuleReading[], closing: RuleReading | undefined): readonly RuleWarning[] {
  const blocks = reached.some((rule) => rule.kind !== 'unreadable' && rule.action === 'block');
  const allows = reached.some((rule) => rule.kind !== 'unreadable' && rule.action === 'allow');
  if (closing === undefined) return allows ? [{ code: 'openEnd' }] : [];
  if (!blocks) return [{ code: 'blocksNobody' }];
  const isBlock = closing.kind === 'any' && closing.action === 'block';
  return isBlock && !allows ? [{ code: 'blocksEveryone' }] : [];
}

function countryWarnings(rule: RuleReading, index: number, rules: readonly RuleReading[]): readonly RuleWarning[] {
  if (rule.kind !== 'country') return [];
  return rule.countries.flatMap((entry, at): readonly RuleWarning[] => {
    if (rule.countries.indexOf(entry) < at) return [{ code: 'twice', index, entry }];
    const by = rules.slice(0, index).findIndex((other) => other.kind === 'country' && other.countries.includes(entry));
    return by < 0 ? [] : [{ code: 'decidedBefore', index, entry, by }];
  });
}

function rangeWarnings(rule: RuleReading, index: number, rules: readonly RuleReading[]): readonly RuleWarning[] {
  if (rule.kind !== 'ip') return [];
  const ranges = rule.ranges.map(readRange);
  return rule.ranges.flatMap((entry, at): readonly RuleWarning[] => {
    const range = ranges[at];
    if (range === undefined) return [{ code: 'notARange', index, entry }];
    const isInside = (other: IpRange | undefined, place: number) =>
      other !== undefined && place !== at && isWithin(range, other) && (place < at || !isWithin(other, range));
    if (ranges.some(isInside)) return [{ code: 'twice', index, entry }];
    const by = rules.slice(0, index).findIndex((other) => other.kind === 'ip' && isHeldBy(other.ranges, range));
    if (by >= 0) return [{ code: 'decidedBefore', index, entry, by }];
    if (range.prefix === 0) return [{ code: 'everyAddress', index, entry }];
    return isNeverPublic(range) ? [{ code: 'neverPublic', index, entry }] : [];
  });
}

function isHeldBy(entries: readonly string[], range: IpRange): boolean {
  return entries.some((entry) => {
    const other = readRange(entry);
    return other !== undefined && isWithin(range, other);
  });
}

/** Allowing and blocking apart: rules of one kind may share the families among them. */
function familyWarnings(rules: readonly RuleReading[]): readonly RuleWarning[] {
  return (['allow', 'block'] as const).flatMap((action): readonly RuleWarning[] => {
    const ofAction = (rule: RuleReading) => rule.kind === 'ip' && rule.action === action;
    const families = rules
      .flatMap((rule) => (rule.kind === 'ip' && ofAction(rule) ? rule.ranges : []))
      .flatMap((entry) => readRange(entry)?.family ?? []);
    const [family] = families;
    return family !== undefined && families.every((other) => other === family)
      ? [{ code: 'oneFamily', index: rules.findIndex(ofAction), family }]
      : [];
  });
}
