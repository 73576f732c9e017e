import assert from 'node:assert/strict';
import { createAccounts } from '../../../../src/flows/accounts/accountStore';
import type { Accounts, NewAccount } from '../../../../src/flows/accounts/accounts';
import { memoryAccounts, memoryCache, memoryVault, recordingLog } from '../../support/memory';

const ID = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const acme: NewAccount = {
  label: 'Acme',
  accountId: ID,
  credential: { kind: 'apiToken', token: 'cfut_acme_acme_acme_acme' },
};
const beta: NewAccount = {
  label: 'Beta',
  accountId: ID,
  customerCode: 'abc123',
  credential: { kind: 'apiToken', token: 'cfut_beta_beta_beta_beta' },
};

const owner: NewAccount = {
  label: 'Owner',
  accountId: ID,
  credential: { kind: 'globalKey', email: 'dev@example.com', key: '0123456789abcdef0123456789abcdef01234' },
};
const keysOnly: NewAccount = { label: 'Keys', customerCode: 'abc123' };

describe('account store', () => {
  it('keeps the credential in the vault and nowhere else', async () => {
    const { vault, cache, log } = await memoryAccounts(acme);
    assert.match(vault.secrets.get('account:a1') ?? '', /cfut_acme/);
    assert.doesNotMatch([...cache.entries.values()].join(), /cfut_/);
    assert.deepEqual(new Set(log.hidden), new Set(['cfut_acme_acme_acme_acme']));
  });

  it('lists by name without reading a secret', async () => {
    const { vault, list } = await memoryAccounts(beta, acme);
    vault.read = () => assert.fail('a secret was read');
    assert.deepEqual(await list(), [
      { key: 'a2', label: 'Acme', accountId: ID, credential: 'stored', credentialKind: 'apiToken' },
      {
        key: 'a1',
        label: 'Beta',
        accountId: ID,
        customerCode: 'abc123',
        credential: 'stored',
        credentialKind: 'apiToken',
      },
    ]);
  });

  it('finds accounts again when the cache is lost', async () => {
    const { vault } = await memoryAccounts(acme, beta);
    const again = createAccounts({
      vault,
      cache: memoryCache(),
      workspaceCache: memoryCache(),
      log: recordingLog(),
      randomId: () => 'x',
      now: () => 0,
    });
    assert.deepEqual(
      (await again.list()).map(({ label }) => label),
      ['Acme', 'Beta'],
    );
  });

  it('says that a credential is missing instead of forgetting the account', async () => {
    const { vault, list, open } = await memoryAccounts(acme);
    vault.secrets.clear();
    assert.deepEqual(
      (await list()).map(({ label, credential }) => [label, credential]),
      [['Acme', 'missing']],
    );
    assert.deepEqual(await open('a1'), { ok: false, failure: { code: 'credentialMissing', account: 'Acme' } });
  });

  it('keeps a Global API Key with its e-mail address, and both from the log', async () => {
    const { vault, cache, log, open, list } = await memoryAccounts(owner);
    assert.deepEqual(await open('a1'), { ok: true, value: { key: 'a1', ...owner } });
    assert.equal((await list())[0]?.credentialKind, 'globalKey');
    assert.equal(vault.secrets.size, 1);
    assert.doesNotMatch([...cache.entries.values()].join(), /0123456789|example/);
    assert.deepEqual(new Set(log.hidden), new Set(['0123456789abcdef0123456789abcdef01234', 'dev@example.com']));
  });

  describe('an account without a credential', () => {
    it('needs no account id, and is not "missing" anything', async () => {
      const { vault, list, open } = await memoryAccounts(keysOnly);
      const summary = { key: 'a1', label: 'Keys', customerCode: 'abc123', credential: 'none' };
      assert.deepEqual(await list(), [summary]);
      assert.deepEqual(await open('a1'), { ok: false, failure: { code: 'noCredential', account: 'Keys' } });
      vault.secrets.clear();
      assert.deepEqual(await list(), [summary]);
      assert.deepEqual(await open('a1'), { ok: false, failure: { code: 'noCredential', account: 'Keys' } });
    });

    it('can be given one, together with the account it is for', async () => {
      const { open, replaceCredential, list } = await memoryAccounts(keysOnly);
      await assert.rejects(replaceCredential('a1', { kind: 'apiToken', token: 'cfut_new_new_new_new' }));
      const credential = { kind: 'apiToken', token: 'cfut_new_new_new_new' } as const;
      assert.ok((await replaceCredential('a1', credential, ID)).ok);
      assert.deepEqual(await open('a1'), {
        ok: true,
        value: { key: 'a1', label: 'Keys', customerCode: 'abc123', accountId: ID, credential },
      });
      assert.equal((await list())[0]?.credential, 'stored');
    });
  });

  describe('"can list, cannot sign"', () => {
    const cannotSign = async ({ list }: Accounts) => (await list()).map((account) => account.cannotSign ?? false);

    it('is remembered, also when the cache is lost, and forgotten when a signing works', async () => {
      const accounts = await memoryAccounts(acme, owner);
      await accounts.rememberSigning('a1', false);
      await accounts.rememberSigning('a2', false);
      assert.deepEqual(await cannotSign(accounts), [true, true]);
      accounts.cache.entries.clear();
      assert.deepEqual(await cannotSign(accounts), [true, true]);
      await accounts.rememberSigning('a1', true);
      assert.deepEqual(await cannotSign(accounts), [false, true]);
      assert.deepEqual(await accounts.open('a2'), { ok: true, value: { key: 'a2', ...owner } });
    });

    it('goes with the credential it was said of', async () => {
      const accounts = await memoryAccounts(acme);
      await accounts.rememberSigning('a1', false);
      await accounts.replaceCredential('a1', { kind: 'apiToken', token: 'cfut_new_new_new_new' });
      assert.deepEqual(await cannotSign(accounts), [false]);
    });

    it('writes nothing when nothing changed, nor to an account that is gone or has no credential', async () => {
      const accounts = await memoryAccounts(acme, keysOnly);
      await accounts.remove('a1');
      accounts.vault.write = () => assert.fail('a secret was written');
      await accounts.rememberSigning('a1', false);
      await accounts.rememberSigning('a2', false);
      await accounts.rememberSigning('a2', true);
    });
  });

  describe('a name', () => {
    it('can be changed, also while the credential is missing', async () => {
      const { vault, list, rename, open } = await memoryAccounts(acme);
      assert.ok((await rename('a1', 'Acme & Co')).ok);
      const opened = await open('a1');
      assert.ok(opened.ok && opened.value.label === 'Acme & Co');
      vault.secrets.clear();
      assert.ok((await rename('a1', 'Acme again')).ok);
      const summary = {
        key: 'a1',
        label: 'Acme again',
        accountId: ID,
        credential: 'missing',
        credentialKind: 'apiToken',
      };
      assert.deepEqual(await list(), [summary]);
      assert.equal(vault.secrets.size, 0);
    });

    it('brings nothing back that is gone', async () => {
      const { vault, list, rename, remove } = await memoryAccounts(acme);
      await remove('a1');
      assert.deepEqual(await rename('a1', 'Back'), { ok: false, failure: { code: 'accountGone' } });
      assert.deepEqual([vault.secrets.size, await list()], [0, []]);
    });

    it('that another profile gave is noticed when the account is opened', async () => {
      const { vault, list, open } = await memoryAccounts(acme);
      const record = JSON.parse(vault.secrets.get('account:a1') ?? '');
      vault.secrets.set('account:a1', JSON.stringify({ ...record, label: 'Renamed' }));
      await open('a1');
      assert.equal((await list())[0]?.label, 'Renamed');
    });
  });

  it('sets and forgets a customer code', async () => {
    const { list, setCustomerCode } = await memoryAccounts(acme);
    const codes: unknown[] = [];
    for (const code of ['abc123', 'def456', undefined]) {
      assert.ok((await setCustomerCode('a1', code)).ok);
      codes.push((await list())[0]?.customerCode);
    }
    assert.deepEqual(codes, ['abc123', 'def456', undefined]);
  });

  it('knows the default account of this workspace', async () => {
    const { list, setDefault, remove, cache } = await memoryAccounts(acme, beta);
    const marked = async () => (await list()).filter(({ isDefault }) => isDefault).map(({ label }) => label);
    assert.deepEqual(await marked(), []);
    await setDefault('a2');
    assert.deepEqual(await marked(), ['Beta']);
    assert.doesNotMatch([...cache.entries.keys()].join(), /default/i);
    await setDefault(undefined);
    assert.deepEqual(await marked(), []);
    await setDefault('a2');
    await remove('a2');
    assert.deepEqual(await marked(), []);
  });

  it('removes exactly what was named', async () => {
    const { vault, cache, list, open, remove } = await memoryAccounts(acme, beta);
    const before = vault.secrets.get('account:a2');
    await remove('a1');
    assert.deepEqual([...vault.secrets], [['account:a2', before]]);
    assert.doesNotMatch([...cache.entries.values()].join(), /Acme/);
    assert.deepEqual(
      (await list()).map(({ key }) => key),
      ['a2'],
    );
    assert.deepEqual(await open('a1'), { ok: false, failure: { code: 'accountGone' } });
  });

  it('does not bring back an account that was removed meanwhile', async () => {
    const { vault, remove, setCustomerCode } = await memoryAccounts(acme);
    await remove('a1');
    await setCustomerCode('a1', 'abc123');
    assert.equal(vault.secrets.size, 0);
  });

  it('does not bring back an account that is removed at the same time', async () => {
    for (const order of ['code first', 'removal first']) {
      const { vault, cache, list, remove, setCustomerCode } = await memoryAccounts(acme);
      const both = [() => setCustomerCode('a1', 'abc123'), () => remove('a1'), () => list()];
      await Promise.all((order === 'code first' ? both : both.toReversed()).map((call) => call()));
      assert.equal(vault.secrets.size, 0, order);
      assert.deepEqual(await list(), [], order);
      assert.doesNotMatch([...cache.entries.values()].join(), /Acme/, order);
    }
  });

  it('goes on after a call that failed', async () => {
    const { vault, list } = await memoryAccounts(acme);
    const { keys } = vault;
    vault.keys = () => Promise.reject(new Error('locked'));
    await assert.rejects(list());
    vault.keys = keys;
    assert.equal((await list()).length, 1);
  });

  it('keeps what a newer version wrote', async () => {
    const { vault, setCustomerCode, rename, replaceCredential, rememberSigning } = await memoryAccounts(acme);
    const record = JSON.parse(vault.secrets.get('account:a1') ?? '');
    vault.secrets.set('account:a1', JSON.stringify({ ...record, colour: 'blue' }));
    await setCustomerCode('a1', 'abc123');
    assert.equal(JSON.parse(vault.secrets.get('account:a1') ?? '').colour, 'blue');
    const newer = JSON.stringify({ ...record, version: 2 });
    vault.secrets.set('account:a1', newer);
    const refused = { ok: false, failure: { code: 'writtenByNewer' } };
    assert.deepEqual(await setCustomerCode('a1', 'other'), refused);
    assert.deepEqual(await rename('a1', 'Other'), refused);
    assert.deepEqual(await replaceCredential('a1', { kind: 'apiToken', token: 'cfut_new_new_new_new' }), refused);
    await rememberSigning('a1', false);
    assert.equal(vault.secrets.get('account:a1'), newer);
  });

  it('fails when the storage keeps nothing', async () => {
    const vault = { ...memoryVault(), write: async () => {} };
    const accounts = createAccounts({
      vault,
      cache: memoryCache(),
      workspaceCache: memoryCache(),
      log: recordingLog(),
      randomId: () => 'x',
      now: () => 0,
    });
    assert.equal((await accounts.add(acme)).ok, false);
    assert.deepEqual(await accounts.list(), []);
  });

  for (const damaged of [
    '',
    'null',
    '[]',
    '{',
    '{"version":1}',
    '{"version":1,"label":"x","accountId":"..","credential":{}}',
    `{"version":1,"label":"x","accountId":"${ID}","credential":{"kind":"apiToken","token":"a\\nb"}}`,
    `{"version":1,"label":"x","accountId":"${ID}","credential":{"kind":"globalKey","email":"a\\r\\nb","key":"k"}}`,
    '{"version":1,"label":"x","credential":{"kind":"apiToken","token":"cfut_x"}}',
  ]) {
    it(`survives the record ${JSON.stringify(damaged)}, and does not log it`, async () => {
      const { vault, log, list, open } = await memoryAccounts();
      vault.secrets.set('account:zz', damaged);
      assert.deepEqual(await list(), []);
      assert.equal((await open('zz')).ok, false);
      assert.ok(damaged.length < 5 || !log.lines.join().includes(damaged));
    });
  }

  it('reads rows as they were before accounts could do without a credential', async () => {
    const { cache, list } = await memoryAccounts(acme);
    await cache.write('accounts', [{ key: 'a1', label: 'Acme', accountId: ID }, { key: 1 }]);
    assert.deepEqual(await list(), [
      { key: 'a1', label: 'Acme', accountId: ID, credential: 'stored', credentialKind: 'apiToken' },
    ]);
  });

  it('survives a damaged cache', async () => {
    const { cache, list } = await memoryAccounts(acme);
    for (const value of [7, 'x', [{ key: 1 }], { a: [] }]) {
      await cache.write('accounts', value);
      assert.deepEqual(
        (await list()).map(({ label }) => label),
        ['Acme'],
      );
    }
  });
});
