import { letsIn, type Viewer } from './accessRules';
import type { Answer, EmulatedRequest } from './exchange';
import { dashManifest, hlsManifest, playerPage } from './media';
import { findKey, findVideo, type State } from './state';
import { thumbnail } from './thumbnail';
import { isSignedBy, parseToken } from './token';
import type { EmulatedVideo } from './video';

/** Test headers that say where a viewer sits; without them it is the caller itself, in no known country. */
export const VIEWER_IP = 'x-test-viewer-ip';
export const VIEWER_COUNTRY = 'x-test-viewer-country';

type Verdict = { readonly video: EmulatedVideo } | { readonly status: 401 | 403 | 404; readonly reason: string };

const PATH = /^\/([^/]+)\/(manifest\/video\.m3u8|manifest\/video\.mpd|iframe|watch|thumbnails\/thumbnail\.jpg)$/;
// Players on any page load manifests.
const MANIFEST_HEADERS = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };

/**
 * The answer of a delivery host. The account follows from the token's key or from the video's id, so one origin stands
 * for every `customer-C.cloudflarestream.com`. A token counts only in place of the id: `?token=` is ignored.
 */
export function answerEdge(state: State, request: EmulatedRequest): Answer {
  const [, subject, resource] = PATH.exec(request.path) ?? [];
  if (subject === undefined || resource === undefined) return text(404, 'no such resource');
  const ofManifest = resource.startsWith('manifest/') ? MANIFEST_HEADERS : {};
  if (request.method === 'OPTIONS') return { status: 204, headers: ofManifest, body: '' };
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'method not allowed');
  const verdict = judge(state, subject, request);
  if ('status' in verdict) return text(verdict.status, verdict.reason, ofManifest);
  const { video } = verdict;
  switch (resource) {
    case 'iframe':
    case 'watch':
      return answer('text/html; charset=utf-8', playerPage(video));
    case 'thumbnails/thumbnail.jpg':
      return video.readyToStream ? answer('image/png', thumbnail(video.uid)) : text(404, 'not ready');
    case 'manifest/video.mpd':
      return video.readyToStream
        ? answer('application/dash+xml', dashManifest(video), ofManifest)
        : text(404, 'not ready', ofManifest);
    default:
      return video.readyToStream
        ? answer('application/x-mpegURL', hlsManifest(video), ofManifest)
        : text(404, 'not ready', ofManifest);
  }
}

function judge(state: State, subject: string, request: EmulatedRequest): Verdict {
  if (subject.includes('.')) return judgeToken(state, subject, viewerOf(request));
  const found = findVideo(state, subject);
  if (found === undefined) return { status: 404, reason: 'no such video' };
  return found.video.requireSignedURLs ? { status: 401, reason: 'needs a signed URL' } : { video: found.video };
}

function judgeToken(state: State, token: string, viewer: Viewer): Verdict {
  const refused = (reason: string): Verdict => ({ status: 401, reason });
  const parts = parseToken(token);
  if (parts === undefined) return refused('not a token');
  const { header, claims } = parts;
  if (header.alg !== 'RS256') return refused('not RS256');
  const key = findKey(state, header.kid);
  if (key === undefined) return refused('unknown key');
  // Cloudflare's samples name the key in the claims as well. That a name which contradicts the header is refused is inferred.
  if (claims.kid !== undefined && claims.kid !== header.kid) return refused('claims name another key');
  if (!isSignedBy(parts, key.publicKey)) return refused('wrong signature');
  const now = state.now() / 1000;
  const exp = seconds(claims.exp);
  const nbf = claims.nbf === undefined ? 0 : seconds(claims.nbf);
  if (exp === undefined || nbf === undefined) return refused('times are no Unix seconds');
  if (now >= exp) return refused('expired');
  if (now < nbf) return refused('not valid yet');
  // A key signs for its own account: somebody else's video is as unknown as one that never was.
  const found = findVideo(state, claims.sub);
  if (found === undefined || found.account.id !== key.accountId) return { status: 404, reason: 'no such video' };
  const { accessRules = [] } = claims;
  if (!Array.isArray(accessRules)) return refused('accessRules are no list');
  return letsIn(accessRules, viewer) ? { video: found.video } : { status: 403, reason: 'blocked by an access rule' };
}

/** Cloudflare's own tokens carry decimal strings, its samples for local signing numbers. */
function seconds(claim: unknown): number | undefined {
  if (typeof claim === 'number') return claim;
  return typeof claim === 'string' && /^\d+$/.test(claim) ? Number(claim) : undefined;
}

function viewerOf({ headers, remoteAddress }: EmulatedRequest): Viewer {
  return {
    ip: String(headers[VIEWER_IP] ?? remoteAddress),
    country: String(headers[VIEWER_COUNTRY] ?? 'XX').toUpperCase(),
  };
}

function answer(type: string, body: string | Buffer, more: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, headers: { 'content-type': type, ...more }, body };
}

function text(status: number, reason: string, more: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...more }, body: `${reason}\n` };
}
