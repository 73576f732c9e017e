import assert from 'node:assert/strict';
import { signToken } from '../../../../src/stream/keys/signToken';
import { readToken } from '../../../../src/stream/token/claims';
import { KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { jwt } from '../../stream/token/jwt';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { memoryAccounts, memoryKeys } from '../../support/memory';
import type { Act } from '../../support/scriptedPrompter';
import { testInspector } from '../../support/testInspector';

const NOW = 1_800_000_000;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const account = (label: string, accountId: string) => ({
  label,
  accountId,
  credential: { kind: 'apiToken' as const, token: `cfut_${label}` },
});
const ACME = account('Acme', '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87');
const BASE = account('Base', '1f3c2a9d8b7e41c6a5d4e3f2b1c09a87');
const HALF_HOUR = { notBefore: { kind: 'fromNow', seconds: 0 }, expiry: { kind: 'fromNow', seconds: 1800 } } as const;
const signed = (video: string, at: number, kid = KEY_ID) => signToken({ ...testKey().jwk, kid }, video, HALF_HOUR, at);
const dead = (video: string, kid?: string) => signed(video, NOW - 9000, kid);

interface Setting {
  readonly api?: ApiScript;
  readonly acts?: readonly Act[];
  readonly accounts?: readonly (typeof ACME)[];
}

async function setUp({ api = {}, acts = [], accounts: some = [ACME] }: Setting = {}) {
  const cloudflare = fakeApi(api);
  const accounts = await memoryAccounts(...some);
  const keys = memoryKeys(accounts.vault);
  await keys.add('a1', testKey().jwk, '');
  const setting = await testInspector({ api: cloudflare, accounts, keys, now: NOW, acts });
  return { ...setting, calls: cloudflare.calls };
}

/** A document of tokens; the place of those at `lost` changes before the new ones come. */
function documentOf(tokens: readonly string[], lost: readonly number[] = []) {
  const edits: (readonly (string | undefined)[])[] = [];
  const replace = async (texts: readonly (string | undefined)[]) => {
    edits.push(texts);
    return texts.map((text, at) => text !== undefined && !lost.includes(at));
  };
  return { tokens, replace, edits };
}

function videosOf(texts: readonly (string | undefined)[] = []) {
  return texts.map((text) => {
    const read = readToken(text ?? '');
    return read.ok ? [read.token.claims.sub, read.token.claims.exp] : undefined;
  });
}

describe('re-signing all expired tokens of a document', () => {
  it('replaces them in one step and no other, and signs one that stands there twice once', async () => {
    const { sourceTokens, prompter, calls } = await setUp();
    const tour = await dead(TOUR);
    const file = documentOf([tour, await signed(TOUR, NOW), await dead(TRAILER), 'eyJhbGciOiI.eyJ.x', tour]);
    assert.ok((await sourceTokens.resignExpired(file)).ok);
    assert.equal(file.edits.length, 1);
    const [first] = file.edits;
    const fresh = [TOUR, NOW + 1800];
    assert.deepEqual(videosOf(first), [fresh, undefined, [TRAILER, NOW + 1800], undefined, fresh]);
    assert.equal(first?.[0], first?.[4]);
    assert.deepEqual(prompter.mentioned, ['Re-signed: 3 tokens']);
    assert.deepEqual([prompter.told, prompter.asked, calls], [[], [], []]);
    assert.deepEqual(prompter.waited, ['Re-signing…', '0 of 2', '1 of 2', '2 of 2']);
  });

  it('says that none has expired', async () => {
    const { sourceTokens, prompter } = await setUp();
    const file = documentOf([await signed(TOUR, NOW)]);
    await sourceTokens.resignExpired(file);
    assert.deepEqual([prompter.told, file.edits], [['No token in this file has expired.'], []]);
  });

  it('leaves what can’t be signed, and says why, each reason once', async () => {
    const { sourceTokens, prompter } = await setUp();
    const bad = { kid: KEY_ID, exp: NOW - 1 };
    const file = documentOf([
      await dead(TOUR),
      jwt(bad),
      jwt({ ...bad, iat: 1 }),
      jwt({ ...bad, sub: TOUR, accessRules: {} }),
    ]);
    await sourceTokens.resignExpired(file);
    assert.deepEqual(videosOf(file.edits[0]), [[TOUR, NOW + 1800], undefined, undefined, undefined]);
    const [told = ''] = prompter.told;
    assert.match(told, /^1 of 4 expired tokens were re-signed\. .*does not say for which video.*can’t be taken over/);
    assert.equal(told.match(/for which video/g)?.length, 1);
  });

  it('copies those whose place was lost meanwhile, and says so', async () => {
    const { sourceTokens, prompter } = await setUp();
    await sourceTokens.resignExpired(documentOf([await dead(TOUR), await dead(TRAILER)], [1]));
    assert.deepEqual(videosOf([prompter.clipboard]), [[TRAILER, NOW + 1800]]);
    assert.match(prompter.told[0] ?? '', /^1 of 2 .* changed at the place of 1: the new ones are on the clipboard\.$/);
  });

  it('asks once whose they are where nothing tells, and changes nothing when that is left', async () => {
    const tokens = [await dead(TOUR, OTHER_ID), await dead(TRAILER, OTHER_ID)];
    const { sourceTokens, prompter } = await setUp({ accounts: [ACME, BASE], acts: [{ pick: 'Acme' }] });
    const file = documentOf(tokens);
    await sourceTokens.resignExpired(file);
    assert.deepEqual([prompter.asked, prompter.mentioned], [['Account'], ['Re-signed: 2 tokens']]);

    const left = await setUp({ accounts: [ACME, BASE], acts: ['esc'] });
    const untouched = documentOf(tokens);
    const outcome = await left.sourceTokens.resignExpired(untouched);
    assert.ok(!outcome.ok && outcome.failure.code === 'cancelled');
    assert.deepEqual([untouched.edits, left.prompter.told], [[], []]);
  });

  it('does not go on asking an account that was refused', async () => {
    const refusal = { code: 'forbidden', status: 403, errors: [] } as const;
    const accounts = await memoryAccounts(ACME);
    const api = fakeApi({ tokens: Array(4).fill(refusal) });
    const { sourceTokens, prompter } = await testInspector({ api, accounts, now: NOW });
    const tokens = await Promise.all(
      Array.from({ length: 12 }, (_, at) => signed(`${String(at).padStart(2, '0')}${TOUR.slice(2)}`, NOW - 9000)),
    );
    await sourceTokens.resignExpired(documentOf(tokens));
    assert.ok(api.calls.length <= 4);
    assert.match(prompter.told[0] ?? '', /^0 of 12 expired tokens were re-signed\. \S/);
  });

  it('changes nothing when it is cancelled', async () => {
    const { sourceTokens, prompter } = await setUp();
    const file = documentOf([await dead(TOUR), await dead(TRAILER)]);
    prompter.busy = (_, work) => work(AbortSignal.abort(), () => {});
    const outcome = await sourceTokens.resignExpired(file);
    assert.ok(!outcome.ok && outcome.failure.code === 'cancelled');
    assert.deepEqual([file.edits, prompter.told, prompter.clipboard], [[], [], '']);
  });
});
