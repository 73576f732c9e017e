import { jwt, KEY_ID, VIDEO_ID } from '../../token/jwt';
import { answerBytes, type RawRequest } from './rawServer';

export const ACCOUNT = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
export const VIDEO = VIDEO_ID;

/** A token for the video with these claims too. */
export function tokenWith(claims: object): string {
  return jwt({ sub: VIDEO, kid: KEY_ID, ...claims });
}

/** What the API answers when all is well. */
export function resultOf({ method, path }: RawRequest): unknown {
  if (path.endsWith('/token')) return { token: tokenWith({ exp: 1_900_000_000 }) };
  if (method === 'POST') return { id: KEY_ID, pem: 'cGVt', jwk: 'andr', created: '2027-01-15T08:00:00Z' };
  return [{ id: KEY_ID, created: '2027-01-15T08:00:00Z' }];
}

export function envelope(result: unknown, more: object = {}): string {
  return JSON.stringify({ success: true, errors: [], messages: [], result, ...more });
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

export function success(request: RawRequest, headers: Readonly<Record<string, string>> = {}): Buffer {
  return answerBytes('200 OK', envelope(resultOf(request)), { ...JSON_TYPE, ...headers });
}
