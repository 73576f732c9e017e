import assert from 'node:assert/strict';
import { signToken } from '../../../../src/stream/keys/signToken';
import { readToken } from '../../../../src/stream/token/claims';
import type { TokenOptions } from '../../../../src/stream/token/options';
import { KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { jwt } from '../../stream/token/jwt';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { memoryAccounts, memoryKeys } from '../../support/memory';
import type { Act } from '../../support/scriptedPrompter';
import { testInspector } from '../../support/testInspector';

const NOW = 1_800_000_000;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const account = (label: string, accountId: string) => ({
  label,
  accountId,
  credential: { kind: 'apiToken' as const, token: `cfut_${label}` },
});
const ACME = account('Acme', '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87');
const BASE = account('Base', '1f3c2a9d8b7e41c6a5d4e3f2b1c09a87');
const RULES = [
  { type: 'ip.geoip.country', action: 'allow', country: ['DE'] },
  { type: 'any', action: 'block' },
] as const;
const OPTIONS: TokenOptions = {
  notBefore: { kind: 'fromNow', seconds: 0 },
  expiry: { kind: 'fromNow', seconds: 7200 },
  accessRules: RULES,
};
const dead = (kid = KEY_ID) => signToken({ ...testKey().jwk, kid }, TOUR, OPTIONS, NOW - 90_000);

interface Setting {
  readonly api?: ApiScript;
  readonly acts?: readonly Act[];
  readonly keyHere?: boolean;
  readonly accounts?: readonly (typeof ACME)[];
  readonly defaults?: unknown;
}

async function setUp({ api = {}, acts = [], keyHere = true, accounts: some = [ACME], defaults }: Setting = {}) {
  const cloudflare = fakeApi(api);
  const accounts = await memoryAccounts(...some);
  const keys = memoryKeys(accounts.vault);
  if (keyHere) await keys.add('a1', testKey().jwk, '');
  const setting = await testInspector({ api: cloudflare, accounts, keys, now: NOW, acts, defaults });
  return { ...setting, calls: cloudflare.calls };
}

/** A token in a document; `sure` says whether the document is still as it was when the new one comes. */
function placeOf(token: string, { sure = true, url = '' } = {}) {
  const placed: string[] = [];
  const replace = async (text: string) => {
    if (sure) placed.push(text);
    return sure;
  };
  return { token, around: url === '' ? token : url.replace('TOKEN', token), replace, placed };
}

function claimsOf(text: string | undefined) {
  const read = readToken(text ?? '');
  assert.ok(read.ok);
  return read.token.claims;
}

describe('re-signing a token in a document', () => {
  it('puts one with the same rules and lifetime there, by the same key and without a request', async () => {
    const { sourceTokens, prompter, calls } = await setUp();
    const place = placeOf(await dead());
    assert.ok((await sourceTokens.resign(place)).ok);
    assert.deepEqual(claimsOf(place.placed[0]), { sub: TOUR, kid: KEY_ID, exp: NOW + 7200, accessRules: RULES });
    assert.deepEqual(prompter.mentioned, ['Re-signed: valid until Jan 15, 2027, 10:00:00 (10:00:00 UTC)']);
    assert.deepEqual([prompter.clipboard, prompter.told, calls], ['', [], []]);
  });

  it('copies the URL with it where the document has moved on, and says so', async () => {
    const { sourceTokens, prompter } = await setUp();
    const url = 'https://videodelivery.net/TOKEN/iframe?muted=true';
    assert.ok((await sourceTokens.resign(placeOf(await dead(), { sure: false, url }))).ok);
    const [, token] = /^https:\/\/videodelivery\.net\/([\w.-]+)\/iframe\?muted=true$/.exec(prompter.clipboard) ?? [];
    assert.equal(claimsOf(token).exp, NOW + 7200);
    assert.match(prompter.told[0] ?? '', /^The token was not replaced, .*The new one is on the clipboard: valid until/);
  });

  it('lets the API sign where the key is not here, with its default of 1 h for a default token', async () => {
    const { sourceTokens, calls } = await setUp({ api: { tokens: [DOCUMENTED_TOKEN] }, keyHere: false });
    const place = placeOf(DOCUMENTED_TOKEN);
    await sourceTokens.resign(place);
    assert.deepEqual(place.placed, [DOCUMENTED_TOKEN]);
    assert.match(calls[0] ?? '', / no body$/);
  });

  const lifetimes: readonly [string, object, unknown, number, string][] = [
    ['from its begin to its end', { nbf: NOW - 1800, exp: NOW }, {}, 1800, '30 min'],
    ['an hour, as the API makes it', { nbf: String(NOW - 3600), exp: String(NOW + 3600) }, {}, 3600, '1 h'],
    ['the default of the settings, without a begin', { exp: NOW }, { expiry: '45m' }, 2700, '45 min'],
    ['an hour, without a begin and a setting', { exp: NOW }, {}, 3600, '1 h'],
    ['an hour, where the settings can’t be read', { exp: NOW }, { expiry: 'soon' }, 3600, '1 h'],
    ['the default, for milliseconds', { nbf: NOW, exp: NOW * 1000 }, { expiry: '2h' }, 7200, '2 h'],
    ['just below 24 h, when it was longer', { nbf: NOW - 200_000, exp: NOW }, {}, 86_340, '23 h 59 min'],
    ['24 h exactly', { nbf: NOW - 86_400, exp: NOW }, {}, 86_400, '24 h'],
  ];
  for (const [title, times, defaults, seconds, text] of lifetimes) {
    it(`gives it a lifetime that is ${title}, and says so before`, async () => {
      const { sourceTokens } = await setUp({ defaults });
      const place = placeOf(jwt({ sub: TOUR, kid: KEY_ID, ...times }, { alg: 'RS256', kid: KEY_ID }));
      const read = readToken(place.token);
      assert.ok(read.ok);
      assert.equal(sourceTokens.resignTitle(read.token), `Re-sign for ${text} with the same rules`);
      await sourceTokens.resign(place);
      assert.equal(claimsOf(place.placed[0]).exp, NOW + seconds);
    });
  }

  it('asks which account it is where nothing tells, and leaves quietly', async () => {
    const { sourceTokens, prompter, calls } = await setUp({ accounts: [ACME, BASE], acts: ['esc'] });
    const place = placeOf(await dead(OTHER_ID));
    const outcome = await sourceTokens.resign(place);
    assert.ok(!outcome.ok && outcome.failure.code === 'cancelled');
    assert.deepEqual(prompter.asked, ['Account']);
    assert.deepEqual([place.placed, prompter.clipboard, prompter.told, calls], [[], '', [], []]);
  });

  it('knows the account by its key among several', async () => {
    const { sourceTokens, prompter } = await setUp({ accounts: [ACME, BASE] });
    const place = placeOf(await dead());
    await sourceTokens.resign(place);
    assert.deepEqual([prompter.asked, claimsOf(place.placed[0]).kid], [[], KEY_ID]);
  });

  const refused: readonly [string, string, RegExp][] = [
    ['for no video', jwt({ kid: KEY_ID, exp: NOW }), /does not say for which video/],
    ['that can’t be read', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.c2ln', /can’t be read/],
    ['with rules that can’t be read', jwt({ sub: TOUR, exp: NOW, accessRules: {} }), /can’t be taken over/],
  ];
  for (const [title, token, sentence] of refused) {
    it(`signs nothing like one ${title}`, async () => {
      const { sourceTokens, prompter, calls } = await setUp();
      const place = placeOf(token);
      const outcome = await sourceTokens.resign(place);
      assert.ok(!outcome.ok && outcome.failure.code === 'cancelled');
      assert.match(prompter.told[0] ?? '', sentence);
      assert.deepEqual([place.placed, calls], [[], []]);
      const read = readToken(token);
      if (read.ok) assert.equal(sourceTokens.resignTitle(read.token), undefined);
    });
  }

  it('hands on a refusal and changes nothing', async () => {
    const refusal = { code: 'forbidden', status: 403, errors: [] } as const;
    const { sourceTokens, prompter } = await setUp({ api: { tokens: [refusal] }, keyHere: false });
    const place = placeOf(await dead());
    assert.deepEqual(await sourceTokens.resign(place), { ok: false, failure: refusal });
    assert.deepEqual([place.placed, prompter.clipboard], [[], '']);
  });
});
