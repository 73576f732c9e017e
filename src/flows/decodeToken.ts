import * as l10n from '@vscode/l10n';
import type { Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { type ReadToken, readToken } from '../stream/token/claims';
import { findToken } from '../stream/token/findToken';
import { type ClaimsReport, claimsReport } from './claimsReport';
import { tokenSentence } from './fieldSentences';
import type { SigningKeys } from './keys';
import type { Prompter } from './prompter';
import { signatureReport } from './signatureReport';
import type { TimeStyle } from './times';

export interface DecodeTokenParts {
  readonly prompter: Prompter;
  readonly keys: Pick<SigningKeys, 'list' | 'publicKeys'>;
  readonly times: TimeStyle;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Longest selection that is filled in for correction, in characters. */
const MAX_PREFILL = 4000;

/**
 * Decodes the token in a text (selected in the editor, say), or asks for one. Nothing is sent anywhere.
 * Cancelling is the failure `cancelled`.
 */
export async function decodeToken(text: string | undefined, parts: DecodeTokenParts): Promise<Outcome<ClaimsReport>> {
  const { prompter, times, now } = parts;
  let token = readFrom(text ?? '').token;
  if (token === undefined) {
    const reply = await prompter.input({
      title: l10n.t('Decode Token'),
      prompt: l10n.t('Nothing is sent anywhere: the token is decoded on this computer.'),
      placeholder: l10n.t('Paste a token, or a URL that holds one'),
      // A whole document does not fit into one line.
      value: text !== undefined && text.length <= MAX_PREFILL ? text : '',
      buttons: [
        { icon: 'clippy', tooltip: l10n.t('Take it from the clipboard'), press: () => prompter.readClipboard() },
      ],
      validate(typed) {
        const { problem } = readFrom(typed);
        return problem === undefined ? undefined : { severity: 'error', message: problem };
      },
    });
    if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
    token = readFrom(reply.value).token;
  }
  if (token === undefined) return failed({ code: 'cancelled' });
  const signature = await signatureReport(token.text, parts.keys);
  return succeeded(claimsReport(token, signature, now() / 1000, times));
}

function readFrom(text: string): { readonly token?: ReadToken; readonly problem?: string } {
  if (text.trim() === '') return { problem: l10n.t('Paste a token, or a URL that holds one.') };
  const found = findToken(text);
  if (found === undefined)
    return { problem: l10n.t('There is no token in this text. A token begins with "eyJ" and has two dots in it.') };
  const read = readToken(found.text);
  return read.ok ? { token: read.token } : { problem: tokenSentence(read.problem) };
}
