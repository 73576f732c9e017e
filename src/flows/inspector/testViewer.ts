import * as l10n from '@vscode/l10n';
import { parseCountry } from '../../stream/token/countries';
import { firstMatch, readAddress, type Viewer } from '../../stream/token/firstMatch';
import { parseRange } from '../../stream/token/ipRange';
import type { RuleReading } from '../../stream/token/rules';
import { countryNamed, countryText } from '../countryName';
import type { Prompter, Reply, Verdict } from '../prompter';
import { ruleLabel } from '../ruleText';
import { countryProblemSentence, rangeProblemSentence } from '../signing/ruleEntrySentences';

/** How Cloudflare marks viewers whose country it does not know, and those who come through Tor. */
const MARKS: ReadonlySet<string> = new Set(['XX', 'T1']);

/**
 * Asks for a viewer (a country, an address, or both in one line) and says below the box, while it is typed, which rule
 * matches and whether that viewer may watch. Nothing is sent anywhere. Enter closes it and leaves the verdict in the
 * status bar.
 */
export async function testViewer(
  rules: readonly RuleReading[],
  prompter: Prompter,
  locale: string,
): Promise<Reply<void>> {
  const reply = await prompter.input({
    title: l10n.t('Test a Viewer'),
    canGoBack: true,
    prompt: l10n.t('A country, an address, or both. Nothing is sent anywhere.'),
    placeholder: l10n.t('Which viewer? For example: DE 198.51.100.7'),
    validate: (text) => judge(text, rules, locale),
  });
  if (reply.kind !== 'answer') return reply;
  prompter.mention(judge(reply.value, rules, locale).message);
  return { kind: 'answer', value: undefined };
}

function judge(text: string, rules: readonly RuleReading[], locale: string): Verdict {
  const read = readViewer(text, locale);
  if ('problem' in read) return { severity: 'error', message: read.problem };
  const { action, index, unjudged } = firstMatch(rules, read.viewer);
  const sentences = [who(read.viewer, locale), verdictSentence(index, rules, locale)];
  if (unjudged.length > 0) sentences.push(unjudgedSentence(unjudged, rules, read.viewer));
  const last = action === 'allow' ? l10n.t('This viewer may watch.') : l10n.t('This viewer is blocked.');
  return { severity: action === 'allow' ? 'info' : 'warning', message: [...sentences, last].join(' ') };
}

function who({ country, ip }: Viewer, locale: string): string {
  return `${[country === undefined ? [] : countryText(country, locale), ip ?? []].flat().join(', ')}:`;
}

function verdictSentence(index: number | undefined, rules: readonly RuleReading[], locale: string): string {
  const rule = index === undefined ? undefined : rules[index];
  return rule === undefined || index === undefined
    ? l10n.t('No rule matches.')
    : l10n.t('Rule {0} matches ({1}).', index + 1, ruleLabel(rule, index, locale));
}

/** What was not judged because the viewer is only half known, or because a rule can't be read. */
function unjudgedSentence(unjudged: readonly number[], rules: readonly RuleReading[], viewer: Viewer): string {
  const numbers = unjudged.map((at) => at + 1).join(', ');
  const kinds = new Set(unjudged.map((at) => rules[at]?.kind));
  if (kinds.has('ip') && viewer.ip === undefined) return l10n.t('Passed over without an address: rule {0}.', numbers);
  if (kinds.has('country')) return l10n.t('Passed over without a country: rule {0}.', numbers);
  return l10n.t('Passed over, because it can’t be read: rule {0}.', numbers);
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
  if (MARKS.has(mark)) return mark;
  const parsed = parseCountry(text);
  if (parsed.ok) return parsed.value;
  const named = countryNamed(text, locale);
  return named ?? { problem: countryProblemSentence(text, parsed.problem) };
}
