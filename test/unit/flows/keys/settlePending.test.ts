import assert from 'node:assert/strict';
import { createKeyActions } from '../../../../src/flows/keys/keyActions';
import { createKeyLibrary } from '../../../../src/flows/keys/keyLibrary';
import { createPendingKeys } from '../../../../src/flows/keys/pendingKeys';
import type { CreatedKey, ListedKey } from '../../../../src/stream/api/client';
import type { Failure } from '../../../../src/stream/failure';
import { base64, KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { createFakeClock } from '../../support/fakeClock';
import { ACME, memoryAccounts, memoryKeys, memoryPending } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const NOW = Date.UTC(2027, 0, 15, 8);
const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const { jwk } = testKey();
const older: ListedKey = { id: OTHER_ID, created: '2026-01-01T00:00:00Z' };
const newer: ListedKey = { id: KEY_ID, created: '2027-01-15T08:00:05Z' };
const shown: CreatedKey = { ...newer, jwk: base64(JSON.stringify(jwk)) };
const reset: Failure = { code: 'unreachable', reason: 'UND_ERR_SOCKET', sent: 'maybe' };
const yes: Act = { confirm: true };
const STRAY = `Signing Key ${KEY_ID} Is of No Use Here`;
const MODAL = `? Delete signing key ${KEY_ID} of "Acme"?`;
const CREATE = '? Create a signing key for "Acme"?';

/** A window in which keys are created and looked for; `storeFails` keeps every key out of secret storage. */
async function openWindow(script: ApiScript, acts: readonly Act[], { storeFails = false } = {}) {
  const clock = createFakeClock(NOW);
  const now = () => clock.now();
  const prompter = scriptedPrompter(acts);
  const accounts = await memoryAccounts(ACME);
  const { vault, log } = accounts;
  const { write } = vault;
  vault.write = async (key, text) => {
    if (storeFails && key.startsWith('key:')) throw new Error('locked');
    await write(key, text);
  };
  const keys = memoryKeys(vault, now);
  let count = 0;
  const pending = createPendingKeys({ ...clock, vault, randomId: () => `p${++count}` });
  const api = fakeApi(script);
  const common = { accounts, keys, pending, openApi: () => api, canCallApi: true, now };
  const library = createKeyLibrary(common);
  const actions = createKeyActions({ ...common, prompter, library, log, times: { locale: 'en-GB', timeZone: 'UTC' } });
  const marks = () => [...vault.secrets.keys()].filter((key) => key.startsWith('pendingKey:')).length;
  const interrupted = async () => (await library.open('a1')).interrupted;
  return { clock, vault, prompter, actions, calls: api.calls, marks, interrupted };
}

describe('a key that was left behind', () => {
  const hidden: readonly [string, ApiScript, readonly Act[], boolean, number][] = [
    [
      'the answer was lost, and the keys can’t be listed',
      { keys: [[], reset, [newer]], createdKey: reset },
      [yes],
      false,
      30,
    ],
    ['Esc at the question', { keys: [[], [newer]], createdKey: reset }, [yes, 'esc'], false, 5],
    [
      'no at the modal',
      { keys: [[], [newer]], createdKey: reset },
      [yes, { pick: 'Delete it' }, { confirm: false }],
      false,
      5,
    ],
    [
      'it could not be deleted',
      { keys: [[], [newer]], createdKey: reset, deletedKey: { code: 'offline' } },
      [yes, { pick: 'Delete it' }, yes],
      false,
      5,
    ],
    ['it was given up', { keys: [[], [newer]], createdKey: shown }, [yes, 'esc', yes], true, 3 * 3600],
    [
      'it was of no use, and Esc',
      { keys: [[], [newer]], createdKey: { ...shown, jwk: 'eyJ' } },
      [yes, 'esc'],
      false,
      3 * 3600,
    ],
  ];
  for (const [title, script, acts, storeFails, seconds] of hidden) {
    it(`is asked about again in the same window: ${title}`, async () => {
      const again: readonly Act[] = [{ pick: 'Leave it there' }];
      const { clock, prompter, actions, marks, interrupted } = await openWindow(script, [...acts, ...again], {
        storeFails,
      });
      assert.equal((await actions.create('a1')).ok, false);
      await clock.advance(seconds * SECOND);
      assert.deepEqual([marks(), await interrupted()], [1, 1]);
      await actions.settle('a1');
      prompter.finish();
      assert.equal(prompter.asked.at(-1), STRAY);
      assert.deepEqual([prompter.mentioned, marks(), await interrupted()], [[], 0, 0]);
    });
  }

  it('is asked about before another is created', async () => {
    const { clock, prompter, actions } = await openWindow({ keys: [[], reset, [newer]], createdKey: reset }, [
      yes,
      'esc',
      { confirm: false },
    ]);
    await actions.create('a1');
    await clock.advance(30 * SECOND);
    await actions.create('a1');
    prompter.finish();
    assert.deepEqual(prompter.asked, [CREATE, STRAY, CREATE]);
  });

  it('is not asked about while another window holds it, and nobody says that there is none', async () => {
    const held = await openWindow({ keys: [[older]] }, []);
    const other = memoryPending(held.vault, NOW, 'q');
    await other.mark('a1', { ids: [], complete: true });
    await held.actions.settle('a1');
    assert.match(held.prompter.mentioned.join(), /^A signing key is being created right now, maybe in another window/);
    assert.deepEqual([held.calls, held.marks()], [[], 1]);
  });

  it('is nowhere when there is no mark', async () => {
    const { prompter, actions } = await openWindow({ keys: [[older]] }, []);
    await actions.settle('a1');
    assert.deepEqual(prompter.mentioned, ['No signing key was left behind.']);
  });

  it('says that it could not be deleted, and why', async () => {
    const script: ApiScript = { keys: [[], [newer]], createdKey: reset, deletedKey: { code: 'offline' } };
    const { prompter, actions } = await openWindow(script, [yes, { pick: 'Delete it' }, yes]);
    assert.deepEqual(await actions.create('a1'), { ok: false, failure: { code: 'cancelled' } });
    assert.match(prompter.told.join(), new RegExp(`^Signing key ${KEY_ID} could not be deleted\\. .*offline`));
  });
});

describe('a key that is new since a creation was interrupted', () => {
  /** By the mark the request had ended at 08:02:00. */
  const rows: readonly [string, string, number, boolean][] = [
    ['made while the request was under way', '2027-01-15T08:00:05Z', 21 * DAY, true],
    ['made then by a clock that is slow', '2027-01-15T07:55:01Z', 21 * DAY, true],
    ['made then by a clock that is fast', '2027-01-15T08:06:59Z', 21 * DAY, true],
    ['made before', '2027-01-15T07:54:59Z', 21 * DAY, false],
    ['made after', '2027-01-15T08:07:01Z', 21 * DAY, false],
    ['made weeks later by somebody else', '2027-02-04T10:00:00Z', 21 * DAY, false],
    ['made nobody says when', '', 21 * DAY, true],
    ['looked for at once, with this machine’s clock a day wrong', '2027-01-14T08:00:00Z', 10 * SECOND, true],
  ];
  for (const [title, created, later, offered] of rows) {
    it(`${offered ? 'can be deleted' : 'is left alone'}: ${title}`, async () => {
      const key: ListedKey = { id: KEY_ID, created };
      const acts: readonly Act[] = offered ? ['esc', 'esc'] : ['esc'];
      const script: ApiScript = { keys: [[older], [older, newer], [older, key]], createdKey: reset };
      const { clock, prompter, actions, calls } = await openWindow(script, [yes, ...acts]);
      await actions.create('a1');
      await clock.advance(later);
      await actions.settle('a1');
      prompter.finish();
      assert.deepEqual(prompter.asked, [CREATE, STRAY, ...(offered ? [STRAY] : [])]);
      assert.equal(prompter.told.join().includes(`were left alone: ${KEY_ID}`), !offered);
      assert.deepEqual([prompter.mentioned, calls.some((call) => call.startsWith('delete'))], [[], false]);
    });
  }

  it('is not deleted by Enter, nor without the modal', async () => {
    const { prompter, actions, calls } = await openWindow({ keys: [[], [newer]], createdKey: reset }, [
      yes,
      { pick: 'Delete it' },
      { confirm: false },
    ]);
    await actions.create('a1');
    assert.deepEqual(prompter.asked, [CREATE, STRAY, MODAL]);
    assert.match(prompter.details[1] ?? '', /^Every token that was ever signed with this key stops working at once/);
    assert.deepEqual(prompter.lists[0], [
      'Leave it there | If another window or person made it and has its private half.',
      'Delete it at Cloudflare | Cloudflare made it 15 Jan 2027, 08:00:05 (08:00:05 UTC). It is new since a creation was interrupted here, and its private half is not on this machine.',
    ]);
    assert.deepEqual(calls, ['keys', 'create key', 'keys']);
  });
});
