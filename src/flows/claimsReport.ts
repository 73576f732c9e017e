import * as l10n from '@vscode/l10n';
import { cleanText, escapeInvisible } from '../source/cleanText';
import type { Oddity, ReadToken } from '../stream/token/claims';
import { MAX_RULES } from '../stream/token/rules';
import { timeVerdict } from '../stream/token/timeVerdict';
import { ruleSentences } from './ruleText';
import type { SignatureReport } from './signatureReport';
import { durationText, instantText, relativeText, type TimeStyle } from './times';

/** One claim as a row: its name, its value as text, and what it means. */
export interface ClaimRow {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** What the claims page says, as plain text. Everything in it may come from a stranger: escape it. */
export interface ClaimsReport {
  readonly title: string;
  readonly status: { readonly tone: 'good' | 'bad' | 'unsure'; readonly headline: string; readonly detail: string };
  /** Whether the signature was checked, and with what result. */
  readonly signature: string;
  /** What is odd about the token, one sentence each. */
  readonly oddities: readonly string[];
  readonly claims: readonly ClaimRow[];
  /** The access rules in order, then what happens to everyone else. */
  readonly rules: readonly string[];
  readonly json: string;
}

const MAX_VALUE = 600;

/** Explains a decoded token, and what is known of its signature, at a given moment (epoch seconds). */
export function claimsReport(
  token: ReadToken,
  signature: SignatureReport,
  now: number,
  times: TimeStyle,
): ClaimsReport {
  const { sub } = token.claims;
  return {
    title: typeof sub === 'string' ? l10n.t('Token for {0}', cleanText(sub, 12)) : l10n.t('Token'),
    status: { ...status(token, now, times), ...(signature.tone === 'bad' && { tone: 'bad' }) },
    signature: signature.sentence,
    oddities: token.oddities.map(odditySentence),
    claims: [...rows(token, 'header', now, times), ...rows(token, 'claims', now, times)],
    rules: ruleSentences(token.rules, times.locale),
    json: escapeInvisible(JSON.stringify({ header: token.header, claims: token.claims }, null, 2)),
  };
}

function status(token: ReadToken, now: number, times: TimeStyle): ClaimsReport['status'] {
  const verdict = timeVerdict(token, now);
  const { notBefore } = token;
  switch (verdict.kind) {
    case 'active':
      return {
        tone: 'good',
        headline: l10n.t('Not expired: {0} left', durationText(verdict.until - now)),
        detail: l10n.t('Until {0}.', instantText(verdict.until, times)),
      };
    case 'expired':
      return {
        tone: 'bad',
        headline: l10n.t('Expired {0}', relativeText(verdict.since, now)),
        detail: l10n.t('Stream has refused it since {0}.', instantText(verdict.since, times)),
      };
    case 'notYet':
      return {
        tone: 'unsure',
        headline: l10n.t('Not valid yet: starts {0}', relativeText(verdict.from, now)),
        detail: l10n.t(
          'Stream refuses it until {0}.',
          instantText(notBefore?.kind === 'seconds' ? notBefore.seconds : verdict.from, times),
        ),
      };
    case 'noExpiry':
      return {
        tone: 'bad',
        headline: l10n.t('No expiry'),
        detail: l10n.t('The claim "exp" is missing. Stream tokens always have one.'),
      };
    case 'unreadable':
      return {
        tone: 'bad',
        headline: l10n.t('The expiry can’t be read'),
        detail: l10n.t('"exp" and "nbf" must be whole seconds since 1970.'),
      };
  }
}

function rows(token: ReadToken, part: 'header' | 'claims', now: number, times: TimeStyle): readonly ClaimRow[] {
  return Object.entries(token[part]).map(([name, value]) => ({
    name: part === 'header' ? l10n.t('{0} (header)', cleanText(name, 60)) : cleanText(name, 60),
    value: cleanText(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), MAX_VALUE),
    meaning: part === 'header' ? headerMeaning(name, value) : claimMeaning(name, token, now, times),
  }));
}

function headerMeaning(name: string, value: unknown): string {
  switch (name) {
    case 'alg':
      return value === 'RS256'
        ? l10n.t('Signed with RSA and SHA-256, as Stream expects.')
        : l10n.t('Stream accepts RS256 only.');
    case 'kid':
      return l10n.t('The signing key that made the token.');
    case 'typ':
      return l10n.t('The kind of token. Stream does not need it.');
    default:
      return l10n.t('Not part of Stream’s tokens.');
  }
}

