import assert from 'node:assert/strict';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import { createDraft } from '../../../../src/flows/draft';
import { createVideoKnowledge } from '../../../../src/flows/library/videoKnowledge';
import { createVideoLibrary } from '../../../../src/flows/library/videoLibrary';
import { rememberedForm } from '../../../../src/flows/signing/formMemory';
import type { IdPlace } from '../../../../src/flows/signing/output';
import { type SignRequest, signVideo } from '../../../../src/flows/signing/signVideo';
import type { Video } from '../../../../src/stream/api/video';
import type { ApiError, Failure } from '../../../../src/stream/failure';
import type { DownloadState } from '../../../../src/stream/token/verdict';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import {
  memoryAccounts,
  memoryCache,
  memoryKeys,
  memorySettings,
  memoryShelf,
  recordingOutput,
} from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const NOW = 1_800_000_000;
const ACCOUNT = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
/** A token that dies at NOW + 3600 s; its signature is nobody's business here. */
const TOKEN = `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: TOUR, kid: 'k', exp: String(NOW + 3600), nbf: String(NOW - 3600) })}.c2ln`;
const studio = {
  label: 'Studio',
  accountId: ACCOUNT,
  customerCode: 'sample5tud10c0de',
  credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
} as const;
const library: NewAccount = { ...studio, label: 'Library', accountId: '7a1d4c5e9f2b4836b0c1d2e3f4a5b6c7' };
const TOUR_RECORD: Video = {
  id: TOUR,
  name: 'Onboarding tour',
  created: '2026-03-02T00:00:00Z',
  duration: 184.5,
  state: 'ready',
  requireSignedUrls: true,
  customerCode: 'sample5tud10c0de',
};
const videos: readonly Video[] = [
  TOUR_RECORD,
  {
    id: TRAILER,
    name: '$(trash)\u202e Trailer',
    created: '2026-03-01T00:00:00Z',
    state: 'inprogress',
    requireSignedUrls: false,
  },
];

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

interface Start {
  readonly accounts?: readonly NewAccount[];
  readonly request?: SignRequest;
  readonly place?: 'sure' | 'lost' | 'none';
  readonly idPlace?: IdPlace;
  readonly preferences?: ReturnType<typeof memoryCache>;
  readonly addAccount?: NewAccount;
  readonly deliveryOrigin?: string;
  readonly language?: string;
  readonly brokenPreferences?: boolean;
  readonly brokenStore?: boolean;
  /** The secrets are gone when the hub opens. */
  readonly forgetful?: boolean;
  readonly addFailure?: Failure;
  /** In place of `accounts`. */
  readonly store?: Awaited<ReturnType<typeof memoryAccounts>>;
}

async function play(script: ApiScript, acts: readonly Act[], start: Start = {}) {
  const prompter = scriptedPrompter(acts);
  const accounts = start.store ?? (await memoryAccounts(...(start.accounts ?? [studio])));
  if (start.forgetful) accounts.vault.secrets.clear();
  const api = fakeApi({ videos, tokens: [TOKEN], ...script });
  const recording = recordingOutput(start.place ?? 'sure', start.idPlace);
  const output = { ...recording, ...(start.language !== undefined && { language: start.language }) };
  const preferences = start.preferences ?? memoryCache();
  if (start.brokenPreferences) preferences.write = () => Promise.reject(new Error('no storage'));
  const workspacePreferences = memoryCache();
  let logShown = 0;
  const store = start.brokenStore
    ? { ...accounts, setCustomerCode: () => Promise.reject(new Error('no keyring')) }
    : accounts;
  const now = () => NOW * 1000 + 499;
  const videoLibrary = createVideoLibrary({
    accounts: store,
    openApi: () => api,
    shelf: memoryShelf(),
    log: accounts.log,
    pace: async () => {},
    now,
  });
  const keys = memoryKeys(accounts.vault);
  const knowledge = createVideoKnowledge({
    accounts: store,
    keys,
    videos: videoLibrary,
    shelf: memoryShelf(),
    openApi: () => api,
  });
  const outcome = await signVideo(start.request ?? {}, {
    prompter,
    accounts: store,
    addAccount: async () =>
      start.addAccount
        ? accounts.add(start.addAccount)
        : { ok: false, failure: start.addFailure ?? { code: 'cancelled' } },
    replaceCredential: async (key) => accounts.replaceCredential(key, studio.credential, ACCOUNT),
    openApi: () => api,
    keys,
    keyActions: { import: async () => assert.fail(), create: async () => assert.fail() },
    canCallApi: true,
    videos: videoLibrary,
    knowledge,
    async requireSigned({ accountKey, videoId = '' }) {
      const edited = await api.editVideo(accountKey, videoId, { requireSignedURLs: true }, AbortSignal.any([]));
      if (edited.ok) await videoLibrary.update(accountKey, edited.value);
      return edited;
    },
    output,
    log: accounts.log,
    showLog: () => {
      logShown++;
    },
    times: { locale: 'en-US', timeZone: 'UTC' },
    now,
    preferences,
    workspacePreferences,
    settings: memorySettings(),
    draft: createDraft(),
    ...(start.deliveryOrigin !== undefined && { deliveryOrigin: start.deliveryOrigin }),
  });
  prompter.finish();
  return {
    outcome,
    prompter,
    accounts,
    calls: api.calls,
    done: output.done,
    hubs: prompter.lists,
    preferences,
    workspacePreferences,
    logShown,
  };
}

