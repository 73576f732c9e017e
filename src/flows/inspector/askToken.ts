import * as l10n from '@vscode/l10n';
import { deliveryUrl } from '../../stream/delivery/deliveryUrl';
import { findStreamUrl } from '../../stream/delivery/findStreamUrl';
import { parseDeliveryUrl } from '../../stream/delivery/parseDeliveryUrl';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { readToken, type TokenProblem } from '../../stream/token/claims';
import { type FoundToken, findTokens, MAX_TEXT, mendText } from '../../stream/token/findToken';
import { isEncrypted } from '../../stream/token/tokenShape';
import { tokenSentence } from '../fieldSentences';
import type { Prompter } from '../prompter';
import type { Given } from './givenToken';
import { notATokenSentence } from './notAToken';
import { privateKeyIn } from './privateKeyIn';

/** Longest selection that is filled in for correction, in characters. */
const MAX_PREFILL = 4000;

/** One token, or two that are to be compared. */
export type GivenTokens = readonly [Given] | readonly [Given, Given];

/** What is asked, when a text has no token. */
export interface TokenQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** One that is here already, to be compared with what is asked for. */
  readonly beside?: Given;
}

/**
 * The token in a text (selected in the editor, say), or the two of them, or what is asked for. Nothing is sent anywhere.
 * Cancelling is the failure `cancelled`.
 */
export async function askToken(
  text: string | undefined,
  prompter: Prompter,
  { title, placeholder, beside }: TokenQuestion = {
    title: l10n.t('Decode Token'),
    placeholder: l10n.t('Paste a token, or a URL that holds one'),
  },
): Promise<Outcome<GivenTokens>> {
  const given = givenIn(text ?? '');
  if (typeof given !== 'string') return succeeded(warned(given, text ?? '', prompter));
  // A whole document does not fit into one line.
  const fits = text === undefined || text.length <= MAX_PREFILL;
  const reply = await prompter.input({
    title,
    placeholder,
    prompt: fits ? l10n.t('Nothing is sent anywhere: the token is decoded on this machine.') : given,
    value: fits ? (text ?? '') : '',
    buttons: [{ icon: 'clippy', tooltip: l10n.t('Take it from the clipboard'), press: () => prompter.readClipboard() }],
    validate(typed) {
      const read = answerIn(typed, beside);
      return typeof read === 'string' ? { severity: 'error', message: read } : undefined;
    },
  });
  if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
  const asked = answerIn(reply.value, beside);
  return typeof asked === 'string' ? failed({ code: 'cancelled' }) : succeeded(warned(asked, reply.value, prompter));
}

/** What was given, after a word about what stood beside it: nothing on the screen shows that. */
function warned(given: GivenTokens, text: string, prompter: Prompter): GivenTokens {
  if (privateKeyIn(text) !== undefined) {
    prompter.tell(
      l10n.t(
        'Beside the token, this text has a private key in it. It was not read. Keep it secret, and delete it where it stood.',
      ),
    );
  }
  if (!findTokens(text).every(isReadable)) prompter.mention(l10n.t('Another token in this text can’t be read.'));
  return given;
}

/** The first token in a text that can be read. */
export function firstGiven(text: string): Given | undefined {
  const first = findTokens(text).find(isReadable);
  return first && givenFrom(text, first);
}

/** What is in a text; when one is here already, only another one. Else, as a sentence, why it is none. */
function answerIn(text: string, beside: Given | undefined): GivenTokens | string {
  const given = givenIn(text);
  if (typeof given === 'string' || beside === undefined) return given;
  const [first, second] = given.filter(({ token }) => token !== beside.token);
  if (second !== undefined) {
    return l10n.t('There are two tokens in this text, and the first one is here already. Paste only the other one.');
  }
  return [first ?? given[0]];
}

/** What is in a text; else, as a sentence, why it is none. */
function givenIn(text: string): GivenTokens | string {
  if (text.length > MAX_TEXT) {
    return l10n.t(
      'This text is too long to look for a token in it: it has {0} characters. Paste only the token, or the URL that holds it.',
      text.length,
    );
  }
  if (text.trim() === '') return l10n.t('Paste a token, or a URL that holds one.');
  const found = findTokens(text);
  const readable = found.filter(isReadable);
  const [first, second, ...more] = readable;
  if (first === undefined) return unreadableSentence(text, found[0]);
  if (more.length > 0) {
    return l10n.t('There are {0} tokens in this text. Paste one, or two to compare them.', readable.length);
  }
  return second === undefined ? [givenFrom(text, first)] : [givenFrom(text, first), givenFrom(text, second)];
}

function isReadable({ text }: FoundToken): boolean {
  return readToken(text).ok;
}

function givenFrom(text: string, found: FoundToken): Given {
  const url = urlAround(text, found.text);
  return { token: found.text, ...(url !== undefined && { url }) };
}

/** Why nothing in a text can be read, which may have something like a token in it. */
function unreadableSentence(text: string, found: FoundToken | undefined): string {
  if (found === undefined) return notATokenSentence(text);
  const read = readToken(found.text);
  if (read.ok) return notATokenSentence(text);
  const problem = problemOf(found.text, read.problem);
  // A private key, as the API hands it out, begins like a token too.
  return problem.code === 'parts' && problem.count === 1 ? notATokenSentence(text) : tokenSentence(problem);
}

/** Five parts alone make no encrypted token: two copies without a gap have as many. */
function problemOf(token: string, problem: TokenProblem): TokenProblem {
  return problem.code === 'encrypted' && !isEncrypted(token) ? { code: 'parts', count: 5 } : problem;
}

/** The delivery URL with the token in it, without the escapes that JSON or another URL put around it. */
function urlAround(text: string, token: string): string | undefined {
  const mended = mendText(text);
  // An address may stand in the query of another one.
  const before = mended.slice(0, mended.indexOf(token)).toLowerCase();
  const scheme = Math.max(before.lastIndexOf('https://'), before.lastIndexOf('http://'), 0);
  return urlIn(text, token) ?? urlIn(mended.slice(scheme), token);
}

function urlIn(text: string, token: string): string | undefined {
  const found = findStreamUrl(text);
  if (found === undefined || found.subject.text !== token) return undefined;
  const { at, form, customerCode, origin, options } = found;
  const url = text.slice(at.start, at.end);
  if (parseDeliveryUrl(url) !== undefined) return url;
  const host = { ...(customerCode !== undefined && { customerCode }), ...(origin !== undefined && { origin }) };
  return form === 'script' || form === 'other' ? undefined : deliveryUrl(form, token, host, options);
}
