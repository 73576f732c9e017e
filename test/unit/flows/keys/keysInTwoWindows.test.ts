import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Vault } from '../../../../src/flows/accounts/accounts';
import type { PrivateJwk } from '../../../../src/stream/keys/signingKey';
import { madeUpKey } from '../../support/madeUpKey';
import { memoryKeys, memoryVault } from '../../support/memory';
import { RUNS } from '../../support/properties';

const account = 'acme';
const digit = fc.constantFrom('a', 'b', 'c', 'd');
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('add' as const, 'replace' as const), digit }) },
  fc.record({ kind: fc.constantFrom('revoke' as const, 'list' as const), digit }),
);
type Act = { readonly kind: 'add' | 'replace' | 'revoke' | 'list'; readonly digit: string };

/** A key with the id of another. */
function otherNumbers(digit: string): PrivateJwk {
  const key = madeUpKey(digit);
  return { ...key, n: `${key.n}-other` };
}

/** The one secret storage of two windows, in which every call takes as long as the schedule says. */
function slowVault(vault: Vault, scheduler: fc.Scheduler): Vault {
  return {
    keys: scheduler.scheduleFunction(vault.keys),
    read: scheduler.scheduleFunction(vault.read),
    write: scheduler.scheduleFunction(vault.write),
    remove: scheduler.scheduleFunction(vault.remove),
  };
}

describe('keys in two windows', () => {
  it('are never lost, whatever the order', async () => {
    const windows = fc.tuple(fc.array(act, { maxLength: 4 }), fc.array(act, { maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), windows, async (scheduler, acts) => {
        const vault = memoryVault();
        const stores = acts.map((_, at) => memoryKeys(slowVault(vault, scheduler), () => 1000, `w${at}-`));
        const done = stores.flatMap(({ add, revoke, list }, at) =>
          (acts[at] ?? []).map(async ({ kind, digit }: Act) => {
            if (kind === 'add') assert.ok((await add(account, madeUpKey(digit), '')).ok);
            if (kind === 'replace') assert.ok((await add(account, otherNumbers(digit), '')).ok);
            if (kind === 'revoke') await revoke({ accountKey: account, kid: digit.repeat(32) });
            if (kind === 'list') await list();
          }),
        );
        await scheduler.waitFor(Promise.all(done));
        const added = new Set(
          acts
            .flat()
            .filter(({ kind }) => kind === 'add' || kind === 'replace')
            .map(({ digit }) => digit),
        );
        const signers = new Set<string>();
        for (const store of [...stores, memoryKeys(vault)]) {
          const listed = await scheduler.waitFor(store.list());
          assert.deepEqual(
            listed.map(({ kid, privateHalf }) => `${kid[0]} ${privateHalf}`).sort(),
            [...added].sort().map((digit) => `${digit} stored`),
          );
          const known = listed.map(({ kid, n }) => kid + n);
          signers.add(known.join());
        }
        assert.equal(signers.size, 1, 'every window signs with the same numbers');
      }),
      { numRuns: RUNS },
    );
  });

  it('are all there, and a revocation that was reported is known everywhere, when secret storage fails now and then', async () => {
    const kind = fc.constantFrom('add' as const, 'revoke' as const, 'compare' as const, 'list' as const);
    const windows = fc.array(fc.array(fc.record({ kind, digit }), { maxLength: 4 }), { minLength: 2, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), windows, fc.infiniteStream(fc.boolean()), async (scheduler, acts, fails) => {
        const vault = memoryVault();
        for (const digit of 'abcd') await memoryKeys(vault, () => 0, digit).add(account, madeUpKey(digit), '');
        const shaky: Vault = {
          ...vault,
          write: (key, text) => (fails.next().value ? Promise.reject(new Error('locked')) : vault.write(key, text)),
        };
        const stores = acts.map((_, at) => memoryKeys(slowVault(shaky, scheduler), () => 1000, `w${at}-`));
        const revoked = new Set<string>();
        const done = stores.flatMap(({ add, revoke, compare, list }, at) =>
          (acts[at] ?? []).map(async ({ kind, digit }) => {
            if (kind === 'add') await add(account, madeUpKey(digit), '');
            if (kind === 'revoke')
              await revoke({ accountKey: account, kid: digit.repeat(32) }).then(() => revoked.add(digit));
            if (kind === 'compare')
              await compare(
                account,
                [...'abcd'].filter((listed) => listed !== digit).map((listed) => listed.repeat(32)),
                900,
              );
            if (kind === 'list') await list();
          }),
        );
        await scheduler.waitFor(Promise.allSettled(done));
        const known = await memoryKeys(vault).list();
        assert.equal(known.map(({ kid }) => kid[0]).join(''), 'abcd');
        for (const store of [...stores, memoryKeys(vault)])
          for (const digit of revoked) {
            const opened = await scheduler.waitFor(store.open({ accountKey: account, kid: digit.repeat(32) }));
            assert.ok(!opened.ok && opened.failure.code === 'keyRevoked');
          }
      }),
      { numRuns: RUNS },
    );
  });

  it('stay forgotten, and nothing else goes with them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.tuple(digit, fc.boolean()), { maxLength: 6 }),
        async (scheduler, gone) => {
          const vault = memoryVault();
          for (const digit of 'abcd') await memoryKeys(vault, () => 0, digit).add(account, madeUpKey(digit), '');
          const stores = [0, 1].map(() => memoryKeys(slowVault(vault, scheduler)));
          const done = gone.map(([digit, second]) =>
            stores[second ? 1 : 0]?.forget({ accountKey: account, kid: digit.repeat(32) }),
          );
          await scheduler.waitFor(Promise.all([...done, stores[0]?.list(), stores[1]?.list()]));
          const left = [...'abcd'].filter((digit) => !gone.some(([named]) => named === digit));
          const listed = await memoryKeys(vault).list();
          assert.deepEqual(
            listed.map(({ kid }) => kid[0]),
            left,
          );
        },
      ),
      { numRuns: RUNS },
    );
  });
});
