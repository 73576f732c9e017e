import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Prompter } from '../prompter';

/** The modal that stands before every deletion of a signing key that may have signed something. */
export function confirmDeletion(
  kid: string,
  { label }: { readonly label: string },
  prompter: Pick<Prompter, 'confirm'>,
): Promise<boolean> {
  return prompter.confirm({
    question: l10n.t('Delete signing key {0} of "{1}"?', kid, cleanText(label, 64)),
    detail: l10n.t(
      'Every token that was ever signed with this key stops working at once, for all viewers. It can’t be undone.',
    ),
    action: l10n.t('Delete'),
  });
}
