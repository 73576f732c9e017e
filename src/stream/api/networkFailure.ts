import type { Failure } from '../failure';

const OFFLINE =
  /^(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN)$|ERR_(?:INTERNET_DISCONNECTED|NAME_NOT_RESOLVED|NETWORK_CHANGED)/;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS|ERR_SSL|EPROTO/;
/** The parser's, the unpacker's and Electron's words for an answer that makes no sense. */
const BROKEN =
  /^(?:HPE_|Z_|ZSTD_|ERR_BROTLI|ERR__ERROR_|UND_ERR_RES_|UND_ERR_HEADERS_OVERFLOW|ERR_CONTENT_DECODING|ERR_INVALID_|ERR_RESPONSE_HEADERS|ERR_INCOMPLETE_CHUNKED)/;
/** These end a connection before the first byte of a request. Others may strike at any time. */
const UNSENT =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_\w+)$|CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_(?:NAME_NOT_RESOLVED|CONNECTION_REFUSED|PROXY_CONNECTION_FAILED|TUNNEL_CONNECTION_FAILED|SSL_WRONG_VERSION_NUMBER|SSL_UNSUPPORTED_PROTOCOL|SSL_TLSV1_ALERT_PROTOCOL_VERSION)$/;
const UNSENT_CALLS = new Set<unknown>(['getaddrinfo', 'connect']);
/** Node has one code for a connection that ends before and after its handshake. */
const UNSENT_MESSAGE = 'before secure TLS connection was established';

interface Reason {
  /** An error code. Messages of network errors can quote what was sent. */
  readonly code: string;
  /** Whether nothing can have been sent when it struck. */
  readonly unsent: boolean;
}

/**
 * Why fetch failed. Node puts the reason of "fetch failed" into nested causes, Electron's network stack into the
 * message.
 */
export function networkFailure(error: unknown): Failure {
  const errors = flatten(error, 5);
  const proxy = errors.map(proxyStatus).find((status) => status !== undefined);
  if (proxy !== undefined) return proxy === 407 ? { code: 'proxyLogin' } : { code: 'proxyRefused', status: proxy };
  const reasons = errors.flatMap(reasonsOf);
  const codes = reasons.map(({ code }) => code);
  const unsent = reasons.length > 0 && reasons.every((reason) => reason.unsent);
  const sent = unsent ? {} : ({ sent: 'maybe' } as const);
  const certificate = codes.find((code) => CERTIFICATE.test(code));
  if (certificate !== undefined) return { code: 'certificate', reason: certificate, ...sent };
  const broken = codes.find((code) => BROKEN.test(code)) ?? errors.map(brokenName).find((name) => name !== undefined);
  if (broken !== undefined) return { code: 'brokenAnswer', reason: broken };
  // Of several addresses the IPv6 one is often out of reach; what the others say counts.
  const reached = codes.filter((code) => !OFFLINE.test(code));
  if (reached.length === 0 && codes.length > 0) return { code: 'offline', ...sent };
  const reason = reached.at(-1) ?? 'UNKNOWN';
  return unsent ? { code: 'unreachable', reason } : { code: 'connectionLost', reason };
}

/** An error with its causes and parts, outermost first. */
function flatten(error: unknown, depth: number): Record<string, unknown>[] {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const known = error as Record<string, unknown>;
  const parts = Array.isArray(known.errors) ? known.errors : [];
  return [known, ...[...parts, known.cause].flatMap((inner) => flatten(inner, depth - 1))];
}

function reasonsOf({ code, syscall, message, errors }: Record<string, unknown>): Reason[] {
  // Of several addresses the first one's code stands above them all.
  if (Array.isArray(errors) && errors.length > 0) return [];
  const netError = typeof message === 'string' ? /\b(ERR_[A-Z_]+)/.exec(message)?.[1] : undefined;
  const own = typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : undefined;
  const early = UNSENT_CALLS.has(syscall) || (typeof message === 'string' && message.includes(UNSENT_MESSAGE));
  return [own, netError].flatMap((reason) =>
    reason === undefined ? [] : [{ code: reason, unsent: early || UNSENT.test(reason) }],
  );
}

/** What a proxy answered when it was asked for a connection. */
function proxyStatus({ message, code, errors }: Record<string, unknown>): number | undefined {
  // Fetch makes an error without a word of an answer with 407, and of nothing else.
  if (message === '' && code === undefined && errors === undefined) return 407;
  const status = typeof message === 'string' ? /^Proxy response \((\d{3})\)/.exec(message)?.[1] : undefined;
  return status === undefined ? undefined : Number(status);
}

/** Errors about a broken answer that have no code of their own. */
function brokenName({ name, message }: Record<string, unknown>): string | undefined {
  if (name === 'HTTPParserError') return 'HTTP';
  return message === 'bad response' || message === 'bad upgrade' ? 'HTTP_STATUS' : undefined;
}
