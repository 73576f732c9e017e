import * as l10n from '@vscode/l10n';
import { mapReply, type Prompter, type Reply } from '../prompter';
import type { Signing } from './signing';

/** Whether the video comes as it was uploaded; undefined sets nothing. */
export async function askOriginal(signing: Signing, prompter: Prompter): Promise<Reply<true | undefined>> {
  const reply = await prompter.pick<'original' | 'untouched'>({
    title: l10n.t('Original Quality'),
    canGoBack: true,
    placeholder: l10n.t('Should the token give the video as it was uploaded?'),
    choices: [
      { value: 'untouched', label: l10n.t('No'), description: l10n.t('Cloudflare’s default, not sent') },
      {
        value: 'original',
        label: l10n.t('Yes'),
        description: l10n.t('without transformations (flags.original)'),
        ...(signing.signWith.kind === 'local' && {
          detail: l10n.t('How this stands in a token that is not made by the API is not documented.'),
        }),
      },
    ],
    active: (value) => (value === 'original') === (signing.options.original === true),
  });
  return mapReply(reply, (value) => (value === 'original' ? true : undefined));
}
