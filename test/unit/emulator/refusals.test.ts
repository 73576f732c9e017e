import assert from 'node:assert/strict';
import { LIBRARY_ID, STUDIO_ID } from '../../emulator/accounts';
import { CREDENTIALS } from '../../emulator/credentials';
import { type Emulator, startEmulator } from '../../emulator/server';
import { type Called, call } from './call';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const STREAM = `/accounts/${STUDIO_ID}/stream`;
const { userToken, readToken, streamOnlyToken, expiredToken, accountToken, unlistingAccountToken, email, globalKey } =
  CREDENTIALS;
const NOBODYS = 'cfut_abcdefghijklmnopqrstuvwxyz0123456789ABCD';
const USER_VERIFY = '/user/tokens/verify';
const ACCOUNT_VERIFY = `/accounts/${STUDIO_ID}/tokens/verify`;

describe('emulator: who is let in', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator();
  });
  after(() => emulator.close());

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const key = { 'x-auth-email': email, 'x-auth-key': globalKey };
  const rows: readonly (readonly [string, string, string, Record<string, string>, number, number?])[] = [
    ['a user’s token', 'GET', STREAM, bearer(userToken), 200],
    ['a user’s token', 'GET', USER_VERIFY, bearer(userToken), 200],
    ['a user’s token', 'GET', ACCOUNT_VERIFY, bearer(userToken), 401, 1000],
    ['a user’s token', 'GET', '/accounts', bearer(userToken), 200],
    ['an account’s token', 'GET', STREAM, bearer(accountToken.token), 200],
    ['an account’s token', 'GET', USER_VERIFY, bearer(accountToken.token), 401, 1000],
    ['an account’s token', 'GET', ACCOUNT_VERIFY, bearer(accountToken.token), 200],
    ['an account’s token', 'GET', `/accounts/${LIBRARY_ID}/tokens/verify`, bearer(accountToken.token), 401, 1000],
    ['an account’s token', 'GET', `/accounts/${LIBRARY_ID}/stream`, bearer(accountToken.token), 403, 9109],
    ['an account’s token', 'GET', '/accounts', bearer(accountToken.token), 200],
    ['an account’s token that cannot list', 'GET', '/accounts', bearer(unlistingAccountToken.token), 400, 1001],
    ['an account’s token that cannot list', 'GET', USER_VERIFY, bearer(unlistingAccountToken.token), 401, 1000],
    ['an account’s token that cannot list', 'GET', ACCOUNT_VERIFY, bearer(unlistingAccountToken.token), 200],
    ['an account’s token that cannot list', 'GET', STREAM, bearer(unlistingAccountToken.token), 200],
    [
      'an account’s token that cannot list',
      'POST',
      `${STREAM}/${TOUR}/token`,
      bearer(unlistingAccountToken.token),
      200,
    ],
    ['a token that may read', 'GET', USER_VERIFY, bearer(readToken), 200],
    ['a token that may read', 'GET', '/accounts', bearer(readToken), 200],
    ['a token that may read', 'GET', `${STREAM}/keys`, bearer(readToken), 200],
    ['a token that may read', 'POST', `${STREAM}/keys`, bearer(readToken), 403, 10000],
    ['a token that may read', 'GET', `${STREAM}/${TOUR}`, bearer(readToken), 200],
    ['a token that may read', 'POST', `${STREAM}/${TOUR}`, bearer(readToken), 403, 10000],
    ['a token that may read', 'POST', `${STREAM}/${TOUR}/token`, bearer(readToken), 403, 10000],
    ['a token for Stream alone', 'GET', '/accounts', bearer(streamOnlyToken), 403, 9109],
    ['a token for Stream alone', 'GET', USER_VERIFY, bearer(streamOnlyToken), 200],
    ['a token for Stream alone', 'POST', `${STREAM}/${TOUR}/token`, bearer(streamOnlyToken), 200],
    ['a token for Stream alone', 'GET', `/accounts/${LIBRARY_ID}/stream`, bearer(streamOnlyToken), 403, 9109],
    ['an expired token', 'GET', STREAM, bearer(expiredToken), 403, 9109],
    ['an expired token', 'GET', '/accounts', bearer(expiredToken), 403, 9109],
    ['email and key', 'POST', `${STREAM}/${TOUR}/token`, key, 200],
    ['email and key', 'GET', '/accounts', key, 200],
    ['email and key', 'GET', USER_VERIFY, key, 401, 1000],
    ['another email and the key', 'GET', '/accounts', { ...key, 'x-auth-email': 'other@example.com' }, 403, 9103],
    ['an email alone', 'GET', '/accounts', { 'x-auth-email': email }, 400, 9106],
    ['email and another key', 'GET', STREAM, { ...key, 'x-auth-key': 'f'.repeat(37) }, 403, 9103],
    ['a Global API Key as a token', 'GET', STREAM, bearer(globalKey), 401, 10000],
    ['a token nobody issued', 'GET', STREAM, bearer(NOBODYS), 401, 10000],
    ['a token nobody issued', 'GET', USER_VERIFY, bearer(NOBODYS), 401, 1000],
    ['nothing', 'GET', STREAM, {}, 400, 9106],
    ['a token in quotes', 'GET', STREAM, bearer(`"${userToken}"`), 400, 6003],
    ['an empty token', 'GET', STREAM, { authorization: 'Bearer' }, 400, 6003],
    ['Basic', 'GET', STREAM, { authorization: 'Basic Zm9vOmJhcg==' }, 400, 6003],
    ['a user’s token', 'GET', `/accounts/${'f'.repeat(32)}/stream`, bearer(userToken), 403, 9109],
    ['a user’s token', 'GET', '/accounts/sample-studio/stream', bearer(userToken), 404, 7003],
    ['a user’s token', 'GET', `/accounts/${STUDIO_ID.toUpperCase()}/stream`, bearer(userToken), 404, 7003],
    ['a user’s token', 'GET', `${STREAM}/${'f'.repeat(32)}`, bearer(userToken), 404, 10003],
    ['a user’s token', 'POST', `${STREAM}/${'f'.repeat(32)}/token`, bearer(userToken), 404, 10003],
    ['a user’s token', 'GET', '/zones', bearer(userToken), 404, 7003],
    ['a user’s token', 'PATCH', `${STREAM}/${TOUR}`, bearer(userToken), 404, 7003],
  ];
  for (const [who, method, path, headers, status, code] of rows) {
    it(`answers ${who} at ${method} ${path.replace(/([0-9a-f]{4})[0-9a-f]{28}/gi, '$1…')} with ${status} ${code ?? ''}`, async () => {
      const withBody = method === 'POST' && path.endsWith(TOUR) ? { body: {} } : {};
      const answer = await call(emulator, method, path, { headers, ...withBody });
      assert.deepEqual(
        [answer.status, answer.body.success, answer.body.errors[0]?.code],
        [status, status === 200, code],
      );
      assert.match(answer.headers.get('cf-ray') ?? '', /^[0-9a-f]{16}-EMU$/);
      assert.equal(answer.headers.get('access-control-allow-origin'), null);
    });
  }

  it('explains a malformed header in a chain', async () => {
    const { body } = await call(emulator, 'GET', STREAM, { headers: { authorization: 'Bearer x' } });
    assert.equal(body.errors[0]?.error_chain?.[0]?.code, 6111);
  });

  it('says in a message that a token works, and in the status that one has expired', async () => {
    const good = await call(emulator, 'GET', USER_VERIFY);
    assert.deepEqual([statusOf(good), good.body.messages[0]?.code], ['active', 10000]);
    const expired = await call(emulator, 'GET', USER_VERIFY, { token: expiredToken });
    assert.deepEqual([expired.status, statusOf(expired)], [200, 'expired']);
  });

  it('pages the accounts that a credential sees', async () => {
    const seen = async (query: string, token = userToken as string) => {
      const { body } = await call(emulator, 'GET', `/accounts${query}`, { token });
      return [
        (body.result as readonly { readonly name: string }[] | null)?.map(({ name }) => name),
        body.result_info?.total_count ?? body.errors[0]?.source?.pointer,
      ];
    };
    assert.deepEqual(await seen(''), [['Sample Studio', 'Big Library'], 2]);
    assert.deepEqual(await seen('?direction=asc&per_page=5'), [['Big Library', 'Sample Studio'], 2]);
    assert.deepEqual(await seen('?page=2&per_page=50'), [[], 2]);
    assert.deepEqual(await seen('', accountToken.token), [['Sample Studio'], 1]);
    assert.deepEqual(await seen('?per_page=51'), [undefined, '/per_page']);
    assert.deepEqual(await seen('?page=0'), [undefined, '/page']);
  });
});

function statusOf({ body }: Called): string {
  return (body.result as { readonly status: string }).status;
}
