import assert from 'node:assert/strict';
import { GLOBAL_KEY_URL } from '../../../../src/flows/accounts/credentialSteps';
import type { Failure } from '../../../../src/stream/failure';
import { base64, KEY_ID, testKey } from '../../stream/keys/testKeys';
import type { ApiScript } from '../../support/fakeApi';
import { memoryAccounts } from '../../support/memory';
import {
  ID,
  library,
  OTHER,
  playAddAccount,
  refused,
  studio,
  TOKEN,
  upToToken,
  video,
} from '../../support/playAddAccount';
import type { Act } from '../../support/scriptedPrompter';

describe('add an account', () => {
  describe('with an API token that an account owns', () => {
    const owned = TOKEN.replace('cfut_', 'cfat_');
    const pasted: readonly Act[] = [{ type: 'Acme' }, { pick: 'Paste' }, { type: owned }];
    const noList: Failure = { code: 'rejected', status: 400, errors: [] };

    it('does not ask the user’s route, and takes the account it can list', async () => {
      const { calls } = await playAddAccount({ accounts: [studio], videos: [] }, pasted);
      assert.deepEqual(calls, ['accounts', 'videos']);
    });

    it('asks for the id where it can’t list, and verifies the token in that account', async () => {
      const { outcome, calls, accounts } = await playAddAccount(
        { accounts: noList, verifyInAccount: 'active', videos: [video] },
        [...pasted, { type: ID }],
      );
      assert.ok(outcome.ok && outcome.value.accountId === ID);
      assert.deepEqual(calls, ['accounts', 'verify in 0f3c', 'videos']);
      const opened = await accounts.open('a1');
      assert.ok(opened.ok && opened.value.customerCode === 'sample5tud10c0de');
    });

    it('asks the same of a token without a prefix that the user’s route calls invalid', async () => {
      const old = 'Zq3_-9fK2mX7pL0aB4cD8eF6gH1iJ5kN7oQ2rS3t';
      const { outcome, calls } = await playAddAccount(
        {
          verify: refused('unauthorized', 401),
          accounts: refused('unauthorized', 401),
          verifyInAccount: 'active',
          videos: [],
        },
        [{ type: 'Acme' }, { pick: 'Paste' }, { type: old }, { type: ID }],
      );
      assert.ok(outcome.ok);
      assert.deepEqual(calls, ['verify', 'accounts', 'verify in 0f3c', 'videos']);
    });

    const wrong: readonly [string, ApiScript, RegExp, number][] = [
      [
        'unknown there',
        { accounts: noList, verifyInAccount: refused('unauthorized', 401) },
        /knows this API token neither as a user’s nor in this account/,
        2,
      ],
      ['no longer active', { accounts: noList, verifyInAccount: 'inactive' }, /does not accept the credential/, 2],
      ['not to be verified', { accounts: noList, verifyInAccount: { code: 'offline' } }, /offline/, 2],
      [
        'not verifiable, and may not use Stream',
        { accounts: noList, verifyInAccount: refused('forbidden', 403), videos: refused('forbidden', 403) },
        /does not let this API token use Stream/,
        3,
      ],
    ];
    for (const [title, script, sentence, calls] of wrong) {
      it(`says beside the id that it is ${title}`, async () => {
        const played = await playAddAccount(script, [...pasted, { type: ID }, 'esc']);
        assert.match(played.asked.at(-1) ?? '', sentence);
        assert.equal(played.calls.length, calls);
        assert.equal(played.accounts.vault.secrets.size, 0);
      });
    }
  });

  describe('with an e-mail address and the Global API Key', () => {
    const KEY = '0123456789abcdef0123456789abcdef01234';
    const upToKey: readonly Act[] = [
      { type: 'Acme' },
      { pick: 'E-mail and Global API Key' },
      { type: ' Dev+stream@example.com ' },
    ];

    it('checks both with the list of accounts', async () => {
      const { outcome, asked, calls, opened, accounts, prompter } = await playAddAccount(
        { accounts: [studio], videos: [video] },
        [...upToKey, { type: `X-Auth-Key: ${KEY}` }],
      );
      assert.ok(outcome.ok);
      assert.deepEqual(calls, ['accounts', 'videos']);
      const credential = { kind: 'globalKey', email: 'Dev+stream@example.com', key: KEY } as const;
      assert.deepEqual(opened[0], credential);
      const stored = await accounts.open('a1');
      assert.deepEqual(stored.ok && stored.value.credential, credential);
      assert.deepEqual(asked, ['Add Account 1/4', 'Add Account 2/4', 'Add Account 3/5', 'Add Account 4/5']);
      assert.match(prompter.lists[0]?.join() ?? '', /E-mail and Global API Key \| Opens everything/);
    });

    it('asks which account, or for its id when none is shown', async () => {
      const picked = await playAddAccount({ accounts: [studio, library], videos: [] }, [
        ...upToKey,
        { type: KEY },
        { pick: 'Library' },
      ]);
      assert.ok(picked.outcome.ok && picked.outcome.value.accountId === OTHER);
      const typed = await playAddAccount({ accounts: [], videos: [] }, [...upToKey, { type: KEY }, { type: ID }]);
      assert.ok(typed.outcome.ok && typed.outcome.value.accountId === ID);
    });

    for (const failure of [
      { code: 'forbidden', status: 403, errors: [{ code: 9103, message: 'Unknown X-Auth-Key or X-Auth-Email' }] },
      { code: 'rejected', status: 400, errors: [{ code: 9103, message: 'Unknown X-Auth-Key or X-Auth-Email' }] },
    ] as const) {
      it(`says that they do not fit together (${failure.status}), and keeps the address but never the key`, async () => {
        const { asked, draft, accounts } = await playAddAccount({ accounts: failure }, [
          ...upToKey,
          { type: KEY },
          'esc',
        ]);
        assert.match(asked.at(-1) ?? '', /does not accept the credential.*9103: Unknown X-Auth-Key/);
        assert.deepEqual(draft, { label: 'Acme', email: 'Dev+stream@example.com' });
        assert.equal(accounts.vault.secrets.size, 0);
      });
    }

    it('says what is wrong with what is typed, and asks nobody', async () => {
      const { asked, calls } = await playAddAccount({}, [
        ...upToKey.slice(0, 2),
        { type: 'dev' },
        { type: 'a@example.com, b@example.com' },
        { type: 'dev@example.com' },
        { type: TOKEN },
        { type: 'abc' },
        'esc',
      ]);
      assert.deepEqual(asked.slice(3), [
        '! An e-mail address has one "@", with something on both sides.',
        '! Type one e-mail address only.',
        'Add Account 4/5',
        '! This is an API token, which is safer. Go back and choose "Paste an API token".',
        '! This is too short for a Global API Key. Copy all of it.',
      ]);
      assert.deepEqual(calls, []);
    });

    it('shows where the key is found', async () => {
      const { prompter } = await playAddAccount({}, [...upToKey, { press: 'Show the key in the dashboard…' }, 'esc']);
      assert.deepEqual(prompter.opened, [GLOBAL_KEY_URL]);
    });

    it('changes its mind to a token without a trace', async () => {
      const { outcome, asked, accounts } = await playAddAccount({ verify: 'active', accounts: [studio], videos: [] }, [
        ...upToKey,
        'back',
        'back',
        { pick: 'Paste' },
        { type: TOKEN },
      ]);
      assert.ok(outcome.ok);
      assert.equal(asked.at(-1), 'Add Account 3/4');
      assert.doesNotMatch([...accounts.vault.secrets.values()].join(), /example/);
    });
  });

  describe('with nothing but a signing key', () => {
    const upToKey: readonly Act[] = [{ type: 'Acme' }, { pick: 'Signing key only' }];
    const upToCode: readonly Act[] = [...upToKey, { pick: 'Paste it' }, { type: JSON.stringify(testKey().jwk) }];

    it('takes the key, and the customer code out of a URL', async () => {
      const url = 'https://customer-sample5tud10c0de.cloudflarestream.com/eyJ/manifest/video.m3u8';
      const { outcome, asked, accounts, prompter, storedKeys } = await playAddAccount({}, [...upToCode, { type: url }]);
      const summary = { key: 'a1', label: 'Acme', customerCode: 'sample5tud10c0de', credential: 'none' };
      assert.ok(outcome.ok);
      assert.deepEqual(await accounts.list(), [summary]);
      assert.deepEqual(storedKeys, [`a1 Acme ${KEY_ID}`]);
      assert.deepEqual(asked, [
        'Add Account 1/4',
        'Add Account 2/4',
        'Add Account 3/6',
        'Add Account 4/6',
        'Add Account 5/5',
      ]);
      assert.deepEqual(prompter.mentioned, ['Account "Acme" is ready.']);
    });

    it('does without the code, and says what is wrong with one', async () => {
      const { outcome, asked } = await playAddAccount({}, [
        ...upToCode,
        { type: ID },
        { type: 'https://videodelivery.net/x' },
        { type: ' ' },
      ]);
      assert.ok(outcome.ok && outcome.value.customerCode === undefined);
      assert.match(asked.slice(5).join(), /32 hex digits.*not the customer code.*All accounts share this host/s);
    });

    it('says what is wrong with a key, and goes back from it to another way', async () => {
      const acts: readonly Act[] = [
        ...upToKey,
        { pick: 'Paste it' },
        { type: TOKEN },
        'back',
        'back',
        { pick: 'Paste an API token' },
        { type: TOKEN },
      ];
      const script: ApiScript = { verify: 'active', accounts: [studio], videos: [] };
      const { outcome, asked, storedKeys } = await playAddAccount(script, acts);
      assert.ok(outcome.ok && outcome.value.credential === 'stored');
      assert.match(asked[4] ?? '', /^! /);
      assert.deepEqual(storedKeys, []);
    });

    it('leaves nothing but the draft when it ends early, or when the key can’t be stored', async () => {
      const early = await playAddAccount({}, [...upToCode, 'esc']);
      assert.deepEqual([early.accounts.vault.secrets.size, early.storedKeys], [0, []]);
      assert.deepEqual(early.draft, { label: 'Acme' });
      const failure = { code: 'secretsUnavailable', reason: 'x' } as const;
      const late = await playAddAccount({}, [...upToCode, { type: 'abc123' }], { storeKey: { ok: false, failure } });
      assert.deepEqual(late.outcome, { ok: false, failure });
      assert.deepEqual(
        [late.accounts.vault.secrets.size, await late.accounts.list(), late.prompter.mentioned],
        [0, [], []],
      );
      assert.deepEqual(late.draft, { label: 'Acme', customerCode: 'abc123' });
    });

    it('leaves no account without its only key when secret storage throws', async () => {
      const store = await memoryAccounts();
      const acts: readonly Act[] = [...upToCode, { type: 'abc123' }];
      await assert.rejects(playAddAccount({}, acts, { store, storeKey: 'throws' }), /locked/);
      assert.deepEqual([store.vault.secrets.size, await store.list()], [0, []]);
    });

    it('works in the browser, where the other ways say why they do not', async () => {
      const acts: readonly Act[] = [
        { type: 'Acme' },
        { pick: 'Paste' },
        { pick: 'Import' },
        ...upToCode.slice(1),
        { type: ' ' },
      ];
      const { outcome, asked } = await playAddAccount({}, acts, { canCallApi: false });
      assert.ok(outcome.ok);
      assert.equal(asked.filter((line) => line.startsWith('! In the browser')).length, 2);
    });
  });

  describe('from the environment', () => {
    const upToList: readonly Act[] = [{ type: 'Acme' }, { pick: 'Import from environment…' }];
    const environment = { CLOUDFLARE_API_TOKEN: TOKEN, CLOUDFLARE_ACCOUNT_ID: OTHER };

    it('shows names and shapes, never values, and takes what is picked', async () => {
      const { outcome, prompter, calls, accounts } = await playAddAccount(
        { verify: 'active', accounts: [studio, library], videos: [] },
        [...upToList, { pick: 'API token' }],
        { environment },
      );
      assert.deepEqual(prompter.lists.at(-1), [
        'API token | CLOUDFLARE_API_TOKEN: cfut_…, 41 characters | with the account 7a1d4c5e… of CLOUDFLARE_ACCOUNT_ID',
      ]);
      assert.ok(outcome.ok && outcome.value.accountId === OTHER);
      assert.deepEqual(calls, ['verify', 'accounts', 'videos']);
      const stored = await accounts.open('a1');
      assert.ok(stored.ok && stored.value.credential.kind === 'apiToken' && stored.value.credential.token === TOKEN);
    });

    it('reads nothing unless that way was chosen', async () => {
      const silent = new Proxy({}, { get: () => assert.fail('the environment was read') });
      const { outcome } = await playAddAccount({ verify: 'active', accounts: [studio], videos: [] }, upToToken, {
        environment: silent,
      });
      assert.ok(outcome.ok);
    });

    it('asks for the account when the environment does not tell', async () => {
      const { outcome } = await playAddAccount(
        { accounts: [studio, library], videos: [] },
        [...upToList, { pick: 'E-mail and Global API Key' }, { pick: 'Library' }],
        {
          environment: {
            CLOUDFLARE_EMAIL: 'dev@example.com',
            CLOUDFLARE_API_KEY: '0123456789abcdef0123456789abcdef01234',
          },
        },
      );
      assert.ok(outcome.ok && outcome.value.accountId === OTHER);
    });

    it('takes a signing key too, or alone, and asks only what is missing of it', async () => {
      const withKey = { ...environment, STREAM_KEY_ID: KEY_ID, STREAM_KEY_PEM: base64(testKey().pkcs1) };
      const both = await playAddAccount(
        { verify: 'active', accounts: [library], videos: [] },
        [...upToList, { pick: 'API token' }],
        { environment: withKey },
      );
      assert.ok(both.outcome.ok);
      assert.match(both.prompter.lists.at(-1)?.[0] ?? '', /· the signing key of STREAM_KEY_ID \+ STREAM_KEY_PEM/);
      const alone = await playAddAccount({}, [...upToList, { pick: 'Only the signing key' }, { type: ' ' }], {
        environment: withKey,
      });
      assert.ok(alone.outcome.ok && alone.outcome.value.credential === 'none');
      assert.equal(alone.outcome.value.accountId, OTHER);
      const { STREAM_KEY_ID: _, ...withoutId } = withKey;
      const asked = await playAddAccount(
        {},
        [...upToList, { pick: 'Only the signing key' }, { type: KEY_ID }, { type: ' ' }],
        { environment: withoutId },
      );
      for (const { storedKeys } of [both, alone, asked]) assert.deepEqual(storedKeys, [`a1 Acme ${KEY_ID}`]);
    });

    it('says why a signing key can’t be taken', async () => {
      const broken = { STREAM_KEY_PEM: base64(testKey('b', 1024).pkcs1) };
      const { asked, prompter } = await playAddAccount({}, [...upToList, { pick: 'STREAM_KEY_PEM can’t' }, 'esc'], {
        environment: broken,
      });
      assert.match(asked.at(-1) ?? '', /1024/);
      assert.match(prompter.lists.at(-1)?.join() ?? '', /There is no credential in the environment/);
    });

    it('says what was looked for when there is nothing, and what can’t be used', async () => {
      const nothing = await playAddAccount({}, [...upToList, { pick: 'There is no credential' }, 'back', 'esc'], {});
      assert.match(nothing.prompter.lists.at(-2)?.join() ?? '', /Looked for CLOUDFLARE_API_TOKEN, CF_API_TOKEN, /);
      const broken = await playAddAccount({}, [...upToList, { pick: 'CLOUDFLARE_API_TOKEN can’t' }, 'esc'], {
        environment: { CLOUDFLARE_API_TOKEN: 'secret words' },
      });
      assert.match(broken.asked.at(-1) ?? '', /There is a space inside/);
      assert.doesNotMatch(JSON.stringify([broken.prompter.lists, broken.asked]), /secret words/);
    });

    it('says there what Cloudflare has against it', async () => {
      const { asked, accounts } = await playAddAccount(
        { verify: 'inactive' },
        [...upToList, { pick: 'API token' }, 'esc'],
        {
          environment,
        },
      );
      assert.match(asked.at(-1) ?? '', /does not accept the credential/);
      assert.equal(accounts.vault.secrets.size, 0);
    });
  });
});
