import assert from 'node:assert/strict';
import { importKey } from '../../../../src/flows/keys/importKey';
import { keyProblemSentence, keyWarningSentence } from '../../../../src/flows/keys/keySentences';
import { type PrivateJwk, withId } from '../../../../src/stream/keys/signingKey';
import { apiAnswer, base64, KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { ACME, memoryAccounts, memoryKeys } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const key = testKey();
const { jwk, pkcs1 } = key;
const withoutId = base64(pkcs1);

interface Start {
  readonly canCallApi?: boolean;
  /** The key on whose line the import was chosen. */
  readonly kid?: string;
  /** Keys that are on this machine already, with the account each belongs to. */
  readonly stored?: readonly (readonly [string, PrivateJwk])[];
  /** The account deleted the key at Cloudflare since. */
  readonly revoked?: true;
  /** Secret storage takes the key that is imported, and nothing after it. */
  readonly full?: true;
  /** The account is removed while the person is asked. */
  readonly accountGoes?: true;
}

async function play(
  acts: readonly Act[],
  script: ApiScript = { keys: [[{ id: KEY_ID, created: '' }]] },
  { canCallApi = true, kid, stored = [], revoked, full, accountGoes }: Start = {},
) {
  const prompter = scriptedPrompter(acts);
  const accounts = await memoryAccounts(
    ACME,
    ...(stored.some(([accountKey]) => accountKey === 'a2') ? [{ label: 'Bravo' }] : []),
  );
  const keys = memoryKeys(accounts.vault, () => 1000);
  const api = fakeApi(script);
  const { log } = accounts;
  const parts = { prompter, accounts, keys, openApi: () => api, log, canCallApi, now: () => 1000 };
  for (const [accountKey, given] of stored) await keys.add(accountKey, given, '');
  if (revoked) await keys.revoke({ accountKey: 'a1', kid: KEY_ID });
  const { vault } = accounts;
  const { write } = vault;
  if (full)
    vault.write = (name, text) => (vault.secrets.has(name) ? Promise.reject(new Error(text)) : write(name, text));
  const asking = {
    ...prompter,
    async input(question: Parameters<typeof prompter.input>[0]) {
      if (accountGoes) await accounts.remove('a1');
      return prompter.input(question);
    },
  };
  const outcome = await importKey('a1', kid, { ...parts, prompter: asking });
  prompter.finish();
  return { outcome, prompter, keys, log, calls: api.calls, vault };
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

  it('counts the file as the question in whose place it is, which Back leaves out', async () => {
    const file: Act[] = [{ pick: 'Choose a file…' }, chosen(pkcs1)];
    const { outcome, prompter } = await play([...file, 'back', ...file, { type: KEY_ID }]);
    assert.ok(outcome.ok);
    const once = [`${TITLE} 1/3`, TITLE, `${TITLE} 3/3`];
    assert.deepEqual(prompter.asked, [...once, ...once]);
  });

  describe('on the line of a key', () => {
    const ON_LINE = `${TITLE} ${KEY_ID}`;
    const start: Start = { kid: KEY_ID };
    const twoQuestions = [`${ON_LINE} 1/2`, `${ON_LINE} 2/2`];

    for (const [form, text] of [...named, ['a PEM without an id', withoutId]] as const) {
      it(`takes ${form} without asking for the id`, async () => {
        const { outcome, keys, prompter } = await play([pasted, { type: text }], undefined, start);
        assert.ok(outcome.ok);
        assert.deepEqual(await keys.open({ accountKey: 'a1', kid: KEY_ID }), { ok: true, value: jwk });
        assert.deepEqual(prompter.asked, twoQuestions);
      });
    }

    it('takes a file without asking for the id', async () => {
      const { outcome } = await play([{ pick: 'Choose' }, chosen(pkcs1)], undefined, start);
      assert.ok(outcome.ok);
    });

    it('refuses a key that names another id', async () => {
      const sentence = `This is signing key ${KEY_ID}, not ${OTHER_ID}. Import it from the line "Signing Keys".`;
      const other: Start = { kid: OTHER_ID };
      const box = await play([pasted, { type: apiAnswer(key) }, 'esc'], undefined, other);
      assert.equal(box.prompter.asked.at(-1), `! ${sentence}`);
      const file = await play([{ pick: 'Choose' }, chosen(apiAnswer(key)), 'esc'], undefined, other);
      assert.equal(file.prompter.lists[1]?.[0], sentence);
      assert.deepEqual(await box.keys.list(), []);
    });
  });

  describe('beside the keys that are here', () => {
    const wrong = withId(testKey('b').jwk, KEY_ID);
    const importIt: readonly Act[] = [pasted, { type: apiAnswer(key) }];
    const yes: Act = { confirm: true };
    const elsewhere = `Not imported as ${KEY_ID}: this private key is on this machine already, as signing key ${OTHER_ID}`;
    const openedBy = async ({ keys }: Awaited<ReturnType<typeof play>>) => {
      const opened = await keys.open({ accountKey: 'a1', kid: KEY_ID });
      return opened.ok ? opened.value.n : opened.failure.code;
    };
    const rows: readonly {
      readonly title: string;
      readonly stored: NonNullable<Start['stored']>;
      readonly acts?: readonly Act[];
      /** What is said at the end: a notification, a few seconds in the status bar, or nothing. */
      readonly says?: RegExp;
      /** Whose numbers sign from then on under the id. */
      readonly signs: string;
    }[] = [
      { title: 'nothing', stored: [], says: /is ready/, signs: jwk.n },
      { title: 'itself', stored: [['a1', jwk]], says: /is here already/, signs: jwk.n },
      { title: 'itself in another account', stored: [['a2', jwk]], says: /is ready/, signs: jwk.n },
      {
        title: 'its numbers under another id',
        stored: [['a1', withId(jwk, OTHER_ID)]],
        says: new RegExp(`^${elsewhere}, and a key has only one id`),
        signs: 'keyMissing',
      },
      {
        title: 'its numbers under another id of another account',
        stored: [['a2', withId(jwk, OTHER_ID)]],
        says: new RegExp(`^${elsewhere} of the account "Bravo"`),
        signs: 'keyMissing',
      },
      {
        title: 'other numbers under its id',
        stored: [['a1', wrong]],
        acts: [yes],
        says: /is ready/,
        signs: jwk.n,
      },
      {
        title: 'other numbers under its id, which are to stay',
        stored: [['a1', wrong]],
        acts: [{ confirm: false }],
        signs: wrong.n,
      },
    ];
    for (const { title, stored, acts = [], says, signs } of rows) {
      it(`${title}: ${says?.source ?? 'changes nothing'}`, async () => {
        const played = await play([...importIt, ...acts], undefined, { stored });
        const { prompter, vault } = played;
        assert.match([...prompter.told, ...prompter.mentioned].join(), says ?? /^$/);
        assert.equal(await openedBy(played), signs);
        const records = [...vault.secrets].filter(([, text]) => text.includes(`"kid":"${KEY_ID}","jwk"`));
        assert.equal(records.filter(([name]) => name.startsWith('key:a1:')).length, signs === 'keyMissing' ? 0 : 1);
      });
    }

    it('asks what replacing means', async () => {
      const { prompter } = await play([...importIt, yes], undefined, { stored: [['a1', wrong]] });
      assert.equal(prompter.asked.at(-1), `? Replace the private half of signing key ${KEY_ID}?`);
      assert.match(prompter.details[0] ?? '', /Only one of them can be right.*can’t be fetched again/);
    });
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

  it('stores it also when the revocation of another can’t be written', async () => {
    const stored = [['a1', { ...testKey('b').jwk, kid: OTHER_ID }]] as const;
    const { outcome, prompter, log } = await play([pasted, { type: apiAnswer(key) }], undefined, {
      stored,
      full: true,
    });
    assert.ok(outcome.ok);
    assert.deepEqual(prompter.mentioned, [`Signing key ${KEY_ID} is ready.`]);
    assert.match(log.lines.join(), /which keys are revoked could not be written/);
  });

  it('does not store one with an account that was removed meanwhile', async () => {
    const { outcome, vault } = await play([pasted, { type: apiAnswer(key) }], undefined, { accountGoes: true });
    assert.deepEqual(outcome, { ok: false, failure: { code: 'accountGone' } });
    assert.deepEqual([...vault.secrets.keys()], []);
  });

  it('says when the key was deleted at Cloudflare before, also where nobody can be asked', async () => {
    const { prompter } = await play(
      [pasted, { type: apiAnswer(key) }],
      { keys: [{ code: 'offline' }] },
      { stored: [['a1', jwk]], revoked: true },
    );
    assert.match(prompter.told.join(), /was deleted at Cloudflare: tokens signed with it are refused/);
    assert.deepEqual(prompter.mentioned, []);
  });

  it('needs no network', async () => {
    const { outcome, prompter } = await play([pasted, { type: apiAnswer(key) }], { keys: [{ code: 'offline' }] });
    assert.deepEqual([outcome.ok, prompter.told], [true, []]);
    const inBrowser = await play([pasted, { type: apiAnswer(key) }], {}, { canCallApi: false });
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
