import assert from 'node:assert/strict';
import { createKeyLibrary } from '../../../../src/flows/keys/keyLibrary';
import { KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { ACME, memoryAccounts, memoryKeys, memoryPending } from '../../support/memory';

/** A library over an account with one key here, which Cloudflare may have no more. */
async function openLibrary(keys: ApiScript['keys']) {
  const accounts = await memoryAccounts(ACME);
  const { vault } = accounts;
  const store = memoryKeys(vault, () => 1000);
  await store.add('a1', testKey().jwk, '');
  const api = fakeApi({ ...(keys && { keys }) });
  const library = createKeyLibrary({
    accounts,
    keys: store,
    pending: memoryPending(vault, 0),
    openApi: () => api,
    canCallApi: true,
    now: () => 2000,
  });
  const lines = async () => (await library.open('a1')).keys.map(({ kid, place }) => `${kid} ${place}`);
  return { library, lines, vault, calls: api.calls };
}

describe('the keys of an account', () => {
  const other = [{ id: OTHER_ID, created: '' }];

  it('has those as revoked that Cloudflare lists no more', async () => {
    const { lines } = await openLibrary([other]);
    assert.deepEqual(await lines(), [`${OTHER_ID} elsewhere`, `${KEY_ID} revoked`]);
  });

  it('has none as revoked when the list is not complete', async () => {
    const { lines } = await openLibrary([{ keys: other, complete: false }]);
    assert.deepEqual(await lines(), [`${OTHER_ID} elsewhere`, `${KEY_ID} here`]);
  });

  it('shows them when secret storage can’t note what is revoked, says so, and notes it the next time', async () => {
    const { library, lines, vault, calls } = await openLibrary([other]);
    const { write } = vault;
    vault.write = async (_key, text) => assert.fail(text);
    const { keys, failure } = await library.open('a1');
    assert.deepEqual([keys.length, failure?.code], [2, 'secretsUnavailable']);
    vault.write = write;
    assert.deepEqual(await lines(), [`${OTHER_ID} elsewhere`, `${KEY_ID} revoked`]);
    assert.deepEqual(calls, ['keys', 'keys']);
  });
});
