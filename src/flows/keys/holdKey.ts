import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import type { PrivateJwk } from '../../stream/keys/signingKey';
import { failureText } from '../failureSentence';
import type { Log } from '../log';
import type { Prompter } from '../prompter';
import type { TimeStyle } from '../times';

export interface HoldKeyParts {
  readonly store: () => Promise<Outcome<void>>;
  readonly deleteKey: (signal: AbortSignal) => Promise<Outcome<void>>;
  readonly prompter: Prompter;
  readonly log: Log;
  readonly times: TimeStyle;
}

/**
 * Stores a key that can't be fetched a second time. As long as that fails the key is held: storing can be tried again, the
 * key saved to a file or deleted at Cloudflare, and it is given up only when a person says so.
 */
export async function holdKey(
  jwk: PrivateJwk,
  parts: HoldKeyParts,
): Promise<'stored' | 'saved' | 'deleted' | 'givenUp'> {
  const { prompter } = parts;
  const { kid } = jwk;
  let objection = await storeOrSay(parts);
  while (objection !== undefined) {
    const reply = await prompter.pick<'retry' | 'save' | 'delete'>({
      title: l10n.t('Signing Key {0} Is Not Stored Yet', kid),
      placeholder: l10n.t('Cloudflare won’t show it again. What should become of it?'),
      choices: [
        { value: 'retry', icon: 'refresh', label: l10n.t('Try to store it again'), detail: objection },
        {
          value: 'save',
          icon: 'save',
          label: l10n.t('Save it to a file…'),
          detail: l10n.t('As it is, not encrypted: whoever has the file can sign for every video of the account.'),
        },
        {
          value: 'delete',
          icon: 'trash',
          label: l10n.t('Delete the key at Cloudflare'),
          detail: l10n.t('Nothing was signed with it yet.'),
        },
      ],
    });
    if (reply.kind !== 'answer') {
      if (await givesUp(kid, prompter)) return 'givenUp';
    } else if (reply.value === 'retry') {
      objection = await storeOrSay(parts);
    } else if (reply.value === 'save') {
      const saved = await prompter.saveFile({
        title: l10n.t('Save Signing Key'),
        text: `${JSON.stringify(jwk, null, 2)}\n`,
      });
      if (saved) {
        prompter.tell(l10n.t('Signing key {0} is in the file. Import it with "Import Signing Key…".', kid));
        return 'saved';
      }
      if (saved === false) objection = l10n.t('The file could not be written. The key is still held here.');
    } else {
      const deleted = await prompter.busy(l10n.t('Deleting signing key {0}…', kid), parts.deleteKey);
      if (deleted.ok || deleted.failure.code === 'notFound') {
        prompter.mention(l10n.t('Signing key {0} was deleted.', kid));
        return 'deleted';
      }
      if (deleted.failure.code !== 'cancelled') objection = failureText(deleted.failure, parts.times);
    }
  }
  return 'stored';
}

/** Undefined when the key is stored, else why not. */
async function storeOrSay({ store, log, times }: HoldKeyParts): Promise<string | undefined> {
  const unknown = l10n.t('The secret storage did not take the key. It is held here until it does.');
  try {
    const stored = await store();
    if (stored.ok) return undefined;
    const said = stored.failure.code === 'cancelled' ? unknown : failureText(stored.failure, times);
    log.warn(`Storing a new signing key: ${said}`);
    return said;
  } catch {
    // What is thrown could quote what was to be stored.
    log.warn('Storing a new signing key failed.');
    return unknown;
  }
}

function givesUp(kid: string, prompter: Prompter): Promise<boolean> {
  return prompter.confirm({
    question: l10n.t('Give up the private half of signing key {0}?', kid),
    detail: l10n.t('It is nowhere but in this window and can’t be fetched again. The key itself stays at Cloudflare.'),
    action: l10n.t('Give It Up'),
  });
}
