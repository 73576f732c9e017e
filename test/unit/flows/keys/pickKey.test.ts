import assert from 'node:assert/strict';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import { mayAskCloudflare } from '../../../../src/flows/keys/keyAccount';
import type { LibraryKey } from '../../../../src/flows/keys/keyLibrary';
import { pickKey } from '../../../../src/flows/keys/pickKey';
import type { Entry } from '../../../../src/flows/prompter';
import { ACME, memoryAccounts } from '../../support/memory';
import { scriptedPrompter } from '../../support/scriptedPrompter';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(32)) as [string, string, string];

describe('the list of signing keys to pick from', () => {
  it('says of each where its private half is and when it was made', async () => {
    const shown: Entry<unknown>[] = [];
    const prompter: Parameters<typeof pickKey>[2]['prompter'] = {
      ...scriptedPrompter([]),
      async pick({ choices }) {
        shown.push(...choices);
        return { kind: 'cancel' };
      },
    };
    const keys: readonly LibraryKey[] = [
      { kid: A, created: '2026-11-29T09:00:00Z', place: 'here', local: true },
      { kid: B, created: '2026-03-01T12:00:00Z', place: 'elsewhere', local: false },
      { kid: C, created: '', place: 'revoked', local: true },
    ];
    const library = { open: async () => ({ keys, interrupted: 0 }) };
    const times = { locale: 'en', timeZone: 'UTC' };
    const accounts = await memoryAccounts({ label: 'Acme' });
    await pickKey({}, { title: 'Title', fits: () => true }, { prompter, accounts, library, times });
    assert.deepEqual(
      shown.map((entry) => 'value' in entry && `${entry.icon} | ${entry.label} | ${entry.description}`),
      [
        `key | ${A} | private key on this machine · Nov 29, 2026`,
        `lock | ${B} | private key not on this machine · Mar 1, 2026`,
        `circle-slash | ${C} | revoked at Cloudflare`,
      ],
    );
  });

  const ACCOUNTS: readonly [what: string, accounts: readonly NewAccount[], found: string | undefined, told: number][] =
    [
      ['the keys of the one that can ask Cloudflare', [{ label: 'Keys only' }, ACME], 'a2', 0],
      ['a sentence where none can', [{ label: 'Keys only' }], undefined, 1],
    ];
  for (const [what, initial, found, told] of ACCOUNTS)
    it(`offers ${what}, when something is to be done there`, async () => {
      const keys: readonly LibraryKey[] = [{ kid: A, created: '', place: 'here', local: true }];
      const prompter = scriptedPrompter(found === undefined ? [] : [{ pick: A }]);
      const library = { open: async () => ({ keys, interrupted: 0 }) };
      const accounts = await memoryAccounts(...initial);
      const question = { title: 'Title', fits: () => true, fromAccount: mayAskCloudflare };
      const picked = await pickKey({}, question, { prompter, accounts, library, times: { locale: 'en' } });
      prompter.finish();
      assert.deepEqual([picked.ok && picked.value.accountKey, prompter.told.length], [found ?? false, told]);
    });
});
