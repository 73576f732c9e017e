/** Characters without width come along when something is copied from a web page, soft hyphens and marks of direction too. */
export function withoutZeroWidth(text: string): string {
  return text.replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '');
}
