import * as l10n from '@vscode/l10n';
import { checkTimes } from '../../stream/token/checkTimes';
import { DEFAULT_LIFETIME, instantOf, MAX_LIFETIME, type Moment, secondsUntil } from '../../stream/token/options';
import { parseMoment } from '../../stream/token/parseMoment';
import { answer, type Reply } from '../prompter';
import { durationText, instantText } from '../times';
import { askMoment, type MomentParts } from './askMoment';
import { askOverLimit } from './askOverLimit';
import { momentEcho } from './momentText';
import type { Signing } from './signing';

const COMMON_LIFETIMES: readonly number[] = [300, 900, 3600, 14_400, 86_400];

/**
 * When the token dies; undefined leaves it to Cloudflare. The API refuses more than 24 h, so a longer lifetime is
 * shortened to that, less a minute; a key on this machine signs whatever it is told to, once that is confirmed.
 */
export async function askExpiry(signing: Signing, parts: MomentParts): Promise<Reply<Moment | undefined>> {
  const local = signing.signWith.kind === 'local';
  for (;;) {
    const reply = await askMoment(
      {
        role: 'expiry',
        title: l10n.t('Expires'),
        placeholder: l10n.t('How long should the token live? Pick, or type: 90m, until 18:00, tomorrow 9am'),
        example: l10n.t('90m, until 18:00, end of today, tomorrow 9am'),
        prompt: l10n.t('A duration from signing on, or a point in time. Cloudflare documents at most 24 h.'),
        current: signing.options.expiry,
        untouched: {
          label: local ? l10n.t('Leave it as it is') : l10n.t('Leave it to Cloudflare'),
          description: local
            ? l10n.t('{0}, like Cloudflare’s own tokens', durationText(DEFAULT_LIFETIME))
            : l10n.t('{0}, not sent', durationText(DEFAULT_LIFETIME)),
        },
        common: [...COMMON_LIFETIMES.map(commonLifetime), ...endOfToday(parts)],
        judge: (moment) => judge(moment, signing, local, parts),
      },
      parts,
    );
    if (reply.kind !== 'answer' || reply.value === undefined) return reply;
    const seconds = secondsUntil(reply.value, parts.now());
    if (seconds <= MAX_LIFETIME) return reply;
    const chosen = await askOverLimit(seconds, parts.prompter);
    if (chosen.kind === 'answer') return chosen.value === seconds ? reply : answer(fromNow(chosen.value));
    if (chosen.kind === 'cancel') return chosen;
  }
}

function judge(moment: Moment, { options }: Signing, local: boolean, { now, times }: MomentParts) {
  const beyond = secondsUntil(moment, now()) > MAX_LIFETIME;
  if (beyond && local)
    return { moment, warning: l10n.t('More than the 24 h that Cloudflare documents; it asks back.') };
  if (beyond) {
    return { moment: fromNow(MAX_LIFETIME), warning: l10n.t('Cloudflare takes at most 24 h: that, less a minute.') };
  }
  const { notBefore } = options;
  return notBefore !== undefined && checkTimes({ expiry: moment, notBefore }, now()) === 'expiresBeforeValid'
    ? {
        moment,
        warning: l10n.t('Before the token becomes valid ({0}).', instantText(instantOf(notBefore, now()), times)),
      }
    : { moment };
}

function commonLifetime(seconds: number) {
  return {
    moment: fromNow(Math.min(seconds, MAX_LIFETIME)),
    label: durationText(seconds),
    ...(seconds > MAX_LIFETIME && {
      description: l10n.t('less a minute, in case this machine’s clock is fast'),
    }),
  };
}

function endOfToday({ now, times }: MomentParts) {
  const { timeZone } = times;
  const read = parseMoment('end of today', {
    role: 'expiry',
    now: now(),
    ...(timeZone !== undefined && { timeZone }),
  });
  // In the last second of a day, and in the first minute of a long one, it is no choice.
  if (!read.ok || secondsUntil(read.moment, now()) > MAX_LIFETIME) return [];
  const description = momentEcho(read.moment, [], { role: 'expiry', now: now() }, times);
  return [{ moment: read.moment, label: l10n.t('End of today'), description }];
}

function fromNow(seconds: number): Moment {
  return { kind: 'fromNow', seconds };
}
