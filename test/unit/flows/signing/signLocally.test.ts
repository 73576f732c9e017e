import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import { createDraft } from '../../../../src/flows/draft';
import { createSigningKeys } from '../../../../src/flows/keys/keys';
import { signVideo } from '../../../../src/flows/signing/signVideo';
import { base64, KEY_ID, testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import {
  memoryAccounts,
  memoryCache,
  memoryKeys,
  memorySettings,
  nothingKnown,
  recordingOutput,
} from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const NOW = 1_800_000_000;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const API_TOKEN = `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: TOUR, kid: 'k', exp: String(NOW + 3600) })}.c2ln`;
const { jwk, publicKey, pkcs1 } = testKey();
const studio = {
  label: 'Studio',
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
} as const;

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

interface Start {
  readonly account?: NewAccount;
  readonly noKey?: boolean;
  readonly script?: ApiScript;
  readonly canCallApi?: boolean;
  readonly preferences?: ReturnType<typeof memoryCache>;
  readonly purpose?: 'compare';
  /** Done after the hub came up, before the first act. */
  readonly meanwhile?: (keys: ReturnType<typeof memoryKeys>) => Promise<void>;
}

async function play(acts: readonly Act[], start: Start = {}) {
  const scripted = scriptedPrompter(acts);
  const accounts = await memoryAccounts(start.account ?? studio);
  const keys = memoryKeys(accounts.vault, () => NOW * 1000);
  if (!start.noKey) await keys.add('a1', jwk, '');
  const api = fakeApi({ tokens: [API_TOKEN], ...start.script });
  const output = recordingOutput('sure');
  const preferences = start.preferences ?? memoryCache();
  let { meanwhile } = start;
  const prompter: typeof scripted = {
    ...scripted,
    async pick(question) {
      const work = meanwhile;
      meanwhile = undefined;
      await work?.(keys);
      return scripted.pick(question);
    },
  };
  const outcome = await signVideo(
    { videoId: TOUR, ...(start.purpose && { purpose: start.purpose }) },
    {
      prompter,
      accounts,
      keys,
      keyActions: {
        create: async () => assert.fail(),
        import: async (accountKey) => keys.add(accountKey ?? '', jwk, ''),
      },
      canCallApi: start.canCallApi ?? true,
      addAccount: async () => assert.fail(),
      replaceCredential: async () => assert.fail(),
      openApi: () => api,
      ...nothingKnown,
      videos: { listing: () => assert.fail() },
      output,
      log: accounts.log,
      showLog: () => {},
      times: { locale: 'en-US', timeZone: 'UTC' },
      now: () => NOW * 1000 + 499,
      preferences,
      workspacePreferences: memoryCache(),
      settings: memorySettings(),
      draft: createDraft(),
    },
  );
  scripted.finish();
  const token = /[\w-]+\.[\w-]+\.[\w-]+(?=\/manifest)/.exec(output.done[0] ?? '')?.[0] ?? '';
  return {
    outcome,
    done: output.done,
    prompter: scripted,
    keys,
    calls: api.calls,
    token,
    hubs: scripted.lists,
    preferences,
    api,
    accounts,
  };
}

function claimsOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

const sign: Act = { pick: 'Sign and' };
const local = `key ${KEY_ID.slice(0, 4)}… on this machine`;
const sent = `Cloudflare API with key ${KEY_ID.slice(0, 4)}…`;
const signWith = (choice: string): readonly Act[] => [{ pick: 'Sign with' }, { pick: choice }];
const lineOf = (hub: readonly string[] | undefined, label: string) => hub?.find((line) => line.startsWith(label)) ?? '';

describe('sign with a key on this machine', () => {
  it('is the default when there is one, and makes no request', async () => {
    const { token, calls, hubs } = await play([sign]);
    assert.equal(lineOf(hubs[0], 'Sign with'), `Sign with | ${local}`);
    assert.equal(lineOf(hubs[0], 'Expires'), 'Expires | in 1 h');
    const [header = '', payload = '', signature = ''] = token.split('.');
    assert.deepEqual(JSON.parse(Buffer.from(header, 'base64url').toString()), { alg: 'RS256', kid: KEY_ID });
    assert.deepEqual(claimsOf(token), { sub: TOUR, kid: KEY_ID, exp: NOW + 3600 });
    const bytes = Buffer.from(signature, 'base64url');
    assert.ok(verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), publicKey, bytes));
    assert.deepEqual(calls, []);
  });

  it('puts into the claims what was set', async () => {
    const { token } = await play([
      ...[{ pick: 'Expires' }, { pick: '15 min' }],
      ...[{ pick: 'Downloads' }, { pick: 'Allowed' }],
      sign,
    ]);
    assert.deepEqual(claimsOf(token), { sub: TOUR, kid: KEY_ID, exp: NOW + 900, downloadable: true });
  });

  it('gives each way with the reason to prefer it', async () => {
    const { hubs } = await play([{ pick: 'Sign with' }, 'esc']);
    const lines = hubs[1] ?? [];
    assert.deepEqual(
      lines.map((line) => line.split(' | ')[0]),
      [local, 'Cloudflare API', '— For completeness', sent, '— ', 'Import Signing Key…', 'Create Signing Key…'],
    );
    assert.match(lines[0] ?? '', /Offline.*WebRTC/);
    assert.match(lines[1] ?? '', /under 1,000 tokens a day; not for WebRTC/);
    assert.match(lines[3] ?? '', /Sends the private key/);
  });

  it('remembers the choice for the account', async () => {
    const { preferences, calls } = await play([...signWith('Cloudflare API'), sign]);
    assert.deepEqual(calls, [`token ${TOUR} no body`]);
    const again = await play([...signWith(local), sign], { preferences });
    assert.equal(lineOf(again.hubs[0], 'Sign with'), 'Sign with | Cloudflare API');
    assert.equal(lineOf((await play(['esc'], { preferences })).hubs[0], 'Sign with'), `Sign with | ${local}`);
  });

  it('falls back when the remembered key is gone', async () => {
    const { preferences } = await play([sign]);
    assert.equal(
      lineOf((await play(['esc'], { preferences, noKey: true })).hubs[0], 'Sign with'),
      'Sign with | Cloudflare API',
    );
  });

  it('refuses a key that another window revoked meanwhile, and leads to the other ways', async () => {
    // VS Code tells every window what another one put into the cache.
    const revoke = (keys: ReturnType<typeof memoryKeys>) =>
      createSigningKeys({ ...keys, randomId: () => assert.fail(), now: () => 1 }).revoke({
        accountKey: 'a1',
        kid: KEY_ID,
      });
    const { hubs, token, calls } = await play([sign, ...signWith('Cloudflare API'), sign], { meanwhile: revoke });
    assert.match(hubs[1]?.[0] ?? '', /was revoked, so Cloudflare would refuse the token/);
    assert.match(lineOf(hubs[1], 'Sign with'), /Choose another way to sign/);
    assert.deepEqual(
      hubs[2]?.map((line) => line.split(' | ')[0]),
      ['Cloudflare API', '— ', 'Import Signing Key…', 'Create Signing Key…'],
    );
    assert.deepEqual([token, calls], [API_TOKEN, [`token ${TOUR} no body`]]);
  });

  it('refuses a key that is no longer here', async () => {
    const { hubs } = await play([sign, 'esc'], { meanwhile: (keys) => keys.forget({ accountKey: 'a1', kid: KEY_ID }) });
    assert.match(hubs[1]?.[0] ?? '', /private half of signing key .* is not on this machine/);
  });

  it('takes a key that is imported on the way', async () => {
    const { hubs, token } = await play([...signWith('Import Signing Key…'), sign], { noKey: true });
    assert.equal(lineOf(hubs.at(-1), 'Sign with'), `Sign with | ${local}`);
    assert.deepEqual(claimsOf(token), { sub: TOUR, kid: KEY_ID, exp: NOW + 3600 });
  });

  it('works for an account with keys only, and says why the API does not', async () => {
    const { token, hubs } = await play([{ pick: 'Sign with' }, { pick: local }, sign], { account: { label: 'Keys' } });
    assert.deepEqual(claimsOf(token), { sub: TOUR, kid: KEY_ID, exp: NOW + 3600 });
    assert.match(lineOf(hubs[1], 'Cloudflare API'), /has no credential/);
  });

  it('works in the browser, and says why the API does not', async () => {
    const { token, hubs } = await play([{ pick: 'Sign with' }, { pick: local }, sign], { canCallApi: false });
    assert.deepEqual(claimsOf(token), { sub: TOUR, kid: KEY_ID, exp: NOW + 3600 });
    assert.match(lineOf(hubs[1], 'Cloudflare API'), /Not in the browser.*CORS/);
    const refused = await play([sign, 'esc'], { canCallApi: false, noKey: true });
    assert.match(refused.hubs[1]?.[0] ?? '', /In the browser, Cloudflare’s API can’t be called/);
    assert.deepEqual(refused.calls, []);
  });

  describe('over 24 h', () => {
    const month = { typeAndPick: '30d' };
    it('signs for what is documented, unless wanted otherwise', async () => {
      const { token, hubs } = await play([{ pick: 'Expires' }, month, { pick: '24 h' }, sign]);
      assert.deepEqual(claimsOf(token), { sub: TOUR, kid: KEY_ID, exp: NOW + 86_340 });
      assert.match(hubs[2]?.[1] ?? '', /^Sign for 30 days anyway/);
    });

    it('signs anyway when that is confirmed', async () => {
      const { token, prompter } = await play([{ pick: 'Expires' }, month, { pick: 'anyway' }, { confirm: true }, sign]);
      assert.deepEqual(claimsOf(token), { sub: TOUR, kid: KEY_ID, exp: NOW + 30 * 86_400 });
      assert.deepEqual(prompter.asked.slice(2, 4), ['Expires', '? Sign a token that lives 30 days?']);
    });

    it('asks again when it is not', async () => {
      const acts: readonly Act[] = [{ pick: 'Expires' }, { pick: 'Other' }, { type: '30d' }, { pick: 'anyway' }];
      const { token } = await play([...acts, { confirm: false }, { pick: '1 h' }, sign]);
      assert.deepEqual(claimsOf(token), { sub: TOUR, kid: KEY_ID, exp: NOW + 3600 });
    });

    it('goes back to what the API takes when the API is to sign', async () => {
      const { calls, hubs } = await play([
        ...[{ pick: 'Expires' }, month, { pick: 'anyway' }, { confirm: true }],
        ...signWith('Cloudflare API'),
        sign,
      ]);
      assert.equal(lineOf(hubs.at(-1), 'Expires'), 'Expires | in 23 h 59 min');
      assert.deepEqual(calls, [`token ${TOUR} {"exp":${NOW + 86_340}}`]);
    });
  });
});

