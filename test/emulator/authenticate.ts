import type { IncomingHttpHeaders } from 'node:http';
import { refusal, unknownCredential } from './answers';
import { type Grant, grantOfKey, grantOfToken } from './credentials';
import type { Answer } from './exchange';

/** How a request presents itself, whether or not it is let in. `malformed` is what Cloudflare calls an invalid header. */
export type AuthKind = 'none' | 'malformed' | 'bearer' | 'key';

export function authKind(headers: IncomingHttpHeaders): AuthKind {
  if (headers.authorization !== undefined) return bearerToken(headers) === undefined ? 'malformed' : 'bearer';
  return headers['x-auth-email'] !== undefined && headers['x-auth-key'] !== undefined ? 'key' : 'none';
}

/** What the credential of a request grants, or the refusal. */
export function authenticate(headers: IncomingHttpHeaders): { readonly grant: Grant } | { readonly refused: Answer } {
  const kind = authKind(headers);
  if (kind === 'none') {
    const message = 'Missing X-Auth-Key, X-Auth-Email or Authorization headers';
    return { refused: refusal(400, { code: 9106, message }) };
  }
  if (kind === 'malformed') {
    const error_chain = [{ code: 6111, message: 'Invalid format for Authorization header' }];
    return { refused: refusal(400, { code: 6003, message: 'Invalid request headers', error_chain }) };
  }
  if (kind === 'bearer') {
    const grant = grantOfToken(bearerToken(headers) ?? '');
    return grant === undefined ? { refused: unknownCredential() } : { grant };
  }
  const grant = grantOfKey(String(headers['x-auth-email']), String(headers['x-auth-key']));
  if (grant !== undefined) return { grant };
  return { refused: refusal(403, { code: 9103, message: 'Unknown X-Auth-Key or X-Auth-Email' }) };
}

function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer ([A-Za-z0-9_-]{20,})$/.exec(headers.authorization ?? '')?.[1];
}
