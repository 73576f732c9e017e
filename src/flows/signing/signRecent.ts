import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Accounts } from '../accounts/accounts';
import { lifeText, nameOfSigned } from '../library/recentNodes';
import type { Prompter } from '../prompter';
import type { TimeStyle } from '../times';
import { formText } from './formText';
import type { RecentSigning, RecentSignings } from './recentSignings';
import type { SignRequest } from './signVideo';

export interface SignRecentParts {
  readonly prompter: Prompter;
  readonly accounts: Pick<Accounts, 'list'>;
  readonly recent: Pick<RecentSignings, 'list'>;
  readonly times: TimeStyle;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The request that takes up one of the last signings: at once, or (`change`) in the hub. Without an id it asks which. */
export async function signRecent(
  id: string | undefined,
  change: boolean,
  parts: SignRecentParts,
): Promise<Outcome<SignRequest>> {
  const signing = parts.recent.list().find((candidate) => candidate.id === id) ?? (await askWhich(parts));
  if (signing === undefined) return failed({ code: 'cancelled' });
  const { accountKey, video } = signing.what;
  return succeeded({
    accountKey,
    videoId: video.id,
    videoName: video.name,
    recalled: signing.what,
    ...(!change && { how: 'again' }),
  });
}

async function askWhich({
  prompter,
  accounts,
  recent,
  times,
  now,
}: SignRecentParts): Promise<RecentSigning | undefined> {
  const known = new Map((await accounts.list()).map(({ key, label }) => [key, cleanLabel(label)]));
  const signings = recent.list().filter(({ what }) => known.has(what.accountKey));
  if (signings.length === 0) {
    prompter.tell(l10n.t('Nothing was signed lately on this machine, or it is not remembered.'));
    return undefined;
  }
  const reply = await prompter.pick<RecentSigning>({
    title: l10n.t('Sign Again from Recent'),
    placeholder: l10n.t('Which of the last signings should be made again?'),
    choices: signings.map((value) => {
      const { video, form, accountKey } = value.what;
      const expired = value.until !== undefined && value.until <= now() / 1000;
      const facts = [formText(form), ...lifeText(value.until, expired, times), known.get(accountKey) ?? ''];
      return { value, label: nameOfSigned(video), description: facts.join(' · ') };
    }),
  });
  return reply.kind === 'answer' ? reply.value : undefined;
}
