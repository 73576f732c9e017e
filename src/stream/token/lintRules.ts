import { audienceOf } from './audience';
import { hasSmallLetters, isViewerCode } from './countries';
import { type IpRange, isNeverPublic, isWithin, readRange } from './ipRange';
import { holdsEveryAddress, isHeldBy } from './rangeList';
import { MAX_RULES, type RuleReading } from './rules';

/** What is probably not meant in a list of rules. `index` counts from 0. */
export type RuleWarning =
  | { readonly code: 'tooMany'; readonly count: number }
  /** Some viewers are allowed by name and everyone else is too, because no rule blocks them. */
  | { readonly code: 'openEnd' }
  | { readonly code: 'blocksEveryone' }
  /** Rules that come to nothing, closed by "allow anyone". */
  | { readonly code: 'blocksNobody' }
  | { readonly code: 'neverReached'; readonly index: number; readonly by: number }
  | { readonly code: 'unreadable'; readonly index: number; readonly otherList?: true }
  /** The rule is for addresses of one family, and viewers of the other never match it. */
  | { readonly code: 'oneFamily'; readonly index: number; readonly family: 4 | 6 }
  | { readonly code: 'neverPublic'; readonly index: number; readonly entry: string }
  | { readonly code: 'everyAddress'; readonly index: number; readonly entry: string }
  | { readonly code: 'notARange'; readonly index: number; readonly entry: string }
  | { readonly code: 'notACountry'; readonly index: number; readonly entry: string }
  /** Cloudflare's rules use capitals; whether others match is not documented. */
  | { readonly code: 'smallLetters'; readonly index: number; readonly entry: string }
  /** The same entry twice, or inside another one, in one rule. */
  | { readonly code: 'twice'; readonly index: number; readonly entry: string }
  /** A rule further up decides about this entry. */
  | { readonly code: 'decidedBefore'; readonly index: number; readonly entry: string; readonly by: number };

/**
 * Judges rules that are valid but may not do what was meant: an allow list without a closing block, rules that are never
 * reached, IPv4 without IPv6, countries and ranges that no viewer comes from, doubles.
 */
export function lintRules(rules: readonly RuleReading[]): readonly RuleWarning[] {
  const closing = rules.findIndex(matchesEveryone);
  const reached = closing < 0 ? rules : rules.slice(0, closing + 1);
  return [
    ...(rules.length > MAX_RULES ? [{ code: 'tooMany', count: rules.length } as const] : []),
    ...outcome(reached, closing >= 0),
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

function matchesEveryone(rule: RuleReading): boolean {
  return rule.kind === 'any' || (rule.kind === 'ip' && holdsEveryAddress(rule.ranges));
}

/** What the rules come to as a whole, where every one of them is understood. */
function outcome(reached: readonly RuleReading[], closed: boolean): readonly RuleWarning[] {
  if (reached.some(({ kind }) => kind === 'unreadable')) return [];
  const { kind } = audienceOf(reached);
  if (kind === 'nobody') return [{ code: 'blocksEveryone' }];
  if (closed) return kind === 'everyone' ? [{ code: 'blocksNobody' }] : [];
  const allows = reached.some((rule) => rule.kind !== 'unreadable' && rule.action === 'allow');
  return allows ? [{ code: 'openEnd' }] : [];
}

function countryWarnings(rule: RuleReading, index: number, rules: readonly RuleReading[]): readonly RuleWarning[] {
  if (rule.kind !== 'country') return [];
  return rule.countries.flatMap((entry, at): readonly RuleWarning[] => {
    const code = entry.toUpperCase();
    if (!isViewerCode(code)) return [{ code: 'notACountry', index, entry }];
    if (rule.countries.slice(0, at).some((other) => other.toUpperCase() === code))
      return [{ code: 'twice', index, entry }];
    // One in small letters may decide nothing, but then the same letters decide nothing again.
    const by = rules
      .slice(0, index)
      .findIndex((other) => other.kind === 'country' && [code, entry].some((text) => other.countries.includes(text)));
    if (by >= 0) return [{ code: 'decidedBefore', index, entry, by }];
    return hasSmallLetters(entry) ? [{ code: 'smallLetters', index, entry }] : [];
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
