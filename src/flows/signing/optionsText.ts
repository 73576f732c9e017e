import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { TokenOptions } from '../../stream/token/options';
import type { PresetProblem } from '../../stream/token/preset';
import { MAX_RULES } from '../../stream/token/rules';
import { rulesText } from '../ruleText';
import type { TimeStyle } from '../times';
import { momentText } from './momentText';

/** What is set of the token options, in one line, seen from now (epoch seconds). */
export function optionsText(options: TokenOptions, now: number, times: TimeStyle): string {
  const { expiry, notBefore, accessRules, downloadable, original } = options;
  const parts = [
    expiry === undefined ? [] : l10n.t('expires {0}', momentText(expiry, now, times)),
    notBefore === undefined ? [] : l10n.t('not before {0}', momentText(notBefore, now, times)),
    accessRules === undefined ? [] : rulesText(options, times.locale),
    downloadable === true ? l10n.t('downloads') : [],
    original === true ? l10n.t('original quality') : [],
  ].flat();
  return parts.length === 0 ? l10n.t('nothing set: Cloudflare’s defaults') : parts.join(' · ');
}

/** Why token options in settings can't be used. */
export function presetSentence(problem: PresetProblem): string {
  switch (problem.code) {
    case 'notObject':
      return l10n.t('It must be an object with options in it.');
    case 'unknownField':
      return l10n.t('There is no option "{0}".', cleanText(problem.field, 40));
    case 'notDuration':
      return problem.field === 'expiry'
        ? l10n.t('"expiry" must be a duration such as "2h" or "1h30m".')
        : l10n.t('"notBefore" must be a duration such as "-5m", or "now".');
    case 'over24Hours':
      return l10n.t('"expiry" is over 24 h, which is the most that Cloudflare documents.');
    case 'notBoolean':
      return l10n.t('"{0}" must be true or false.', problem.field);
    case 'notRules':
      return l10n.t('"accessRules" must be a list.');
    case 'tooManyRules':
      return l10n.t('There are {0} access rules; a token may have {1}.', problem.count, MAX_RULES);
    case 'otherList':
      return l10n.t(
        'Access rule {0} has a list that does not go with its type: "country" goes with "ip.geoip.country", "ip" with "ip.src". Make it two rules.',
        problem.index + 1,
      );
    case 'rule':
      return problem.entry === undefined
        ? l10n.t('Access rule {0} has a form that Stream does not know.', problem.index + 1)
        : l10n.t('Access rule {0} can’t be used because of "{1}".', problem.index + 1, cleanText(problem.entry, 40));
  }
}
