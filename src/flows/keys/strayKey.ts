import * as l10n from '@vscode/l10n';
import type { StreamApi } from '../../stream/api/client';
import type { Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import type { Prompter } from '../prompter';

/** A key at Cloudflare whose private half nobody has, and why. */
export interface StrayKey {
  readonly kid: string;
  readonly reason: string;
}

/**
 * Offers to delete a key whose private half did not get here: it is of no use, and counts towards the account's limit.
 * The answer says whether the person decided; one who presses Esc is asked again another time.
 */
export async function offerDeletion(
  { kid, reason }: StrayKey,
  accountId: string,
  api: StreamApi,
  { prompter }: { readonly prompter: Prompter },
): Promise<Outcome<'deleted' | 'kept' | 'undecided'>> {
  const reply = await prompter.pick<'delete' | 'keep'>({
    title: l10n.t('Signing Key {0} Is of No Use Here', kid),
    placeholder: l10n.t('What should become of it?'),
    choices: [
      {
        value: 'delete',
        icon: 'trash',
        label: l10n.t('Delete it at Cloudflare'),
        detail: reason,
      },
      {
        value: 'keep',
        icon: 'circle-slash',
        label: l10n.t('Leave it there'),
        detail: l10n.t('If another window or person made it and has its private half.'),
      },
    ],
  });
  if (reply.kind !== 'answer') return succeeded('undecided');
  if (reply.value === 'keep') return succeeded('kept');
  const deleted = await prompter.busy(l10n.t('Deleting signing key {0}…', kid), (signal) =>
    api.deleteKey(accountId, kid, signal),
  );
  if (!deleted.ok && deleted.failure.code !== 'notFound') return deleted;
  prompter.mention(l10n.t('Signing key {0} was deleted.', kid));
  return succeeded('deleted');
}
