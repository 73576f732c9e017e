import * as l10n from '@vscode/l10n';
import { checkTimes } from '../../stream/token/checkTimes';
import { lintRules } from '../../stream/token/lintRules';
import { MAX_LIFETIME, secondsUntil } from '../../stream/token/options';
import { readRules } from '../../stream/token/rules';
import { clockSentence } from '../clockSentence';
import { ruleWarningSentence } from '../ruleWarnings';
import type { TimeStyle } from '../times';
import type { Line } from './signHub';
import type { Signing } from './signing';

/**
 * What is doubtful about a signing at a moment (epoch seconds), one sentence per line of the hub. `clockAhead` is how many
 * seconds this machine's clock is ahead of Cloudflare's; 0 when that is too little to matter.
 */
export function hubWarnings(
  signing: Signing,
  now: number,
  times: TimeStyle,
  clockAhead: number,
): Partial<Record<Line, string>> {
  const { options } = signing;
  const problem = timesSentence(signing, now);
  const rules = rulesSentence(signing, times.locale);
  const clock = clockWarning(signing, clockAhead);
  return {
    ...(livesTooLong(signing, now) && { expires: tooLongSentence() }),
    ...(clock !== undefined && { expires: clock }),
    ...(problem !== undefined && { [options.notBefore === undefined ? 'expires' : 'notBefore']: problem }),
    ...(rules !== undefined && { rules }),
    ...(signing.form === 'whep' && signing.signWith.kind !== 'local' && { signWith: whepSentence() }),
  };
}

/** Source: https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/. */
function whepSentence(): string {
  return l10n.t('Tokens that Cloudflare’s API makes don’t work for WebRTC playback. Sign with a key on this machine.');
}

/** That this machine's clock is wrong, where a time of the token is reckoned by it. */
export function clockWarning(signing: Signing, clockAhead: number): string | undefined {
  return countsByThisClock(signing) ? clockSentence(clockAhead) : undefined;
}

/** The API shortens it; nobody does where a key on this machine signs. */
function livesTooLong({ signWith, options: { expiry } }: Signing, now: number): boolean {
  return signWith.kind === 'local' && expiry !== undefined && secondsUntil(expiry, now) > MAX_LIFETIME;
}

function tooLongSentence(): string {
  return l10n.t('More than the 24 h that Cloudflare documents. Stream may refuse it, and it can’t be taken back.');
}

/** Whether a time of the token is reckoned here. Left alone, Cloudflare reckons it. */
function countsByThisClock({ signWith, options }: Signing): boolean {
  return signWith.kind === 'local' || options.expiry !== undefined || options.notBefore !== undefined;
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
