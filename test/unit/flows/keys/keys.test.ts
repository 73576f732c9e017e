import assert from 'node:assert/strict';
import { madeUpKey } from '../../support/madeUpKey';
import { memoryKeys, memoryVault } from '../../support/memory';

const a = madeUpKey('a');
const b = madeUpKey('b');
const named = (kid: string, accountKey = 'acme') => ({ accountKey, kid });

/** A store with these keys of one account in it, at a time that a test can move. */
async function store(...initial: readonly (typeof a)[]) {
  const clock = { ms: 1000 };
  const vault = memoryVault();
  const keys = memoryKeys(vault, () => clock.ms);
  for (const key of initial) assert.ok((await keys.add('acme', key, '2026-01-02T03:04:05Z')).ok);
  return { ...keys, vault, clock };
}

describe('key store', () => {
  it('keeps the private half in the vault and nowhere else', async () => {
    const { vault, cache, log } = await store(a);
    assert.match(vault.secrets.get('key:acme:k1') ?? '', /d-secret-of-a/);
    assert.doesNotMatch([...cache.entries.values()].join(), /secret/);
    assert.deepEqual(new Set(log.hidden), new Set([a.d, a.p, a.q, a.dp, a.dq, a.qi]));
  });

  it('lists, and verifies, without reading a secret', async () => {
    const { vault, list, publicKeys } = await store(a);
    vault.read = () => assert.fail('a secret was read');
    const known = { accountKey: 'acme', kid: a.kid, n: a.n, e: a.e, created: '2026-01-02T03:04:05Z' };
    assert.deepEqual(await list(), [{ ...known, privateHalf: 'stored' }]);
    assert.deepEqual(publicKeys(), [known]);
  });

  it('gives a private key for an operation', async () => {
    const { open } = await store(a, b);
    assert.deepEqual(await open(named(b.kid)), { ok: true, value: b });
    assert.deepEqual(await open(named(b.kid, 'other')), { ok: false, failure: { code: 'keyMissing', kid: b.kid } });
  });

  it('keeps one record for a key that is added twice', async () => {
    const { vault, add } = await store(a);
    assert.ok((await add('acme', a, '')).ok);
    assert.equal(vault.secrets.size, 1);
    assert.ok((await add('other', a, '')).ok);
    assert.equal(vault.secrets.size, 2);
  });

  describe('with records of the same id and other numbers', () => {
    const other = { ...a, n: 'modulus-other' };
    const signer = async ({ open }: Pick<Awaited<ReturnType<typeof store>>, 'open'>) => {
      const opened = await open(named(a.kid));
      return opened.ok && opened.value.n;
    };

    it('signs with the last one, also within the same millisecond, and keeps only that', async () => {
      const keys = await store(a);
      for (const key of [other, a, other]) assert.ok((await keys.add('acme', key, '')).ok);
      assert.equal(await signer(keys), other.n);
      assert.deepEqual([...keys.vault.secrets.keys()], ['key:acme:k4']);
      for (const known of [keys.publicKeys(), await keys.list()])
        assert.deepEqual(
          known.map(({ n }) => n),
          [other.n],
        );
    });

    /** As an older version left them, or two windows that wrote at once; named so that the names say nothing of their age. */
    const doubled = async (newest: typeof a) => {
      const keys = await store();
      for (const jwk of [a, other]) {
        const record = { version: 1, kid: a.kid, jwk, created: '', addedAt: jwk === newest ? 900 : 800 };
        keys.vault.secrets.set(`key:acme:${jwk === a ? 'x' : 'y'}`, JSON.stringify(record));
      }
      return keys;
    };
    for (const newest of [a, other]) {
      it(`takes the newest where there are two: ${newest.n}`, async () => {
        const keys = await doubled(newest);
        assert.equal(await signer(keys), newest.n);
        for (const known of [keys.publicKeys(), await keys.list()])
          assert.deepEqual(
            known.map(({ n }) => n),
            [newest.n],
          );
      });

      it(`leaves one where there were two, whichever is added: ${newest.n}`, async () => {
        const keys = await doubled(newest);
        assert.ok((await keys.add('acme', a, '')).ok);
        assert.equal(await signer(keys), a.n);
        assert.equal(keys.vault.secrets.size, 1);
      });
    }

    it('counts as stored what another window replaced before it was read back', async () => {
      const keys = await store();
      const write = keys.vault.write;
      keys.vault.write = async (key, text) => {
        keys.vault.write = write;
        await write(key, text);
        assert.ok((await memoryKeys(keys.vault, () => 1000, 'second').add('acme', other, '')).ok);
      };
      assert.ok((await keys.add('acme', a, '')).ok);
      assert.equal(await signer(keys), other.n);
      assert.equal(keys.vault.secrets.size, 1);
    });

    it('… also one that was replaced once more while this window looked for it', async () => {
      const vault = memoryVault();
      const second = memoryKeys(vault, () => 1000, 'second');
      const replace = async (n: string) => assert.ok((await second.add('acme', { ...a, n }, '')).ok);
      const first = memoryKeys(
        {
          ...vault,
          async write(key, text) {
            await vault.write(key, text);
            await replace('modulus-second');
          },
          async keys() {
            const listed = await vault.keys();
            if (listed.includes('key:acme:second1')) await replace('modulus-third');
            return listed;
          },
        },
        () => 1000,
        'first',
      );
      assert.ok((await first.add('acme', a, '')).ok);
      assert.deepEqual([...vault.secrets.keys()], ['key:acme:second2']);
    });

    it('keeps the old one when the new one can’t be stored', async () => {
      const keys = await store(a);
      keys.vault.write = async () => {};
      assert.equal((await keys.add('acme', other, '')).ok, false);
      assert.equal(await signer(keys), a.n);
    });
  });

  it('finds keys again when the cache is lost, and what another window stored', async () => {
    const { vault } = await store(a, b);
    const other = memoryKeys(vault);
    assert.deepEqual(other.publicKeys(), []);
    assert.deepEqual(
      (await other.list()).map(({ kid }) => kid),
      [a.kid, b.kid],
    );
    assert.deepEqual(await memoryKeys(vault).open(named(a.kid)), { ok: true, value: a });
  });

  it('says that a private half is missing, and can still verify', async () => {
    const { vault, list, open, publicKeys } = await store(a);
    vault.secrets.clear();
    assert.deepEqual(
      (await list()).map(({ privateHalf }) => privateHalf),
      ['missing'],
    );
    assert.equal(publicKeys().length, 1);
    assert.deepEqual(await open(named(a.kid)), { ok: false, failure: { code: 'keyMissing', kid: a.kid } });
  });

  it('takes a missing one again', async () => {
    const { vault, add, list, open } = await store(a);
    vault.secrets.clear();
    assert.ok((await add('acme', a, '')).ok);
    assert.ok((await open(named(a.kid))).ok);
    assert.deepEqual(
      (await list()).map(({ privateHalf }) => privateHalf),
      ['stored'],
    );
  });

  it('refuses to sign with a revoked key, in every window', async () => {
    const { vault, revoke, list, open, clock } = await store(a, b);
    const other = memoryKeys(vault);
    await other.list();
    clock.ms = 2000;
    await revoke(named(a.kid));
    assert.deepEqual(await open(named(a.kid)), { ok: false, failure: { code: 'keyRevoked', kid: a.kid } });
    assert.deepEqual(await other.open(named(a.kid)), { ok: false, failure: { code: 'keyRevoked', kid: a.kid } });
    assert.ok((await other.open(named(b.kid))).ok);
    assert.deepEqual(
      (await list()).map(({ revokedAt }) => revokedAt),
      [2000, undefined],
    );
  });

  it('keeps the moment of the first revocation', async () => {
    const { revoke, list, clock } = await store(a);
    await revoke(named(a.kid));
    clock.ms = 9000;
    await revoke(named(a.kid));
    assert.equal((await list())[0]?.revokedAt, 1000);
  });

  describe('compared with what the account lists', () => {
    const revoked = async ({ list }: Pick<Awaited<ReturnType<typeof store>>, 'list'>) =>
      (await list()).filter(({ revokedAt }) => revokedAt !== undefined).map(({ kid }) => kid);

    it('revokes what is gone', async () => {
      const keys = await store(a, b);
      await keys.compare('acme', [b.kid], 1500);
      assert.deepEqual(await revoked(keys), [a.kid]);
    });

    it('leaves other accounts alone', async () => {
      const keys = await store(a);
      await keys.compare('other', [], 1500);
      assert.deepEqual(await revoked(keys), []);
    });

    it('leaves a key alone that was stored after the question', async () => {
      const keys = await store(a);
      await keys.compare('acme', [], 900);
      assert.deepEqual(await revoked(keys), []);
    });

    it('takes a revocation back when the key is listed after all', async () => {
      const keys = await store(a);
      await keys.compare('acme', [], 1500);
      await keys.compare('acme', [a.kid], 1500);
      assert.deepEqual(await revoked(keys), []);
      assert.ok((await keys.open(named(a.kid))).ok);
    });

    it('does not believe a list that was asked for before the revocation', async () => {
      const keys = await store(a);
      keys.clock.ms = 2000;
      await keys.revoke(named(a.kid));
      await keys.compare('acme', [a.kid], 1500);
      assert.deepEqual(await revoked(keys), [a.kid]);
    });
  });

  it('forgets exactly what was named', async () => {
    const { vault, cache, forget, list } = await store(a, b);
    const before = vault.secrets.get('key:acme:k2');
    await forget(named(a.kid));
    assert.deepEqual([...vault.secrets], [['key:acme:k2', before]]);
    assert.doesNotMatch([...cache.entries.values()].join(), new RegExp(a.kid));
    assert.equal((await list()).length, 1);
  });

  it('forgets the keys of one account with it, also one that can’t be read', async () => {
    const { vault, cache, add, forgetAll } = await store(a);
    await add('acmeplus', b, '');
    vault.secrets.set('key:acme:zz', '{');
    vault.secrets.set('account:acme', 'kept');
    await forgetAll('acme');
    assert.deepEqual([...vault.secrets.keys()].sort(), ['account:acme', 'key:acmeplus:k2']);
    assert.doesNotMatch([...cache.entries.values()].join(), new RegExp(a.kid));
  });

  it('does not bring back a key that is forgotten at the same time', async () => {
    for (const order of ['revoked first', 'forgotten first']) {
      const { vault, forget, revoke, list } = await store(a);
      const both = [() => revoke(named(a.kid)), () => forget(named(a.kid))];
      await Promise.all((order === 'revoked first' ? both : both.toReversed()).map((call) => call()));
      assert.equal(vault.secrets.size, 0, order);
      assert.deepEqual(await list(), [], order);
    }
  });

  const GONE: readonly [string, (keys: Awaited<ReturnType<typeof store>>) => Promise<void>][] = [
    ['forgotten', ({ forget }) => forget(named(a.kid))],
    ['forgotten with its account', ({ forgetAll }) => forgetAll('acme')],
  ];
  for (const [how, go] of GONE)
    it(`removes a key ${how} once more when another window, marking it as revoked, wrote it back`, async () => {
      const keys = await store(a);
      const { vault } = keys;
      const { remove } = vault;
      vault.remove = async (key) => {
        const text = vault.secrets.get(key) ?? '';
        vault.remove = remove;
        await remove(key);
        await vault.write(key, text);
      };
      await go(keys);
      assert.deepEqual([[...vault.secrets.keys()], await keys.list()], [[], []]);
    });

  it('keeps what a newer version wrote', async () => {
    const { vault, revoke } = await store(a);
    const record = JSON.parse(vault.secrets.get('key:acme:k1') ?? '');
    vault.secrets.set('key:acme:k1', JSON.stringify({ ...record, colour: 'blue' }));
    await revoke(named(a.kid));
    assert.equal(JSON.parse(vault.secrets.get('key:acme:k1') ?? '').colour, 'blue');
  });

  it('leaves a record of a newer version alone, and knows all the same that it is revoked', async () => {
    const { vault, revoke, open } = await store(a);
    const newer = JSON.stringify({ ...JSON.parse(vault.secrets.get('key:acme:k1') ?? ''), version: 2 });
    vault.secrets.set('key:acme:k1', newer);
    assert.ok((await open(named(a.kid))).ok);
    await revoke(named(a.kid));
    assert.equal(vault.secrets.get('key:acme:k1'), newer);
    assert.ok(!(await open(named(a.kid))).ok);
  });

  it('revokes a key for every account that has it', async () => {
    const keys = await store(a);
    await keys.add('other', a, '');
    await keys.revoke(named(a.kid));
    const opened = await keys.open({ accountKey: 'other', kid: a.kid });
    assert.ok(!opened.ok && opened.failure.code === 'keyRevoked');
  });

  describe('knows a revocation that secret storage did not take', () => {
    const untaken = async () => {
      const keys = await store(a);
      const { write } = keys.vault;
      keys.vault.write = () => Promise.reject(new Error('locked'));
      await assert.rejects(keys.revoke(named(a.kid)));
      keys.vault.write = write;
      return keys;
    };

    it('in this window', async () => {
      const keys = await untaken();
      assert.ok(!(await keys.open(named(a.kid))).ok);
      assert.deepEqual(
        (await keys.list()).map(({ revokedAt }) => revokedAt !== undefined),
        [true],
      );
    });

    const LATER: readonly [string, (keys: Awaited<ReturnType<typeof store>>) => Promise<void>][] = [
      ['revoked again', (keys) => keys.revoke(named(a.kid))],
      ['missing from the account’s list', (keys) => keys.compare('acme', [], 3000)],
    ];
    for (const [when, again] of LATER)
      it(`and everywhere once it is ${when}, with the moment of the first`, async () => {
        const keys = await untaken();
        keys.clock.ms = 2000;
        await again(keys);
        assert.match(keys.vault.secrets.get('key:acme:k1') ?? '', /"revokedAt":1000/);
        assert.ok(!(await memoryKeys(keys.vault).open(named(a.kid))).ok);
      });
  });

  it('learns of a revocation by another profile when it opens the key', async () => {
    const keys = await store(a);
    await memoryKeys(keys.vault).revoke(named(a.kid));
    assert.ok(!(await keys.open(named(a.kid))).ok);
    assert.deepEqual(
      (await keys.list()).map(({ revokedAt }) => revokedAt !== undefined),
      [true],
    );
  });

  it('fails when the storage keeps nothing, or something else', async () => {
    for (const write of [async () => {}, async (key: string) => void vault.secrets.set(key, 'x')]) {
      const keys = memoryKeys({ ...vault, write });
      const outcome = await keys.add('acme', a, '');
      assert.ok(!outcome.ok && outcome.failure.code === 'secretsUnavailable');
      assert.deepEqual(keys.publicKeys(), []);
    }
  });
  const vault = memoryVault();

  const whole = JSON.stringify({ version: 1, kid: a.kid, jwk: a, created: '', addedAt: 1 });
  for (const damaged of [
    '',
    'null',
    '[]',
    '{',
    '{"version":1}',
    whole.replace(a.kid, b.kid),
    whole.replace('RSA', 'EC'),
  ]) {
    it(`survives the record ${damaged.slice(0, 40)}, and does not log it`, async () => {
      const { vault, log, list, open } = await store();
      vault.secrets.set('key:acme:zz', damaged);
      assert.deepEqual(await list(), []);
      assert.equal((await open(named(a.kid))).ok, false);
      assert.doesNotMatch(log.lines.join(), /secret-of/);
    });
  }

  it('survives a damaged cache', async () => {
    const { cache, list } = await store(a);
    for (const value of [7, 'x', [{ key: 1 }], { a: [] }]) {
      await cache.write('signingKeys', value);
      assert.deepEqual(
        (await list()).map(({ kid }) => kid),
        [a.kid],
      );
    }
  });
});
