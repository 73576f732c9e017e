import type { Failure } from '../failure';

const OFFLINE =
  /^(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN)$|ERR_(?:INTERNET_DISCONNECTED|NAME_NOT_RESOLVED|NETWORK_CHANGED)/;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS|ERR_SSL|EPROTO/;
/** These end a connection before the first byte of a request. Others may strike at any time. */
const UNSENT =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|UND_ERR_CONNECT_TIMEOUT)$|CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_(?:NAME_NOT_RESOLVED|CONNECTION_REFUSED|PROXY_CONNECTION_FAILED|SSL_WRONG_VERSION_NUMBER|SSL_UNSUPPORTED_PROTOCOL)$/;
const UNSENT_CALLS = new Set<unknown>(['getaddrinfo', 'connect']);

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
  const reasons = reasonsOf(error, 5);
  const sent = reasons.length > 0 && reasons.every(({ unsent }) => unsent) ? {} : ({ sent: 'maybe' } as const);
  const codes = reasons.map(({ code }) => code);
  const certificate = codes.find((code) => CERTIFICATE.test(code));
  if (certificate !== undefined) return { code: 'certificate', reason: certificate, ...sent };
  // Of several addresses the IPv6 one is often out of reach; what the others say counts.
  const reached = codes.filter((code) => !OFFLINE.test(code));
  if (reached.length === 0 && codes.length > 0) return { code: 'offline', ...sent };
  return { code: 'unreachable', reason: reached.at(-1) ?? 'UNKNOWN', ...sent };
}

function reasonsOf(error: unknown, depth: number): Reason[] {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const { code, syscall, message, cause, errors } = error as Record<string, unknown>;
  const netError = typeof message === 'string' ? /\b(ERR_[A-Z_]+)/.exec(message)?.[1] : undefined;
  const own = [typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : undefined, netError];
  return [
    ...own.flatMap((reason) =>
      reason === undefined ? [] : [{ code: reason, unsent: UNSENT_CALLS.has(syscall) || UNSENT.test(reason) }],
    ),
    ...(Array.isArray(errors) ? errors : []).flatMap((inner) => reasonsOf(inner, depth - 1)),
    ...reasonsOf(cause, depth - 1),
  ];
}
