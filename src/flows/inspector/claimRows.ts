import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { ReadToken } from '../../stream/token/claims';
import { livesOver24Hours } from '../../stream/token/tokenProblems';
import { instantText, relativeText, type TimeStyle } from '../times';
import { isToTell, oddityPlace, odditySentence } from './odditySentence';

/** One claim, or one entry of the header, as a row of the table. */
export interface ClaimRow {
  readonly part: 'header' | 'claims';
  readonly name: string;
  /** As far as there is room for it. */
  readonly value: string;
  readonly meaning: string;
  /** What is odd about it, one sentence each. */
  readonly oddities: readonly string[];
  /** The whole value as it stands in the token, for the clipboard. */
  readonly raw: string;
}

const MAX_VALUE = 600;

/** The header and the claims in their order, seen at a moment (epoch seconds), and what is odd about the token as a whole. */
export function claimRows(
  token: ReadToken,
  now: number,
  times: TimeStyle,
): { readonly rows: readonly ClaimRow[]; readonly others: readonly string[] } {
  const told = token.oddities.filter(isToTell);
  const { expiry } = token;
  const livesLong = expiry?.kind === 'seconds' && now < expiry.seconds && livesOver24Hours(token, expiry.seconds, now);
  if (livesLong && !told.some(({ code }) => code === 'over24Hours')) told.push({ code: 'over24Hours' });
  const places = told.map((oddity) => ({ place: oddityPlace(oddity), sentence: odditySentence(oddity) }));
  const ofRow = (part: 'header' | 'claims', name: string) =>
    places.filter(({ place }) => place?.name === name && place.part === part);
  const rows = (['header', 'claims'] as const).flatMap((part) =>
    Object.entries(token[part]).map(([name, value]): ClaimRow => {
      // JSON knows no infinity, which is what a number becomes that is too large.
      const raw =
        typeof value === 'string' || typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? '');
      return {
        part,
        name: cleanText(name, 60),
        value: cleanText(raw.trim() === raw ? raw : JSON.stringify(raw), MAX_VALUE),
        meaning: part === 'header' ? headerMeaning(name, value) : claimMeaning(name, token, now, times),
        oddities: ofRow(part, name).map(({ sentence }) => sentence),
        raw,
      };
    }),
  );
  const others = places.filter(({ place }) => place === undefined || !Object.hasOwn(token[place.part], place.name));
  return { rows, others: others.map(({ sentence }) => sentence) };
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
      if (typeof claims.downloadable !== 'boolean')
        return l10n.t('Opens downloads only when it is true. What Stream makes of another value is not documented.');
      return claims.downloadable === true
        ? l10n.t('Also opens the MP4 and M4A downloads of the video.')
        : l10n.t('Opens no downloads.');
    case 'accessRules':
      if (token.rules === undefined) return l10n.t('Not a list, so it can’t be told who may watch.');
      return token.rules.length === 0
        ? l10n.t('No rules: everyone may watch.')
        : l10n.t('Who may watch, in the order given above.');
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
  const sentence = instantSentence(claim, instant.seconds > now, at, distance);
  return instant.asString ? `${sentence} ${l10n.t('Written as text, as Cloudflare’s API does.')}` : sentence;
}

function instantSentence(claim: 'exp' | 'nbf', ahead: boolean, at: string, distance: string): string {
  if (claim === 'exp')
    return ahead ? l10n.t('Expires {0}, {1}.', at, distance) : l10n.t('Expired {0}, {1}.', at, distance);
  return ahead ? l10n.t('Valid from {0}, {1}.', at, distance) : l10n.t('Valid since {0}, {1}.', at, distance);
}