function claimMeaning(name: string, token: ReadToken, now: number, times: TimeStyle): string {
  const { claims } = token;
  switch (name) {
    case 'sub':
      return l10n.t('The video or live input that may be watched.');
    case 'kid':
      return claims.kid === token.header.kid
        ? l10n.t('The signing key, the same as in the header.')
        : l10n.t('The signing key; not the same as in the header.');
    case 'exp':
      return instantMeaning('exp', token.expiry, now, times);
    case 'nbf':
      return instantMeaning('nbf', token.notBefore, now, times);
    case 'downloadable':
      return claims.downloadable === true
        ? l10n.t('Also opens the MP4 and M4A downloads of the video.')
        : l10n.t('Opens no downloads.');
    case 'accessRules':
      if (token.rules === undefined) return l10n.t('Not a list, so it can’t be told who may watch.');
      return token.rules.length === 0
        ? l10n.t('No rules: everyone may watch.')
        : l10n.t('Who may watch; in order below.');
    case 'flags':
      return l10n.t('Switches of the token, e.g. "original" for the untransformed video.');
    default:
      return l10n.t('Not part of Stream’s tokens; it has no known effect.');
  }
}

function instantMeaning(claim: 'exp' | 'nbf', instant: ReadToken['expiry'], now: number, times: TimeStyle): string {
  if (instant === undefined || instant.kind === 'unreadable') return l10n.t('Can’t be read as a point in time.');
  const at = instantText(instant.seconds, times);
  const distance = relativeText(instant.seconds, now);
  if (instant.kind === 'milliseconds') {
    return l10n.t('Looks like milliseconds; Stream counts in seconds. Probably meant: {0}, {1}.', at, distance);
  }
  const ahead = instant.seconds > now;
  if (claim === 'exp')
    return ahead ? l10n.t('Expires {0}, {1}.', at, distance) : l10n.t('Expired {0}, {1}.', at, distance);
  return ahead ? l10n.t('Valid from {0}, {1}.', at, distance) : l10n.t('Valid since {0}, {1}.', at, distance);
}

function odditySentence(oddity: Oddity): string {
  switch (oddity.code) {
    case 'simulated':
      return l10n.t('This is not a signed token but a text of Cloudflare’s local simulator. Stream refuses it.');
    case 'algorithm':
      return l10n.t(
        'The algorithm is {0}. Stream accepts RS256 only and refuses this token.',
        cleanText(oddity.algorithm, 40),
      );
    case 'critical':
      return l10n.t('The header asks for extensions (crit, b64 or zip) that Stream’s tokens do not have.');
    case 'noSubject':
      return l10n.t('The claim "sub" is missing, so the token does not say for which video it is.');
    case 'subjectNotId':
      return l10n.t('The claim "sub" is not a video id (32 hex digits).');
    case 'noKeyId':
      return l10n.t('No key id (kid) in header or claims, so Stream can’t tell with which key it was signed.');
    case 'keyIdsDiffer':
      return l10n.t('The key ids (kid) of header and claims differ. Stream’s own tokens have the same in both.');
    case 'noExpiry':
      return l10n.t('The claim "exp" is missing, so the token has no expiry.');
    case 'milliseconds':
      return l10n.t('"{0}" looks like milliseconds. Stream counts in seconds.', oddity.claim);
    case 'unreadableTime':
      return l10n.t('"{0}" is not a whole number of seconds.', oddity.claim);
    case 'neverValid':
      return l10n.t('The token expires before it becomes valid, so it can never be used.');
    case 'over24Hours':
      return l10n.t('The token lives longer than 24 h, which is more than Cloudflare documents.');
    case 'rulesNotList':
      return l10n.t('"accessRules" is not a list. Stream expects one.');
    case 'tooManyRules':
      return l10n.t('There are {0} access rules; a token may have {1}.', oddity.count, MAX_RULES);
    case 'unknownClaim':
      return l10n.t('The claim "{0}" is not part of Stream’s tokens.', cleanText(oddity.claim, 60));
    case 'noSignature':
      return l10n.t('The signature is empty. Stream refuses the token.');
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
