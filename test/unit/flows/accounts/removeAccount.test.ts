import assert from 'node:assert/strict';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import { removeAccount } from '../../../../src/flows/accounts/removeAccount';
import { madeUpKey } from '../../support/madeUpKey';
import { memoryAccounts, memoryKeys, memoryPending, memoryVault } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const account = (label: string): NewAccount => ({
  label,
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  credential: { kind: 'apiToken', token: `cfut_${label}_0123456789abcdef` },
});

describe('remove an account', () => {
  const rows: readonly [string, string | undefined, readonly Act[], readonly string[], readonly string[]][] = [
    [
      'asks which, then whether',
      undefined,
      [{ pick: 'Beta' }, { confirm: true }],
      ['Remove Account', '? Remove the account "Beta"?'],
      ['Acme'],
    ],
    ['knows which from the sidebar', 'a1', [{ confirm: true }], ['? Remove the account "Acme"?'], ['Beta']],
    [
      'keeps it when the modal is cancelled',
      'a1',
      [{ confirm: false }],
      ['? Remove the account "Acme"?'],
      ['Acme', 'Beta'],
    ],
    ['keeps everything at Esc', undefined, ['esc'], ['Remove Account'], ['Acme', 'Beta']],
  ];
  for (const [title, key, acts, asked, left] of rows) {
    it(title, async () => {
      const accounts = await memoryAccounts(account('Acme'), account('Beta'));
      const prompter = scriptedPrompter(acts);
      const forgotten: string[] = [];
      const videos = { forget: async (gone: string) => void forgotten.push(gone) };
      await removeAccount(key, {
        prompter,
        accounts,
        videos,
        liveInputs: videos,
        recent: videos,
        keys: memoryKeys(accounts.vault),
        pending: memoryPending(accounts.vault, 0),
      });
      prompter.finish();
      assert.deepEqual(prompter.asked, asked);
      assert.deepEqual(
        (await accounts.list()).map(({ label }) => label),
        left,
      );
      assert.equal(accounts.vault.secrets.size, left.length);
      assert.equal(forgotten.length, 3 * (2 - left.length));
    });
  }

  it('takes its signing keys along, and says so, and the marks of those being created', async () => {
    const accounts = await memoryAccounts(account('Acme'), account('Beta'));
    const keys = memoryKeys(accounts.vault);
    for (const [accountKey, digit] of [
      ['a1', 'a'],
      ['a1', 'b'],
      ['a2', 'c'],
    ] as const)
      await keys.add(accountKey, madeUpKey(digit), '');
    const pending = memoryPending(accounts.vault, 0);
    for (const key of ['a1', 'a1', 'a2']) await pending.mark(key, { ids: [], complete: true });
    const prompter = scriptedPrompter([{ confirm: true }]);
    await removeAccount('a1', {
      prompter,
      accounts,
      videos: { forget: async () => {} },
      liveInputs: { forget: () => {} },
      recent: { forget: async () => {} },
      keys,
      pending,
    });
    assert.match(prompter.details[0] ?? '', /private halves of its signing keys \(aaaa…, bbbb…\)/);
    assert.deepEqual([...accounts.vault.secrets.keys()].sort(), ['account:a2', 'key:a2:k3', 'pendingKey:a2:p3']);
  });

  it('says that there is none', async () => {
    const prompter = scriptedPrompter([]);
    await removeAccount(undefined, {
      prompter,
      accounts: await memoryAccounts(),
      videos: { forget: async () => assert.fail() },
      liveInputs: { forget: () => assert.fail() },
      recent: { forget: () => assert.fail() },
      keys: memoryKeys(memoryVault()),
      pending: memoryPending(memoryVault(), 0),
    });
    assert.deepEqual(prompter.told, ['There is no account to remove.']);
  });
});
