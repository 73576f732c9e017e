import * as l10n from '@vscode/l10n';
import { parseRange, type RangeProblem, type RangeRepair } from '../../stream/token/ipRange';
import { lintRules } from '../../stream/token/lintRules';
import { type ListReading, parseList } from '../../stream/token/parseList';
import { mapReply, type Prompter, type Reply, type Verdict } from '../prompter';
import { ruleWarningSentence } from '../ruleWarnings';
import { rangeNoteSentence, rangeProblemSentence } from './ruleEntrySentences';

/** Takes IP addresses and ranges, with what was repaired in them and what is doubtful about them below the box. */
export async function askRanges(
  title: string,
  chosen: readonly string[],
  prompter: Prompter,
  locale: string,
): Promise<Reply<readonly string[]>> {
  const reply = await prompter.input({
    title,
    canGoBack: true,
    prompt: l10n.t('IPv4 or IPv6, with commas or blanks between them. The two never match each other.'),
    placeholder: l10n.t('Addresses or ranges, e.g. 198.51.100.7, 2001:db8::/32'),
    value: chosen.join(', '),
    validate: (text) => judge(parseList(text, parseRange), locale),
  });
  return mapReply(reply, (text) => parseList(text, parseRange).values);
}

function judge({ values, notes, problems }: ListReading<RangeRepair, RangeProblem>, locale: string): Verdict {
  const [wrong] = problems;
  if (wrong !== undefined) return { severity: 'error', message: rangeProblemSentence(wrong.entry, wrong.problem) };
  if (values.length === 0) return { severity: 'error', message: l10n.t('Type at least one address or range.') };
  // Judged as a rule of its own: what it means beside the others is said in the list of rules.
  const warnings = lintRules([{ kind: 'ip', action: 'block', ranges: values }]).map((warning) =>
    ruleWarningSentence(warning, locale),
  );
  const said = [...notes.map(rangeNoteSentence), ...warnings];
  return {
    severity: warnings.length > 0 ? 'warning' : 'info',
    message: said.length > 0 ? said.join(' ') : values.join(', '),
  };
}
