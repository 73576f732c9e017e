import * as l10n from '@vscode/l10n';
import { checkTimes } from '../stream/token/checkTimes';
import { lintRules } from '../stream/token/lintRules';
import { readRules } from '../stream/token/rules';
import { ruleWarningSentence } from './ruleWarnings';
import type { Line } from './signHub';
import type { Signing } from './signing';
import type { TimeStyle } from './times';

/** What is doubtful about a signing at a moment (epoch seconds), one sentence per line of the hub. */
export function hubWarnings(signing: Signing, now: number, times: TimeStyle): Partial<Record<Line, string>> {
  const { options } = signing;
  const problem = timesSentence(signing, now);
  const rules = rulesSentence(signing, times.locale);
  return {
    ...(problem !== undefined && { [options.notBefore === undefined ? 'expires' : 'notBefore']: problem }),
    ...(rules !== undefined && { rules }),
  };
}

/** Why a token signed now (epoch seconds) could never be used; undefined when it could. */
export function timesSentence({ options }: Signing, now: number): string | undefined {
  switch (checkTimes(options, now)) {
    case 'expired':
      return l10n.t('The expiry has passed. Set a later one.');
    case 'expiresBeforeValid':
      return l10n.t('The token would expire before it becomes valid. Let it expire later, or begin earlier.');
    case undefined:
      return undefined;
  }
}

/** The first thing that is doubtful about the rules, and how many more there are. */
function rulesSentence({ options: { accessRules } }: Signing, locale: string): string | undefined {
  const [first, ...more] = lintRules(readRules(accessRules) ?? []);
  if (first === undefined) return undefined;
  const said = ruleWarningSentence(first, locale);
  const sentence = 'index' in first ? l10n.t('Rule {0}: {1}', first.index + 1, said) : said;
  return more.length === 0 ? sentence : l10n.t('{0} And {1} more.', sentence, more.length);
}
