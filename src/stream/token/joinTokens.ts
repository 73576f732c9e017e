import { OBJECT, tokenShape } from './tokenShape';

/** A token of 16 KB, the longest that is read, in lines of 64 characters. */
const MAX_WORDS = 256;
/** How many words of a text are tried as the continuation of a token, all in all. Beyond that it is made to take time. */
const MAX_TRIES = 4000;
/** A token, or the first characters of one, at the end of a word. */
const BEGINNING = /(?<![\w.+-])e(?:[yw](?:[AJko0][\w.+-]*={0,2})?)?$/;
/** What a token that was broken in its first characters may still become. */
const COULD_BEGIN = /^e(?:$|[yw](?:$|[AJko0]))/;
const TOKEN_FIRST = new RegExp(`^${OBJECT}`);
const CONTINUATION = /^[\w.+-]*={0,2}/;
/** What may stand before a token that is all of a text. */
const ONLY_BEFORE = /^["'`]*(?:Bearer["'`]*)?$/i;

/** A text in which the tokens that white space breaks are whole again. Terminals, mails and input boxes put it anywhere. */
export function joinTokens(text: string): string {
  const [first = '', ...rest] = text.split(/(\s+)/);
  const words = [first, ...rest.filter((_, at) => at % 2 === 1)];
  const gaps = rest.filter((_, at) => at % 2 === 0);
  const budget = { tries: MAX_TRIES };
  let joined = '';
  for (let at = 0; at < words.length; ) {
    const count = wordsOfToken(words, gaps, at, budget);
    joined += words.slice(at, at + count).join('') + (gaps[at + count - 1] ?? '');
    at += count;
  }
  return joined;
}

/** Of how many words the token consists that begins in one; 1 also where there is none. */
function wordsOfToken(
  words: readonly string[],
  gaps: readonly string[],
  first: number,
  budget: { tries: number },
): number {
  let token = BEGINNING.exec(words[first] ?? '')?.[0];
  if (token === undefined) return 1;
  let readable: number | undefined;
  for (let count = 1; count <= MAX_WORDS && budget.tries > 0; count++) {
    budget.tries--;
    // At the end of a sentence.
    const shape = tokenShape(token.replace(/\.$/, ''));
    if (shape === 'whole') return count;
    if (shape === 'open') readable ??= count;
    const next = words[first + count];
    const isLast = next === undefined || next === '' || isAnother(token, next);
    if (isLast) return readable === undefined ? 1 : isWrapped(words, gaps, first, count) ? count : readable;
    const [more = ''] = CONTINUATION.exec(next) ?? [];
    if (more === '') return readable ?? 1;
    token += more;
    if (!COULD_BEGIN.test(token)) return 1;
    if (more.length < next.length)
      return tokenShape(token) === 'whole' ? count + 1 : (readable ?? endsHere(token, count));
  }
  return readable ?? 1;
}

/** For a token with something else right behind it, as in an address: it may have become readable with its last word. */
function endsHere(token: string, count: number): number {
  return tokenShape(token) === 'open' ? count + 1 : 1;
}

/** Whether a word is the beginning of the next token, rather than the claims of this one. */
function isAnother(token: string, word: string): boolean {
  if (!TOKEN_FIRST.test(word)) return false;
  return !token.endsWith('.') || dots(token) >= 2 || dots(word) >= 2;
}

function dots(text: string): number {
  return text.split('.', 3).length - 1;
}

/** Whether all these words are one token, though its signature has no known length: nothing but lines, or words of one width. */
function isWrapped(words: readonly string[], gaps: readonly string[], first: number, count: number): boolean {
  const taken = words.slice(first, first + count);
  const [width = 0, second = 0] = taken.map((word) => word.length);
  const last = taken.at(-1)?.length ?? 0;
  if (count > 2 && second === width && last <= width && taken.slice(0, -1).every((word) => word.length === width))
    return true;
  const before = first <= 2 ? words.slice(0, first).join('') + (words[first] ?? '').replace(BEGINNING, '') : 'words';
  return ONLY_BEFORE.test(before) && gaps.slice(first, first + count - 1).every((gap) => /[\r\n]/.test(gap));
}
