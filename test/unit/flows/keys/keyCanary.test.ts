import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { createDraft } from '../../../../src/flows/draft';
import { createKeyActions } from '../../../../src/flows/keys/keyActions';
import { createKeyLibrary } from '../../../../src/flows/keys/keyLibrary';
import { createLibraryTree } from '../../../../src/flows/library/libraryTree';
import { signVideo } from '../../../../src/flows/signing/signVideo';
import { createRedactor } from '../../../../src/source/redact';
import type { Failure } from '../../../../src/stream/failure';
import { apiAnswer, base64, KEY_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import {
  ACME,
  memoryAccounts,
  memoryCache,
  memoryKeys,
  memoryPending,
  memoryRecent,
  memorySettings,
  nothingKnown,
  recordingOutput,
} from '../../support/memory';
import { type Act, type ScriptedPrompter, scriptedPrompter } from '../../support/scriptedPrompter';
import { testInspector } from '../../support/testInspector';

const key = testKey('canary');
const { jwk, pkcs1, pkcs8 } = key;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const NAME = { accountKey: 'a1', kid: KEY_ID };
const created = { id: KEY_ID, created: '', jwk: base64(JSON.stringify(jwk)), pem: base64(pkcs1) };
const reset: Failure = { code: 'unreachable', reason: 'UND_ERR_SOCKET', sent: 'maybe' };

/** What would give the key away: each secret number and each form of the whole, with the bytes written in any usual way. */
const CANARIES: readonly string[] = [
  ...[jwk.d, jwk.p, jwk.q, jwk.dp, jwk.dq, jwk.qi].flatMap((number) => {
    const bytes = Buffer.from(number, 'base64url');
    return [number, bytes.toString('base64'), bytes.toString('hex'), base64(number), number.slice(0, 24)];
  }),
  ...[pkcs1, pkcs8].flatMap((pem) => [pem.split('\n')[6] ?? '', base64(pem).slice(200, 240)]),
  created.jwk.slice(-200, -160),
];

/** A desk on which every flow can be played; `seen` is everything that leaves it, but for the vault. */
async function desk(script: ApiScript, acts: readonly Act[], { stored = true, brokenWrites = 0 } = {}) {
  const prompter = scriptedPrompter(acts);
  const accounts = await memoryAccounts(ACME);
  const { vault, log } = accounts;
  const keys = memoryKeys(vault, () => 1000);
  if (stored) await keys.add('a1', jwk, '');
  const write = vault.write;
  let broken = brokenWrites;
  vault.write = async (name, text) => {
    if (name.startsWith('key:') && broken-- > 0) throw new Error(`can't store ${text}`);
    await write(name, text);
  };
  const api = fakeApi(script);
  const pending = memoryPending(vault, 60_000);
  const times = { locale: 'en', timeZone: 'UTC' };
  const openApi = () => api;
  const now = () => 1_800_000_000_000;
  const library = createKeyLibrary({ accounts, keys, pending, openApi, canCallApi: true, now });
  const parts = { prompter, accounts, keys, pending, library, openApi, log, times, canCallApi: true, now };
  const actions = createKeyActions(parts);
  const output = recordingOutput('sure');
  const preferences = memoryCache();
  const sign = () =>
    signVideo(
      { videoId: TOUR },
      {
        ...parts,
        keyActions: actions,
        addAccount: async () => assert.fail(),
        replaceCredential: async () => assert.fail(),
        ...nothingKnown,
        videos: { listing: () => assert.fail() },
        output,
        showLog: () => {},
        settings: memorySettings(),
        draft: createDraft(),
        preferences,
        workspacePreferences: preferences,
      },
    );
  const inspect = async (text: string | undefined) =>
    (await testInspector({ prompter, accounts, keys })).inspector.inspect(text);
  const tree = createLibraryTree({
    ...parts,
    keys: library,
    views: { filter: () => ({}), shown: () => assert.fail() },
    recent: memoryRecent(),
    liveInputs: { open: () => assert.fail(), recordings: () => assert.fail() },
  });
  const seen = () => [log.lines, keys.log.lines, words(prompter), output.done, api.calls];
  const caches = () => [accounts.cache, keys.cache, preferences].map(({ entries }) => [...entries]);
  return { prompter, actions, sign, inspect, tree, keys, log, times, now, seen, caches };
}

/** Everything a person got to see; not what a file or the clipboard took on their command. */
function words({ asked, lists, details, mentioned, told, waited }: ScriptedPrompter) {
  return [asked, lists, details, mentioned, told, waited];
}

function assertNothingIn(...places: readonly unknown[]): void {
  const text = inspect(places, { depth: 12, maxArrayLength: null, maxStringLength: null, breakLength: Infinity });
  const found = CANARIES.filter((canary) => canary !== '' && text.includes(canary));
  assert.deepEqual(
    found.map((canary) => `${canary.slice(0, 4)}…`),
    [],
  );
}

type Desk = Awaited<ReturnType<typeof desk>>;
type Play = readonly [string, ApiScript, readonly Act[], (desk: Desk) => Promise<unknown>, Parameters<typeof desk>[2]?];

describe('the private half of a key', () => {
  const yes: Act = { confirm: true };
  const fresh = { stored: false };
  const damaged = JSON.stringify({ ...jwk, d: testKey('b').jwk.d });
  const plays: readonly Play[] = [
    ['a creation', { keys: [[]], createdKey: created }, [yes], ({ actions }) => actions.create('a1'), fresh],
    [
      'a creation of something unusable',
      { keys: [[]], createdKey: { ...created, pem: base64(testKey('b').pkcs1) } },
      [yes, 'esc'],
      ({ actions }) => actions.create('a1'),
      fresh,
    ],
    [
      'a creation that can’t be stored',
      { keys: [[]], createdKey: created },
      [yes, { pick: 'Try to store' }, 'esc', yes],
      ({ actions }) => actions.create('a1'),
      { ...fresh, brokenWrites: 9 },
    ],
    [
      'a creation whose answer is lost',
      { keys: [[], [{ id: KEY_ID, created: '' }]], createdKey: reset },
      [yes, 'esc'],
      ({ actions }) => actions.create('a1'),
      fresh,
    ],
    ...[base64(pkcs1), pkcs8, created.jwk, apiAnswer(key), damaged, `${pkcs1.slice(0, 900)}!`].map(
      (text, at): Play => [
        `an import, form ${at}`,
        { keys: [[]] },
        [{ pick: 'Paste it' }, { type: text }, 'esc'],
        async ({ actions, prompter }) => {
          // An import that needs no id ends before Esc.
          const outcome = await actions.import('a1');
          if (outcome.ok) prompter.skip();
          return outcome;
        },
        fresh,
      ],
    ),
    ['a deletion', { deletedKey: 'ok' }, [yes], ({ actions }) => actions.delete(NAME)],
    ['a deletion that fails', { deletedKey: { code: 'offline' } }, [yes], ({ actions }) => actions.delete(NAME)],
    ['forgetting', {}, [yes], ({ actions }) => actions.forget(NAME)],
    ['copying', {}, [], ({ actions }) => actions.copyAsEnvironment(NAME)],
    ['a signing here', {}, [{ pick: 'Sign and' }], ({ sign }) => sign()],
    [
      'a comparison that fails',
      { tokens: [{ code: 'timeout', seconds: 20 }] },
      [{ pick: 'Compare with' }, 'esc'],
      ({ sign }) => sign(),
    ],
    [
      'the sidebar',
      { keys: [[{ id: KEY_ID, created: '' }]] },
      [],
      async ({ tree }) => {
        const [account] = await tree.children();
        const below = await tree.children(account);
        return Promise.all(below.filter(({ kind }) => kind === 'keys').map((node) => tree.children(node)));
      },
    ],
    [
      'the claims page',
      {},
      [],
      async (table) => {
        const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
        const token = `${part({ alg: 'RS256', kid: KEY_ID })}.${part({ sub: TOUR, exp: 1 })}.c2ln`;
        return table.inspect(token);
      },
    ],
    ...[base64(pkcs1), created.jwk, JSON.stringify(jwk), pkcs8.replaceAll('\n', ' ')].map(
      (text, at): Play => [
        `a key that is pasted as a token, form ${at}`,
        {},
        [{ type: text }, 'esc'],
        (table) => table.inspect(undefined),
      ],
    ),
  ];
  for (const [title, script, acts, play, options] of plays) {
    it(`is nowhere to be seen after ${title}`, async () => {
      const table = await desk(script, acts, options);
      const outcome = await play(table);
      table.prompter.finish();
      assertNothingIn(outcome, table.seen(), table.caches());
    });
  }

  it('is in one request only, and hidden there from the log', async () => {
    const token = `${base64('{"alg":"RS256"}').replace(/=+$/, '')}.${base64('{"exp":1}').replace(/=+$/, '')}.c2ln`;
    const acts: readonly Act[] = [
      ...[{ pick: 'Sign with' }, { pick: 'Cloudflare API with key' }, { pick: 'Sign and' }],
      yes,
    ];
    const { sign, prompter, keys, log, caches } = await desk({ tokens: [token] }, acts);
    await sign();
    assertNothingIn(words(prompter), caches(), log.lines, keys.log.lines);
    const redactor = createRedactor();
    for (const secret of [...log.hidden, ...keys.log.hidden]) redactor.learn(secret);
    for (const secret of [created.pem, jwk.d, jwk.qi, created.jwk])
      assert.ok(!redactor.redact(`x ${secret} y`).includes(secret.slice(20, 60)));
  });

  it('would be noticed', () => {
    assert.throws(() => assertNothingIn({ deep: [{ text: `x${jwk.p}y` }] }));
    assert.throws(() => assertNothingIn(new Error(pkcs8)));
    assert.throws(() => assertNothingIn(created.pem));
  });
});