const NOT_FOUND: Failure = { code: 'notFound', status: 404, errors: [] };
type Change = Partial<Video> & { readonly mp4?: DownloadState };

/** What Cloudflare says of the first video, with these changes. */
function tourHas({ mp4 = 'notMade', ...change }: Change): ApiScript {
  const video = { ...TOUR_RECORD, ...change };
  return { video: { video, details: {} }, downloads: { mp4, m4a: 'notMade' } };
}

const hls = `https://customer-sample5tud10c0de.cloudflarestream.com/${TOKEN}/manifest/video.m3u8`;
const sign: Act = { pick: 'Sign and' };
const known = { request: { videoId: TOUR } };

describe('sign a video', () => {
  it('shows everything on one screen', async () => {
    const { hubs } = await play({}, ['esc'], known);
    assert.deepEqual(hubs, [
      [
        'Sign and insert | HLS URL · in 1 h (Cloudflare’s default)',
        '— Token and result',
        `Video | ${TOUR}`,
        'Ask Cloudflare | nothing is known of this video here: is it there, and private?',
        'Account | Studio',
        'Sign with | Cloudflare API',
        'Expires | in 1 h (Cloudflare’s default)',
        'Not before | 1 h ago (Cloudflare’s default)',
        'Access rules | none: everyone with the token may watch',
        'Downloads | not allowed',
        'Original quality | no',
        'Result | HLS URL',
        'Where | inserted at the cursor',
        '— ',
        'Show Request | as a curl command, without the credential',
      ],
    ]);
  });

  it('signs at Enter: nothing set, no body', async () => {
    const { outcome, calls, done, prompter } = await play({}, [sign], known);
    assert.ok(outcome.ok);
    assert.deepEqual(calls, [`token ${TOUR} no body`]);
    assert.deepEqual(done, [`insert ${hls}`]);
    assert.deepEqual(prompter.mentioned, ['Inserted: HLS URL, valid until Jan 15, 2027, 09:00:00 (09:00:00 UTC)']);
    assert.deepEqual(prompter.told, []);
  });

  it('asks for a missing video and signs at once', async () => {
    const { calls, done, prompter } = await play({}, [sign, { pick: 'Onboarding tour' }]);
    assert.deepEqual(prompter.asked, ['Sign a Stream Video', 'Video']);
    assert.deepEqual(calls, ['videos', `token ${TOUR} no body`]);
    assert.deepEqual(done, [`insert ${hls}`]);
  });

  it('lists videos with what matters, cleaned', async () => {
    const { prompter } = await play({}, [{ pick: 'Video' }, 'esc']);
    assert.deepEqual(prompter.lists[1], [
      `Onboarding tour | ${TOUR} · 3 min 4 s · needs a token`,
      `$\u200a(trash) Trailer | ${TRAILER} · still being processed · public`,
    ]);
  });

  const typed: readonly [string, string][] = [
    [TRAILER, TRAILER],
    [` ${TRAILER.toUpperCase()}\n`, TRAILER],
    [`https://customer-abc.cloudflarestream.com/${TRAILER}/iframe?muted=true`, TRAILER],
    [`https://videodelivery.net/${TOKEN}/manifest/video.m3u8`, TOUR],
    [TOKEN, TOUR],
  ];
  for (const [text, id] of typed) {
    it(`takes ${text.slice(0, 60).trim()}… as a video`, async () => {
      const { calls } = await play({ videos: [] }, [{ pick: 'Video' }, { typeAndPick: text }, sign]);
      assert.deepEqual(calls.at(-1), `token ${id} no body`);
    });
  }

  it('says why a pasted text is no id, beside the list', async () => {
    const { prompter } = await play({}, [
      { pick: 'Video' },
      { typeAndPick: `${TOUR}0` },
      { typeAndPick: '1b6f0d2a-4c8e-47d3-9a5b-7c6e8f901234' },
      'esc',
    ]);
    assert.deepEqual(prompter.asked.slice(2), [
      '! An id has 32 hex digits; this one has 33.',
      '! This is a UUID with dashes. Cloudflare writes ids as 32 hex digits without dashes.',
    ]);
  });

  const expiries: readonly [readonly Act[], string][] = [
    [[{ pick: '15 min' }], `{"exp":${NOW + 900}}`],
    [[{ pick: '1 h' }], `{"exp":${NOW + 3600}}`],
    [[{ pick: '4 h' }], `{"exp":${NOW + 14_400}}`],
    [[{ pick: '24 h' }], `{"exp":${NOW + 86_340}}`],
    [[{ pick: 'Leave it' }], 'no body'],
    [[{ typeAndPick: '1h30m' }], `{"exp":${NOW + 5400}}`],
    [[{ pick: 'Other' }, { type: '90m' }], `{"exp":${NOW + 5400}}`],
    [[{ pick: 'Other' }, { type: '26h' }], `{"exp":${NOW + 86_340}}`],
    [[{ pick: 'Other' }, 'back', { pick: '15 min' }], `{"exp":${NOW + 900}}`],
  ];
  for (const [acts, body] of expiries) {
    it(`sends ${body} for ${JSON.stringify(acts)}`, async () => {
      const { calls } = await play({}, [{ pick: 'Expires' }, ...acts, sign], known);
      assert.deepEqual(calls, [`token ${TOUR} ${body}`]);
    });
  }

  it('says what is wrong with a typed expiry and loses nothing', async () => {
    const rows: readonly [string, RegExp][] = [
      ['0m', /lives 0 seconds/],
      ['-5m', /before it is signed/],
      ['90', /90 of what/],
      ['1700000000000', /has passed: Nov 14, 2023/],
      ['soon', /neither a duration nor a point in time/],
    ];
    const { prompter } = await play(
      {},
      [{ pick: 'Expires' }, { pick: 'Other' }, ...rows.map(([type]) => ({ type })), 'esc'],
      known,
    );
    for (const [at, [, sentence]] of rows.entries()) assert.match(prompter.asked[3 + at] ?? '', sentence);
  });

  it('says it beside the list of expiries too', async () => {
    const { prompter } = await play(
      {},
      [{ pick: 'Expires' }, { typeAndPick: '0m' }, { typeAndPick: '90' }, 'esc'],
      known,
    );
    assert.deepEqual(prompter.asked.slice(2), [
      '! A token that lives 0 seconds can never be used. Type at least 1s.',
      '! 90 of what? Add a unit: 90m for minutes, 90h for hours.',
    ]);
  });

  it('takes a field back out', async () => {
    const acts = [{ pick: 'Downloads' }, { pick: 'Allowed' }, { pick: 'Downloads' }, { pick: 'Not allowed' }, sign];
    const asked = [`video ${TOUR}`, `downloads ${TOUR}`];
    assert.deepEqual((await play(tourHas({}), acts, known)).calls, [...asked, `token ${TOUR} no body`]);
    const { calls } = await play(tourHas({}), [{ pick: 'Downloads' }, { pick: 'Allowed' }, sign], known);
    assert.deepEqual(calls, [...asked, `token ${TOUR} {"downloadable":true}`]);
  });

  const allow: readonly Act[] = [{ pick: 'Downloads' }, { pick: 'Allowed' }];
  const pointless: readonly [string, Change, readonly Act[], string, string][] = [
    [
      'a public video',
      { requireSignedUrls: false },
      allow,
      'Video',
      'Public: it plays by its id alone, so a token protects nothing.',
    ],
    [
      'allowed origins',
      { allowedOrigins: ['a.example', 'b.example', 'c.example', 'd.example'] },
      allow,
      'Video',
      'Only pages of a.example, b.example, c.example and 1 more may show it; elsewhere the player refuses, token or not.',
    ],
    [
      'no MP4',
      {},
      allow,
      'Downloads',
      'No MP4 was made of this video, so there is nothing to download yet. The sidebar can create one.',
    ],
    ['an MP4 in the making', { mp4: 'making' }, allow, 'Downloads', 'The MP4 of this video is still being made.'],
    ['an MP4', { mp4: 'ready' }, allow, 'Downloads', ''],
    [
      'a long video',
      { duration: 3600.5 },
      allow,
      'Expires',
      'Shorter than the video (1 h). Access is checked during playback, so it stops before the end.',
    ],
  ];
  for (const [name, change, acts, line, sentence] of pointless) {
    it(`says when a token is of little use: ${name}`, async () => {
      const { hubs } = await play(tourHas(change), [...acts, 'esc'], known);
      const shown = hubs.at(-1)?.find((entry) => entry.startsWith(`${line} | `)) ?? '';
      assert.equal(shown.split(' | ')[2] ?? '', sentence === '' ? '' : `$(warning) ${sentence}`);
    });
  }

  it('asks Cloudflare about a video of which nothing is known, when that is wanted', async () => {
    const ask: readonly Act[] = [{ pick: 'Ask Cloudflare' }, 'esc'];
    const { calls, hubs } = await play(tourHas({ requireSignedUrls: false }), ask, known);
    assert.deepEqual(calls, [`video ${TOUR}`, `downloads ${TOUR}`]);
    assert.ok(hubs[0]?.some((line) => line.startsWith('Ask Cloudflare | nothing is known of this video here')));
    const [, after = []] = hubs;
    assert.ok(after.some((line) => /^Video \| Onboarding tour · 1b6f0d2a… \| \$\(warning\) Public: /.test(line)));
    assert.ok(!after.some((line) => line.startsWith('Ask Cloudflare')));
    const gone: ApiScript = { video: NOT_FOUND, liveInput: NOT_FOUND, downloads: NOT_FOUND };
    const absent = await play(gone, ask, known);
    assert.match(absent.hubs[1]?.find((line) => line.startsWith('Video')) ?? '', /Neither a video nor a live input/);
    const failed = await play({ video: { code: 'timeout', seconds: 20 }, downloads: NOT_FOUND }, ask, known);
    assert.match(failed.hubs[1]?.[0] ?? '', /did not answer within 20 s/);
  });

  it('makes a public video private on request, after a modal, and warns no more', async () => {
    const script = { ...tourHas({ requireSignedUrls: false }), edited: () => TOUR_RECORD };
    const acts: readonly Act[] = [...allow, { pick: 'Require Signed URLs' }, { confirm: false }];
    const refused = await play(script, [...acts, 'esc'], known);
    assert.deepEqual(refused.calls, [`video ${TOUR}`, `downloads ${TOUR}`]);
    const { calls, hubs } = await play(
      script,
      [...acts, { pick: 'Require Signed URLs' }, { confirm: true }, 'esc'],
      known,
    );
    assert.equal(calls.at(-1), `edit ${TOUR} {"requireSignedURLs":true}`);
    assert.ok(!hubs.at(-1)?.some((entry) => /Public|Require Signed URLs/.test(entry)));
  });

  it('signs all the same when Cloudflare does not say what there is to download', async () => {
    const script: ApiScript = { video: { code: 'timeout', seconds: 10 }, downloads: { code: 'timeout', seconds: 10 } };
    const { calls } = await play(script, [...allow, sign], known);
    assert.equal(calls.at(-1), `token ${TOUR} {"downloadable":true}`);
  });

  it('sends rules, not-before and original quality, each only when set', async () => {
    const acts: readonly Act[] = [
      { pick: 'Access rules' },
      { pick: 'Only These Countries' },
      { tick: ['Germany'] },
      { pick: 'Done' },
      { pick: 'Not before' },
      { pick: 'Now' },
      { pick: 'Original quality' },
      { pick: 'Yes' },
    ];
    const { calls, hubs } = await play({}, [...acts, sign], known);
    const rules = '[{"type":"ip.geoip.country","action":"allow","country":["DE"]},{"type":"any","action":"block"}]';
    assert.deepEqual(calls, [`token ${TOUR} {"nbf":${NOW},"accessRules":${rules},"flags":{"original":true}}`]);
    for (const line of [
      'Not before | now',
      'Access rules | allow DE · block everyone else',
      'Original quality | the video as it was uploaded',
    ])
      assert.ok(hubs.at(-1)?.includes(line), line);
    const undone: readonly Act[] = [
      { pick: 'Access rules' },
      { pick: 'Remove All' },
      'back',
      { pick: 'Not before' },
      { pick: 'Leave it' },
      { pick: 'Original quality' },
      { pick: 'No' },
    ];
    assert.deepEqual((await play({}, [...acts, ...undone, sign], known)).calls, [`token ${TOUR} no body`]);
  });

  it('says in the hub what is doubtful about the rules', async () => {
    const acts: readonly Act[] = [
      { pick: 'Access rules' },
      { pick: 'Add Rule' },
      { pick: 'Allow Addresses' },
      { type: '192.168.1.0/24' },
      'back',
      'esc',
    ];
    const { hubs } = await play({}, acts, known);
    assert.equal(
      hubs.at(-1)?.find((line) => line.startsWith('Access rules')),
      'Access rules | allow 192.168.1.0/24 | $(warning) Some viewers are allowed by a rule, but everyone else may watch too: no rule blocks them. Block everyone else. And 2 more.',
    );
  });

  it('signs nothing that could never be used', async () => {
    const acts: readonly Act[] = [
      { pick: 'Not before' },
      { typeAndPick: '2h' },
      sign,
      { pick: 'Expires' },
      { pick: '4 h' },
    ];
    const { prompter, calls } = await play({}, [...acts, sign], known);
    assert.ok(prompter.asked.some((line) => line.startsWith('! The token would expire before it becomes valid.')));
    assert.deepEqual(calls, [`token ${TOUR} {"exp":${NOW + 14_400},"nbf":${NOW + 7200}}`]);
  });

  const results: readonly [string, string][] = [
    ['Token', TOKEN],
    ['HLS URL', hls],
    ['DASH URL', hls.replace('.m3u8', '.mpd')],
    ['Player (iframe) URL', hls.replace('manifest/video.m3u8', 'iframe')],
    ['Watch page', hls.replace('manifest/video.m3u8', 'watch')],
  ];
  for (const [form, text] of results) {
    it(`inserts the ${form}`, async () => {
      const { done } = await play({}, [{ pick: 'Result' }, { pick: form }, sign], known);
      assert.deepEqual(done, [`insert ${text}`]);
    });
  }

  it('remembers the form and the account', async () => {
    const { preferences, workspacePreferences } = await play({}, [{ pick: 'Result' }, { pick: 'Token' }, sign], known);
    assert.equal(preferences.read('lastResultForm'), 'token');
    assert.equal(workspacePreferences.read('lastAccount'), 'a1');
  });

  it('remembers the form by the language of the document', async () => {
    const { preferences } = await play({}, [{ pick: 'Result' }, { pick: 'React' }, sign], {
      ...known,
      language: 'typescriptreact',
    });
    assert.equal(rememberedForm(preferences, 'typescriptreact'), 'reactCode');
  });

  it('copies or shows instead', async () => {
    assert.deepEqual((await play({}, [{ pick: 'Where' }, { pick: 'Copy to' }, sign], known)).done, [`copy ${hls}`]);
    const [page = ''] = (await play({}, [{ pick: 'Where' }, { pick: 'Show in' }, sign], known)).done;
    for (const [form, text] of results) assert.ok(page.includes(`${form}\n${text}\n`), form);
  });

  it('copies when there is no editor, and says so beforehand', async () => {
    const { done, hubs } = await play({}, [sign], { ...known, place: 'none' });
    assert.deepEqual(done, [`copy ${hls}`]);
    assert.match(hubs[0]?.[0] ?? '', /^Sign and copy/);
  });

  it('copies when the place is not sure any more, and says so', async () => {
    const { done, prompter } = await play({}, [sign], { ...known, place: 'lost' });
    assert.deepEqual(done, [`copy ${hls}`]);
    assert.match(prompter.told[0] ?? '', /not inserted, because .* It is on the clipboard/);
  });

  it('learns the customer code from the list of videos', async () => {
    const { customerCode, ...bare } = studio;
    const { done, accounts } = await play({}, [sign, { pick: 'Onboarding tour' }], { accounts: [bare] });
    assert.deepEqual(done, [`insert ${hls}`]);
    assert.equal((await accounts.list())[0]?.customerCode, customerCode);
  });

  it('uses the shared hosts without a customer code', async () => {
    const { customerCode: _, ...bare } = studio;
    const { done } = await play({}, [sign], { ...known, accounts: [bare] });
    assert.deepEqual(done, [`insert https://videodelivery.net/${TOKEN}/manifest/video.m3u8`]);
  });

  it('points to the emulator in development', async () => {
    const { done } = await play({}, [sign], { ...known, deliveryOrigin: 'http://127.0.0.1:1' });
    assert.deepEqual(done, [`insert http://127.0.0.1:1/${TOKEN}/manifest/video.m3u8`]);
  });

  it('goes through a long list page by page, without loss or doubles', async () => {
    const many = Array.from({ length: 2500 }, (_, at) => ({
      ...(videos[0] as Video),
      id: at.toString(16).padStart(32, '0'),
      // Twenty share each instant.
      created: new Date((NOW - Math.floor(at / 20)) * 1000).toISOString(),
    }));
    const { prompter, calls } = await play({ videos: many }, [{ pick: 'Video' }, 'esc']);
    assert.equal(new Set(prompter.lists[1]).size, 2500);
    assert.equal(prompter.lists[1]?.length, 2500);
    assert.equal(calls.length, 3);
  });

  it('ends the list at a page that has no date to go on from', async () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({
      ...(videos[0] as Video),
      id: at.toString(16).padStart(32, '0'),
      created: '',
    }));
    const { calls } = await play({ videos: many }, [{ pick: 'Video' }, 'esc']);
    assert.deepEqual(calls, ['videos']);
  });

  it('says beside the list why it is not complete', async () => {
    const { prompter } = await play({ videos: { code: 'offline' } }, [{ pick: 'Video' }, 'esc']);
    assert.deepEqual(prompter.lists[1], [
      'The list is not complete. Cloudflare can’t be found: this machine seems to be offline. Signing with a stored key needs no network.',
    ]);
  });

  it('shows the request that it would send, and sends none', async () => {
    const acts: Act[] = [{ pick: 'Downloads' }, { pick: 'Allowed' }, { pick: 'Show Request' }, sign];
    const { done, calls } = await play(tourHas({}), acts, known);
    assert.deepEqual(calls, [`video ${TOUR}`, `downloads ${TOUR}`, `token ${TOUR} {"downloadable":true}`]);
    const [page = '', result] = done;
    assert.match(
      page,
      /^show Request\n# What signing would send .*\n# To run it, set CLOUDFLARE_API_TOKEN first\.\n# Times/,
    );
    assert.ok(
      page.includes(`/accounts/${ACCOUNT}/stream/${TOUR}/token'`) &&
        page.includes(`--data-raw '{"downloadable":true}'`),
    );
    assert.ok(!page.includes(studio.credential?.kind === 'apiToken' ? studio.credential.token : 'cfut_'));
    assert.ok(result?.startsWith('insert '));
  });

  it('has no request to show before there is a video', async () => {
    const { hubs } = await play({}, ['esc']);
    assert.ok(!hubs[0]?.some((line) => line.startsWith('Show Request')));
  });

  describe('when Cloudflare refuses', () => {
    const refusal = (error: Partial<ApiError>): Failure => ({
      code: 'rejected',
      status: 400,
      errors: [{ code: 10005, message: 'Bad [x](command:y)\u202e\nrequest', ...error }],
    });

    it('shows its words in the hub, and signing again needs no typing', async () => {
      const { hubs, done, calls, accounts } = await play({ tokens: [refusal({}), TOKEN] }, [sign, sign], known);
      assert.equal(
        hubs[1]?.[0],
        'Sign and insert | HLS URL · in 1 h (Cloudflare’s default) | $(error) Cloudflare refused the request (400).',
      );
      assert.equal(hubs[1]?.[1], '10005: Bad [x](command:y) request | Cloudflare’s answer: show the log');
      assert.deepEqual([done.length, calls.length], [1, 2]);
      assert.match(accounts.log.lines.join('\n'), /refused the request.*10005/);
    });

    const pointers: readonly [string, string][] = [
      ['/exp', 'Expires'],
      ['/nbf', 'Not before'],
      ['/accessRules/0/country/1', 'Access rules'],
      ['/flags/original', 'Original quality'],
      ['#/body/downloadable', 'Downloads'],
    ];
    for (const [pointer, line] of pointers) {
      it(`leads ${pointer} back to the line ${line}`, async () => {
        const { hubs } = await play({ tokens: [refusal({ pointer })] }, [sign, 'esc'], known);
        const marked = hubs[1]?.filter((entry) => /^[EDVNAO].*\| \$\(error\) 10005: Bad/.test(entry)) ?? [];
        assert.equal(marked.length, 1);
        assert.ok(marked[0]?.startsWith(line));
      });
    }

    it('opens the documentation it names, if it is Cloudflare’s', async () => {
      const documented = refusal({ documentationUrl: 'https://developers.cloudflare.com/stream/' });
      const { prompter } = await play({ tokens: [documented] }, [sign, { pick: '10005' }, 'esc'], known);
      assert.deepEqual(prompter.opened, ['https://developers.cloudflare.com/stream/']);
      const foreign = refusal({ documentationUrl: 'https://cloudflare.com.evil.example/' });
      const other = await play({ tokens: [foreign] }, [sign, { pick: '10005' }, 'esc'], known);
      assert.deepEqual([other.prompter.opened, other.logShown], [[], 1]);
    });
  });

  it('gives the result even when the choice can’t be remembered', async () => {
    const { done, accounts } = await play({}, [sign], { ...known, brokenPreferences: true });
    assert.deepEqual(done, [`insert ${hls}`]);
    assert.match(accounts.log.lines.join(), /could not be remembered/);
  });

  it('uses a customer code even when it can’t be stored', async () => {
    const { customerCode: _, ...bare } = studio;
    const { done } = await play({}, [sign, { pick: 'Onboarding tour' }], { accounts: [bare], brokenStore: true });
    assert.deepEqual(done, [`insert ${hls}`]);
  });

  it('comes back to the hub when adding another account is cancelled, and says why when it fails', async () => {
    const acts = [{ pick: 'Account' }, { pick: 'Add Account…' }, 'esc'] as const;
    const cancelled = await play({}, acts, known);
    assert.deepEqual(cancelled.hubs.at(-1), cancelled.hubs[0]);
    const failed = await play({}, acts, { ...known, addFailure: { code: 'secretsUnavailable', reason: 'test' } });
    assert.match(failed.hubs.at(-1)?.[0] ?? '', /secret storage of this machine does not work/);
  });

  it('adds an account first when there is none', async () => {
    const { done, prompter } = await play({}, [sign], { ...known, accounts: [], addAccount: studio });
    assert.deepEqual(prompter.asked, ['Sign a Stream Video']);
    assert.equal(done.length, 1);
    const { outcome } = await play({}, [], { accounts: [] });
    assert.deepEqual(outcome, { ok: false, failure: { code: 'cancelled' } });
  });

  it('drops the video when another Cloudflare account is chosen', async () => {
    const acts = [{ pick: 'Account' }, { pick: 'Library' }, 'esc'] as const;
    const { hubs } = await play({}, acts, {
      request: { videoId: TOUR, accountKey: 'a1' },
      accounts: [studio, library],
    });
    assert.ok(hubs[2]?.includes('Video | not chosen yet'));
    assert.ok(hubs[2]?.includes('Account | Library'));
  });

  it('takes a missing credential again, and signs', async () => {
    const acts = [sign, { pick: 'Enter the credential again…' }, sign];
    const { hubs, done } = await play({}, acts, { ...known, forgetful: true });
    assert.match(hubs[1]?.[0] ?? '', /credential of "Studio" is no longer on this machine/);
    assert.deepEqual(done, [`insert ${hls}`]);
  });

  it('remembers that a credential may not sign, until it may', async () => {
    const forbidden: Failure = { code: 'forbidden', status: 403, errors: [] };
    const first = await play({ tokens: [forbidden] }, [sign, 'esc'], known);
    assert.deepEqual(
      (await first.accounts.list()).map(({ cannotSign }) => cannotSign),
      [true],
    );
    const both = await play({ tokens: [forbidden, TOKEN] }, [sign, sign], known);
    assert.ok(both.outcome.ok);
    assert.deepEqual(
      (await both.accounts.list()).map(({ cannotSign }) => cannotSign),
      [undefined],
    );
  });

  it('warns of a credential that could not sign before, and takes another', async () => {
    const forbidden: Failure = { code: 'forbidden', status: 403, errors: [] };
    const accounts = await memoryAccounts(studio);
    await accounts.rememberSigning('a1', false);
    const acts: readonly Act[] = [{ pick: 'Enter another credential…' }, sign];
    const { hubs, outcome } = await play({}, acts, { ...known, store: accounts });
    assert.ok(outcome.ok);
    assert.match(hubs[0]?.join() ?? '', /Account \| Studio \| \$\(warning\) .* it can list, but not sign/);
    assert.doesNotMatch(hubs[1]?.join() ?? '', /warning|another credential/);
    const refused = await play({ tokens: [forbidden] }, [sign, 'esc'], known);
    assert.equal(refused.hubs[1]?.[1], 'Enter another credential…');
  });

  it('starts with the default account of the workspace, unless another is asked for', async () => {
    const accounts = await memoryAccounts(studio, library);
    await accounts.setDefault('a1');
    const first = await play({}, ['esc'], { ...known, store: accounts });
    assert.match(first.hubs[0]?.join() ?? '', /Account \| Studio/);
    const asked = await play({}, ['esc'], { request: { videoId: TOUR, accountKey: 'a2' }, store: accounts });
    assert.match(asked.hubs[0]?.join() ?? '', /Account \| Library/);
  });

  it('draws no such conclusion from any other failure', async () => {
    for (const failure of [
      { code: 'unauthorized', status: 401, errors: [] },
      { code: 'blocked', status: 403 },
      { code: 'offline' },
    ] as const) {
      const { accounts } = await play({ tokens: [failure] }, [sign, 'esc'], known);
      assert.equal((await accounts.list())[0]?.cannotSign, undefined, failure.code);
    }
  });

  it('asks for a credential where there is none', async () => {
    const keysOnly = { label: 'Keys', customerCode: 'abc123' };
    const { hubs } = await play({}, [sign, { pick: 'Enter a credential…' }, 'esc'], { ...known, accounts: [keysOnly] });
    assert.match(hubs[1]?.[0] ?? '', /"Keys" has no credential/);
  });

  it('offers to enter a credential again that Cloudflare refuses', async () => {
    const { hubs } = await play({ tokens: [{ code: 'unauthorized', status: 401, errors: [] }] }, [sign, 'esc'], known);
    assert.equal(hubs[1]?.[1], 'Enter the credential again…');
  });

  it('leaves nothing behind at Esc, wherever it is pressed', async () => {
    for (const line of ['Video', 'Account', 'Sign with', 'Expires', 'Downloads', 'Result']) {
      const { outcome, done, prompter } = await play({}, [{ pick: line }, 'esc'], known);
      assert.deepEqual([outcome, done, prompter.told], [{ ok: false, failure: { code: 'cancelled' } }, [], []], line);
    }
  });

  it('changes nothing at Back', async () => {
    for (const line of ['Video', 'Account', 'Sign with', 'Expires', 'Downloads', 'Result']) {
      const { hubs } = await play({}, [{ pick: line }, 'back', 'esc'], known);
      // Whoever has seen the list of videos knows more of them.
      const lines = (hub: readonly string[] = []) => hub.filter((entry) => !entry.startsWith('Ask Cloudflare'));
      assert.deepEqual(lines(hubs.at(-1)), lines(hubs[0]), line);
    }
  });
});

