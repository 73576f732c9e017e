/** How many hex digits an id has. */
export const ID_LENGTH = 32;

const NONE: readonly number[] = [];

/**
 * Where in a text the matches of `/\b[0-9a-f]{32}\b/g` begin, in UTF-16 units. A run of 32 digits must cover every 32nd
 * character, so that only those are looked at: some ten times faster than the expression.
 */
export function findIds(text: string): readonly number[] {
  const { length } = text;
  let found: number[] | undefined;
  let probe = ID_LENGTH - 1;
  while (probe < length) {
    if (!isDigit(text.charCodeAt(probe))) {
      probe += ID_LENGTH;
      continue;
    }
    let start = probe;
    while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--;
    let end = probe + 1;
    while (end < length && end - start <= ID_LENGTH && isDigit(text.charCodeAt(end))) end++;
    if (end - start > ID_LENGTH) end = endOfRun(text, end);
    if (end - start === ID_LENGTH && !isWord(text.charCodeAt(start - 1)) && !isWord(text.charCodeAt(end))) {
      found ??= [];
      found.push(start);
    }
    // What stands at `end` is no digit, so the next run begins behind it.
    probe = end + ID_LENGTH;
  }
  return found ?? NONE;
}

const NO_DIGIT = /[^0-9a-f]/g;

/** Where a run of digits ends that is known to reach up to a place. In long runs the expression is faster. */
function endOfRun(text: string, from: number): number {
  NO_DIGIT.lastIndex = from;
  return NO_DIGIT.exec(text)?.index ?? text.length;
}

function isDigit(code: number): boolean {
  return code <= 102 && code >= 48 && (code <= 57 || code >= 97);
}

/** Also asked for the places before and behind the text, where charCodeAt says NaN. */
function isWord(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
