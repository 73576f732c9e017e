import type { EmulatedAccount } from './accounts';
import { full, invalidToken, noRoute, notFound, notPermitted, success, unauthorized } from './answers';
import { authenticate } from './authenticate';
import { createToken } from './createToken';
import type { Grant } from './credentials';
import { editVideo } from './editVideo';
import type { Answer, EmulatedRequest } from './exchange';
import { readBody } from './jsonBody';
import { listAccounts } from './listAccounts';
import { listVideos } from './listVideos';
import { MOST_KEYS } from './signingKeys';
import type { State } from './state';
import type { EmulatedVideo } from './video';

interface Call {
  readonly state: State;
  readonly request: EmulatedRequest;
  readonly grant: Grant;
  /** What the parts of the path in parentheses were. */
  readonly ids: readonly string[];
}

interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: RegExp;
  readonly answer: (call: Call) => Answer | Promise<Answer>;
  /** Here a credential that nobody issued is "invalid", not an "authentication error". */
  readonly verifies?: true;
}

const ACCOUNT = '^/client/v4/accounts/([0-9a-f]{32})';
const VIDEO = `${ACCOUNT}/stream/([0-9a-f]{32})`;

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/client\/v4\/accounts$/,
    answer: ({ state, grant, request }) => listAccounts(state.accounts, grant, request.query),
  },
  {
    method: 'GET',
    path: /^\/client\/v4\/user\/tokens\/verify$/,
    answer: (call) => verify(call, 'userToken'),
    verifies: true,
  },
  {
    method: 'GET',
    path: new RegExp(`${ACCOUNT}/tokens/verify$`),
    answer: (call) => verify(call, 'accountToken'),
    verifies: true,
  },
  {
    method: 'GET',
    path: new RegExp(`${ACCOUNT}/stream$`),
    answer: inAccount((account, { request, state }) => listVideos(account.videos, request.query, state.bounds)),
  },
  { method: 'GET', path: new RegExp(`${ACCOUNT}/stream/storage-usage$`), answer: inAccount(storageUsage) },
  { method: 'GET', path: new RegExp(`${ACCOUNT}/stream/keys$`), answer: inAccount(listKeys) },
  { method: 'POST', path: new RegExp(`${ACCOUNT}/stream/keys$`), answer: inAccount(createKey) },
  { method: 'DELETE', path: new RegExp(`${ACCOUNT}/stream/keys/([0-9a-f]{1,32})$`), answer: inAccount(revokeKey) },
  { method: 'GET', path: new RegExp(`${VIDEO}$`), answer: onVideo((video) => success(video)) },
  { method: 'POST', path: new RegExp(`${VIDEO}$`), answer: onVideo(edit) },
  { method: 'POST', path: new RegExp(`${VIDEO}/token$`), answer: onVideo(token) },
];

/** The answer of `api.cloudflare.com` to a request. What it does not know it calls unroutable, as the gateway does. */
export function answerApi(state: State, request: EmulatedRequest): Answer | Promise<Answer> {
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
  const ids = route.path.exec(path)?.slice(1) ?? [];
  return route.answer({ state, request, grant: credential.grant, ids });
}

/** Only the kind of token that the path is for is valid there, and an account's token only under its own account. */
function verify({ grant, ids: [accountId] }: Call, kind: Grant['kind']): Answer {
  if (grant.kind !== kind || (accountId !== undefined && !grant.accountIds.includes(accountId))) return invalidToken();
  const { tokenId: id, expiredOn } = grant;
  if (expiredOn !== undefined) return success({ id, status: 'expired', expires_on: expiredOn });
  const messages = [{ code: 10000, message: 'This API Token is valid and active' }];
  return success({ id, status: 'active' }, { messages });
}

function inAccount(answer: (account: EmulatedAccount, call: Call) => Answer | Promise<Answer>): Route['answer'] {
  return (call) => {
    const { state, grant, request, ids } = call;
    const account = state.accounts.find(({ id }) => id === ids[0]);
    // An account that is not there and one that others own look the same.
    if (account === undefined || !grant.accountIds.includes(account.id) || grant.expiredOn !== undefined)
      return unauthorized();
    return isWrite(request.method) && !grant.writes ? notPermitted() : answer(account, call);
  };
}

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function onVideo(answer: (video: EmulatedVideo, account: EmulatedAccount, call: Call) => Answer): Route['answer'] {
  return inAccount((account, call) => {
    const video = account.videos.find(({ uid }) => uid === call.ids[1]);
    return video === undefined ? notFound() : answer(video, account, call);
  });
}

function edit(video: EmulatedVideo, _account: EmulatedAccount, { request, state }: Call): Answer {
  const read = readBody(request);
  return 'refused' in read ? read.refused : editVideo(video, read.body, state.now());
}

function token(video: EmulatedVideo, account: EmulatedAccount, { request, state }: Call): Answer {
  const key = state.hiddenKeys.get(account.id);
  if (key === undefined) throw new Error(`Account ${account.id} has no key.`);
  const read = readBody(request);
  return 'refused' in read ? read.refused : createToken(video.uid, read.body, key, Math.floor(state.now() / 1000));
}

/** What is in a key is never shown again. The published contract has the id under two names. */
function listKeys({ id: accountId }: EmulatedAccount, { state }: Call): Answer {
  return success(state.keys.list(accountId).map(({ id, created }) => ({ id, created, key_id: id })));
}

async function createKey({ id }: EmulatedAccount, { state }: Call): Promise<Answer> {
  const shown = await state.keys.create(id);
  return shown === undefined ? full(`An account has at most ${MOST_KEYS} signing keys`) : success(shown);
}

function revokeKey({ id }: EmulatedAccount, { state, ids }: Call): Answer {
  return state.keys.revoke(id, ids[1] ?? '') ? success('Revoked') : notFound();
}

function storageUsage({ videos }: EmulatedAccount, { request }: Call): Answer {
  const creator = request.query.get('creator') ?? undefined;
  const counted = videos.filter((video) => creator === undefined || video.creator === creator);
  const seconds = counted.reduce((sum, { duration }) => sum + Math.max(0, duration), 0);
  return success({
    ...(creator !== undefined && { creator }),
    totalStorageMinutes: Math.ceil(seconds / 60),
    totalStorageMinutesLimit: 10_000,
    videoCount: counted.length,
  });
}
