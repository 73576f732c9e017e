import * as l10n from '@vscode/l10n';
import { MAX_LIFETIME } from '../../stream/token/options';
import type { Prompter, Reply } from '../prompter';
import { durationText } from '../times';

/**
 * What to do with a lifetime (in seconds) over the 24 h that Cloudflare documents, where no API stands in the way: take
 * the most that is documented, or sign for it anyway once that is confirmed.
 */
export async function askOverLimit(seconds: number, prompter: Prompter): Promise<Reply<number>> {
  const lifetime = durationText(seconds);
  const reply = await prompter.pick<'most' | 'anyway'>({
    title: l10n.t('Expires'),
    canGoBack: true,
    placeholder: l10n.t('Cloudflare documents at most 24 h for a token.'),
    choices: [
      {
        value: 'most',
        icon: 'check',
        label: l10n.t('24 h'),
        description: l10n.t('less a minute, in case this machine’s clock is fast'),
      },
      {
        value: 'anyway',
        icon: 'warning',
        label: l10n.t('Sign for {0} anyway', lifetime),
        detail: l10n.t('Nobody but Cloudflare knows whether Stream plays a token that lives longer.'),
      },
    ],
  });
  if (reply.kind !== 'answer') return reply;
  if (reply.value === 'most') return { kind: 'answer', value: MAX_LIFETIME };
  const confirmed = await prompter.confirm({
    question: l10n.t('Sign a token that lives {0}?', lifetime),
    detail: l10n.t(
      'It can’t be taken back: only deleting the signing key ends it, and with it every other token of that key. Stream may also refuse it, since Cloudflare documents at most 24 h.',
    ),
    action: l10n.t('Sign Anyway'),
  });
  return confirmed ? { kind: 'answer', value: seconds } : { kind: 'back' };
}
