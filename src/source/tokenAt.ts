import { findTokens } from './findTokens';

/** The token in a line that stands at a column (UTF-16 units; its end counts too), or `undefined`. */
export function tokenAt(line: string, column: number): string | undefined {
  const span = findTokens(line).find(({ start, end }) => start <= column && column <= end);
  return span && line.slice(span.start, span.end);
}
