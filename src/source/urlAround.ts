import type { Span } from './anchor';

/** What ends an address. */
const END = /[\s"'`<>\\|,;]/;
const SCHEME = /^.*(?=https?:\/\/)/i;
/** What ends the sentence or the bracket around an address rather than the address. */
const BEHIND = /[.!?:)\]}]+$/;

/** Where the web address stands that a place in a line is part of, in UTF-16 units; `undefined` when it is part of none. */
export function urlAround(line: string, { start, end }: Span): Span | undefined {
  let from = start;
  while (from > 0 && !END.test(line.charAt(from - 1))) from--;
  const head = line.slice(from, start);
  const scheme = SCHEME.exec(head)?.[0];
  if (scheme === undefined) return undefined;
  let to = end;
  while (to < line.length && !END.test(line.charAt(to))) to++;
  const rest = line.slice(end, to).replace(BEHIND, '');
  return { start: from + scheme.length, end: end + rest.length };
}
