import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Accounts } from '../accounts/accounts';
import { pickAccount } from '../accounts/pickAccount';
import type { Prompter } from '../prompter';
import type { VideoLibrary } from './videoLibrary';

/** Lists all videos of an account, with progress and a way out. A failure is shown where the videos are. */
export async function listAllNow(
  key: string | undefined,
  parts: { readonly prompter: Prompter; readonly accounts: Accounts; readonly videos: Pick<VideoLibrary, 'all'> },
): Promise<Outcome<string>> {
  const { prompter, videos } = parts;
  const question = { title: l10n.t('List All Videos'), placeholder: l10n.t('Videos of which account?') };
  const picked = await pickAccount(key, question, parts);
  if (!picked.ok) return picked;
  const accountKey = picked.value.key;
  const state = await prompter.busy(l10n.t('Listing all videos…'), (signal, say) =>
    videos.all(accountKey, signal, (known, total) =>
      say(total === undefined ? l10n.t('{0} so far', known) : l10n.t('{0} of {1}', known, total)),
    ),
  );
  if (!state.complete) return failed({ code: 'cancelled' });
  prompter.mention(l10n.t('All {0} videos are listed', state.videos.length));
  return succeeded(accountKey);
}
