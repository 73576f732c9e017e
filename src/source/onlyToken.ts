import { readToken, videoIdOf } from '../stream/token/claims';
import { findTokens } from './findTokens';

/** The one token in a text, with the video or live input it is for; undefined where there are several or none. */
export function onlyToken(text: string): { readonly videoId?: string } | undefined {
  const [only, another] = findTokens(text);
  if (only === undefined || another !== undefined) return undefined;
  const result = readToken(text.slice(only.start, only.end));
  const videoId = result.ok ? videoIdOf(result.token) : undefined;
  return { ...(videoId !== undefined && { videoId }) };
}
