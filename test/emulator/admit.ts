import { letsIn, type Viewer } from './accessRules';
import type { EmulatedAccount } from './accounts';
import type { EmulatedRequest } from './exchange';
import { broadcastOf, type EmulatedLiveInput } from './liveInput';
import { findKey, type State } from './state';
import { isSignedBy, parseToken } from './token';
import type { EmulatedVideo } from './video';

/** Test headers that say where a viewer sits; without them it is the caller itself, in no known country. */
export const VIEWER_IP = 'x-test-viewer-ip';
export const VIEWER_COUNTRY = 'x-test-viewer-country';

/** What the first part of a delivery path stands for: a video, or a live input and what is broadcast through it now. */
export type Subject = Settings &
  (
    | { readonly video: EmulatedVideo; readonly input: undefined }
    | { readonly video: EmulatedVideo | undefined; readonly input: EmulatedLiveInput }
  );

interface Settings {
  readonly account: EmulatedAccount;
  /** Of the live input when the viewer comes by its id, else of the video: Cloudflare keeps them apart. */
  readonly requireSignedURLs: boolean;
  readonly allowedOrigins: readonly string[];
}

export interface Admitted {
  readonly subject: Subject;
  /** The token in place of the id. */
  readonly token?: { readonly madeBy: 'api' | 'account'; readonly downloadable: boolean };
}

export interface Refused {
  readonly status: 401 | 403 | 404;
  readonly reason: string;
}

/** Whether a viewer may have what an id or a token in its place stands for. */
export function admit(state: State, idOrToken: string, request: EmulatedRequest): Admitted | Refused {
  if (idOrToken.includes('.')) return admitToken(state, idOrToken, viewerOf(request));
  const subject = findSubject(state, idOrToken);
  if (subject === undefined) return { status: 404, reason: 'no such video' };
  return subject.requireSignedURLs ? { status: 401, reason: 'needs a signed URL' } : { subject };
}

/** The video or live input with that id. */
export function findSubject(state: State, uid: unknown): Subject | undefined {
  for (const account of state.accounts) {
    const input = account.liveInputs.find((candidate) => candidate.uid === uid);
    if (input !== undefined) {
      const { requireSignedURLs, allowedOrigins } = input.recording;
      return { account, input, video: broadcastOf(input, account.videos), requireSignedURLs, allowedOrigins };
    }
    const video = account.videos.find((candidate) => candidate.uid === uid);
    if (video !== undefined) {
      const { requireSignedURLs, allowedOrigins } = video;
      return { account, input: undefined, video, requireSignedURLs, allowedOrigins };
    }
  }
  return undefined;
}

function admitToken(state: State, token: string, viewer: Viewer): Admitted | Refused {
  const refused = (reason: string): Refused => ({ status: 401, reason });
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
  const subject = findSubject(state, claims.sub);
  if (subject === undefined || subject.account.id !== key.accountId) return { status: 404, reason: 'no such video' };
  const { accessRules = [] } = claims;
  if (!Array.isArray(accessRules)) return refused('accessRules are no list');
  if (!letsIn(accessRules, viewer)) return { status: 403, reason: 'blocked by an access rule' };
  return { subject, token: { madeBy: key.madeBy, downloadable: claims.downloadable === true } };
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
