import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Oddity } from '../../stream/token/claims';
import { MAX_RULES } from '../../stream/token/rules';

/** The verdict says these, or the meaning of a claim does. */
const SAID_ELSEWHERE = [
  'simulated',
  'standardBase64',
  'noSignature',
  'noKeyId',
  'noSubject',
  'noExpiry',
  'noAlgorithm',
  'unknownClaim',
] as const;

export type ToldOddity = Exclude<Oddity, { readonly code: (typeof SAID_ELSEWHERE)[number] }>;

/** Whether there is still something to say about it. */
export function isToTell(oddity: Oddity): oddity is ToldOddity {
  return !SAID_ELSEWHERE.some((code) => code === oddity.code);
}

/** What is unusual about a token, in words. */
export function odditySentence(oddity: ToldOddity): string {
  switch (oddity.code) {
    case 'algorithm':
      return l10n.t(
        'The algorithm is {0}. Stream accepts RS256 only and refuses this token.',
        cleanText(oddity.algorithm, 40),
      );
    case 'critical':
      return l10n.t('The header asks for extensions (crit, b64 or zip) that Stream’s tokens do not have.');
    case 'subjectNotId':
      return l10n.t('The claim "sub" is not a video id: 32 hex digits in small letters, and nothing else.');
    case 'keyIdsDiffer':
      return l10n.t('The key ids (kid) of header and claims differ. Stream’s own tokens have the same in both.');
    case 'milliseconds':
      return l10n.t('"{0}" looks like milliseconds. Stream counts in seconds.', oddity.claim);
    case 'unreadableTime':
      return l10n.t('"{0}" is not a time as Stream writes it: whole seconds since 1970.', oddity.claim);
    case 'neverValid':
      return l10n.t('The token expires before it becomes valid, so it can never be used.');
    case 'over24Hours':
      return l10n.t('The token lives longer than 24 h, which is more than Cloudflare documents.');
    case 'rulesNotList':
      return l10n.t('"accessRules" is not a list. Stream expects one.');
    case 'tooManyRules':
      return l10n.t('There are {0} access rules; a token may have {1}.', oddity.count, MAX_RULES);
    case 'downloadableNotBoolean':
      return l10n.t('"downloadable" is neither true nor false. Stream expects one of them.');
    case 'duplicate':
      return l10n.t(
        'The name "{0}" stands twice in one object. Shown is the last one; another reader may take the first.',
        cleanText(oddity.claim, 60),
      );
    case 'spelling':
      return l10n.t(
        'The last character of part {0} has bits that no encoder writes, so the token was changed or made by faulty software.',
        { header: 1, payload: 2, signature: 3 }[oddity.part],
      );
  }
}

/** The part of the page where an oddity is best said: at the row of a claim, of the header or of the claims; else above. */
export function oddityPlace(
  oddity: ToldOddity,
): { readonly part: 'header' | 'claims'; readonly name: string } | undefined {
  switch (oddity.code) {
    case 'algorithm':
      return { part: 'header', name: 'alg' };
    case 'subjectNotId':
      return { part: 'claims', name: 'sub' };
    case 'milliseconds':
    case 'unreadableTime':
      return { part: 'claims', name: oddity.claim };
    case 'duplicate':
      return oddity.part && { part: oddity.part === 'header' ? 'header' : 'claims', name: oddity.claim };
    case 'neverValid':
    case 'over24Hours':
      return { part: 'claims', name: 'exp' };
    case 'rulesNotList':
    case 'tooManyRules':
      return { part: 'claims', name: 'accessRules' };
    case 'downloadableNotBoolean':
      return { part: 'claims', name: 'downloadable' };
    default:
      return undefined;
  }
}
