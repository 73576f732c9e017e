import type { ClaimsReport } from '../flows/inspector/claimsReport';

/** Names a text on the claims page that can be copied, so that no link has to carry the text itself. */
export type ClaimsPart = 'token' | `claims/${number}` | `urls/${number}`;

/** The text behind such a name and what it is called; undefined when the page has no such text. */
export function partOf(
  { claims, urls, given }: ClaimsReport,
  part: string,
): { readonly text: string; readonly name?: string } | undefined {
  if (part === 'token') return { text: given.token };
  const [list, at = ''] = part.split('/');
  const index = /^\d{1,5}$/.test(at) ? Number(at) : -1;
  if (list === 'claims') {
    const row = claims[index];
    return row && { text: row.raw, name: row.name };
  }
  const url = list === 'urls' ? urls[index] : undefined;
  return url && { text: url.url, name: url.label };
}
