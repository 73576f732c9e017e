import { isId } from '../id';
import type { TokenRequest } from '../token/options';
import type { HttpRequest } from './http';

/** The request that makes a token (`POST …/stream/{id}/token`), without the credential; nothing set means no body. */
export function tokenCall(
  accountId: string,
  videoId: string,
  body: TokenRequest | undefined,
): Omit<HttpRequest, 'headers'> {
  return {
    method: 'POST',
    path: `/accounts/${checkedId(accountId)}/stream/${checkedId(videoId)}/token`,
    // Making a token stores nothing, so it may be made twice.
    repeat: 'always',
    ...(body && { body }),
  };
}

/** The last gate before an id enters a path. Callers parse what people type, so a miss here is a bug. */
export function checkedId(id: string): string {
  if (!isId(id)) throw new Error('An id that was not checked reached a request path.');
  return id;
}
