import { invalidToken, success } from './answers';
import type { Grant } from './credentials';
import type { Answer } from './exchange';
import { listAccounts } from './listAccounts';
import { type Call, inAccount, path, type Route } from './route';

export const ACCOUNT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: path('/accounts'),
    answer: ({ state, grant, request }) => listAccounts(state.accounts, grant, request.query),
  },
  {
    method: 'GET',
    path: path('/user/tokens/verify'),
    answer: (call) => verify(call, 'userToken'),
    verifies: true,
  },
  {
    method: 'GET',
    path: path('/accounts/ID/tokens/verify'),
    answer: (call) => verify(call, 'accountToken'),
    verifies: true,
  },
  {
    method: 'GET',
    path: path('/accounts/ID/stream/storage-usage'),
    answer: inAccount(({ videos }, { request }) => {
      const creator = request.query.get('creator') ?? undefined;
      const counted = videos.filter((video) => creator === undefined || video.creator === creator);
      const seconds = counted.reduce((sum, { duration }) => sum + Math.max(0, duration), 0);
      return success({
        ...(creator !== undefined && { creator }),
        totalStorageMinutes: Math.ceil(seconds / 60),
        totalStorageMinutesLimit: 10_000,
        videoCount: counted.length,
      });
    }),
  },
];

/** Only the kind of token that the path is for is valid there, and an account's token only under its own account. */
function verify({ grant, ids: [accountId] }: Call, kind: Grant['kind']): Answer {
  if (grant.kind !== kind || (accountId !== undefined && !grant.accountIds.includes(accountId))) return invalidToken();
  const { tokenId: id, expiredOn } = grant;
  if (expiredOn !== undefined) return success({ id, status: 'expired', expires_on: expiredOn });
  const messages = [{ code: 10000, message: 'This API Token is valid and active' }];
  return success({ id, status: 'active' }, { messages });
}
