/** Why an entry is no host in Cloudflare's notation; `entry` is what was typed. */
export interface OriginProblem {
  readonly code: /** `https://` before it. */
    | 'scheme'
    /** Something behind the host. */
    | 'path'
    /** A star anywhere but alone in the first place. */
    | 'wildcard'
    | 'port'
    /** `localhost` matches nothing without its port. */
    | 'localhostPort'
    | 'host'
    | 'tooLong';
  readonly entry: string;
}

export type OriginsResult =
  | { readonly ok: true; readonly origins: readonly string[] }
  | { readonly ok: false; readonly problem: OriginProblem };

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** Cloudflare states no limit; no real list comes near. */
const MAX_TEXT = 8192;

/**
 * Reads the hosts that may embed a video, as a person types them: separated by commas, semicolons or blanks. A host has
 * neither scheme nor path; `*.example.com` means all hosts below it, but not itself; `localhost` needs its port. Source:
 * https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/
 */
export function parseAllowedOrigins(text: string): OriginsResult {
  if (text.length > MAX_TEXT) return { ok: false, problem: { code: 'tooLong', entry: '' } };
  const origins = new Set<string>();
  for (const entry of text.split(/[\s,;]+/).filter((part) => part !== '')) {
    const origin = toAscii(entry);
    const code = problemOf(entry, origin);
    if (code !== undefined) return { ok: false, problem: { code, entry } };
    origins.add(origin);
  }
  return { ok: true, origins: [...origins] };
}

/** Host names know no upper case, and letters beyond ASCII travel in another spelling. */
function toAscii(entry: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII itself
  if (/^[\x00-\x7f]*$/.test(entry)) return entry.toLowerCase();
  const [, star = '', host = '', rest = ''] = /^(\*\.)?([^:/?#]*)(.*)$/.exec(entry) ?? [];
  return star + (URL.parse(`https://${host}`)?.hostname ?? host) + rest;
}

function problemOf(entry: string, origin: string): OriginProblem['code'] | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(entry) || entry.startsWith('//')) return 'scheme';
  if (/[/?#]/.test(entry)) return 'path';
  const [, host = '', colon = '', port = ''] = /^([^:]*)(:?)(.*)$/.exec(origin) ?? [];
  if (colon !== '' && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) return 'port';
  const labels = host.split('.');
  if (labels[0] === '*' && labels.length > 1) labels.shift();
  if (labels.some((label) => label.includes('*'))) return 'wildcard';
  if (labels.length === 1 && labels[0] === 'localhost') {
    if (host !== 'localhost') return 'wildcard';
    return colon === '' ? 'localhostPort' : undefined;
  }
  if (labels.length === 1 && host.startsWith('*')) return 'wildcard';
  return host.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label)) ? undefined : 'host';
}
