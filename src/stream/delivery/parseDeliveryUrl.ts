import { isId } from '../id';
import { customerCodeOfHost } from './customerCode';
import { type DeliveryForm, FORM_PATHS, type UrlOptions } from './deliveryUrl';

/** A stretch of a text in UTF-16 units; `end` is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A delivery URL taken apart. */
export interface ParsedDeliveryUrl {
  /** What is played: a lower-case id, or a token with its percent escapes resolved. */
  readonly subject: { readonly kind: 'id' | 'token'; readonly text: string };
  /** `script`: the legacy embed script, which has the id in its query. `other`: a path that is none of ours. */
  readonly form: DeliveryForm | 'script' | 'other';
  readonly customerCode?: string;
  /** Scheme, host and port of an emulator on this machine. */
  readonly origin?: string;
  /** Decoded; of a name that comes twice, the first. */
  readonly options: UrlOptions;
  /** Where the subject stands in the text that was parsed, with its escapes. */
  readonly subjectAt: Stretch;
}

const URL_PARTS = /^(https?:\/\/|\/\/)?([a-z0-9.-]+|\[::1\])(:\d{1,5})?((?:\/[^?#\s]*)?)((?:\?[^#\s]*)?)(?:#\S*)?$/i;
/** Any subdomain is Cloudflare's; `notcloudflarestream.com` and `cloudflarestream.com.evil.example` are not. */
const STREAM_HOST = /^(?:[a-z0-9-]+\.)*(?:cloudflarestream\.com|videodelivery\.net)$/;
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])$/;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Takes a delivery URL apart, on Cloudflare's hosts (old and new, with or without a scheme) or on this machine's
 * emulator; `undefined` for anything else. The text must be the URL alone: see findStreamUrl for text around it.
 *
 * It is read as it stands and not through `URL`, which would resolve `..`, backslashes and user names first and so lose
 * where in the text the id is; none of those occurs in a delivery URL.
 */
export function parseDeliveryUrl(url: string): ParsedDeliveryUrl | undefined {
  const match = URL_PARTS.exec(url);
  if (match === null) return undefined;
  const [, scheme = '', hostText = '', port = '', path = '', query = ''] = match;
  const host = hostText.toLowerCase();
  const loopback = LOOPBACK_HOST.test(host) && scheme.includes(':');
  if (!loopback && !(STREAM_HOST.test(host) && /^(?::443|:80)?$/.test(port))) return undefined;
  const pathAt = scheme.length + hostText.length + port.length;
  const options = optionsOf(query);
  const customerCode = customerCodeOfHost(host);
  const rest = {
    options,
    ...(customerCode !== undefined && { customerCode }),
    ...(loopback && { origin: `${scheme}${host}${port}`.toLowerCase() }),
  };

  const [segment = ''] = path.slice(1).split('/', 1);
  if (segment === 'embed') return scriptUrl(query, pathAt + path.length, rest);
  const subject = subjectOf(decode(segment));
  if (subject === undefined) return undefined;
  const form = formOf(host, path.slice(1 + segment.length));
  // Anything may be served on this machine, and `/app.min.js` looks like a token.
  if (loopback && form === 'other') return undefined;
  return { subject, form, ...rest, subjectAt: { start: pathAt + 1, end: pathAt + 1 + segment.length } };
}

/** The same URL for another id or token. Nothing else changes, not even how the rest is written. */
export function replaceSubject(url: string, { subjectAt }: ParsedDeliveryUrl, idOrToken: string): string {
  return url.slice(0, subjectAt.start) + idOrToken + url.slice(subjectAt.end);
}

/** `https://embed.cloudflarestream.com/embed/….js?video=ID` */
function scriptUrl(
  query: string,
  queryAt: number,
  rest: Pick<ParsedDeliveryUrl, 'options' | 'customerCode' | 'origin'>,
): ParsedDeliveryUrl | undefined {
  const subject = subjectOf(rest.options.video ?? '');
  const found = /[?&](?:amp;)?video=([^&]*)/d.exec(query)?.indices?.[1];
  if (subject === undefined || found === undefined) return undefined;
  const { video: _, ...options } = rest.options;
  return {
    subject,
    form: 'script',
    ...rest,
    options,
    subjectAt: { start: queryAt + found[0], end: queryAt + found[1] },
  };
}

/** What may stand in the path: an id in any case, or three parts with dots between them. */
export function subjectOf(text: string): ParsedDeliveryUrl['subject'] | undefined {
  const lowered = text.toLowerCase();
  if (isId(lowered)) return { kind: 'id', text: lowered };
  return TOKEN.test(text) ? { kind: 'token', text } : undefined;
}

/** The form that stands behind the subject. On an account's own host no path at all is the player, as React asks for it. */
function formOf(host: string, path: string): DeliveryForm | 'other' {
  const bare = path.replace(/\/$/, '');
  if (bare === '') {
    if (host.startsWith('watch.')) return 'watch';
    return host.startsWith('iframe.') || host.startsWith('customer-') ? 'iframe' : 'other';
  }
  const known = Object.entries(FORM_PATHS).find(([, formPath]) => formPath === decode(bare));
  return known === undefined ? 'other' : (known[0] as DeliveryForm);
}

/** `&amp;` is what `&` becomes in HTML. */
function optionsOf(query: string): UrlOptions {
  const options = new Map<string, string>();
  for (const pair of query.slice(1).split(/&(?:amp;)?/)) {
    if (pair === '') continue;
    const at = pair.includes('=') ? pair.indexOf('=') : pair.length;
    const name = decode(pair.slice(0, at).replaceAll('+', ' '));
    if (!options.has(name)) options.set(name, decode(pair.slice(at + 1).replaceAll('+', ' ')));
  }
  // Not by assignment: an option may be called "__proto__".
  return Object.fromEntries(options);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
