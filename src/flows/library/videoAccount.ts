import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { accountChoice } from '../accounts/accountChoice';
import type { Accounts } from '../accounts/accounts';
import { mayAskCloudflare } from '../keys/keyAccount';
import type { Prompter } from '../prompter';
import type { VideoShelf } from './keepVideos';
import type { LibrarySubject } from './libraryNodes';

/** A video that may stand in a document, where nobody says whose it is. */
export type NamedVideo = Partial<LibrarySubject>;

export interface VideoAccountParts {
  readonly prompter: Prompter;
  readonly accounts: Pick<Accounts, 'list'>;
  readonly shelf: Pick<VideoShelf, 'lookUp'>;
}

/** Of which account to ask about a video: the one that has it as far as is known, the only one that may ask, or the one that is picked. */
export async function videoAccount(
  { accountKey, videoId }: NamedVideo,
  { prompter, accounts, shelf }: VideoAccountParts,
): Promise<Outcome<string>> {
  if (accountKey !== undefined) return succeeded(accountKey);
  const [known, listed] = await Promise.all([shelf.lookUp(videoId ?? ''), accounts.list()]);
  const fitting = listed.filter(mayAskCloudflare);
  const [first, ...others] = fitting;
  if (first === undefined) {
    prompter.tell(
      listed.length === 0
        ? l10n.t('There is no account yet. Add one with "Add Account…".')
        : l10n.t('No account has a credential to ask Cloudflare with. Enter one with "Replace Credential…".'),
    );
    return failed({ code: 'cancelled' });
  }
  const owner = fitting.find(({ key }) => key === known?.accountKey);
  if (owner !== undefined || others.length === 0) return succeeded((owner ?? first).key);
  const reply = await prompter.pick({
    title: l10n.t('Account'),
    placeholder: l10n.t('Which account does the video belong to?'),
    choices: fitting.map(accountChoice),
    active: ({ isDefault }) => isDefault === true,
  });
  return reply.kind === 'answer' ? succeeded(reply.value.key) : failed({ code: 'cancelled' });
}
