/**
 * Whether a text is exactly an id as Cloudflare writes it (account, video, live input or key: 32 lower-case hex digits).
 * Nothing else may enter the path of a request: `..` or `a/b` would reach another endpoint, encoded or not.
 */
export function isId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
