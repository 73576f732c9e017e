import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Doubt, Obstacle, Verdict } from '../../stream/token/verdict';
import { shortKey } from '../keys/keyText';
import { relativeText, shortInstantText, type TimeStyle } from '../times';
import { audienceText } from './audienceText';

/** The verdict in one sentence: `Plays for viewers in DE and AT until 17:42 (in 1 h 12 min)`. `now` is in epoch seconds. */
export function verdictHeadline(verdict: Verdict, now: number, times: TimeStyle): string {
  const [obstacle] = verdict.obstacles;
  if (obstacle !== undefined) return obstacleHeadline(obstacle, now);
  const doubt = verdict.doubts.find(({ code }) => code !== 'notChecked');
  if (doubt !== undefined) return l10n.t('May be refused: {0}', doubtText(doubt));
  const { time, audience } = verdict;
  const who = audienceText(audience, times.locale);
  if (time.kind !== 'active') return l10n.t('Plays for {0}', who);
  const until = shortInstantText(time.until, now, times);
  const distance = relativeText(time.until, now);
  return verdict.doubts.length > 0
    ? l10n.t('Plays for {0} until {1} ({2}), if its signature is right', who, until, distance)
    : l10n.t('Plays for {0} until {1} ({2})', who, until, distance);
}

function obstacleHeadline(obstacle: Obstacle, now: number): string {
  switch (obstacle.code) {
    case 'simulated':
      return l10n.t('Would be refused: made by Cloudflare’s local simulator');
    case 'standardBase64':
      return l10n.t('Would be refused: encoded with base64, not base64url');
    case 'noSignature':
      return l10n.t('Would be refused: has no signature');
    case 'noAlgorithm':
      return l10n.t('Would be refused: does not say how it was signed');
    case 'algorithm':
      return obstacle.algorithm.toLowerCase() === 'none'
        ? l10n.t('Would be refused: says that it is not signed')
        : l10n.t('Would be refused: uses {0}', cleanText(obstacle.algorithm, 40));
    case 'noKeyId':
      return l10n.t('Would be refused: names no signing key');
    case 'noSubject':
      return l10n.t('Would be refused: names no video');
    case 'subjectNotId':
      return l10n.t('Would be refused: "sub" is not the id of a video');
    case 'noExpiry':
      return l10n.t('Would be refused: has no expiry');
    case 'signature':
      return l10n.t('Signature does not match key {0}', shortKey(obstacle.kid));
    case 'signatureCut':
      return l10n.t('Would be refused: its end is missing');
    case 'signatureLength':
      return l10n.t('Would be refused: its signature has a wrong length');
    case 'keyRevoked':
      return l10n.t('Would be refused: signing key {0} was revoked', shortKey(obstacle.kid));
    case 'expired':
      return l10n.t('Expired {0}', relativeText(obstacle.since, now));
    case 'notYet':
      return l10n.t('Not valid yet: starts {0}', relativeText(obstacle.from, now));
    case 'neverValid':
      return l10n.t('Can never be used: ends before it begins');
    case 'noTime':
      return l10n.t('Would be refused: "{0}" is not a time', obstacle.claim);
    case 'noSuchVideo':
      return l10n.t('Would be refused: there is no such video');
    case 'ofOtherAccount':
      return l10n.t('Would be refused: signed with the key of another account');
    case 'blocksEveryone':
      return l10n.t('Plays for nobody: its rules block every viewer');
    case 'refusedByStream':
      return l10n.t('Stream refuses it, although all that is known here is right');
    case 'blocked':
      return l10n.t('This viewer is blocked by rule {0}', obstacle.rule + 1);
    case 'notPlayable':
      return l10n.t('Does not play: there is nothing to play yet');
    case 'page':
      return l10n.t('Does not play on this page');
  }
}

function doubtText(doubt: Doubt): string {
  switch (doubt.code) {
    case 'notChecked':
      return l10n.t('its signature was not checked');
    case 'critical':
      return l10n.t('its header asks for extensions');
    case 'keyIdsDiffer':
      return l10n.t('header and claims do not name the same key');
    case 'spelling':
      return l10n.t('it is not spelled as it was signed');
    case 'rules':
      return l10n.t('its access rules can’t all be read');
    case 'duplicate':
      return l10n.t('"{0}" stands twice in it', cleanText(doubt.claim, 60));
    case 'time':
      return doubt.as === 'milliseconds'
        ? l10n.t('"{0}" looks like milliseconds', doubt.claim)
        : l10n.t('"{0}" is not a time as Stream writes it', doubt.claim);
    case 'tooManyRules':
      return l10n.t('it has {0} access rules', doubt.count);
    case 'notFound':
      return l10n.t('its video was not found, but another account may have it');
    case 'viewer':
    case 'page':
      return l10n.t('not enough is known of the viewer');
  }
}
