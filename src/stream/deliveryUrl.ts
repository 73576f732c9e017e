import { customerCodeOf } from './delivery/customerCode';
import { isId } from './id';

/** What a signing can end in: the bare token, or one of the URLs with the token in place of the id. */
export type ResultForm = 'token' | 'hls' | 'dash' | 'iframe' | 'watch';

/** In the order in which they are offered. */
export const RESULT_FORMS: readonly ResultForm[] = ['hls', 'dash', 'iframe', 'watch', 'token'];

/** Where delivery URLs point. */
export interface DeliveryHost {
  /** The `C` in `customer-C.cloudflarestream.com`. Without it Cloudflare's older shared hosts are used. */
  readonly customerCode?: string;
  /** Development only: replaces scheme and host of every delivery URL. */
  readonly origin?: string;
}

const CUSTOMER_PATHS: Record<Exclude<ResultForm, 'token'>, string> = {
  hls: '/manifest/video.m3u8',
  dash: '/manifest/video.mpd',
  iframe: '/iframe',
  watch: '/watch',
};

/**
 * Builds what is inserted for a token (or for a public video's id).
 *
 * Forms of the per-account host: https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/ (the
 * token replaces the id in the path, it is never a query parameter). Shared hosts: Cloudflare's 2022 notice that they
 * go on working.
 */
export function deliveryUrl(form: ResultForm, idOrToken: string, host: DeliveryHost): string {
  if (form === 'token') return idOrToken;
  const path = CUSTOMER_PATHS[form];
  if (host.origin !== undefined) return `${host.origin}/${idOrToken}${path}`;
  if (host.customerCode !== undefined)
    return `https://customer-${host.customerCode}.cloudflarestream.com/${idOrToken}${path}`;
  if (form === 'iframe' || form === 'watch') return `https://${form}.videodelivery.net/${idOrToken}`;
  return `https://videodelivery.net/${idOrToken}${path}`;
}

const STREAM_HOST = /^(?:[a-z0-9-]+\.)*(?:cloudflarestream\.com|videodelivery\.net)$/;
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])$/;
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** The first Stream URL in a text, and the id or token in its path. */
export function findStreamUrl(text: string): { readonly subject: string; readonly customerCode?: string } | undefined {
  for (const [candidate] of text.matchAll(
    // Without a scheme a host must begin where a name can: `notcloudflarestream.com` is somebody else's.
    /https?:\/\/[^\s"'`<>\\]+|(?<![\w.@-])(?:[a-z0-9-]+\.)*(?:cloudflarestream\.com|videodelivery\.net)\/[^\s"'`<>\\]+/gi,
  )) {
    const url = URL.parse(/^https?:/i.test(candidate) ? candidate : `https://${candidate}`);
    if (url === null || !(STREAM_HOST.test(url.hostname) || LOOPBACK_HOST.test(url.hostname))) continue;
    // The legacy script embed is the one form that has the id in the query.
    const segment = url.pathname.split('/')[1] ?? '';
    const subject = segment === 'embed' ? (url.searchParams.get('video') ?? '') : decodeSegment(segment);
    const lowered = subject.toLowerCase();
    if (!isId(lowered) && !TOKEN.test(subject)) continue;
    const customerCode = customerCodeOf(url.href);
    return { subject: isId(lowered) ? lowered : subject, ...(customerCode && { customerCode }) };
  }
  return undefined;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
