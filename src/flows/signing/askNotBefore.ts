import * as l10n from '@vscode/l10n';
import { checkTimes } from '../../stream/token/checkTimes';
import type { Moment } from '../../stream/token/options';
import type { Reply } from '../prompter';
import { askMoment, type MomentParts } from './askMoment';
import type { Signing } from './signing';

/** From when on the token is good; undefined sets nothing. */
export function askNotBefore(signing: Signing, parts: MomentParts): Promise<Reply<Moment | undefined>> {
  const { options, signWith } = signing;
  return askMoment(
    {
      role: 'notBefore',
      title: l10n.t('Not Before'),
      placeholder: l10n.t('From when on is the token good? Pick, or type: -1h, 18:00, tomorrow 9am'),
      example: l10n.t('now, -1h, in 15m, 18:00, tomorrow 9am'),
      prompt: l10n.t('A point in time, or how far it is from signing. Before it, Stream refuses the token.'),
      current: options.notBefore,
      untouched:
        signWith.kind === 'local'
          ? { label: l10n.t('Leave it out'), description: l10n.t('good at once, also where a clock runs behind') }
          : { label: l10n.t('Leave it to Cloudflare'), description: l10n.t('an hour before signing, not sent') },
      common: [
        { moment: { kind: 'fromNow', seconds: 0 }, label: l10n.t('Now') },
        {
          moment: { kind: 'fromNow', seconds: -300 },
          label: l10n.t('5 min ago'),
          description: l10n.t('in case this machine’s clock is fast'),
        },
        { moment: { kind: 'fromNow', seconds: 900 }, label: l10n.t('in 15 min') },
        { moment: { kind: 'fromNow', seconds: 3600 }, label: l10n.t('in 1 h') },
      ],
      judge: (moment) =>
        checkTimes({ ...options, notBefore: moment }, parts.now()) === 'expiresBeforeValid'
          ? { moment, warning: l10n.t('The token has expired by then: let it expire later, too.') }
          : { moment },
    },
    parts,
  );
}
