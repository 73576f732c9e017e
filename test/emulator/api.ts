import { ACCOUNT_ROUTES } from './accountRoutes';
import { invalidToken, noRoute } from './answers';
import { authenticate } from './authenticate';
import { DOWNLOAD_ROUTES } from './downloadRoutes';
import type { Answer, EmulatedRequest } from './exchange';
import { LIVE_INPUT_ROUTES } from './liveInputRoutes';
import type { Route } from './route';
import { SIGNING_KEY_ROUTES } from './signingKeyRoutes';
import type { State } from './state';
import { VIDEO_ROUTES } from './videoRoutes';

const ROUTES: readonly Route[] = [
  ...ACCOUNT_ROUTES,
  ...VIDEO_ROUTES,
  ...SIGNING_KEY_ROUTES,
  ...DOWNLOAD_ROUTES,
  ...LIVE_INPUT_ROUTES,
];

/** The answer of `api.cloudflare.com` to a request. What it does not know it calls unroutable, as the gateway does. */
export async function answerApi(state: State, request: EmulatedRequest): Promise<Answer> {
  const { path, headers } = request;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const here = ROUTES.filter((route) => route.path.test(path));
  // No CORS headers, as at Cloudflare: a browser's preflight has to fail.
  if (method === 'OPTIONS' && here.length > 0) return { status: 204, headers: {}, body: '' };
  const route = here.find((candidate) => candidate.method === method);
  if (route === undefined) return noRoute(path);
  const credential = authenticate(headers);
  if ('refused' in credential) {
    return route.verifies && credential.refused.status === 401 ? invalidToken() : credential.refused;
  }
  const { grant } = credential;
  const counted = state.rateLimit.count(grant.tokenId);
  if ('refused' in counted) return counted.refused;
  const ids = route.path.exec(path)?.slice(1) ?? [];
  const answer = await route.answer({ state, request, grant, ids });
  return { ...answer, headers: { ...answer.headers, ...counted.headers } };
}
