import type { Span } from './anchor';

/** A token begins a word, or stands behind an escape such as `%2F`. Padding is not part of one, but of what was made. */
const TOKEN = /(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))eyJ[\w-]*\.eyJ[\w-]*\.[\w-]*={0,2}/g;
const NONE: readonly Span[] = [];

/** Where the tokens (three base64url parts of which the first two begin like a JSON object) stand in a line, in UTF-16 units. */
export function findTokens(line: string): readonly Span[] {
  // Nearly every line ends here, and this search is faster than the expression.
  if (!line.includes('.eyJ')) return NONE;
  return Array.from(line.matchAll(TOKEN), ({ 0: { length }, index }) => ({ start: index, end: index + length }));
}
