import { full, notFound, success } from './answers';
import { inAccount, path, type Route } from './route';
import { MOST_KEYS } from './signingKeys';

export const SIGNING_KEY_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: path('/accounts/ID/stream/keys'),
    // What is in a key is never shown again. The published contract has the id under two names.
    answer: inAccount((account, { state }) =>
      success(state.keys.list(account.id).map(({ id, created }) => ({ id, created, key_id: id }))),
    ),
  },
  {
    method: 'POST',
    path: path('/accounts/ID/stream/keys'),
    answer: inAccount(async ({ id }, { state }) => {
      const shown = await state.keys.create(id);
      return shown === undefined ? full(`An account has at most ${MOST_KEYS} signing keys`) : success(shown);
    }),
  },
  {
    method: 'DELETE',
    path: path('/accounts/ID/stream/keys/([0-9a-f]{1,32})'),
    answer: inAccount(({ id }, { state, ids }) =>
      state.keys.revoke(id, ids[1] ?? '') ? success('Revoked') : notFound(),
    ),
  },
];
