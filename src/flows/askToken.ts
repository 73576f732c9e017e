import * as l10n from '@vscode/l10n';
import { deliveryUrl } from '../stream/delivery/deliveryUrl';
import { findStreamUrl } from '../stream/delivery/findStreamUrl';
import { parseDeliveryUrl } from '../stream/delivery/parseDeliveryUrl';
import type { Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { readToken } from '../stream/token/claims';
import { findToken } from '../stream/token/findToken';
import type { Given } from './claimsReport';
import { tokenSentence } from './fieldSentences';
import type { Prompter } from './prompter';

/** Longest selection that is filled in for correction, in characters. */
const MAX_PREFILL = 4000;

/**
 * The token in a text (selected in the editor, say), or one that is asked for. Nothing is sent anywhere. Cancelling is
 * the failure `cancelled`.
 */
export async function askToken(text: string | undefined, prompter: Prompter): Promise<Outcome<Given>> {
  const { given } = readGiven(text ?? '');
  if (given !== undefined) return succeeded(given);
  const reply = await prompter.input({
    title: l10n.t('Decode Token'),
    prompt: l10n.t('Nothing is sent anywhere: the token is decoded on this computer.'),
    placeholder: l10n.t('Paste a token, or a URL that holds one'),
    // A whole document does not fit into one line.
    value: text !== undefined && text.length <= MAX_PREFILL ? text : '',
    buttons: [{ icon: 'clippy', tooltip: l10n.t('Take it from the clipboard'), press: () => prompter.readClipboard() }],
    validate(typed) {
      const { problem } = readGiven(typed);
      return problem === undefined ? undefined : { severity: 'error', message: problem };
    },
  });
  const asked = reply.kind === 'answer' ? readGiven(reply.value).given : undefined;
  return asked === undefined ? failed({ code: 'cancelled' }) : succeeded(asked);
}

function readGiven(text: string): { readonly given?: Given; readonly problem?: string } {
  if (text.trim() === '') return { problem: l10n.t('Paste a token, or a URL that holds one.') };
  const found = findToken(text);
  if (found === undefined)
    return { problem: l10n.t('There is no token in this text. A token begins with "eyJ" and has two dots in it.') };
  const read = readToken(found.text);
  if (!read.ok) return { problem: tokenSentence(read.problem) };
  const url = urlAround(text, found.text);
  return { given: { token: found.text, ...(url !== undefined && { url }) } };
}

/** The delivery URL with the token in it, without the escapes that JSON or another URL put around it. */
function urlAround(text: string, token: string): string | undefined {
  const found = findStreamUrl(text);
  if (found === undefined || found.subject.text !== token) return undefined;
  const { at, form, customerCode, origin, options } = found;
  const url = text.slice(at.start, at.end);
  if (parseDeliveryUrl(url) !== undefined) return url;
  const host = { ...(customerCode !== undefined && { customerCode }), ...(origin !== undefined && { origin }) };
  return form === 'script' || form === 'other' ? undefined : deliveryUrl(form, token, host, options);
}
