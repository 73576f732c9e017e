import * as l10n from '@vscode/l10n';
import type { KeyProblem } from '../../stream/keys/signingKey';

/** What is wrong with the key in Cloudflare's answer. Unlike with an import, nobody pasted it, so there is nothing to do better. */
export function createdKeyFlaw({ code }: KeyProblem): string {
  switch (code) {
    case 'empty':
    case 'noKey':
    case 'answerWithoutKey':
      return l10n.t('Its answer has no private key in it.');
    case 'halvesDiffer':
      return l10n.t('The "pem" and the "jwk" in its answer are two different keys.');
    case 'idsDiffer':
      return l10n.t('Its answer names two different ids for the key.');
    case 'selfTest':
      return l10n.t('What the key signs does not verify with its own public half.');
    default:
      return l10n.t('What stands in its answer in place of a key is damaged, or can’t sign for Stream.');
  }
}
