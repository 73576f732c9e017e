import type { Obstacle, Verdict, VideoFacts } from '../token/verdict';

export type CheckedResource = 'manifest' | 'player' | 'thumbnail' | 'mp4';

/** One answer of a delivery host: to which resource, with a token or the plain id in its place. */
export interface CheckedAnswer {
  readonly resource: CheckedResource;
  readonly by: 'token' | 'id';
  readonly status: number;
}

/**
 * `key`: the signature is wrong, or the key is one of another account. `rules`: they are not for this machine's address.
 * `page`: only certain pages may show the video, and this check comes from none.
 */
export type RefusalReason = 'key' | 'rules' | 'page';

/** What a status most probably means, given all that is known of the token and its video. */
export type PlaybackCause =
  | { readonly code: 'works' | 'public' | 'needsToken' }
  | { readonly code: 'notLive' | 'noSuchVideo' | 'notPlayable' | 'notMade' | 'notDownloadable' }
  /** The token itself is why, and its verdict said so. */
  | { readonly code: 'obstacle'; readonly obstacle: Obstacle }
  /** What it can be, as far as anything tells; empty when all that is known is right. */
  | { readonly code: 'refused'; readonly possible: readonly RefusalReason[] }
  | { readonly code: 'redirected' | 'rateLimited' | 'serverTrouble' | 'proxyLogin' | 'unexpected' };

export interface CheckContext {
  readonly verdict: Verdict;
  /** Whether the signature was checked here and is right. */
  readonly verified: boolean;
  readonly video: VideoFacts;
  /** All answers of the check: what one address refuses is told by what another one allows. */
  readonly answers: readonly CheckedAnswer[];
}

/**
 * Translates the status of a delivery host. Documented is that a private video refuses its plain id (401) and that a live
 * input without a broadcast has no manifest (204); that other refusals are 401 or 403 is how it is observed, so both are
 * read alike and the cause is taken from what is known.
 */
export function playbackCause(answer: CheckedAnswer, context: CheckContext): PlaybackCause {
  const { status, by, resource } = answer;
  if (status === 204) return { code: 'notLive' };
  if (status >= 200 && status < 300) return { code: by === 'token' ? 'works' : 'public' };
  if (status >= 300 && status < 400) return { code: 'redirected' };
  if (status === 407) return { code: 'proxyLogin' };
  if (status === 429) return { code: 'rateLimited' };
  if (status >= 500) return { code: 'serverTrouble' };
  if (status === 404) return missing(resource, context);
  if (status !== 401 && status !== 403) return { code: 'unexpected' };
  return by === 'id' ? refusedWithoutToken(answer, context) : refused(answer, context);
}

function missing(resource: CheckedResource, { video, answers }: CheckContext): PlaybackCause {
  if (video.absent) return { code: 'noSuchVideo' };
  if (resource === 'mp4' && (video.downloads !== undefined || answers.some(isAccepted))) return { code: 'notMade' };
  return { code: video.playable === false ? 'notPlayable' : 'noSuchVideo' };
}

/** A video that needs no token refuses its id only for the page. */
function refusedWithoutToken({ resource }: CheckedAnswer, { video, answers }: CheckContext): PlaybackCause {
  const isPublic = video.needsToken === false || answers.some((other) => other.by === 'id' && isAccepted(other));
  return isPublic ? { code: 'refused', possible: reasonsOfPage(resource) } : { code: 'needsToken' };
}

function refused({ resource }: CheckedAnswer, { verdict, verified, video, answers }: CheckContext): PlaybackCause {
  const obstacle = verdict.obstacles.find(({ code }) => code !== 'notPlayable' && code !== 'page');
  if (obstacle !== undefined) return { code: 'obstacle', obstacle };
  if (resource === 'mp4' && verdict.downloads.mp4 === 'notAllowed') return { code: 'notDownloadable' };
  // What one address lets in is right in every respect but that.
  if (answers.some((other) => other.by === 'token' && isAccepted(other)))
    return { code: 'refused', possible: reasonsOfPage(resource) };
  return {
    code: 'refused',
    possible: [
      ...(verified ? [] : (['key'] as const)),
      ...(verdict.audience.kind === 'everyone' ? [] : (['rules'] as const)),
      ...(video.allowedOrigins?.length ? reasonsOfPage(resource) : []),
    ],
  };
}

/** Pictures and files are shown to anybody, manifests and the player only on the pages that are allowed. */
function reasonsOfPage(resource: CheckedResource): readonly RefusalReason[] {
  return resource === 'manifest' || resource === 'player' ? ['page'] : [];
}

function isAccepted({ status }: CheckedAnswer): boolean {
  return status >= 200 && status < 300;
}