describe('sign with a key that is sent to Cloudflare', () => {
  it('asks each time, sends id and pem, and is never remembered', async () => {
    const { calls, prompter, preferences, accounts } = await play([...signWith(sent), sign, { confirm: true }]);
    assert.deepEqual(prompter.asked.at(-1), `? Send the private key ${KEY_ID} to Cloudflare?`);
    assert.match(prompter.details[0] ?? '', /private half in the request/);
    const body = JSON.parse(calls[0]?.slice(`token ${TOUR} `.length) ?? '');
    assert.deepEqual([body.id, Object.keys(body)], [KEY_ID, ['id', 'pem']]);
    assert.equal(Buffer.from(body.pem, 'base64').toString(), pkcs1);
    assert.ok(accounts.log.hidden.includes(body.pem));
    assert.equal(lineOf((await play(['esc'], { preferences })).hubs[0], 'Sign with'), `Sign with | ${local}`);
  });

  it('asks again after a refusal', async () => {
    const refusal = {
      code: 'rejected',
      status: 400,
      errors: [{ code: 10_005, message: 'no', pointer: '/pem' }],
    } as const;
    const acts: readonly Act[] = [...signWith(sent), sign, { confirm: true }, sign, { confirm: true }];
    const { prompter, calls, hubs } = await play(acts, { script: { tokens: [refusal, API_TOKEN] } });
    assert.equal(prompter.details.length, 2);
    assert.equal(calls.length, 2);
    assert.match(lineOf(hubs.at(-1), 'Sign with'), /10005: no/);
  });

  it('sends nothing without a yes, and stays in the hub', async () => {
    const { calls, hubs } = await play([...signWith(sent), sign, { confirm: false }, 'esc']);
    assert.deepEqual(calls, []);
    assert.equal(lineOf(hubs.at(-1), 'Sign with'), `Sign with | ${sent}`);
  });

  it('keeps the key out of the log, whatever happens', async () => {
    const { accounts } = await play([...signWith(sent), sign, { confirm: true }, 'esc'], {
      script: { tokens: [{ code: 'timeout', seconds: 20 }] },
    });
    const written = accounts.log.lines.join();
    for (const secret of [jwk.d, jwk.p, base64(pkcs1)]) assert.ok(!written.includes(secret));
  });
});

