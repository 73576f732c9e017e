import assert from 'node:assert/strict';
import type { NewAccount } from '../../../src/flows/accounts';
import { removeAccount } from '../../../src/flows/removeAccount';
import { memoryAccounts } from '../support/memory';
import { type Act, scriptedPrompter } from '../support/scriptedPrompter';

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
      await removeAccount(key, { prompter, accounts, videos: { forget: async (gone) => void forgotten.push(gone) } });
      prompter.finish();
      assert.deepEqual(prompter.asked, asked);
      assert.deepEqual(
        (await accounts.list()).map(({ label }) => label),
        left,
      );
      assert.equal(accounts.vault.secrets.size, left.length);
      assert.equal(forgotten.length, 2 - left.length);
    });
  }

  it('says that there is none', async () => {
    const prompter = scriptedPrompter([]);
    await removeAccount(undefined, {
      prompter,
      accounts: await memoryAccounts(),
      videos: { forget: async () => assert.fail() },
    });
    assert.deepEqual(prompter.told, ['There is no account to remove.']);
  });
});
