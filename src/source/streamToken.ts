import { type ReadToken, readToken, videoIdOf } from '../stream/token/claims';
import { addressUse } from './addressUse';
import type { Span } from './anchor';

/** A token of Stream in a line. */
export interface StreamToken {
  readonly text: string;
  /** Whether it has the place of the id in a URL that plays a video. */
  readonly inUrl: boolean;
  /** Absent when it can't be decoded. */
  readonly read?: ReadToken;
}

/**
 * The token at a place in a line (UTF-16 units) when it is one of Stream: in a URL of Stream, or made for an id such as
 * Stream's and by a key with such an id. Other tokens in a document are nobody's business.
 */
export function readStreamToken(line: string, span: Span, deliveryOrigin?: string): StreamToken | undefined {
  const text = line.slice(span.start, span.end);
  const inUrl = addressUse(line, span, deliveryOrigin) === 'delivery';
  const result = readToken(text);
  if (!result.ok) return inUrl ? { text, inUrl } : undefined;
  const { header, claims } = result.token;
  const forVideo = videoIdOf(result.token) !== undefined;
  const byKey = [header.kid, claims.kid].some((kid) => typeof kid === 'string' && kid !== '');
  return inUrl || (forVideo && byKey) ? { text, inUrl, read: result.token } : undefined;
}
