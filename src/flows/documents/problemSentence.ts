import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Misplaced } from '../../source/misplaced';
import type { TokenProblem } from '../../stream/token/tokenProblems';
import { odditySentence } from '../inspector/odditySentence';
import { shortKey } from '../keys/keyText';
import { ruleWarningSentence } from '../ruleWarnings';
import { instantText, type TimeStyle } from '../times';

/** What is wrong with a token in a document, in a sentence that stays true however late it is read. */
export function problemSentence(problem: TokenProblem, times: TimeStyle): string {
  switch (problem.code) {
    case 'expired':
      return l10n.t('This Stream token expired: {0}.', instantText(problem.since, times));
    case 'expiresSoon':
      return l10n.t('This Stream token expires soon: {0}.', instantText(problem.until, times));
    case 'over24Hours':
    case 'milliseconds':
      return odditySentence(problem);
    case 'keyRevoked':
      return l10n.t('The key {0} that signed this token is revoked, so Stream refuses it.', keyText(problem.kid));
    case 'keyUnknown':
      return l10n.t(
        'The key {0} that signed this token is not on this machine: Cloudflare’s own, or somebody else’s.',
        keyText(problem.kid),
      );
    case 'rulesNeverReached': {
      const reason = ruleWarningSentence({ code: 'neverReached', index: 0, by: problem.by }, times.locale);
      return l10n.t('Access rule {0}: {1}', problem.rules.map((rule) => rule + 1).join(', '), reason);
    }
    case 'blocksNobody':
      return ruleWarningSentence({ code: problem.because }, times.locale);
  }
}

/** The id may be any text: nothing says that Cloudflare made the token. */
function keyText(kid: string): string {
  return cleanText(shortKey(kid), 10);
}

/** What is wrong with an address in a document. */
export function misplacedSentence(code: Misplaced['code']): string {
  return code === 'tokenInQuery'
    ? l10n.t('Stream does not read a token here. It belongs in the path, in place of the video id.')
    : l10n.t(
        'After "customer-" stands the account’s customer code, not an id: no such host exists. The dashboard shows the code in every video’s URLs.',
      );
}
