/**
 * Whether a page may show a video with these allowed origins. `example.com` means that host alone, `*.example.com` every
 * host below it and not the host itself; a port counts unless it is the scheme's own; an empty list lets in every page.
 * Source: https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/#allowed-origins. That what is no
 * web page (a local file, a webview) is let in nowhere follows from it.
 *
 * @param page its address, or only its origin
 */
export function mayShow(allowed: readonly string[], page: string): boolean {
  if (allowed.length === 0) return true;
  const url = URL.parse(page);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false;
  return allowed
    .map((entry) => entry.toLowerCase())
    .some((entry) => (entry.startsWith('*.') ? url.host.endsWith(entry.slice(1)) : url.host === entry));
}