describe('compare local and API token', () => {
  const compare: Act = { pick: 'Sign both ways and compare' };
  const purpose = 'compare';

  it('signs the same options both ways and shows what the claims differ in', async () => {
    const { done, calls, prompter, outcome } = await play([{ pick: 'Downloads' }, { pick: 'Allowed' }, compare], {
      purpose,
    });
    assert.ok(outcome.ok);
    // The end too, though nothing was set: a second between the two would look like a difference.
    assert.deepEqual(calls, [`token ${TOUR} {"exp":${NOW + 3600},"downloadable":true}`]);
    assert.equal(done.length, 1);
    assert.match(done[0] ?? '', new RegExp(`^compare Claims: Cloudflare API ↔ ${local}\n`));
    assert.match(done[0] ?? '', / {2}downloadable: true/);
    assert.ok(!done[0]?.includes(API_TOKEN));
    assert.deepEqual(prompter.mentioned, ['The tokens differ in: kid, downloadable.']);
  });

  it('asks both for the same moment', async () => {
    const acts = [{ pick: 'Expires' }, { pick: '15 min' }, compare];
    const { calls, done } = await play(acts, { purpose });
    assert.deepEqual(calls, [`token ${TOUR} {"exp":${NOW + 900}}`]);
    assert.match(done[0] ?? '', new RegExp(`  exp: ${NOW + 900} #`));
  });

  it('asks both for no longer than the API gives', async () => {
    const month: readonly Act[] = [{ pick: 'Expires' }, { typeAndPick: '30d' }, { pick: 'anyway' }, { confirm: true }];
    const { calls, done } = await play([...month, compare], { purpose });
    assert.deepEqual(calls, [`token ${TOUR} {"exp":${NOW + 86_340}}`]);
    assert.match(done[0] ?? '', new RegExp(`  exp: ${NOW + 86_340} #`));
  });

  it('can be done from the signing itself', async () => {
    const { done } = await play([{ pick: 'Compare with the API' }]);
    assert.match(done[0] ?? '', /^compare Claims/);
  });

  it('shows in the hub why it failed', async () => {
    const { hubs, done } = await play([compare, 'esc'], { purpose, script: { tokens: [{ code: 'offline' }] } });
    assert.match(hubs[1]?.[0] ?? '', /seems to be offline/);
    assert.deepEqual(done, []);
  });

  it('needs a key here', async () => {
    const { prompter, calls } = await play([], { purpose, noKey: true });
    assert.match(prompter.told[0] ?? '', /needs a signing key on this machine/);
    assert.deepEqual(calls, []);
  });
});
