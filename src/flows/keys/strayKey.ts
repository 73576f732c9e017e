import * as l10n from '@vscode/l10n';
import { failureText } from '../failureSentence';
import type { Prompter } from '../prompter';
import type { TimeStyle } from '../times';
import { confirmDeletion } from './confirmDeletion';
import type { KeySite } from './keySite';

/** A key at Cloudflare whose private half is not here, and how that came. */
export interface StrayKey {
  readonly kid: string;
  readonly reason: string;
}

/**
 * Offers to delete a key whose private half did not get here: it is of no use here, and counts towards the account's limit.
 * It may be somebody else's and in use, so leaving it comes first, and deleting it asks once more. The answer says whether
 * the person decided; one who presses Esc, or whose deletion fails, is asked again another time.
 */
export async function offerDeletion(
  { kid, reason }: StrayKey,
  site: KeySite,
  { prompter, times }: { readonly prompter: Prompter; readonly times: TimeStyle },
): Promise<'deleted' | 'kept' | 'undecided'> {
  const reply = await prompter.pick<'delete' | 'keep'>({
    title: l10n.t('Signing Key {0} Is of No Use Here', kid),
    placeholder: l10n.t('What should become of it?'),
    choices: [
      {
        value: 'keep',
        icon: 'circle-slash',
        label: l10n.t('Leave it there'),
        detail: l10n.t('If another window or person made it and has its private half.'),
      },
      {
        value: 'delete',
        icon: 'trash',
        label: l10n.t('Delete it at Cloudflare'),
        detail: reason,
      },
    ],
  });
  if (reply.kind !== 'answer') return 'undecided';
  if (reply.value === 'keep') return 'kept';
  if (!(await confirmDeletion(kid, site, prompter))) return 'undecided';
  const deleted = await prompter.busy(l10n.t('Deleting signing key {0}…', kid), (signal) =>
    site.api.deleteKey(site.accountId, kid, signal),
  );
  if (deleted.ok || deleted.failure.code === 'notFound') {
    prompter.mention(l10n.t('Signing key {0} was deleted.', kid));
    return 'deleted';
  }
  if (deleted.failure.code !== 'cancelled') {
    prompter.tell(l10n.t('Signing key {0} could not be deleted. {1}', kid, failureText(deleted.failure, times)));
  }
  return 'undecided';
}
