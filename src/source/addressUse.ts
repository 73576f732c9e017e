import type { Span } from './anchor';

/** How an id or token stands in an address. */
export type AddressUse =
  /** In the place where a delivery URL has the id or the token. */
  | 'delivery'
  /** In an address that names the video without playing it: the API, the dashboard, a route of one's own. */
  | 'reference'
  /** As a segment of another address. */
  | 'foreign';

const DOMAIN = String.raw`(?:cloudflarestream\.com|videodelivery\.net)`;
/** The domain begins a name or follows a dot, and the id is the first segment behind it. */
const DELIVERY = new RegExp(String.raw`(?:^|[^\w/-]|//)${DOMAIN}(?::\d+)?/$`, 'i');
/** The one form that has the id in its query. */
const SCRIPT_EMBED = new RegExp(String.raw`\bembed\.${DOMAIN}/embed/[^?]*\?(?:[^?]*&)?video=$`, 'i');
/** Paths that no other service has, whatever stands before them. */
const STREAM_PATH =
  /^\/(?:manifest\/(?:video|clip)\.(?:m3u8|mpd)|thumbnails\/thumbnail\.(?:jpg|gif)|downloads\/(?:default\.mp4|audio\.m4a)|webRTC\/play)(?!\w)/;
/** Paths that others have too: believed where nothing says whose they are. */
const PLAYER_PATH = /^\/(?:iframe|watch|lifecycle)(?!\w)/;
/** The API and the dashboard; `/stream/keys/…` and `/stream/watermarks/…` are ids of something else. */
const CLOUDFLARE_REFERENCE =
  /(?:\/(?:client\/v4\/)?accounts\/[^/]+|dash\.cloudflare\.com\/[^/]+|dash\.cloudflare\.com\/\?to=\/:account)\/stream\/(?:videos\/|inputs\/|live_inputs\/)?$/i;
/** A route of one's own: `/api/videos/…`, `/streams/…/token`. */
const OWN_REFERENCE = /(?:^|\/)(?:videos?|streams?|live_inputs)\/$/i;
const OWN_REFERENCE_ENDS =
  /^(?:$|[?#]|\/(?:token|signed-url|sign|play|playback|embed|iframe|watch|manifest|downloads|captions)\b)/i;
/** An address with a scheme and a host that is written out. */
const ABSOLUTE = /[a-z][a-z\d+.-]*:\/\/[\w.-]/i;
/** A string that goes on in another one: `'https://videodelivery.net/' + '…`. */
const JOINED = /["'`]\s*(?:\+|\.{1,2}|~|&)\s*(?:f|@|\$|r)?["'`]$/;
/** What ends an address. */
const END = /[\s"'`<>\\|,;]/;

/**
 * What the address around an id or token (its place in the line in UTF-16 units) says about it, or `undefined` when it
 * stands in none. `deliveryOrigin` is another place that plays videos, e.g. `http://127.0.0.1:8787`.
 */
export function addressUse(line: string, { start, end }: Span, deliveryOrigin?: string): AddressUse | undefined {
  const joined = JOINED.exec(line.slice(0, start));
  const before = joined === null ? line.slice(0, start) : line.slice(0, joined.index);
  const head = before.slice(lastEnd(before) + 1);
  const behind = line.slice(end);
  const tail = behind.slice(0, behind.search(END) === -1 ? undefined : behind.search(END));
  const isDelivery = DELIVERY.test(head) || SCRIPT_EMBED.test(head);
  if (isDelivery || (deliveryOrigin !== undefined && head.endsWith(`${deliveryOrigin}/`))) return 'delivery';
  if (head.endsWith('/') && STREAM_PATH.test(tail)) return 'delivery';
  if (CLOUDFLARE_REFERENCE.test(head)) return 'reference';
  if (!head.endsWith('/')) return undefined;
  if (!ABSOLUTE.test(head)) {
    if (PLAYER_PATH.test(tail)) return 'delivery';
    if (OWN_REFERENCE.test(head) && OWN_REFERENCE_ENDS.test(tail)) return 'reference';
  }
  return 'foreign';
}

function lastEnd(text: string): number {
  for (let at = text.length - 1; at >= 0; at--) if (END.test(text.charAt(at))) return at;
  return -1;
}
