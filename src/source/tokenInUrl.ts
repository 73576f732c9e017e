import type { Span } from './anchor';

/** A host in front of a token's place in a path, and what a delivery URL may have behind it. */
const HOST = /https?:\/\/[\w.:[\]-]{1,260}\/$/i;
const REST = /^\/[\w.~%/-]{0,200}(?:\?[\w.~%&=+/:;,@-]{0,1000})?/;

/** The token at a place in a line, with the URL around it if it stands in the path of one. */
export function tokenInUrl(line: string, { start, end }: Span): string {
  const host = HOST.exec(line.slice(Math.max(0, start - 300), start))?.[0];
  const token = line.slice(start, end);
  return host === undefined ? token : host + token + (REST.exec(line.slice(end, end + 1300))?.[0] ?? '');
}
