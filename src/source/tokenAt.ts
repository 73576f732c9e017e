/** A token begins a word, or stands behind an escape such as `%2F`. */
const TOKEN = /(?:(?<![\w-])|(?<=%[\dA-Fa-f]{2}))eyJ[\w-]*\.eyJ[\w-]*\.[\w-]*/g;

/** The token in a line that stands at a column (UTF-16 units; its end counts too), or `undefined`. */
export function tokenAt(line: string, column: number): string | undefined {
  for (const found of line.matchAll(TOKEN)) {
    if (found.index <= column && column <= found.index + found[0].length) return found[0];
  }
  return undefined;
}
