import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page may show a video. `example.com` means that host alone, `*.example.com` every host below it and not the
 * host itself; a port counts unless it is the scheme's own. An empty list lets in every page.
 *
 * A request that names no page (a local file, a script) is not let in where there is a list; that is inferred.
 */
export function allowsOrigin(allowed: readonly string[], headers: IncomingHttpHeaders): boolean {
  if (allowed.length === 0) return true;
  const host = pageHost(headers);
  if (host === undefined) return false;
  return allowed
    .map((entry) => entry.toLowerCase())
    .some((entry) => (entry.startsWith('*.') ? host.endsWith(entry.slice(1)) : host === entry));
}

/** Host, and port if it is not the scheme's own, of the page that asks. */
function pageHost({ origin, referer }: IncomingHttpHeaders): string | undefined {
  const page = origin ?? referer ?? '';
  if (!URL.canParse(page)) return undefined;
  const { protocol, host } = new URL(page);
  return protocol === 'http:' || protocol === 'https:' ? host : undefined;
}
