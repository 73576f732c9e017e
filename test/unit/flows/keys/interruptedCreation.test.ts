import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Vault } from '../../../../src/flows/accounts/accounts';
import { createKeyActions } from '../../../../src/flows/keys/keyActions';
import { createKeyLibrary } from '../../../../src/flows/keys/keyLibrary';
import type { StreamApi } from '../../../../src/stream/api/client';
import { base64, KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { fakeApi } from '../../support/fakeApi';
import { ACME, memoryAccounts, memoryKeys, memoryPending, memoryVault } from '../../support/memory';
import { RUNS } from '../../support/properties';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const made = [
  { ...testKey('a').jwk, kid: KEY_ID },
  { ...testKey('b').jwk, kid: OTHER_ID },
];

/** The keys of an account at Cloudflare: every request that arrives makes one, whether or not its answer does. */
function cloud() {
  const ids: string[] = [];
  const api: StreamApi = {
    ...fakeApi({}),
    listKeys: async () => ({ ok: true, value: { keys: ids.map((id) => ({ id, created: '' })), complete: true } }),
    async createKey() {
      const jwk = made[ids.length];
      assert.ok(jwk, 'a request for a key was repeated');
      ids.push(jwk.kid);
      return { ok: true, value: { id: jwk.kid, created: '', jwk: base64(JSON.stringify(jwk)) } };
    },
    async deleteKey(_accountId, keyId) {
      ids.splice(ids.indexOf(keyId), 1);
      return { ok: true, value: undefined };
    },
  };
  return { ids, api };
}

/** A window over a vault and an API that may be shared with others; its clock says when. */
async function openWindow(vault: Vault, api: StreamApi, acts: readonly Act[], ms: number, name: string) {
  const prompter = scriptedPrompter(acts);
  const accounts = await memoryAccounts(ACME);
  const { log } = accounts;
  const keys = memoryKeys(vault, () => ms, name);
  const pending = memoryPending(vault, ms, name);
  const common = { accounts, keys, pending, openApi: () => api, canCallApi: true, now: () => ms };
  const library = createKeyLibrary(common);
  const times = { locale: 'en', timeZone: 'UTC' };
  return { prompter, keys, actions: createKeyActions({ ...common, prompter, library, log, times }) };
}

const marks = ({ secrets }: ReturnType<typeof memoryVault>) =>
  [...secrets.keys()].filter((key) => key.startsWith('pendingKey:'));

describe('a creation of a key', () => {
  /** Each call that a window makes can be its last: odd points are before it was carried out, even ones before its answer. */
  const POINTS = 36;
  for (let point = 1; point <= POINTS; point++) {
    it(`leaves no key that nobody knows of when the window closes at point ${point}`, async () => {
      const vault = memoryVault();
      const { ids, api } = cloud();
      let passed = 0;
      const { promise: closed, resolve: close } = Promise.withResolvers<void>();
      const pass = async () => {
        if (++passed !== point) return;
        close();
        await new Promise<never>(() => {});
      };
      const mortal =
        <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
        async (...args: A): Promise<R> => {
          await pass();
          const answer = await call(...args);
          await pass();
          return answer;
        };
      const { keys, read, write, remove } = vault;
      const dying = { keys: mortal(keys), read: mortal(read), write: mortal(write), remove: mortal(remove) };
      const dyingApi = { ...api, listKeys: mortal(api.listKeys), createKey: mortal(api.createKey) };
      const first = await openWindow(dying, dyingApi, [{ confirm: true }], 0, 'first');
      const ended = await Promise.race([first.actions.create('a1'), closed]);
      if (point === POINTS) assert.ok(ended?.ok && passed < POINTS, 'there are more points than were tried');

      const strays = ids.filter(
        (id) => ![...vault.secrets.values()].some((text) => text.includes(`"d":`) && text.includes(id)),
      );
      const acts: readonly Act[] = strays.flatMap(() => [{ pick: 'Delete it at Cloudflare' }, { confirm: true }]);
      const next = await openWindow(vault, api, acts, 120_000, 'next');
      await next.actions.settle('a1');
      next.prompter.finish();
      assert.deepEqual(
        (await next.keys.list()).map(({ kid }) => kid),
        ids,
      );
      assert.deepEqual(marks(vault), []);
    });
  }

  it('in two windows at once gives two keys, both kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const vault = memoryVault();
        const { ids, api } = cloud();
        const slow: Vault = {
          keys: scheduler.scheduleFunction(vault.keys),
          read: scheduler.scheduleFunction(vault.read),
          write: scheduler.scheduleFunction(vault.write),
          remove: scheduler.scheduleFunction(vault.remove),
        };
        const slowApi = {
          ...api,
          listKeys: scheduler.scheduleFunction(api.listKeys),
          createKey: scheduler.scheduleFunction(api.createKey),
        };
        const windows = await Promise.all(
          ['w', 'x'].map((name) => openWindow(slow, slowApi, [{ confirm: true }], 1000, name)),
        );
        const outcomes = await scheduler.waitFor(Promise.all(windows.map(({ actions }) => actions.create('a1'))));
        assert.ok(outcomes.every(({ ok }) => ok));
        const kept = await memoryKeys(vault).list();
        assert.deepEqual(new Set(kept.map(({ kid }) => kid)), new Set([KEY_ID, OTHER_ID]));
        assert.deepEqual([ids.length, marks(vault)], [2, []]);
      }),
      // Each proves two keys, which takes a while.
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });
});
