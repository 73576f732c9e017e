import assert from 'node:assert/strict';
import { createKey } from '../../../../src/flows/keys/createKey';
import type { KeysBefore } from '../../../../src/flows/keys/pendingKeys';
import type { CreatedKey, KeyList, ListedKey } from '../../../../src/stream/api/client';
import type { Failure } from '../../../../src/stream/failure';
import { parseKey } from '../../../../src/stream/keys/parseKey';
import { compositeKey } from '../../stream/keys/compositeKey';
import { base64, KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { ACME, memoryAccounts, memoryKeys, memoryPending } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const NOW = 1_800_000_000_000;
const { jwk, pkcs1 } = testKey();
const shown: CreatedKey = {
  id: KEY_ID,
  created: '2027-01-15T08:00:00Z',
  jwk: base64(JSON.stringify(jwk)),
  pem: base64(pkcs1),
};
const older: ListedKey = { id: OTHER_ID, created: '2026-01-01T00:00:00Z' };
const newer: ListedKey = { id: KEY_ID, created: '2027-01-15T08:00:00Z' };
/** A list with an entry in it that can't be read. */
const damaged = (...keys: readonly ListedKey[]): KeyList => ({ keys, complete: false });
const reset: Failure = { code: 'unreachable', reason: 'UND_ERR_SOCKET', sent: 'maybe' };

interface Start {
  /** Writes of a key that fail before one succeeds. */
  readonly brokenWrites?: number;
  readonly keepsNothing?: boolean;
  /** The account is removed while Cloudflare makes the key. */
  readonly accountGoes?: boolean;
  /** A mark that an earlier window left, so many milliseconds ago. */
  readonly leftMark?: { readonly before: KeysBefore; readonly age: number };
}

async function play(script: ApiScript, acts: readonly Act[], start: Start = {}) {
  const prompter = scriptedPrompter(acts);
  const accounts = await memoryAccounts(ACME);
  const { vault, log } = accounts;
  const write = vault.write;
  let broken = start.brokenWrites ?? 0;
  vault.write = async (key, text) => {
    if (key.startsWith('key:') && broken-- > 0) throw new Error(`no: ${text}`);
    if (!start.keepsNothing) await write(key, text);
  };
  const keys = memoryKeys(vault, () => NOW);
  const pending = memoryPending(vault, NOW);
  if (start.leftMark !== undefined) {
    const { before, age } = start.leftMark;
    await memoryPending(vault, NOW - age, 'q').mark('a1', before);
  }
  const fake = fakeApi(script);
  const api: typeof fake = {
    ...fake,
    async createKey(...sent) {
      if (start.accountGoes) await accounts.remove('a1');
      return fake.createKey(...sent);
    },
  };
  let passed = 0;
  /** What stood there each time when something was said in passing. */
  const marksThen: number[] = [];
  const marksNow = () => [...vault.secrets.keys()].filter((key) => key.startsWith('pendingKey:'));
  const outcome = await createKey('a1', {
    prompter: {
      ...prompter,
      mention(sentence) {
        marksThen.push(marksNow().length);
        prompter.mention(sentence);
      },
    },
    accounts,
    keys,
    pending,
    openApi: () => api,
    log,
    times: { locale: 'en', timeZone: 'UTC' },
    now: () => NOW + passed++,
  });
  prompter.finish();
  const stored = (await keys.list()).map(({ kid }) => kid);
  return { outcome, prompter, keys, vault, log, calls: fake.calls, marks: marksNow(), marksThen, stored };
}

const yes: Act = { confirm: true };
const deleteIt: readonly Act[] = [{ pick: 'Delete it at Cloudflare' }, yes];
const CREATED = ['keys', 'create key'];
const DELETION = [`Signing Key ${KEY_ID} Is of No Use Here`, `? Delete signing key ${KEY_ID} of "Acme"?`];

describe('create a signing key', () => {
  it('asks, creates, proves, stores, and says that it is ready', async () => {
    const { outcome, prompter, keys, calls, marks, marksThen, log } = await play(
      { keys: [[older]], createdKey: shown },
      [yes],
    );
    assert.ok(outcome.ok);
    assert.deepEqual(prompter.asked, ['? Create a signing key for "Acme"?']);
    assert.match(prompter.details[0] ?? '', /only once.*secret storage/);
    assert.deepEqual(calls, CREATED);
    assert.deepEqual(await keys.open({ accountKey: 'a1', kid: KEY_ID }), { ok: true, value: jwk });
    assert.equal((await keys.list())[0]?.created, shown.created);
    assert.deepEqual(prompter.mentioned, [`Signing key ${KEY_ID} is ready.`]);
    assert.deepEqual([marks, marksThen], [[], [0]]);
    for (const secret of [shown.jwk, shown.pem, jwk.d, jwk.p]) assert.ok(log.hidden.includes(secret ?? ''));
  });

  it('does nothing without a yes', async () => {
    const { outcome, calls, marks } = await play({}, [{ confirm: false }]);
    assert.deepEqual(outcome, { ok: false, failure: { code: 'cancelled' } });
    assert.deepEqual([calls, marks], [[], []]);
  });

  it('creates nothing when the keys can’t be listed, since a lost answer could not be told then', async () => {
    const { outcome, calls, marks } = await play({ keys: [{ code: 'offline' }] }, [yes]);
    assert.deepEqual(outcome, { ok: false, failure: { code: 'offline' } });
    assert.deepEqual([calls, marks], [['keys'], []]);
  });

  it('creates nothing when the secret storage keeps nothing', async () => {
    const { outcome, calls } = await play({ keys: [[]] }, [yes], { keepsNothing: true });
    assert.ok(!outcome.ok && outcome.failure.code === 'secretsUnavailable');
    assert.deepEqual(calls, ['keys']);
  });

  for (const code of ['forbidden', 'unauthorized', 'rejected', 'rateLimited'] as const) {
    it(`leaves nothing behind when the answer is ${code}`, async () => {
      const failure: Failure = { code, status: 400, errors: [] };
      const { outcome, calls, marks, prompter } = await play({ keys: [[]], createdKey: failure }, [yes]);
      assert.deepEqual(outcome, { ok: false, failure });
      assert.deepEqual([calls, marks, prompter.told], [CREATED, [], []]);
    });
  }

  describe('when the answer is lost', () => {
    const lost: readonly Failure[] = [
      reset,
      { code: 'timeout', seconds: 20, sent: 'maybe' },
      { code: 'unexpectedAnswer', detail: 'no JSON envelope' },
      { code: 'serverTrouble', status: 502, errors: [] },
      { code: 'cancelled', sent: 'maybe' },
    ];
    for (const failure of lost) {
      it(`${failure.code}: says which key was made, and deletes it if wanted`, async () => {
        const { outcome, prompter, calls, marks } = await play(
          { keys: [[older], [older, newer]], createdKey: failure, deletedKey: 'ok' },
          [yes, ...deleteIt],
        );
        assert.equal(outcome.ok, false);
        assert.deepEqual(prompter.asked.slice(1), DELETION);
        assert.deepEqual(calls, [...CREATED, 'keys', `delete key ${KEY_ID}`]);
        assert.deepEqual(prompter.mentioned, [`Signing key ${KEY_ID} was deleted.`]);
        assert.deepEqual(marks, []);
      });
    }

    it('names it also where the clocks differ by an hour', async () => {
      const early = { ...newer, created: '2027-01-15T07:00:00Z' };
      const { prompter, marks } = await play({ keys: [[older], [older, early]], createdKey: reset, deletedKey: 'ok' }, [
        yes,
        ...deleteIt,
      ]);
      assert.deepEqual([prompter.asked.slice(1), marks], [DELETION, []]);
    });

    it('reports the failure when no key was made', async () => {
      const { outcome, calls, marks } = await play({ keys: [[older]], createdKey: reset }, [yes]);
      assert.deepEqual(outcome, { ok: false, failure: reset });
      assert.deepEqual([calls, marks], [[...CREATED, 'keys'], []]);
    });

    it('leaves the key when another may have its private half', async () => {
      const { calls, marks } = await play({ keys: [[], [newer]], createdKey: reset }, [
        yes,
        { pick: 'Leave it there' },
      ]);
      assert.deepEqual([calls, marks], [[...CREATED, 'keys'], []]);
    });

    it('asks again next time after Esc', async () => {
      const { marks } = await play({ keys: [[], [newer]], createdKey: reset }, [yes, 'esc']);
      assert.equal(marks.length, 1);
    });

    it('says that it is not known when the keys can’t be listed either, and keeps the mark', async () => {
      const { outcome, prompter, marks } = await play({ keys: [[], { code: 'offline' }], createdKey: reset }, [yes]);
      assert.deepEqual(outcome, { ok: false, failure: { code: 'offline' } });
      assert.match(prompter.told[0] ?? '', /not known whether Cloudflare created/);
      assert.equal(marks.length, 1);
    });
  });

  describe('when not all keys can be listed', () => {
    it('keeps the mark of a lost answer, and says that it is not known', async () => {
      const { outcome, prompter, marks } = await play({ keys: [[older], damaged(older)], createdKey: reset }, [yes]);
      assert.deepEqual(outcome, { ok: false, failure: reset });
      assert.match(prompter.told[0] ?? '', /not known whether Cloudflare created.*not all keys can be listed/);
      assert.equal(marks.length, 1);
    });

    it('deletes the one that is surely new, and still keeps the mark', async () => {
      const { calls, prompter, marks } = await play(
        { keys: [[older], damaged(older, newer)], createdKey: reset, deletedKey: 'ok' },
        [yes, ...deleteIt],
      );
      assert.deepEqual(calls, [...CREATED, 'keys', `delete key ${KEY_ID}`]);
      assert.deepEqual([prompter.told, marks.length], [[], 1]);
    });

    it('offers none for deletion that may only seem new', async () => {
      const { calls, prompter, marks } = await play({ keys: [damaged(), [older]], createdKey: reset }, [yes]);
      assert.deepEqual(calls, [...CREATED, 'keys']);
      assert.match(prompter.told[0] ?? '', /can’t be told, since not all keys could be listed before it/);
      assert.deepEqual(marks, []);
    });

    it('says nothing of it when no key is unknown', async () => {
      const { outcome, prompter, marks } = await play({ keys: [damaged(older), [older]], createdKey: reset }, [yes]);
      assert.deepEqual(outcome, { ok: false, failure: reset });
      assert.deepEqual([prompter.told, marks], [[], []]);
    });

    it('creates another key all the same', async () => {
      const leftMark = { before: { ids: [OTHER_ID], complete: true }, age: 120_000 };
      const { outcome, prompter, marks } = await play({ keys: [damaged(older)], createdKey: shown }, [yes], {
        leftMark,
      });
      assert.ok(outcome.ok);
      assert.deepEqual([prompter.asked.length, marks.length], [1, 1]);
    });
  });

  describe('when an earlier creation was interrupted', () => {
    const leftMark = { before: { ids: [OTHER_ID], complete: true }, age: 120_000 };

    it('asks about the key it left before it makes another', async () => {
      const { outcome, prompter, calls, marks } = await play(
        { keys: [[older, newer], [older]], createdKey: { ...shown }, deletedKey: 'ok' },
        [...deleteIt, yes],
        { leftMark },
      );
      assert.ok(outcome.ok);
      assert.deepEqual(prompter.asked, [...DELETION, '? Create a signing key for "Acme"?']);
      assert.deepEqual(calls, ['keys', `delete key ${KEY_ID}`, ...CREATED]);
      assert.deepEqual(marks, []);
    });

    it('goes on at once when it left none', async () => {
      const { outcome, prompter, marks } = await play({ keys: [[older]], createdKey: shown }, [yes], { leftMark });
      assert.ok(outcome.ok);
      assert.equal(prompter.asked.length, 1);
      assert.deepEqual(marks, []);
    });

    it('does not meddle with a window that is still at it', async () => {
      const { outcome, calls, marks } = await play({ keys: [[newer]], createdKey: shown }, [yes], {
        leftMark: { ...leftMark, age: 30_000 },
      });
      assert.ok(outcome.ok);
      assert.deepEqual(calls, CREATED);
      assert.equal(marks.length, 1);
    });

    it('keeps the mark while Cloudflare can’t be asked', async () => {
      const { outcome, calls, marks } = await play({ keys: [{ code: 'offline' }] }, [], { leftMark });
      assert.deepEqual(outcome, { ok: false, failure: { code: 'offline' } });
      assert.deepEqual([calls, marks.length], [['keys'], 1]);
    });
  });

  describe('when the new key is of no use', () => {
    const other = testKey('b');
    const { pem: _, ...jwkAlone } = shown;
    const useless: readonly [string, CreatedKey][] = [
      ['without a private half', { ...shown, jwk: '', pem: '' }],
      ['with halves that differ', { ...shown, pem: base64(other.pkcs1) }],
      ['with another id inside', { ...shown, jwk: base64(JSON.stringify({ ...jwk, kid: OTHER_ID })) }],
      ['damaged', { ...shown, jwk: 'eyJ', pem: 'LS0tLS1CRUdJTi' }],
      [
        'with numbers that fit each other and sign nothing',
        { ...jwkAlone, jwk: base64(JSON.stringify(compositeKey(jwk))) },
      ],
    ];
    for (const [name, createdKey] of useless) {
      it(`${name}: names it and deletes it`, async () => {
        const { outcome, calls, prompter, stored, marks, log } = await play(
          { keys: [[]], createdKey, deletedKey: 'ok' },
          [yes, ...deleteIt],
        );
        assert.deepEqual(outcome, { ok: false, failure: { code: 'cancelled' } });
        assert.deepEqual(prompter.asked.slice(1), DELETION);
        assert.deepEqual(calls, [...CREATED, `delete key ${KEY_ID}`]);
        assert.deepEqual([stored, marks], [[], []]);
        assert.match(log.lines.join(), new RegExp(`new signing key ${KEY_ID} can't be used`));
      });
    }
  });

  it('says of a key of no use what is wrong with it, not with something pasted', async () => {
    const differ = { ...shown, pem: base64(testKey('b').pkcs1) };
    const { prompter } = await play({ keys: [[]], createdKey: differ }, [yes, 'esc']);
    assert.deepEqual(prompter.told, [
      `Cloudflare made signing key ${KEY_ID}, but it can’t be used: The "pem" and the "jwk" in its answer are two different keys.`,
    ]);
  });

  describe('when the answer does not say the id', () => {
    const { kid: _, ...nameless } = jwk;
    const bare: CreatedKey = { ...shown, id: '', jwk: base64(JSON.stringify(nameless)) };

    it('takes the one in the JWK', async () => {
      const { outcome, stored, marks } = await play({ keys: [[]], createdKey: { ...shown, id: '' } }, [yes]);
      assert.deepEqual([outcome.ok, stored, marks], [true, [KEY_ID], []]);
    });

    it('holds a key without one until it is in a file, from which it can be imported', async () => {
      const { outcome, prompter, stored, marks } = await play({ keys: [[]], createdKey: bare }, [
        yes,
        ...(['esc', { confirm: false }] as const),
        ...([{ pick: 'Save it' }, 'esc'] as const),
        ...([{ pick: 'Save it' }, { save: 'failed' }] as const),
        ...([{ pick: 'Save it' }, { save: 'saved' }] as const),
      ]);
      assert.deepEqual(outcome, { ok: false, failure: { code: 'cancelled' } });
      assert.equal(prompter.asked[1], 'The New Signing Key Came Without Its Id');
      assert.match(prompter.lists.at(-1)?.[0] ?? '', /could not be written\. The key is still held here/);
      const parsed = parseKey(prompter.saved[0] ?? '');
      assert.ok(parsed.ok && parsed.id === undefined && parsed.key.d === jwk.d);
      assert.match(
        prompter.told.join(),
        /is in the file\. Import it with "Import Signing Key…", which asks for its id/,
      );
      assert.deepEqual([stored, marks], [[], []]);
    });

    it('gives such a key up only when the person says so, and asks about it next time', async () => {
      const { outcome, marks } = await play({ keys: [[]], createdKey: bare }, [yes, 'esc', yes]);
      assert.deepEqual([outcome.ok, marks.length], [false, 1]);
    });

    it('finds one of no use by what is new in the list', async () => {
      const { prompter, calls, marks } = await play(
        { keys: [[older], [older, newer]], createdKey: { ...bare, jwk: 'eyJ' }, deletedKey: 'ok' },
        [yes, ...deleteIt],
      );
      assert.deepEqual(prompter.asked.slice(1), DELETION);
      assert.deepEqual([calls.at(-1), marks], [`delete key ${KEY_ID}`, []]);
    });
  });

  describe('when storing fails', () => {
    it('holds the key and stores it at the next try', async () => {
      const { outcome, prompter, stored, marks } = await play(
        { keys: [[]], createdKey: shown },
        [yes, { pick: 'Try to store it again' }, { pick: 'Try to store it again' }],
        { brokenWrites: 2 },
      );
      assert.ok(outcome.ok);
      assert.deepEqual(prompter.asked.slice(1), [
        `Signing Key ${KEY_ID} Is Not Stored Yet`,
        `Signing Key ${KEY_ID} Is Not Stored Yet`,
      ]);
      assert.deepEqual([stored, marks], [[KEY_ID], []]);
    });

    it('holds one whose account was removed meanwhile, which could not be found again', async () => {
      const { outcome, prompter, stored } = await play(
        { keys: [[]], createdKey: shown, deletedKey: 'ok' },
        [yes, { pick: 'Delete the key' }],
        { accountGoes: true },
      );
      assert.equal(outcome.ok, false);
      assert.match(prompter.lists.at(-1)?.[0] ?? '', /no longer|removed/);
      assert.deepEqual(stored, []);
    });

    it('saves it to a file that can be imported', async () => {
      const { outcome, prompter, stored, marks } = await play(
        { keys: [[]], createdKey: shown },
        [
          yes,
          { pick: 'Save it' },
          'esc',
          { pick: 'Save it' },
          { save: 'failed' },
          { pick: 'Save it' },
          { save: 'saved' },
        ],
        { brokenWrites: 1 },
      );
      assert.equal(outcome.ok, false);
      assert.deepEqual(JSON.parse(prompter.saved[0] ?? ''), jwk);
      assert.match(prompter.told[0] ?? '', /is in the file\. Import it with "Import Signing Key…"/);
      assert.deepEqual([stored, marks], [[], []]);
    });

    it('deletes it at Cloudflare', async () => {
      const { calls, stored, marks } = await play(
        { keys: [[]], createdKey: shown, deletedKey: 'ok' },
        [yes, { pick: 'Delete the key' }],
        { brokenWrites: 1 },
      );
      assert.deepEqual(calls, [...CREATED, `delete key ${KEY_ID}`]);
      assert.deepEqual([stored, marks], [[], []]);
    });

    it('still holds it when deleting fails', async () => {
      const { outcome, stored } = await play(
        { keys: [[]], createdKey: shown, deletedKey: { code: 'offline' } },
        [yes, { pick: 'Delete the key' }, { pick: 'Try to store' }],
        { brokenWrites: 1 },
      );
      assert.ok(outcome.ok);
      assert.deepEqual(stored, [KEY_ID]);
    });

    it('gives it up only when the person says so twice, and asks about it next time', async () => {
      const { outcome, prompter, marks } = await play(
        { keys: [[]], createdKey: shown },
        [yes, 'esc', { confirm: false }, 'esc', { confirm: true }],
        { brokenWrites: 1 },
      );
      assert.equal(outcome.ok, false);
      assert.equal(prompter.asked[2], `? Give up the private half of signing key ${KEY_ID}?`);
      assert.equal(marks.length, 1);
    });

    it('says nothing of the key in the log', async () => {
      const { log } = await play({ keys: [[]], createdKey: shown }, [yes, 'esc', yes], { brokenWrites: 1 });
      for (const secret of [shown.jwk, shown.pem, jwk.d, jwk.p, jwk.q])
        assert.ok(!log.lines.join().includes(secret ?? ''));
    });
  });
});
