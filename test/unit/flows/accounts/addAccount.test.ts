import assert from 'node:assert/strict';
import { CREATE_TOKEN_URL } from '../../../../src/flows/accounts/credentialSteps';
import type { Failure } from '../../../../src/stream/failure';
import type { ApiScript } from '../../support/fakeApi';
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
  it('takes the only account the token sees', async () => {
    const { outcome, asked, calls, prompter, accounts } = await playAddAccount(
      { verify: 'active', accounts: [studio], videos: [video] },
      upToToken,
    );
    assert.ok(outcome.ok);
    assert.equal(outcome.value.key, 'a1');
    assert.deepEqual(await accounts.open('a1'), {
      ok: true,
      value: {
        key: 'a1',
        label: 'Acme',
        accountId: ID,
        customerCode: 'sample5tud10c0de',
        credential: { kind: 'apiToken', token: TOKEN },
      },
    });
    assert.deepEqual(asked, ['Add Account 1/4', 'Add Account 2/4', 'Add Account 3/4']);
    assert.deepEqual(calls, ['verify', 'accounts', 'videos']);
    assert.deepEqual(prompter.mentioned, ['Account "Acme" is ready.']);
    assert.equal((await accounts.list()).length, 1);
  });

  it('asks which of several accounts', async () => {
    const acts = [...upToToken, { pick: 'Library' }];
    const { outcome, asked, prompter } = await playAddAccount(
      { verify: 'active', accounts: [studio, library], videos: [] },
      acts,
    );
    assert.ok(outcome.ok && outcome.value.accountId === OTHER && outcome.value.customerCode === undefined);
    assert.equal(asked.at(-1), 'Add Account 4/4');
    assert.deepEqual(prompter.lists.at(-1), [`Studio | ${ID}`, `Library | ${OTHER}`]);
  });

  it('takes an id that was pasted into the list of accounts', async () => {
    const acts = [...upToToken, { typeAndPick: `https://dash.cloudflare.com/${OTHER.toUpperCase()}/stream` }];
    const { outcome } = await playAddAccount(
      { verify: 'active', accounts: [studio, { ...library, id: 'f'.repeat(32) }], videos: [] },
      acts,
    );
    assert.ok(outcome.ok && outcome.value.accountId === OTHER);
  });

  for (const refusal of [refused('forbidden', 403), refused('unauthorized', 401), [] as never[]]) {
    it(`asks for the id when the list of accounts is ${Array.isArray(refusal) ? 'empty' : refusal.code}`, async () => {
      const acts = [...upToToken, { type: 'acme' }, { type: `${ID}0` }, { type: ` ${ID.toUpperCase()} ` }];
      const { outcome, asked } = await playAddAccount({ verify: 'active', accounts: refusal, videos: [video] }, acts);
      assert.ok(outcome.ok && outcome.value.accountId === ID);
      assert.deepEqual(asked.slice(3), [
        'Add Account 4/4',
        '! An id has 32 hex digits (0-9, a-f). This has other characters.',
        '! An id has 32 hex digits; this one has 33.',
      ]);
    });
  }

  it('does not believe that route when the token can list accounts', async () => {
    const { outcome } = await playAddAccount(
      { verify: refused('unauthorized', 401), accounts: [studio], videos: [] },
      upToToken,
    );
    assert.ok(outcome.ok);
  });

  const bad: readonly [string, ApiScript, RegExp][] = [
    [
      'an unknown token',
      { verify: refused('unauthorized', 401), accounts: refused('unauthorized', 401) },
      /does not accept the credential/,
    ],
    ['an expired token', { verify: 'inactive' }, /does not accept the credential/],
    [
      'a token without Stream',
      { verify: 'active', accounts: [studio], videos: refused('forbidden', 403) },
      /does not let this API token use Stream in this account/,
    ],
    ['being offline', { verify: { code: 'offline' } }, /offline/],
    ['a timeout', { verify: { code: 'timeout', seconds: 20 } }, /did not answer within 20 seconds/],
    [
      'the request limit',
      { verify: 'active', accounts: { code: 'rateLimited', status: 429, errors: [] } },
      /request limit/,
    ],
  ];
  for (const [title, script, sentence] of bad) {
    it(`says it in the token box: ${title}`, async () => {
      const { outcome, asked, accounts, draft } = await playAddAccount(script, [...upToToken, 'esc']);
      assert.deepEqual(outcome, { ok: false, failure: { code: 'cancelled' } });
      assert.match(asked.at(-1) ?? '', sentence);
      assert.equal(accounts.vault.secrets.size, 0);
      assert.deepEqual(draft, { label: 'Acme' });
    });
  }

  it('repeats Cloudflare’s own words beside its own', async () => {
    const videos: Failure = {
      code: 'forbidden',
      status: 403,
      errors: [{ code: 9109, message: 'Cannot use the access token from location: 1.2.3.4' }],
    };
    const { asked, accounts } = await playAddAccount({ verify: 'active', accounts: [studio], videos }, [
      ...upToToken,
      'esc',
    ]);
    assert.match(
      asked.at(-1) ?? '',
      /does not let this API token use Stream in this account.* · 9109: Cannot use the access token from location: 1\.2\.3\.4/,
    );
    assert.match(accounts.log.lines.join(), /9109/);
  });

  it('lets the Stream call decide about a token that neither route will tell about', async () => {
    const acts: readonly Act[] = [...upToToken, { type: ID }];
    const { outcome } = await playAddAccount(
      { verify: refused('unauthorized', 401), accounts: refused('forbidden', 403), videos: [] },
      acts,
    );
    assert.ok(outcome.ok && outcome.value.accountId === ID);
  });

  it('keeps the name when Back and Esc end the wizard', async () => {
    assert.deepEqual((await playAddAccount({}, [{ type: 'Acme' }, 'back', 'esc'])).draft, { label: 'Acme' });
    assert.deepEqual((await playAddAccount({}, ['esc'], { draft: { label: 'Kept' } })).draft, { label: 'Kept' });
  });

  it('says what is wrong with a typed token, without repeating it, and asks nobody', async () => {
    const { asked, calls } = await playAddAccount({}, [
      { type: 'Acme' },
      { pick: 'Paste' },
      { type: 'a'.repeat(37) },
      { type: 'one two three four five six' },
      'esc',
    ]);
    assert.deepEqual(asked.slice(3), [
      '! This looks like the Global API Key, which opens everything. Create an API token for Stream, or go back and choose the key.',
      '! There is a space inside. Copy the API token alone, in one piece.',
    ]);
    assert.deepEqual(calls, []);
  });

  it('opens the dashboard with the permission chosen', async () => {
    const { prompter } = await playAddAccount({}, [
      { type: 'Acme' },
      { pick: 'Create one' },
      { press: 'Create one in the dashboard…' },
      'esc',
    ]);
    assert.deepEqual(prompter.opened, [CREATE_TOKEN_URL, CREATE_TOKEN_URL]);
    const url = new URL(CREATE_TOKEN_URL);
    assert.equal(url.origin + url.pathname, 'https://dash.cloudflare.com/profile/api-tokens');
    assert.deepEqual(JSON.parse(url.searchParams.get('permissionGroupKeys') ?? ''), [{ key: 'stream', type: 'edit' }]);
  });

  it('goes back and keeps the name, but never the token', async () => {
    const acts: readonly Act[] = [
      ...upToToken,
      'back',
      'back',
      'back',
      { type: '' },
      { pick: 'Paste' },
      { type: TOKEN },
      { pick: 'Studio' },
    ];
    const { outcome } = await playAddAccount({ verify: 'active', accounts: [studio, library], videos: [] }, acts);
    assert.ok(outcome.ok && outcome.value.label === 'Acme');
  });

  it('offers the name of a cancelled wizard again', async () => {
    const { outcome, draft } = await playAddAccount(
      { verify: 'active', accounts: [studio], videos: [] },
      [{ type: '' }, { pick: 'Paste' }, { type: TOKEN }],
      { draft: { label: 'Kept' } },
    );
    assert.ok(outcome.ok && outcome.value.label === 'Kept');
    assert.equal(draft, undefined);
  });

  for (const [typed, label] of [
    ['  Acme\u202e\n prod ', 'Acme prod'],
    ['$(trash) x', '$\u200a(trash) x'],
  ] as const) {
    it(`cleans the name ${JSON.stringify(typed)}`, async () => {
      const { outcome } = await playAddAccount({ verify: 'active', accounts: [studio], videos: [] }, [
        { type: typed },
        { pick: 'Paste' },
        { type: TOKEN },
      ]);
      assert.ok(outcome.ok);
      assert.equal(outcome.value.label, label);
    });
  }

  it('wants a visible name', async () => {
    const { asked } = await playAddAccount({}, [{ type: '\u200b \n' }, { type: 'x'.repeat(65) }, 'esc']);
    assert.deepEqual(asked.slice(1), [
      '! Type a name for the account, for example the company’s.',
      '! A name has at most 64 characters.',
    ]);
  });

  it('asks nothing of the network and stores nothing when Esc is pressed at any question', async () => {
    for (const acts of [['esc'], [{ type: 'A' }, 'esc'], [{ type: 'A' }, { pick: 'Paste' }, 'esc']] as const) {
      const { outcome, calls, accounts, prompter } = await playAddAccount({}, acts);
      assert.deepEqual(
        [outcome.ok, calls, accounts.vault.secrets.size, prompter.told, prompter.mentioned],
        [false, [], 0, [], []],
      );
    }
  });
});
