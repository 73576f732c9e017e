import assert from 'node:assert/strict';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import { setCustomerCode } from '../../../../src/flows/accounts/customerCode';
import { setDefaultAccount } from '../../../../src/flows/accounts/defaultAccount';
import { renameAccount } from '../../../../src/flows/accounts/renameAccount';
import { memoryAccounts } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const account = (label: string): NewAccount => ({
  label,
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  customerCode: 'old1',
  credential: { kind: 'apiToken', token: `cfut_${label}_0123456789abcdef` },
});
type Change = typeof renameAccount;

async function play(change: Change, key: string | undefined, acts: readonly Act[], labels = ['Acme', 'Beta']) {
  const accounts = await memoryAccounts(...labels.map(account));
  const prompter = scriptedPrompter(acts);
  const outcome = await change(key, { prompter, accounts });
  prompter.finish();
  const known = (await accounts.list()).map(
    ({ label, customerCode = '', isDefault }) => `${label} ${customerCode}${isDefault ? ' default' : ''}`,
  );
  return { outcome, known, ...prompter };
}

describe('changing an account', () => {
  const rows: readonly [string, Change, string | undefined, readonly Act[], readonly string[], readonly string[]][] = [
    ['renames', renameAccount, 'a1', [{ type: ' Acme\u202e\n2 ' }], ['Acme 2 old1', 'Beta old1'], []],
    ['asks which to rename', renameAccount, undefined, [{ pick: 'Beta' }, { type: 'B' }], ['Acme old1', 'B old1'], []],
    ['keeps its name at Esc', renameAccount, 'a1', ['esc'], ['Acme old1', 'Beta old1'], []],
    [
      'sets a code from a URL',
      setCustomerCode,
      'a1',
      [{ type: 'https://customer-NEW2.cloudflarestream.com/x/iframe' }],
      ['Acme new2', 'Beta old1'],
      ['The customer code of "Acme" is new2.'],
    ],
    [
      'forgets a code',
      setCustomerCode,
      undefined,
      [{ pick: 'Acme' }, { type: ' ' }],
      ['Acme ', 'Beta old1'],
      ['The customer code of "Acme" was removed.'],
    ],
    [
      'makes an account the default',
      setDefaultAccount,
      'a2',
      [],
      ['Acme old1', 'Beta old1 default'],
      ['Signing starts with "Beta" in this workspace.'],
    ],
    [
      'asks which is the default',
      setDefaultAccount,
      undefined,
      [{ pick: 'Acme' }],
      ['Acme old1 default', 'Beta old1'],
      ['Signing starts with "Acme" in this workspace.'],
    ],
    [
      'can do without a default',
      setDefaultAccount,
      undefined,
      [{ pick: 'None' }],
      ['Acme old1', 'Beta old1'],
      ['Signing starts with the account used last.'],
    ],
  ];
  for (const [title, change, key, acts, known, mentioned] of rows) {
    it(title, async () => {
      const played = await play(change, key, acts);
      assert.deepEqual([played.known, played.mentioned], [known, mentioned]);
    });
  }

  it('says what is wrong with a name or a code, and keeps what was typed', async () => {
    const named = await play(renameAccount, 'a1', [{ type: '\u200b' }, 'esc']);
    assert.match(named.asked.at(-1) ?? '', /Type a name/);
    const coded = await play(setCustomerCode, 'a1', [{ type: 'customer_1' }, 'esc']);
    assert.match(coded.asked.at(-1) ?? '', /only letters and digits/);
  });

  it('says that there is no account', async () => {
    for (const change of [renameAccount, setCustomerCode, setDefaultAccount]) {
      assert.deepEqual((await play(change, undefined, [], [])).told, [
        'There is no account yet. Add one with "Add Account…".',
      ]);
    }
  });
});
