import assert from 'node:assert/strict';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import { replaceCredential } from '../../../../src/flows/accounts/replaceCredential';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { memoryAccounts } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const ID = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const OTHER = '7a1d4c5e9f2b4836b0c1d2e3f4a5b6c7';
const TOKEN = 'cfut_abcdefghijklmnopqrstuvwxyz0123456789';
const studio = { id: ID, name: 'Studio' };
const library = { id: OTHER, name: 'Library' };

describe('replace a credential', () => {
  const acme = {
    label: 'Acme',
    accountId: OTHER,
    customerCode: 'abc123',
    credential: { kind: 'apiToken', token: 'cfut_old_old_old_old_old' },
  } as const;

  async function replace(
    script: ApiScript,
    key: string | undefined,
    acts: readonly Act[],
    known: readonly NewAccount[] = [acme],
  ) {
    const prompter = scriptedPrompter(acts);
    const accounts = await memoryAccounts(...known);
    accounts.vault.secrets.delete('account:a1');
    const api = fakeApi(script);
    const outcome = await replaceCredential(key, {
      prompter,
      accounts,
      openApi: () => api,
      log: accounts.log,
      times: { locale: 'en', timeZone: 'UTC' },
      draft: { read: () => undefined, keep: () => {} },
      environment: { CLOUDFLARE_API_TOKEN: TOKEN, CLOUDFLARE_ACCOUNT_ID: ID },
      canCallApi: true,
      storeKey: async () => assert.fail('a key was stored'),
    });
    prompter.finish();
    return { outcome, accounts, asked: prompter.asked, told: prompter.told, lists: prompter.lists };
  }
  const paste: readonly Act[] = [{ pick: 'Paste' }, { type: TOKEN }];

  it('keeps everything else of the account, also when its record is gone', async () => {
    const { outcome, accounts, asked } = await replace(
      { verify: 'active', accounts: [studio, library], videos: [] },
      'a1',
      paste,
    );
    assert.ok(outcome.ok);
    assert.deepEqual(asked, ['Replace Credential 1/2', 'Replace Credential 2/2']);
    assert.deepEqual(await accounts.open('a1'), {
      ok: true,
      value: { ...acme, key: 'a1', credential: { kind: 'apiToken', token: TOKEN } },
    });
  });

  it('asks which account when none was named', async () => {
    const acts: readonly Act[] = [{ pick: 'Acme' }, ...paste];
    const { outcome } = await replace({ verify: 'active', accounts: [library], videos: [] }, undefined, acts);
    assert.ok(outcome.ok);
  });

  it('does not take a token that can’t use Stream in that account', async () => {
    const script: ApiScript = {
      verify: 'active',
      accounts: [studio],
      videos: { code: 'forbidden', status: 403, errors: [] },
    };
    const { asked, accounts } = await replace(script, 'a1', [...paste, 'esc']);
    assert.match(asked.at(-1) ?? '', /does not let this API token use Stream in this account/);
    assert.equal(accounts.vault.secrets.size, 0);
  });

  it('says that there is no account', async () => {
    const { told } = await replace({}, undefined, [], []);
    assert.deepEqual(told, ['There is no account yet. Add one with "Add Account…".']);
  });

  it('takes a key in place of a token, and proves it in that account', async () => {
    const key = '0123456789abcdef0123456789abcdef01234';
    const { outcome, accounts, asked } = await replace({ accounts: [studio, library], videos: [] }, 'a1', [
      { pick: 'E-mail and Global API Key' },
      { type: 'dev@example.com' },
      { type: key },
    ]);
    assert.ok(outcome.ok);
    assert.deepEqual(asked, ['Replace Credential 1/2', 'Replace Credential 2/3', 'Replace Credential 3/3']);
    const opened = await accounts.open('a1');
    assert.deepEqual(opened.ok && opened.value, {
      ...acme,
      key: 'a1',
      credential: { kind: 'globalKey', email: 'dev@example.com', key },
    });
  });

  it('takes one from the environment, for the account there is and no other', async () => {
    const acts: readonly Act[] = [{ pick: 'Import' }, { pick: 'API token' }];
    const { outcome, accounts, lists } = await replace({ verify: 'active', accounts: [], videos: [] }, 'a1', acts);
    assert.ok(outcome.ok);
    assert.deepEqual(lists.at(-1), ['API token | CLOUDFLARE_API_TOKEN: cfut_…, 41 characters']);
    const opened = await accounts.open('a1');
    assert.ok(opened.ok && opened.value.accountId === OTHER);
  });

  it('does not offer to do without one', async () => {
    const { lists } = await replace({}, 'a1', ['esc']);
    assert.doesNotMatch(lists.join(), /Signing key only/);
  });

  it('asks for the account where there was no credential', async () => {
    const keysOnly = { label: 'Keys', customerCode: 'abc123' };
    const { outcome, accounts, asked } = await replace(
      { verify: 'active', accounts: [studio, library], videos: [] },
      'a1',
      [...paste, { pick: 'Library' }],
      [keysOnly],
    );
    assert.ok(outcome.ok);
    assert.equal(asked.at(-1), 'Replace Credential 3/3');
    const opened = await accounts.open('a1');
    assert.ok(opened.ok && opened.value.accountId === OTHER && opened.value.customerCode === 'abc123');
  });
});