describe('signing in place of an id', () => {
  const request = { videoId: TOUR };
  const url = `https://customer-sample5tud10c0de.cloudflarestream.com/${TOKEN}/manifest/video.m3u8`;
  const code: IdPlace = { kind: 'constant', language: 'go' };

  for (const kind of ['url', 'element'] as const) {
    it(`puts the token, whatever was inserted before, where the id of a ${kind} stood`, async () => {
      const preferences = memoryCache();
      await preferences.write('lastResultForm', 'iframe');
      const idPlace = { kind, language: 'html' };
      const { hubs, done } = await play({}, [{ pick: 'Sign in place of the id' }], { request, idPlace, preferences });
      assert.ok(hubs[0]?.includes('Where | in place of the id'));
      assert.deepEqual([done, preferences.read('lastResultForm')], [[`replace ${TOKEN}`], 'iframe']);
    });
  }

  it('copies where an address only names the video, and offers no place there', async () => {
    const acts: Act[] = [{ pick: 'Where' }, 'back', { pick: 'Sign and copy' }];
    const { hubs, done } = await play({}, acts, { request, idPlace: { kind: 'reference', language: 'http' } });
    assert.ok(!hubs[1]?.some((line) => line.startsWith('Put in place')));
    assert.deepEqual(done, [`copy ${url}`]);
  });

  const answers: readonly [string, string, string][] = [
    ['Token', 'Sign in place of the id', `replace ${TOKEN}`],
    ['HLS URL', 'Sign in place of the id', `replace ${url}`],
    ['Nothing', 'Sign and copy', `copy ${url}`],
  ];
  for (const [answered, enter, result] of answers) {
    it(`asks once per language what takes the place of a constant: ${answered}`, async () => {
      const preferences = memoryCache();
      const start = { request, idPlace: code, preferences };
      const first = await play({}, [{ pick: answered }, { pick: enter }], start);
      const again = await play({}, [{ pick: enter }], start);
      const other = await play({}, [{ pick: 'Token' }, { pick: 'Sign in place of the id' }], {
        ...start,
        idPlace: { ...code, language: 'php' },
      });
      assert.deepEqual([first.done, again.done, other.done], [[result], [result], [`replace ${TOKEN}`]]);
    });
  }

  it('remembers what was chosen in the hub instead', async () => {
    const preferences = memoryCache();
    const start = { request, idPlace: code, preferences };
    const acts: Act[] = [
      { pick: 'Token' },
      { pick: 'Result' },
      { pick: 'HLS URL' },
      { pick: 'Sign in place of the id' },
    ];
    await play({}, acts, start);
    assert.deepEqual((await play({}, [{ pick: 'Sign in place of the id' }], start)).done, [`replace ${url}`]);
  });

  it('leaves silently when that question is left', async () => {
    const { outcome, calls } = await play({}, ['esc'], { request, idPlace: code });
    assert.deepEqual([outcome, calls], [{ ok: false, failure: { code: 'cancelled' } }, []]);
  });

  it('copies a URL instead of putting it into a URL', async () => {
    const acts: Act[] = [{ pick: 'Result' }, { pick: 'DASH URL' }, { pick: 'Sign and copy' }];
    const { done } = await play({}, acts, { request, idPlace: { kind: 'url', language: 'html' } });
    assert.match(done[0] ?? '', /^copy https:.*video\.mpd$/);
  });

  it('goes back in place, and then the token it is', async () => {
    const acts: Act[] = [
      { pick: 'Result' },
      { pick: 'DASH URL' },
      { pick: 'Where' },
      { pick: 'Put in place of the id' },
      { pick: 'Sign in place of the id' },
    ];
    assert.deepEqual((await play({}, acts, { request, idPlace: { kind: 'url', language: 'html' } })).done, [
      `replace ${TOKEN}`,
    ]);
  });

  it('says of a token that it takes the place of that', async () => {
    const start = { request, idPlace: { kind: 'token', language: 'html' } } as const;
    const { hubs, done, prompter } = await play({}, [{ pick: 'Sign in place of the token' }], start);
    assert.ok(hubs[0]?.includes('Where | in place of the token'));
    assert.deepEqual(done, [`replace ${TOKEN}`]);
    assert.match(prompter.mentioned[0] ?? '', /^In place of the token: Token, /);
    const lost = await play({}, [{ pick: 'Sign in place of the token' }], { ...start, place: 'lost' });
    assert.match(lost.prompter.told[0] ?? '', /^The token was not replaced, /);
  });

  it('copies and says so when the id was edited meanwhile', async () => {
    const { done, prompter } = await play({}, [{ pick: 'Sign in place of the id' }], {
      request,
      idPlace: { kind: 'url', language: 'html' },
      place: 'lost',
    });
    assert.deepEqual(done, [`copy ${TOKEN}`]);
    assert.match(prompter.told[0] ?? '', /^The id was not replaced.*on the clipboard: Token, valid until/);
  });
});
