import assert from 'node:assert/strict';
import type { SignRequest } from '../../../../src/flows/signing/signVideo';
import { signToken } from '../../../../src/stream/keys/signToken';
import { readToken } from '../../../../src/stream/token/claims';
import type { TokenOptions } from '../../../../src/stream/token/options';
import { KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { jwt } from '../../stream/token/jwt';
import { DOCUMENTED_CLAIMS, DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { memoryAccounts, memoryKeys } from '../../support/memory';
import type { Act } from '../../support/scriptedPrompter';
import { testInspector } from '../../support/testInspector';

const NOW = 1_800_000_000;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const ACME = {
  label: 'Acme',
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  credential: { kind: 'apiToken', token: 'cfut_acme' },
} as const;
const rules = [
  { type: 'ip.geoip.country', action: 'allow', country: ['DE'] },
  { type: 'any', action: 'block' },
] as const;
/** Signed two hours ago for 90 minutes, so that it is dead. */
const OPTIONS: TokenOptions = {
  notBefore: { kind: 'fromNow', seconds: 0 },
  expiry: { kind: 'fromNow', seconds: 5400 },
  downloadable: true,
  accessRules: rules,
  original: true,
};
const dead = () => signToken(testKey().jwk, TOUR, OPTIONS, NOW - 7200);

async function setUp(
  script: ApiScript = {},
  { acts = [], keyHere = true, clockAhead = 0 }: { acts?: readonly Act[]; keyHere?: boolean; clockAhead?: number } = {},
) {
  const api = fakeApi(script);
  const accounts = await memoryAccounts(ACME);
  const keys = memoryKeys(accounts.vault);
  if (keyHere) await keys.add('a1', testKey().jwk, '');
  return { api, keys, accounts, ...(await testInspector({ api, accounts, keys, now: NOW, acts, clockAhead })) };
}

describe('signing a token again', () => {
  it('uses the same key and options, for as long as the old one lived', async () => {
    const { inspector, prompter, api } = await setUp();
    const outcome = await inspector.signAgain({ token: await dead() });
    assert.ok(outcome.ok);
    const { given, headline } = outcome.value;
    const read = readToken(given.token);
    assert.deepEqual(read.ok && read.token.claims, {
      sub: TOUR,
      kid: KEY_ID,
      exp: NOW + 5400,
      downloadable: true,
      accessRules: rules,
      flags: { original: true },
    });
    assert.equal(headline, 'Plays for viewers in DE until 09:30 (in 1 h 30 min)');
    assert.equal(prompter.clipboard, given.token);
    assert.deepEqual(prompter.mentioned, ['Signed again: the new token is on the clipboard.']);
    assert.deepEqual(api.calls, []);
  });

  it('puts the new token into the URL of the old one', async () => {
    const { inspector, prompter } = await setUp();
    const url = (token: string) => `https://customer-abc.cloudflarestream.com/${token}/iframe?muted=true`;
    const token = await dead();
    const outcome = await inspector.signAgain({ token, url: url(token) });
    assert.ok(outcome.ok);
    assert.equal(prompter.clipboard, url(outcome.value.given.token));
    assert.notEqual(outcome.value.given.token, token);
  });

  it('asks Cloudflare where the key is not on this machine', async () => {
    const { inspector, api } = await setUp({ tokens: [DOCUMENTED_TOKEN] }, { keyHere: false });
    const outcome = await inspector.signAgain({ token: await dead() });
    assert.ok(outcome.ok && outcome.value.given.token === DOCUMENTED_TOKEN);
    const body = { exp: NOW + 5400, downloadable: true, accessRules: rules, flags: { original: true } };
    assert.deepEqual(api.calls, [`token ${TOUR} ${JSON.stringify(body)}`]);
  });

  it('says that this machine’s clock is wrong', async () => {
    const { inspector, prompter } = await setUp({}, { clockAhead: 7200 });
    assert.ok((await inspector.signAgain({ token: await dead() })).ok);
    assert.match(prompter.told[0] ?? '', /clock is 2 h ahead of Cloudflare’s/);
  });

  it('sends nothing that the old token did not have', async () => {
    const { inspector, api } = await setUp({ tokens: [DOCUMENTED_TOKEN] }, { keyHere: false });
    await inspector.signAgain({ token: DOCUMENTED_TOKEN });
    assert.deepEqual(api.calls, [`token ${DOCUMENTED_CLAIMS.sub} no body`]);
  });

  it('hands on a refusal, and leaves the clipboard alone', async () => {
    const refusal = { code: 'forbidden', status: 403, errors: [] } as const;
    const { inspector, prompter } = await setUp({ tokens: [refusal] }, { keyHere: false });
    assert.deepEqual(await inspector.signAgain({ token: await dead() }), { ok: false, failure: refusal });
    assert.equal(prompter.clipboard, '');
  });

  it('does not sign without rules that it can’t read', async () => {
    const { inspector, prompter, api } = await setUp();
    const token = jwt({ sub: TOUR, kid: KEY_ID, exp: NOW, accessRules: [{ type: 'teapot', action: 'block' }] });
    const outcome = await inspector.signAgain({ token });
    assert.ok(!outcome.ok && outcome.failure.code === 'cancelled');
    assert.match(prompter.told[0] ?? '', /access rules of this token can’t be taken over/);
    assert.deepEqual([prompter.clipboard, api.calls], ['', []]);
  });

  it('says that there is no account', async () => {
    const { inspector, prompter } = await testInspector();
    const outcome = await inspector.signAgain({ token: await dead() });
    assert.ok(!outcome.ok);
    assert.match(prompter.told[0] ?? '', /There is no account yet/);
  });
});

describe('a token in the hub', () => {
  const request = async (token: string, setting = setUp()): Promise<SignRequest | undefined> => {
    const outcome = await (await setting).inspector.signRequest({ token });
    return outcome.ok ? outcome.value : undefined;
  };

  it('begins with its options and its key', async () => {
    assert.deepEqual(await request(await dead()), {
      accountKey: 'a1',
      videoId: TOUR,
      options: { expiry: { kind: 'fromNow', seconds: 5400 }, downloadable: true, accessRules: rules, original: true },
      signWith: { kind: 'local', kid: KEY_ID },
    });
  });

  it('begins with the usual way to sign when the key is another', async () => {
    const foreign = await signToken({ ...testKey().jwk, kid: OTHER_ID }, TOUR, {}, NOW);
    assert.deepEqual((await request(foreign))?.signWith, { kind: 'local', kid: KEY_ID });
    assert.deepEqual((await request(foreign, setUp({}, { keyHere: false })))?.signWith, { kind: 'api' });
  });

  it('says when the rules can’t come along', async () => {
    const setting = await setUp();
    const token = jwt({ sub: TOUR, kid: KEY_ID, exp: NOW, accessRules: {} });
    assert.deepEqual((await request(token, Promise.resolve(setting)))?.options, {});
    assert.match(setting.prompter.told[0] ?? '', /Set them anew before you sign/);
  });
});

describe('comparing tokens', () => {
  it('compares the one on the page with one that is pasted', async () => {
    const { inspector, prompter } = await setUp({}, { acts: [{ type: `Bearer ${DOCUMENTED_TOKEN}` }] });
    const outcome = await inspector.compare({ token: await dead() });
    assert.ok(outcome.ok);
    assert.deepEqual(prompter.asked, ['Compare Tokens']);
    assert.deepEqual(outcome.value.differing.toSorted(), [
      'accessRules',
      'downloadable',
      'exp',
      'flags',
      'kid',
      'nbf',
      'sub',
    ]);
    assert.match(prompter.mentioned[0] ?? '', /^The tokens differ in: /);
  });

  it('takes the other one where the one on the page is pasted with it', async () => {
    const token = await dead();
    for (const text of [`${token} ${DOCUMENTED_TOKEN}`, `${DOCUMENTED_TOKEN} ${token}`]) {
      const { inspector } = await setUp({}, { acts: [{ type: text }] });
      const outcome = await inspector.compare({ token });
      assert.ok(outcome.ok && outcome.value.differing.includes('sub'));
    }
  });

  it('wants one token where two others are pasted', async () => {
    const acts: readonly Act[] = [{ type: `${DOCUMENTED_TOKEN} ${DOCUMENTED_TOKEN}x` }, 'esc'];
    const { inspector, prompter } = await setUp({}, { acts });
    assert.ok(!(await inspector.compare({ token: await dead() })).ok);
    assert.match(prompter.asked[1] ?? '', /^! There are two tokens in this text, and the first one is here already/);
  });

  it('asks for both when there is no page, or takes both at once', async () => {
    const token = await dead();
    for (const acts of [[{ type: token }, { type: DOCUMENTED_TOKEN }], [{ type: `${token} ${DOCUMENTED_TOKEN}` }]]) {
      const { inspector, prompter } = await setUp({}, { acts });
      const outcome = await inspector.compare(undefined);
      prompter.finish();
      assert.ok(outcome.ok && outcome.value.left.text.includes(TOUR));
    }
  });
});
