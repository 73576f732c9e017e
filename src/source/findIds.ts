/** How many hex digits an id has. */
export const ID_LENGTH = 32;

const HEX_DIGIT = 1;
const WORD = 2;
/** What `[0-9a-f]` and `\w` say about the ASCII characters. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return (/[0-9a-f]/.test(character) ? HEX_DIGIT : 0) | (/\w/.test(character) ? WORD : 0);
});

/**
 * Where in a text the matches of `/\b[0-9a-f]{32}\b/g` begin, in UTF-16 units. A run of 32 digits must cover every 32nd
 * character, so that only those are looked at: some ten times faster than the expression.
 */
export function findIds(text: string): readonly number[] {
  const { length } = text;
  if (length < ID_LENGTH) return NONE;
  let found: number[] | undefined;
  let probe = ID_LENGTH - 1;
  while (probe < length) {
    if ((kindAt(text, probe) & HEX_DIGIT) === 0) {
      probe += ID_LENGTH;
      continue;
    }
    let start = probe;
    while (start > 0 && (kindAt(text, start - 1) & HEX_DIGIT) !== 0) start--;
    let end = probe + 1;
    while (end < length && (kindAt(text, end) & HEX_DIGIT) !== 0) end++;
    const alone = (kindAt(text, start - 1) & WORD) === 0 && (kindAt(text, end) & WORD) === 0;
    if (end - start === ID_LENGTH && alone) {
      found ??= [];
      found.push(start);
    }
    // What stands at `end` is no digit, so the next run begins behind it.
    probe = end + ID_LENGTH;
  }
  return found ?? NONE;
}

const NONE: readonly number[] = [];

/** Also asked for the places before and behind the text, where charCodeAt says NaN. */
function kindAt(text: string, at: number): number {
  return KINDS[text.charCodeAt(at)] ?? 0;
}
