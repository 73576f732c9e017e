/** What a delivery URL leads to. Low latency and DVR are options of `hls`, not forms of their own. */
export type DeliveryForm =
  | 'hls'
  | 'dash'
  | 'iframe'
  | 'watch'
  | 'thumbnail'
  | 'animation'
  | 'mp4'
  | 'm4a'
  | 'whep'
  | 'clipHls'
  | 'clipMp4'
  | 'lifecycle';

/** Where delivery URLs point. */
export interface DeliveryHost {
  /** The `C` in `customer-C.cloudflarestream.com`. Without it Cloudflare's older shared hosts are used. */
  readonly customerCode?: string;
  /** Development only: replaces scheme and host of every delivery URL. */
  readonly origin?: string;
}

/** Query parameters as they are read, decoded, in the order in which they are written. */
export type UrlOptions = Readonly<Record<string, string>>;

/**
 * What follows the id or token in the path. Sources: https://developers.cloudflare.com/stream/viewing-videos/ (own
 * player, Stream player, thumbnails, downloads), https://developers.cloudflare.com/stream/stream-live/ (clips, DVR,
 * lifecycle), https://developers.cloudflare.com/stream/webrtc-beta/.
 */
export const FORM_PATHS: Readonly<Record<DeliveryForm, string>> = {
  hls: '/manifest/video.m3u8',
  dash: '/manifest/video.mpd',
  iframe: '/iframe',
  watch: '/watch',
  thumbnail: '/thumbnails/thumbnail.jpg',
  animation: '/thumbnails/thumbnail.gif',
  mp4: '/downloads/default.mp4',
  m4a: '/downloads/audio.m4a',
  whep: '/webRTC/play',
  clipHls: '/manifest/clip.m3u8',
  clipMp4: '/clip.mp4',
  lifecycle: '/lifecycle',
};

/** The forms that Cloudflare's older hosts, which all accounts share, have too. The others came later. */
const SHARED_HOSTS: Partial<Readonly<Record<DeliveryForm, string>>> = {
  hls: 'https://videodelivery.net',
  dash: 'https://videodelivery.net',
  iframe: 'https://iframe.videodelivery.net',
  watch: 'https://watch.videodelivery.net',
  thumbnail: 'https://videodelivery.net',
  animation: 'https://videodelivery.net',
  mp4: 'https://videodelivery.net',
};

/**
 * Builds a delivery URL for a token (or for a public video's id): the token replaces the id in the path, it is never a
 * query parameter. `undefined` when the form exists on the account's own host only and its customer code is not known.
 *
 * Source: https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/; shared hosts: Cloudflare's 2022
 * notice that they go on working.
 */
export function deliveryUrl(
  form: DeliveryForm,
  idOrToken: string,
  host: DeliveryHost,
  options: UrlOptions = {},
): string | undefined {
  const url = addressOf(form, idOrToken, host);
  return url === undefined ? undefined : url + queryText(options);
}

function addressOf(form: DeliveryForm, subject: string, { customerCode, origin }: DeliveryHost): string | undefined {
  const own = origin ?? (customerCode && `https://customer-${customerCode}.cloudflarestream.com`);
  if (own) return `${own}/${subject}${FORM_PATHS[form]}`;
  const shared = SHARED_HOSTS[form];
  if (shared === undefined) return undefined;
  // These two say it in the host name.
  return form === 'iframe' || form === 'watch' ? `${shared}/${subject}` : `${shared}/${subject}${FORM_PATHS[form]}`;
}

/** `?a=b&c=d`, or nothing when there are no options. */
export function queryText(options: UrlOptions): string {
  const pairs = Object.entries(options).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Half a surrogate pair can't be encoded; it becomes U+FFFD, as in every URL. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
