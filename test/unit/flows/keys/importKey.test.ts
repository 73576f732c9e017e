import assert from 'node:assert/strict';
import { importKey } from '../../../../src/flows/keys/importKey';
import { keyProblemSentence, keyWarningSentence } from '../../../../src/flows/keys/keySentences';
import { apiAnswer, base64, KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { memoryAccounts, memoryKeys } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const key = testKey();
const { jwk, pkcs1 } = key;
const withoutId = base64(pkcs1);

async function play(
  acts: readonly Act[],
  script: ApiScript = { keys: [[{ id: KEY_ID, created: '' }]] },
  canCallApi = true,
) {
  const prompter = scriptedPrompter(acts);
  const accounts = await memoryAccounts({
    label: 'Acme',
    accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
    credential: { kind: 'apiToken', token: 'cfut_acme_acme_acme_acme' },
  });
  const keys = memoryKeys(accounts.vault, () => 1000);
  const api = fakeApi(script);
  const { log } = accounts;
  const parts = { prompter, accounts, keys, openApi: () => api, log, canCallApi, now: () => 1000 };
  const outcome = await importKey(undefined, parts);
  prompter.finish();
  return { outcome, prompter, keys, log, calls: api.calls, vault: accounts.vault };
}

const pasted: Act = { pick: 'Paste it' };
const chosen = (text: string): Act => ({ choose: { name: 'key.json', text } });
const TITLE = 'Import Signing Key';

describe('import a signing key', () => {
  const named: readonly [string, string][] = [
    ['the jwk of the answer', base64(JSON.stringify(jwk))],
    ['the whole answer', apiAnswer(key)],
    ['a decoded JWK', JSON.stringify(jwk)],
  ];
  for (const [form, text] of named) {
    it(`takes ${form}, pasted or from a file`, async () => {
      for (const acts of [
        [pasted, { type: text }],
        [{ pick: 'Choose a file…' }, chosen(text)],
      ]) {
        const { outcome, keys, prompter } = await play(acts);
        assert.ok(outcome.ok);
        assert.deepEqual(await keys.open({ accountKey: 'a1', kid: KEY_ID }), { ok: true, value: jwk });
        assert.deepEqual(prompter.mentioned, [`Signing key ${KEY_ID} is ready.`]);
        assert.deepEqual(prompter.told, []);
      }
    });
  }

  it('asks for the id when the text has none', async () => {
    const { outcome, keys, prompter } = await play([
      pasted,
      { type: withoutId },
      { type: 'acme' },
      { type: `${KEY_ID}0` },
      { type: ` "${KEY_ID.toUpperCase()}"` },
    ]);
    assert.ok(outcome.ok);
    assert.deepEqual(await keys.open({ accountKey: 'a1', kid: KEY_ID }), { ok: true, value: jwk });
    assert.deepEqual(prompter.asked, [
      `${TITLE} 1/3`,
      `${TITLE} 2/3`,
      `${TITLE} 3/3`,
      '! An id has 32 hex digits (0-9, a-f). This has other characters.',
      '! An id has 32 hex digits; this one has 33.',
    ]);
  });

  it('says what is wrong with a text beside it, and shows none of it', async () => {
    const { prompter } = await play([pasted, { type: 'nonsense' }, { type: withoutId.slice(0, 400) }, 'esc']);
    assert.equal(prompter.asked[2], `! ${keyProblemSentence({ code: 'noKey' })}`);
    assert.match(prompter.asked[3] ?? '', /^! /);
    assert.ok(!prompter.asked.join().includes(withoutId.slice(40, 60)));
  });

  it('says what is wrong with a file beside the choice', async () => {
    const { prompter } = await play([
      { pick: 'Choose' },
      chosen('nonsense'),
      { pick: 'Choose' },
      { choose: { name: 'film.mp4', problem: 'tooLarge' } },
      { pick: 'Choose' },
      'esc',
      'esc',
    ]);
    assert.deepEqual(
      prompter.lists.map(([first]) => first?.split(' | ')[0]),
      [
        'Paste it',
        keyProblemSentence({ code: 'noKey' }),
        'The file is far too large for a signing key, and was not read.',
        'The file is far too large for a signing key, and was not read.',
      ],
    );
  });

  it('wants a yes for what is unusual', async () => {
    const unusual = testKey('odd', 3072);
    const acts = [pasted, { type: apiAnswer(unusual) }];
    const { keys, prompter } = await play([...acts, 'esc']);
    assert.deepEqual(await keys.list(), []);
    const warning = keyWarningSentence({ code: 'size', bits: 3072 });
    assert.deepEqual(prompter.lists.at(-1), [`Use this key all the same | ${warning}`]);
    assert.ok((await play([...acts, { pick: 'Use this key' }])).outcome.ok);
  });

  it('refuses a key that does not fit together', async () => {
    const damaged = { ...jwk, d: testKey('b').jwk.d };
    const { prompter, keys } = await play([pasted, { type: JSON.stringify(damaged) }, 'esc']);
    assert.match(prompter.asked.at(-1) ?? '', /^! /);
    assert.deepEqual(await keys.list(), []);
  });

  it('says when the account has no such key', async () => {
    const { outcome, prompter, keys } = await play([pasted, { type: apiAnswer(key) }], {
      keys: [[{ id: OTHER_ID, created: '' }]],
    });
    assert.ok(outcome.ok);
    assert.match(prompter.told[0] ?? '', /"Acme" has no such key at Cloudflare/);
    assert.notEqual((await keys.list())[0]?.revokedAt, undefined);
  });

  it('needs no network', async () => {
    const { outcome, prompter } = await play([pasted, { type: apiAnswer(key) }], { keys: [{ code: 'offline' }] });
    assert.deepEqual([outcome.ok, prompter.told], [true, []]);
    const inBrowser = await play([pasted, { type: apiAnswer(key) }], {}, false);
    assert.deepEqual([inBrowser.outcome.ok, inBrowser.calls], [true, []]);
  });

  it('leaves nothing behind at Esc, wherever it is pressed', async () => {
    const paths: readonly (readonly Act[])[] = [[], [pasted], [pasted, { type: withoutId }]];
    for (const path of paths) {
      const { outcome, vault, prompter } = await play([...path, 'esc']);
      assert.deepEqual(outcome, { ok: false, failure: { code: 'cancelled' } });
      assert.deepEqual([...vault.secrets.keys()], ['account:a1']);
      assert.deepEqual(prompter.told, []);
    }
  });

  it('goes back', async () => {
    const acts: readonly Act[] = [pasted, { type: withoutId }, 'back', 'back', pasted, { type: apiAnswer(key) }];
    assert.ok((await play(acts)).outcome.ok);
  });

  it('hides the key from the log before anything could write it', async () => {
    const { log } = await play([pasted, { type: withoutId }, 'esc']);
    assert.ok([jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi].every((secret) => log.hidden.includes(secret)));
  });
});
