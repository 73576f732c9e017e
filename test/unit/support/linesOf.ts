import type { Lines } from '../../../src/source/idContext';

/** A document from its lines. */
export function linesOf(texts: readonly string[]): Lines {
  return { count: texts.length, text: (line) => texts[line] ?? '' };
}
