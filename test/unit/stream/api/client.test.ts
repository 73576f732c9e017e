import assert from 'node:assert/strict';
import type { ApiMessage } from '../../../../src/stream/api/answers';
import { createStreamApi } from '../../../../src/stream/api/client';
import type { HttpRequest } from '../../../../src/stream/api/http';
import { writePem } from '../../../../src/stream/keys/writePem';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { createFakeClock } from '../../support/fakeClock';
import { sharedPieces } from '../../support/sharedPieces';
import { testKey } from '../keys/testKeys';
import { tokenWith } from './faultServer/success';

const ACCOUNT = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const KEY = '7f2a0c1d3e5b47968a9b0c1d2e3f4051';
const VIDEO = '1b6f5a3c9d2e4f708192a3b4c5d6e7f8';
const live = new AbortController().signal;

/** A client of an API that gives these results, one after the other; a number is a refusal with that status. */
function api(...results: readonly unknown[]) {
  const sent: HttpRequest[] = [];
  const messages: ApiMessage[] = [];
  const client = createStreamApi({
    clock: createFakeClock(1_800_000_000_000),
    credential: { kind: 'apiToken', token: 'cfut_x' },
    onMessage: (message) => void messages.push(message),
    async http(request) {
      const result = results[sent.length];
      sent.push(request);
      const status = typeof result === 'number' ? result : 200;
      const text = JSON.stringify({
        success: status === 200,
        errors: [],
        messages: [{ code: 1, message: 'hi' }],
        result,
      });
      return { ok: true, value: { status, contentType: 'application/json', text } };
    },
  });
  return { client, sent, messages };
}

function value<T>(
  outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: unknown },
): T {
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.value;
}

