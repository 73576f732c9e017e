import * as l10n from '@vscode/l10n';
import { parseCountry, VIEWER_MARKS } from '../../stream/token/countries';
import { firstMatch, readAddress, type Viewer, type ViewerVerdict } from '../../stream/token/firstMatch';
import { parseRange } from '../../stream/token/ipRange';
import type { RuleReading } from '../../stream/token/rules';
import { countryNamed } from '../countryName';
import type { Prompter, Reply } from '../prompter';
import { ruleLabel } from '../ruleText';
import { countryProblemSentence, rangeProblemSentence } from '../signing/ruleEntrySentences';

/** Why a rule was passed over. */
type Reason = 'address' | 'country' | 'smallLetters' | 'unreadable';

/**
 * Asks for a viewer (a country, an address, or both in one line) and says below the box, while it is typed, whether that
 * viewer may watch and which rule decides. Nothing is sent anywhere. Enter closes it and leaves the verdict in the status
 * bar. Undefined rules are a claim that is no list.
 */
export async function testViewer(
  rules: readonly RuleReading[] | undefined,
  prompter: Prompter,
  locale: string,
): Promise<Reply<void>> {
  const reply = await prompter.input({
    title: l10n.t('Test a Viewer'),
    canGoBack: true,
    prompt: l10n.t('A country, an address, or both. Nothing is sent anywhere.'),
    placeholder: l10n.t('Which viewer? For example: DE 198.51.100.7'),
    validate: (text) => {
      const read = readViewer(text, locale);
      if ('problem' in read) return { severity: 'error', message: read.problem };
      const { severity, sentence, rule } = judge(read.viewer, rules, locale);
      return { severity, message: rule === undefined ? sentence : `${sentence} ${rule}` };
    },
  });
  if (reply.kind !== 'answer') return reply;
  const read = readViewer(reply.value, locale);
  if ('viewer' in read) prompter.mention(judge(read.viewer, rules, locale).sentence);
  return { kind: 'answer', value: undefined };
}

interface Judgement {
  readonly severity: 'info' | 'warning';
  /** The verdict first: a status bar shows only the beginning. */
  readonly sentence: string;
  /** The rule that decided, in words. */
  readonly rule?: string;
}

function judge(viewer: Viewer, rules: readonly RuleReading[] | undefined, locale: string): Judgement {
  if (rules === undefined)
    return {
      severity: 'warning',
      sentence: l10n.t('The access rules can’t be read, so it can’t be told who may watch.'),
    };
  const verdict = firstMatch(rules, viewer);
  const passedOver = passedOverSentences(verdict.unjudged, rules, viewer);
  const who = [viewer.country ?? [], viewer.ip ?? []].flat().join(', ');
  if (mayDecide(verdict, rules, viewer)) {
    const unsure = l10n.t('It can’t be told whether this viewer may watch ({0}).', who);
    return { severity: 'warning', sentence: [unsure, ...passedOver].join(' ') };
  }
  const { action, index } = verdict;
  const rule = index === undefined ? undefined : rules[index];
  return {
    severity: action === 'allow' ? 'info' : 'warning',
    sentence: [verdictSentence(verdict, who), ...passedOver].join(' '),
    ...(rule && index !== undefined && { rule: l10n.t('Rule {0}: {1}', index + 1, ruleLabel(rule, index, locale)) }),
  };
}

function verdictSentence({ action, index }: ViewerVerdict, who: string): string {
  if (index === undefined) return l10n.t('May watch: no rule matches ({0}).', who);
  return action === 'allow'
    ? l10n.t('May watch: rule {0} matches ({1}).', index + 1, who)
    : l10n.t('Blocked: rule {0} matches ({1}).', index + 1, who);
}

/** Whether a rule that was passed over may be the one that decides, against the verdict, for all that is known of the viewer. */
function mayDecide({ action, unjudged }: ViewerVerdict, rules: readonly RuleReading[], viewer: Viewer): boolean {
  return unjudged.some((at) => {
    const rule = rules[at];
    const reason = reasonOf(rule, viewer);
    if (reason === 'smallLetters') return rule?.kind === 'country' && rule.action !== action;
    return reason === 'unreadable';
  });
}

/** What was not judged because the viewer is only half known, or because it is not clear what a rule does. */
function passedOverSentences(
  unjudged: readonly number[],
  rules: readonly RuleReading[],
  viewer: Viewer,
): readonly string[] {
  return (['address', 'country', 'smallLetters', 'unreadable'] as const).flatMap((reason) => {
    const numbers = unjudged.filter((at) => reasonOf(rules[at], viewer) === reason).map((at) => at + 1);
    return numbers.length === 0 ? [] : [passedOverSentence(reason, numbers.join(', '))];
  });
}

function passedOverSentence(reason: Reason, numbers: string): string {
  switch (reason) {
    case 'address':
      return l10n.t('Passed over without an address: rule {0}.', numbers);
    case 'country':
      return l10n.t('Passed over without a country: rule {0}.', numbers);
    case 'smallLetters':
      return l10n.t('Passed over, because a code is in small letters: rule {0}.', numbers);
    case 'unreadable':
      return l10n.t('Passed over, because it can’t be read: rule {0}.', numbers);
  }
}

/** Why a rule that was passed over could not be judged. */
function reasonOf(rule: RuleReading | undefined, { ip, country }: Viewer): Reason {
  if (rule?.kind === 'ip' && ip === undefined) return 'address';
  if (rule?.kind === 'country') return country === undefined ? 'country' : 'smallLetters';
  return 'unreadable';
}

function readViewer(text: string, locale: string): { readonly viewer: Viewer } | { readonly problem: string } {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const [ip, secondIp] = parts.filter((part) => /[.:]/.test(part) && !/^\p{L}+\.$/u.test(part));
  const country = parts.filter((part) => part !== ip).join(' ');
  if (parts.length === 0) return { problem: l10n.t('Type a country such as DE, an IP address, or both.') };
  if (secondIp !== undefined) return { problem: l10n.t('Type one address only.') };
  if (ip?.includes('/')) return { problem: l10n.t('{0} is a range. A viewer has one address.', ip) };
  const address = ip === undefined ? undefined : parseRange(ip);
  if (ip !== undefined && address?.ok === false) return { problem: rangeProblemSentence(ip, address.problem) };
  const code = country === '' ? undefined : readCountry(country, locale);
  if (typeof code === 'object') return code;
  return {
    viewer: {
      ...(address?.ok && readAddress(address.value) && { ip: address.value }),
      ...(code !== undefined && { country: code }),
    },
  };
}

function readCountry(text: string, locale: string): string | { readonly problem: string } {
  const mark = text.toUpperCase();
  if (VIEWER_MARKS.includes(mark)) return mark;
  const parsed = parseCountry(text);
  if (parsed.ok) return parsed.value;
  const named = countryNamed(text, locale);
  return named ?? { problem: countryProblemSentence(text, parsed.problem) };
}
