import * as l10n from '@vscode/l10n';
import type { PrivateJwk } from '../../stream/keys/signingKey';
import type { Prompter } from '../prompter';

/**
 * Holds a new key whose id Cloudflare's answer did not say. Without the id it can be neither stored nor deleted, but it can't
 * be fetched a second time either: it can be saved to a file, and is given up only when a person says so.
 */
export async function holdNameless(jwk: PrivateJwk, prompter: Prompter): Promise<'saved' | 'givenUp'> {
  let objection = l10n.t('As it is, not encrypted: whoever has the file can sign for every video of the account.');
  for (;;) {
    const reply = await prompter.pick<'save'>({
      title: l10n.t('The New Signing Key Came Without Its Id'),
      placeholder: l10n.t('Cloudflare won’t show it again. What should become of it?'),
      choices: [{ value: 'save', icon: 'save', label: l10n.t('Save it to a file…'), detail: objection }],
    });
    if (reply.kind !== 'answer') {
      const givesUp = await prompter.confirm({
        question: l10n.t('Give up the private half of the new signing key?'),
        detail: l10n.t(
          'It is nowhere but in this window and can’t be fetched again. The key itself stays at Cloudflare.',
        ),
        action: l10n.t('Give It Up'),
      });
      if (givesUp) return 'givenUp';
      continue;
    }
    const { kid: _, ...nameless } = jwk;
    const saved = await prompter.saveFile({
      title: l10n.t('Save Signing Key'),
      text: `${JSON.stringify(nameless, null, 2)}\n`,
    });
    if (saved) {
      prompter.tell(
        l10n.t(
          'The new signing key is in the file. Import it with "Import Signing Key…", which asks for its id: that of the newest signing key in the sidebar.',
        ),
      );
      return 'saved';
    }
    if (saved === false) objection = l10n.t('The file could not be written. The key is still held here.');
  }
}