describe('Stream API client', () => {
  const headers = { Authorization: 'Bearer cfut_x' };
  type Call = (client: ReturnType<typeof api>['client']) => Promise<unknown>;
  const requests: readonly [string, Call, unknown, HttpRequest][] = [
    [
      'accounts',
      (client) => client.listAccounts(live),
      [],
      { method: 'GET', path: '/accounts', query: { page: '1', per_page: '50' }, headers },
    ],
    [
      'token check',
      (client) => client.verifyUserToken(live),
      { status: 'active' },
      { method: 'GET', path: '/user/tokens/verify', headers },
    ],
    [
      'token check in an account',
      (client) => client.verifyAccountToken(ACCOUNT, live),
      { status: 'active' },
      { method: 'GET', path: `/accounts/${ACCOUNT}/tokens/verify`, headers },
    ],
    [
      'videos',
      (client) => client.listVideos(ACCOUNT, live),
      [],
      {
        method: 'GET',
        path: `/accounts/${ACCOUNT}/stream`,
        query: { limit: '1000', before: undefined },
        list: true,
        headers,
      },
    ],
    [
      'older videos',
      (client) => client.listVideos(ACCOUNT, live, { limit: 5, before: '2026-01-01T00:00:00Z' }),
      [],
      {
        method: 'GET',
        path: `/accounts/${ACCOUNT}/stream`,
        query: { limit: '5', before: '2026-01-01T00:00:00Z' },
        list: true,
        headers,
      },
    ],
    [
      'certain videos',
      (client) => client.listVideos(ACCOUNT, live, { ids: [VIDEO, ACCOUNT] }),
      [],
      {
        method: 'GET',
        path: `/accounts/${ACCOUNT}/stream`,
        query: { limit: '1000', before: undefined, id: `${VIDEO},${ACCOUNT}` },
        list: true,
        headers,
      },
    ],
    [
      'a change of a video',
      (client) => client.editVideo(ACCOUNT, VIDEO, { requireSignedURLs: true }, live),
      { uid: VIDEO },
      {
        method: 'POST',
        path: `/accounts/${ACCOUNT}/stream/${VIDEO}`,
        body: { requireSignedURLs: true },
        repeat: 'always',
        headers,
      },
    ],
    [
      'the downloads',
      (client) => client.readDownloads(ACCOUNT, VIDEO, live),
      {},
      { method: 'GET', path: `/accounts/${ACCOUNT}/stream/${VIDEO}/downloads`, headers },
    ],
    [
      'a new MP4',
      (client) => client.createDownload(ACCOUNT, VIDEO, 'mp4', live),
      {},
      { method: 'POST', path: `/accounts/${ACCOUNT}/stream/${VIDEO}/downloads`, repeat: 'always', headers },
    ],
    [
      'a new M4A',
      (client) => client.createDownload(ACCOUNT, VIDEO, 'm4a', live),
      {},
      { method: 'POST', path: `/accounts/${ACCOUNT}/stream/${VIDEO}/downloads/audio`, repeat: 'always', headers },
    ],
    [
      'the live inputs',
      (client) => client.listLiveInputs(ACCOUNT, live),
      { liveInputs: [] },
      { method: 'GET', path: `/accounts/${ACCOUNT}/stream/live_inputs`, list: true, headers },
    ],
    [
      'a live input',
      (client) => client.readLiveInput(ACCOUNT, VIDEO, live),
      { uid: VIDEO },
      { method: 'GET', path: `/accounts/${ACCOUNT}/stream/live_inputs/${VIDEO}`, headers },
    ],
    [
      'the recordings of a live input',
      (client) => client.listRecordings(ACCOUNT, VIDEO, live),
      [],
      { method: 'GET', path: `/accounts/${ACCOUNT}/stream/live_inputs/${VIDEO}/videos`, list: true, headers },
    ],
    [
      'a token',
      (client) => client.createToken(ACCOUNT, VIDEO, undefined, live),
      { token: tokenWith({}) },
      { method: 'POST', path: `/accounts/${ACCOUNT}/stream/${VIDEO}/token`, repeat: 'always', headers },
    ],
    [
      'a token with fields',
      (client) => client.createToken(ACCOUNT, VIDEO, { exp: 1_800_000_900, downloadable: true }, live),
      { token: tokenWith({}) },
      {
        method: 'POST',
        path: `/accounts/${ACCOUNT}/stream/${VIDEO}/token`,
        repeat: 'always',
        body: { exp: 1_800_000_900, downloadable: true },
        headers,
      },
    ],
    [
      'the signing keys',
      (client) => client.listKeys(ACCOUNT, live),
      [],
      { method: 'GET', path: `/accounts/${ACCOUNT}/stream/keys`, headers },
    ],
    [
      'a new signing key, once',
      (client) => client.createKey(ACCOUNT, live),
      { id: KEY },
      { method: 'POST', path: `/accounts/${ACCOUNT}/stream/keys`, repeat: 'ifUnsent', headers },
    ],
    [
      'the end of a signing key',
      (client) => client.deleteKey(ACCOUNT, KEY, live),
      'Revoked',
      { method: 'DELETE', path: `/accounts/${ACCOUNT}/stream/keys/${KEY}`, headers },
    ],
  ];
  for (const [name, call, result, request] of requests) {
    it(`asks for ${name}`, async () => {
      const { client, sent, messages } = api(result);
      value((await call(client)) as Awaited<ReturnType<typeof client.listAccounts>>);
      assert.deepEqual(sent, [request]);
      assert.deepEqual(messages, [{ code: 1, message: 'hi' }]);
    });
  }

  const secret = 'cfut_0123456789abcdefghij';
  for (const credential of [
    { kind: 'apiToken', token: secret },
    { kind: 'globalKey', email: 'dev@example.com', key: secret },
  ] as const) {
    it(`hides the ${credential.kind} should an answer repeat it`, async () => {
      const clock = { now: () => 0, wait: async () => {} };
      const text = JSON.stringify({
        success: false,
        errors: [{ code: 1, message: `no: ${secret}` }],
        messages: [`and ${secret}`],
        result: null,
      });
      const heard: unknown[] = [];
      const http = async () => ({ ok: true, value: { status: 400, contentType: '', text } }) as const;
      const outcome = await createStreamApi({
        http,
        clock,
        credential,
        onMessage: (said) => void heard.push(said),
      }).verifyUserToken(live);
      assert.doesNotMatch(JSON.stringify([outcome, heard]), /cfut_/);
      assert.match(JSON.stringify([outcome, heard]), /no: \[hidden\].*and \[hidden\]/);
    });
  }

  it('hides a private key that went along, should a refusal quote it', async () => {
    const pem = writePem(testKey().jwk);
    const quoted = [pem, pem.slice(40, 120), JSON.stringify(atob(pem)).slice(1, -1), atob(pem).split('\n')[3]];
    const text = JSON.stringify({
      success: false,
      errors: [{ code: 10005, message: `no: ${quoted.join(' | ')}` }],
      result: null,
    });
    const heard: unknown[] = [];
    const http = async () => ({ ok: true, value: { status: 400, contentType: '', text } }) as const;
    const clock = { now: () => 0, wait: async () => {} };
    const credential = { kind: 'apiToken', token: secret } as const;
    const client = createStreamApi({ http, clock, credential, onMessage: (said) => void heard.push(said) });
    const outcome = await client.createToken(ACCOUNT, VIDEO, { id: KEY, pem }, live);
    assert.deepEqual(sharedPieces(JSON.stringify([outcome, heard]), pem), []);
    assert.deepEqual(sharedPieces(JSON.stringify([outcome, heard]), atob(pem)), []);
    assert.match(JSON.stringify(outcome), /10005.*no: /);
  });

  it('leaves the e-mail address of a key alone, after which Cloudflare names accounts', async () => {
    const http = async () => {
      const text = JSON.stringify({ success: true, result: [{ id: ACCOUNT, name: "dev@example.com's Account" }] });
      return { ok: true, value: { status: 200, contentType: '', text } } as const;
    };
    const client = createStreamApi({
      http,
      clock: createFakeClock(0),
      credential: { kind: 'globalKey', email: 'dev@example.com', key: secret },
      onMessage: () => {},
    });
    assert.equal(value(await client.listAccounts(live))[0]?.name, "dev@example.com's Account");
  });

  it('gives the token and nothing around it', async () => {
    const token = tokenWith({ exp: 1_800_003_600 });
    assert.equal(value(await api({ token }).client.createToken(ACCOUNT, VIDEO, undefined, live)), token);
  });

  it('drops a token that is of no use, by the clock of Cloudflare', async () => {
    const { client } = api({ token: DOCUMENTED_TOKEN });
    const outcome = await client.createToken(ACCOUNT, VIDEO, undefined, live);
    assert.deepEqual(outcome, { ok: false, failure: { code: 'unusableToken', flaw: 'otherVideo' } });
    const ahead = createStreamApi({
      clock: createFakeClock(1_800_086_400_000),
      credential: { kind: 'apiToken', token: 'cfut_x' },
      onMessage: () => {},
      async http() {
        const text = JSON.stringify({ success: true, result: { token: tokenWith({ exp: 1_800_003_600 }) } });
        return { ok: true, value: { status: 200, contentType: '', text, clockAhead: 86_400 } };
      },
    });
    assert.equal((await ahead.createToken(ACCOUNT, VIDEO, undefined, live)).ok, true);
  });

  for (const [repeated, expected] of [
    [true, 'deleted'],
    [undefined, 'notFound'],
  ] as const) {
    it(`a key that is gone ${repeated ? 'at the second attempt was deleted by the first' : 'at once was not there'}`, async () => {
      const client = createStreamApi({
        http: async () => ({
          ok: true,
          value: { status: 404, contentType: '', text: '', ...(repeated && { repeated }) },
        }),
        clock: createFakeClock(0),
        credential: { kind: 'apiToken', token: 'cfut_x' },
        onMessage: () => {},
      });
      const outcome = await client.deleteKey(ACCOUNT, KEY, live);
      assert.equal(outcome.ok ? 'deleted' : outcome.failure.code, expected);
    });
  }

  for (const id of ['', '..', '%2e%2e', `${VIDEO}/../..`, VIDEO.toUpperCase(), `${VIDEO}\n`, VIDEO.slice(1)]) {
    it(`lets the unchecked id ${JSON.stringify(id)} into no path, and sends nothing`, async () => {
      const { client, sent } = api();
      const calls = [
        client.listVideos(id, live),
        client.createToken(id, VIDEO, undefined, live),
        client.createToken(ACCOUNT, id, undefined, live),
        client.readVideo(ACCOUNT, id, live),
        client.readDownloads(ACCOUNT, id, live),
        client.readLiveInput(ACCOUNT, id, live),
        client.listKeys(id, live),
        client.createKey(id, live),
        client.deleteKey(id, KEY, live),
        client.deleteKey(ACCOUNT, id, live),
      ];
      for (const call of calls) await assert.rejects(call, (error: Error) => id === '' || !error.message.includes(id));
      assert.equal(sent.length, 0);
    });
  }

  const account = (index: number) => ({ id: index.toString(16).padStart(32, '0'), name: `A${index}` });
  const page = (from: number, count = 50) => Array.from({ length: count }, (_, index) => account(from + index));
  const pagings: readonly [string, readonly unknown[], number, number][] = [
    ['none', [[]], 1, 0],
    ['one page', [page(0, 49)], 1, 49],
    ['exactly one page', [page(0), []], 2, 50],
    ['three pages', [page(0), page(50), page(100, 1)], 3, 101],
    ['more than anyone picks from', Array.from({ length: 30 }, (_, index) => page(index * 50)), 20, 1000],
  ];
  for (const [name, pages, asked, listed] of pagings) {
    it(`accounts: ${name}`, async () => {
      const { client, sent } = api(...pages);
      assert.equal(value(await client.listAccounts(live)).length, listed);
      assert.deepEqual(
        sent.map(({ query }) => query?.page),
        Array.from({ length: asked }, (_, index) => String(index + 1)),
      );
    });
  }
  it('accounts: a page that is refused refuses the list', async () => {
    const outcome = await api(page(0), 403).client.listAccounts(live);
    assert.deepEqual(outcome, { ok: false, failure: { code: 'forbidden', status: 403, errors: [] } });
  });

  for (const [status, verdict] of [
    ['active', 'active'],
    ['disabled', 'inactive'],
    ['expired', 'inactive'],
    ['ACTIVE', 'inactive'],
  ] as const) {
    it(`token check: ${status} → ${verdict}`, async () =>
      assert.equal(value(await api({ status }).client.verifyUserToken(live)), verdict));
  }

  const downloads: readonly [string, unknown, string][] = [
    ['none', {}, 'notMade notMade'],
    ['one', { default: { status: 'ready', percentComplete: 100 } }, 'ready notMade'],
    ['both', { default: { status: 'inprogress' }, audio: { status: 'error' } }, 'making failed'],
    ['a status nobody knows', { default: { status: 'paused' }, audio: { status: 7 } }, 'making making'],
    ['null', { default: null, audio: null }, 'notMade notMade'],
  ];
  for (const [name, result, expected] of downloads) {
    it(`downloads: ${name}`, async () => {
      const { mp4, m4a } = value(await api(result).client.readDownloads(ACCOUNT, VIDEO, live));
      assert.equal(`${mp4} ${m4a}`, expected);
    });
  }

  const liveInputs: readonly [string, object, object][] = [
    ['only an id', {}, { name: '', requireSignedUrls: false, allowedOrigins: [] }],
    ['a status of another kind', { status: {} }, { name: '', requireSignedUrls: false, allowedOrigins: [] }],
    [
      'before the first broadcast',
      { status: null },
      { name: '', connected: false, neverConnected: true, requireSignedUrls: false, allowedOrigins: [] },
    ],
    [
      'on air',
      {
        status: 'connected',
        meta: { name: 'Floor' },
        recording: { requireSignedURLs: true, allowedOrigins: ['a.example'] },
        rtmps: { streamKey: 'secret' },
      },
      { name: 'Floor', connected: true, requireSignedUrls: true, allowedOrigins: ['a.example'] },
    ],
    [
      'off air',
      { status: 'client_disconnect', meta: null, recording: null },
      { name: '', connected: false, requireSignedUrls: false, allowedOrigins: [] },
    ],
  ];
  for (const [name, result, expected] of liveInputs) {
    it(`a live input: ${name}`, async () =>
      assert.deepEqual(value(await api(result).client.readLiveInput(ACCOUNT, VIDEO, live)), expected));
  }

  const keys: readonly [string, unknown, unknown][] = [
    ['the id', { id: KEY }, { id: KEY, created: '' }],
    ['key_id in its place', { key_id: KEY, created: 'then' }, { id: KEY, created: 'then' }],
    ['both', { id: KEY, key_id: VIDEO, created: null }, { id: KEY, created: '' }],
    ['an id that is null', { id: null, key_id: KEY, created: 7 }, { id: KEY, created: '' }],
  ];
  for (const [name, listed, expected] of keys) {
    it(`signing keys: ${name}`, async () => {
      const { client } = api([listed], [{ id: '../x' }, 'no key', null, {}, listed]);
      assert.deepEqual(value(await client.listKeys(ACCOUNT, live)), { keys: [expected], complete: true });
      assert.deepEqual(value(await client.listKeys(ACCOUNT, live)), { keys: [expected], complete: false });
    });
  }

  const createdKeys: readonly [string, object, object][] = [
    ['everything', { pem: 'cA==', jwk: 'ag==', created: 'now' }, { pem: 'cA==', jwk: 'ag==', created: 'now' }],
    ['only the id', {}, { created: '' }],
    ['forms that are no text', { pem: null, jwk: { kty: 'RSA' } }, { created: '' }],
  ];
  for (const [name, fields, expected] of createdKeys) {
    it(`a new signing key: ${name}`, async () => {
      assert.deepEqual(value(await api({ id: KEY, ...fields }).client.createKey(ACCOUNT, live)), {
        id: KEY,
        ...expected,
      });
    });
  }
  const newIds: readonly [string, object, string][] = [
    ['key_id in its place', { key_id: KEY }, KEY],
    ['an id that is null, and key_id', { id: null, key_id: KEY }, KEY],
    ['an id that is none, and key_id', { id: '../x', key_id: KEY }, KEY],
    ['an id in capitals', { id: ` ${KEY.toUpperCase()}` }, KEY],
    ['no id at all', {}, ''],
    ['ids that are none', { id: '../x', key_id: 7 }, ''],
  ];
  for (const [name, fields, id] of newIds) {
    it(`a new signing key: ${name}`, async () => {
      const { client } = api({ jwk: 'ag==', ...fields });
      assert.deepEqual(value(await client.createKey(ACCOUNT, live)), { id, created: '', jwk: 'ag==' });
    });
  }
  it('a new signing key with neither an id nor a private half is no answer', async () => {
    const outcome = await api({ pem: '', jwk: null, created: 'now' }).client.createKey(ACCOUNT, live);
    assert.ok(!outcome.ok && outcome.failure.code === 'unexpectedAnswer');
  });

  const host = 'https://customer-f33zs165nr7gyfy4.cloudflarestream.com';
  const bare = { id: VIDEO, name: '', created: '', state: '', requireSignedUrls: false };
  const videos: readonly [string, object, object][] = [
    ['only an id', {}, bare],
    [
      'everything null',
      {
        created: null,
        duration: null,
        requireSignedURLs: null,
        status: null,
        meta: null,
        preview: null,
        playback: null,
      },
      bare,
    ],
    [
      'everything there',
      {
        created: '2026-01-02T03:04:05Z',
        duration: 12.5,
        requireSignedURLs: true,
        status: { state: 'ready' },
        meta: { name: 'Film' },
        preview: `${host}/x/watch`,
      },
      {
        id: VIDEO,
        name: 'Film',
        created: '2026-01-02T03:04:05Z',
        duration: 12,
        state: 'ready',
        requireSignedUrls: true,
        customerCode: 'f33zs165nr7gyfy4',
      },
    ],
    ['unknown duration', { duration: -1 }, bare],
    ['duration 0', { duration: 0 }, { ...bare, duration: 0 }],
    ['a name that is no text', { meta: { name: 7 } }, bare],
    ['the code in preview', { preview: `${host}/x/watch` }, { ...bare, customerCode: 'f33zs165nr7gyfy4' }],
    [
      'the code in thumbnail',
      { thumbnail: `${host}/x/thumbnails/thumbnail.jpg` },
      { ...bare, customerCode: 'f33zs165nr7gyfy4' },
    ],
    [
      'the code in playback.hls',
      { playback: { hls: `${host}/x/manifest/video.m3u8` } },
      { ...bare, customerCode: 'f33zs165nr7gyfy4' },
    ],
    [
      'the code in playback.dash',
      { playback: { dash: `${host}/x/manifest/video.mpd` } },
      { ...bare, customerCode: 'f33zs165nr7gyfy4' },
    ],
    [
      'the code behind addresses without one',
      { preview: 'https://watch.videodelivery.net/x', thumbnail: '', playback: { hls: null, dash: `${host}/x` } },
      { ...bare, customerCode: 'f33zs165nr7gyfy4' },
    ],
    [
      'how far it is',
      { status: { state: 'inprogress', pctComplete: '42.125000' } },
      { ...bare, state: 'inprogress', progress: 42.125 },
    ],
    [
      'a progress that is none',
      { status: { state: 'inprogress', pctComplete: 'x' } },
      { ...bare, state: 'inprogress' },
    ],
    ['no progress once it is ready', { status: { state: 'ready', pctComplete: '100' } }, { ...bare, state: 'ready' }],
    [
      'why it failed',
      { status: { state: 'error', errorReasonCode: 'ERR_NON_VIDEO', errorReasonText: 'Not a video.' } },
      { ...bare, state: 'error', problem: 'Not a video.' },
    ],
    [
      'why it failed, in a code only',
      { status: { state: 'error', errorReasonCode: 'ERR_NON_VIDEO', errorReasonText: '' } },
      { ...bare, state: 'error', problem: 'ERR_NON_VIDEO' },
    ],
    [
      'whose it is, when it goes and where it came from',
      { creator: 'people-team', scheduledDeletion: '2027-01-01T00:00:00Z', liveInput: ACCOUNT },
      { ...bare, creator: 'people-team', scheduledDeletion: '2027-01-01T00:00:00Z', liveInput: ACCOUNT },
    ],
    [
      'addresses of strangers',
      { preview: 'https://customer-x.cloudflarestream.com.evil.example/x', thumbnail: 'no address' },
      bare,
    ],
  ];
  for (const [name, fields, expected] of videos) {
    it(`video: ${name}`, async () => {
      assert.deepEqual(value(await api([{ uid: VIDEO, ...fields }]).client.listVideos(ACCOUNT, live)), {
        videos: [expected],
        complete: true,
      });
    });
  }
});
