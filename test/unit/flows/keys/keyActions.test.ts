import assert from 'node:assert/strict';
import { createKeyActions, type KeyActions } from '../../../../src/flows/keys/keyActions';
import { createKeyLibrary } from '../../../../src/flows/keys/keyLibrary';
import { parseKey } from '../../../../src/stream/keys/parseKey';
import { KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { ACME, memoryAccounts, memoryKeys, memoryPending } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const { jwk } = testKey();
const NAME = { accountKey: 'a1', kid: KEY_ID };
const CANCELLED = { ok: false, failure: { code: 'cancelled' } };
const listed = (...ids: readonly string[]) => ids.map((id) => ({ id, created: '' }));

async function play(
  act: (actions: KeyActions) => Promise<unknown>,
  script: ApiScript,
  acts: readonly Act[],
  {
    canCallApi = true,
    left,
    full = false,
  }: {
    readonly canCallApi?: boolean;
    readonly left?: 'all listed' | 'some listed';
    /** Secret storage takes nothing any more. */
    readonly full?: boolean;
  } = {},
) {
  const scripted = scriptedPrompter(acts);
  const accounts = await memoryAccounts(ACME);
  const { vault, log } = accounts;
  const keys = memoryKeys(vault, () => 1000);
  await keys.add('a1', jwk, '');
  if (full) vault.write = async (_key, text) => assert.fail(text);
  /** Whether it was written down that the key is revoked, at each time when something was said in passing. */
  const written: boolean[] = [];
  const prompter = {
    ...scripted,
    mention(sentence: string) {
      written.push(vault.secrets.get('key:a1:k1')?.includes('"revokedAt":1000') === true);
      scripted.mention(sentence);
    },
  };
  const pending = memoryPending(vault, 120_000);
  if (left) {
    const other = memoryPending(vault, 0, 'q');
    await other.mark('a1', { ids: [], complete: left === 'all listed' });
  }
  const api = fakeApi(script);
  const now = () => 2000;
  const openApi = () => api;
  const library = createKeyLibrary({ accounts, keys, pending, openApi, canCallApi, now });
  const times = { locale: 'en', timeZone: 'UTC' };
  const parts = { prompter, accounts, keys, pending, library, openApi, log, times, canCallApi, now };
  const outcome = await act(createKeyActions(parts));
  scripted.finish();
  return { outcome, prompter: scripted, keys, library, vault, calls: api.calls, log, written };
}

describe('delete a signing key', () => {
  const yes: Act = { confirm: true };

  it('asks, deletes it at Cloudflare, and has written that down before it says so', async () => {
    const { outcome, prompter, keys, calls, written } = await play(
      ({ delete: run }) => run(NAME),
      { deletedKey: 'ok' },
      [yes],
    );
    assert.deepEqual(outcome, { ok: true, value: undefined });
    assert.deepEqual(prompter.asked, [`? Delete signing key ${KEY_ID} of "Acme"?`]);
    assert.match(prompter.details[0] ?? '', /Every token that was ever signed with this key stops working at once/);
    assert.deepEqual(calls, [`delete key ${KEY_ID}`]);
    assert.deepEqual([prompter.mentioned, written], [[`Signing key ${KEY_ID} was deleted.`], [true]]);
    assert.deepEqual(await keys.open(NAME), { ok: false, failure: { code: 'keyRevoked', kid: KEY_ID } });
  });

  it('does nothing without a yes', async () => {
    const { outcome, calls } = await play(({ delete: run }) => run(NAME), {}, [{ confirm: false }]);
    assert.deepEqual([outcome, calls], [CANCELLED, []]);
  });

  it('asks which when it is not said', async () => {
    const { calls, prompter } = await play(
      ({ delete: run }) => run({}),
      { keys: [listed(KEY_ID, OTHER_ID)], deletedKey: 'ok' },
      [{ pick: OTHER_ID }, yes],
    );
    assert.deepEqual(prompter.lists[0], [
      `${KEY_ID} | private key on this machine`,
      `${OTHER_ID} | private key not on this machine`,
    ]);
    assert.deepEqual(calls, ['keys', `delete key ${OTHER_ID}`]);
  });

  const uncertain: readonly [string, ApiScript, boolean][] = [
    ['a 404 for a key that is gone', { deletedKey: { code: 'notFound', status: 404, errors: [] }, keys: [[]] }, true],
    [
      'a 404 for a key that is there',
      { deletedKey: { code: 'notFound', status: 404, errors: [] }, keys: [listed(KEY_ID)] },
      false,
    ],
    [
      'a lost answer, and the key is gone',
      { deletedKey: { code: 'timeout', seconds: 20, sent: 'maybe' }, keys: [[]] },
      true,
    ],
    [
      'a lost answer, and the key is there',
      { deletedKey: { code: 'timeout', seconds: 20, sent: 'maybe' }, keys: [listed(KEY_ID)] },
      false,
    ],
    [
      'a lost answer, and no list',
      { deletedKey: { code: 'timeout', seconds: 20, sent: 'maybe' }, keys: [{ code: 'offline' }] },
      false,
    ],
    [
      'a lost answer, and not all keys can be listed',
      { deletedKey: { code: 'timeout', seconds: 20, sent: 'maybe' }, keys: [{ keys: [], complete: false }] },
      false,
    ],
    ['a refusal', { deletedKey: { code: 'forbidden', status: 403, errors: [] } }, false],
  ];
  for (const [title, script, gone] of uncertain) {
    it(`${title}: ${gone ? 'revoked' : 'still good'}`, async () => {
      const { outcome, keys } = await play(({ delete: run }) => run(NAME), script, [yes]);
      assert.deepEqual((outcome as { ok: boolean }).ok, gone);
      assert.equal((await keys.list())[0]?.revokedAt !== undefined, gone);
    });
  }

  it('says that the key is gone, and what to do, when secret storage can’t note it', async () => {
    const { outcome, prompter } = await play(({ delete: run }) => run(NAME), { deletedKey: 'ok' }, [yes], {
      full: true,
    });
    assert.deepEqual([outcome, prompter.mentioned], [{ ok: true, value: undefined }, []]);
    assert.match(
      prompter.told.join(),
      new RegExp(`^Signing key ${KEY_ID} was deleted at Cloudflare, but.*Remove it with "Forget Signing Key`),
    );
  });
});

describe('forget a signing key', () => {
  it('removes it here and changes nothing at Cloudflare', async () => {
    const { prompter, keys, calls, vault } = await play(({ forget }) => forget(NAME), {}, [{ confirm: true }]);
    assert.match(prompter.details[0] ?? '', /can’t be fetched again.*go on working/);
    assert.deepEqual([await keys.list(), calls, [...vault.secrets.keys()]], [[], [], ['account:a1']]);
  });

  it('keeps it without a yes', async () => {
    const { outcome, keys } = await play(({ forget }) => forget(NAME), {}, [{ confirm: false }]);
    assert.deepEqual([outcome, (await keys.list()).length], [CANCELLED, 1]);
  });

  it('offers only what is here', async () => {
    const { prompter } = await play(({ forget }) => forget({}), { keys: [listed(KEY_ID, OTHER_ID)] }, ['esc']);
    assert.deepEqual(prompter.lists[0], [`${KEY_ID} | private key on this machine`]);
  });
});

describe('copy a signing key as environment variables', () => {
  it('puts what can be imported again on the clipboard', async () => {
    const { prompter, log } = await play(({ copyAsEnvironment }) => copyAsEnvironment(NAME), {}, []);
    const { clipboard } = prompter;
    assert.match(clipboard, new RegExp(`^STREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_JWK=[A-Za-z0-9+/]+=*\n$`));
    const encoded = /JWK=(.*)/.exec(clipboard)?.[1] ?? '';
    assert.deepEqual(JSON.parse(Buffer.from(encoded, 'base64').toString()), jwk);
    const parsed = parseKey(clipboard);
    assert.ok(parsed.ok && parsed.id === KEY_ID && parsed.key.d === jwk.d);
    assert.match(prompter.told[0] ?? '', /^Private key copied: whoever has it can sign for all videos\./);
    assert.deepEqual(log.lines, []);
  });

  it('copies nothing of a key that is not here', async () => {
    const { prompter, outcome } = await play(
      ({ copyAsEnvironment }) => copyAsEnvironment({ ...NAME, kid: OTHER_ID }),
      {},
      [],
    );
    assert.deepEqual(outcome, { ok: false, failure: { code: 'keyMissing', kid: OTHER_ID } });
    assert.equal(prompter.clipboard, '');
  });
});

it('copies the id of a signing key', async () => {
  const { prompter } = await play(({ copyId }) => copyId({ ...NAME, kid: OTHER_ID }), {}, []);
  assert.deepEqual([prompter.clipboard, prompter.mentioned], [OTHER_ID, ['Copied: the id of the signing key']]);
});

describe('look into interrupted creations', () => {
  it('names what was left over', async () => {
    const { prompter, vault } = await play(
      ({ settle }) => settle('a1'),
      { keys: [listed(KEY_ID, OTHER_ID)], deletedKey: 'ok' },
      [{ pick: 'Delete it' }, { confirm: true }],
      { left: 'all listed' },
    );
    assert.deepEqual(prompter.asked, [
      `Signing Key ${OTHER_ID} Is of No Use Here`,
      `? Delete signing key ${OTHER_ID} of "Acme"?`,
    ]);
    assert.ok(![...vault.secrets.keys()].some((key) => key.startsWith('pendingKey:')));
  });

  it('says when nothing was left over', async () => {
    const { prompter } = await play(({ settle }) => settle('a1'), { keys: [listed(KEY_ID)] }, [], {
      left: 'all listed',
    });
    assert.deepEqual(prompter.mentioned, ['No signing key was left behind.']);
  });
});

describe('look into interrupted creations where not all keys can be listed', () => {
  const marks = (vault: { secrets: Map<string, string> }) =>
    [...vault.secrets.keys()].filter((key) => key.startsWith('pendingKey:')).length;

  it('now: is to be done again', async () => {
    const { prompter, vault } = await play(
      ({ settle }) => settle('a1'),
      { keys: [{ keys: listed(KEY_ID), complete: false }] },
      [],
      { left: 'all listed' },
    );
    assert.match(prompter.told[0] ?? '', /Not all keys.*Look again later/);
    assert.deepEqual([prompter.mentioned, marks(vault)], [[], 1]);
  });

  it('before: offers no key for deletion', async () => {
    const { prompter, vault, calls } = await play(
      ({ settle }) => settle('a1'),
      { keys: [listed(KEY_ID, OTHER_ID)] },
      [],
      { left: 'some listed' },
    );
    assert.match(prompter.told[0] ?? '', /can’t be told.*Look through/);
    assert.deepEqual([prompter.asked, calls, marks(vault)], [[], ['keys'], 0]);
  });
});

describe('signing keys where the API can’t be called', () => {
  it('can be copied and forgotten, not created or deleted', async () => {
    const inBrowser = { canCallApi: false };
    const unavailable = { ok: false, failure: { code: 'apiUnavailable' } };
    assert.deepEqual((await play(({ create }) => create('a1'), {}, [], inBrowser)).outcome, unavailable);
    assert.deepEqual((await play(({ delete: run }) => run(NAME), {}, [], inBrowser)).outcome, unavailable);
    assert.deepEqual((await play(({ settle }) => settle('a1'), {}, [], inBrowser)).outcome, unavailable);
    const copied = await play(({ copyAsEnvironment }) => copyAsEnvironment({}), {}, [{ pick: KEY_ID }], inBrowser);
    assert.deepEqual([copied.calls, copied.prompter.clipboard.length > 0], [[], true]);
  });
});
