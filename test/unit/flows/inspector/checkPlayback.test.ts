import assert from 'node:assert/strict';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import type { ClaimsReport } from '../../../../src/flows/inspector/claimsReport';
import type { Probe } from '../../../../src/stream/delivery/probe';
import type { Failure, Outcome } from '../../../../src/stream/failure';
import { type PrivateJwk, withId } from '../../../../src/stream/keys/signingKey';
import { signToken } from '../../../../src/stream/keys/signToken';
import type { TokenOptions } from '../../../../src/stream/token/options';
import { LIBRARY_ID, STUDIO_ID } from '../../../emulator/accounts';
import { answerEdge } from '../../../emulator/edge';
import { createState, type State } from '../../../emulator/state';
import { testKey } from '../../stream/keys/testKeys';
import { fakeApi } from '../../support/fakeApi';
import { memoryAccounts, memoryKeys } from '../../support/memory';
import type { Act } from '../../support/scriptedPrompter';
import { testInspector } from '../../support/testInspector';

const NOW = 1_800_000_000;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const ALL_HANDS = '3d8b2f4c6ea059f5bc7d9e80a1b23456';
const FLOOR = '4e9c305d7fa16b06cd8eaf91b2c34567';
const ACME = { label: 'Acme', accountId: STUDIO_ID, credential: { kind: 'apiToken', token: 'cfut_acme' } } as const;
const MINE = { ...ACME, label: 'Mine', accountId: LIBRARY_ID } as const;
const GONE: Failure = { code: 'notFound', status: 404, errors: [] };

describe('checking playback', () => {
  let state: State;
  beforeEach(async () => {
    state = await createState({ now: () => NOW * 1000, downloadTakes: 0 });
  });

  /** Delivery hosts of the emulator, without a network. */
  const edge: Probe = async (method, url) => {
    const { pathname, searchParams } = new URL(url);
    // The older host of the player says in its name what others say in the path.
    const path = new URL(url).host.startsWith('iframe.') ? `${pathname}/iframe` : pathname;
    const request = { method, path, query: searchParams, headers: {}, body: '', remoteAddress: '198.51.100.7' };
    return { ok: true, value: answerEdge(state, request).status };
  };

  interface Setting {
    readonly videoId?: string;
    readonly options?: TokenOptions;
    readonly signer?: 'hidden' | 'other';
    /** Whether the public half of the token's key is on this machine, or that of the key that signed in its name. */
    readonly keyHere?: boolean | 'signer';
    /** Whether the video was asked for before. */
    readonly known?: boolean;
    /** The first of them is asked, and the last one is said to have the key. */
    readonly accounts?: readonly NewAccount[];
    /** Whether the account that is asked has no such video. */
    readonly absent?: boolean;
    readonly probe?: Probe;
    /** Seconds until the person says yes. */
    readonly thinksFor?: number;
    readonly acts?: readonly Act[];
  }

  async function check(setting: Setting = {}): Promise<ClaimsReport | undefined> {
    const { videoId = TOUR, options = {}, signer = 'hidden', keyHere = false, known = false } = setting;
    const { accounts: accountsHere = [ACME] } = setting;
    const hidden = state.hiddenKeys.get(STUDIO_ID);
    assert.ok(hidden);
    const jwk = withId(hidden.privateKey.export({ format: 'jwk' }) as unknown as PrivateJwk, hidden.kid);
    const signing = signer === 'hidden' ? jwk : { ...testKey().jwk, kid: hidden.kid };
    const token = await signToken(signing, videoId, options, NOW);
    const accounts = await memoryAccounts(...accountsHere);
    const keys = memoryKeys(accounts.vault);
    if (keyHere !== false) await keys.add(`a${accountsHere.length}`, keyHere === 'signer' ? signing : jwk, '');
    const video = state.accounts[0]?.videos.find(({ uid }) => uid === videoId);
    const api = fakeApi({
      ...(setting.absent && { video: GONE, downloads: GONE, liveInput: GONE }),
      ...(video &&
        !setting.absent && {
          video: {
            video: {
              id: videoId,
              name: 'x',
              created: '',
              state: video.status.state,
              requireSignedUrls: video.requireSignedURLs,
            },
            details: { readyToStream: video.readyToStream, allowedOrigins: video.allowedOrigins },
          },
          downloads: {
            mp4: state.downloads.progress(videoId, 'default') === 100 ? 'ready' : 'notMade',
            m4a: 'notMade',
          },
        }),
    });
    const acts = setting.acts ?? [{ confirm: true }];
    const made = await testInspector({ accounts, keys, api, now: NOW, acts, probe: setting.probe ?? edge });
    const { confirm } = made.prompter;
    made.prompter.confirm = (question) => {
      const said = made.clock.now() + (setting.thinksFor ?? 0) * 1000;
      made.clock.now = () => said;
      return confirm(question);
    };
    if (known) await made.inspector.askVideo({ token });
    const outcome = await made.inspector.checkPlayback({ token });
    made.prompter.finish();
    return outcome.ok ? outcome.value : undefined;
  }

  /** `what by: answer tone: meaning` */
  const rows = (report: ClaimsReport | undefined) =>
    report?.playback?.rows.map(({ what, by, answer, meaning }) => `${what}, ${by}: ${answer}: ${meaning}`);
  const row = (report: ClaimsReport | undefined, start: string) => rows(report)?.find((line) => line.startsWith(start));
  const manifest = (report: ClaimsReport | undefined) => row(report, 'HLS manifest, token: ');

  const videoLine = (report: ClaimsReport | undefined) => {
    const { tone, text } = report?.lines.find(({ subject }) => subject === 'Video') ?? {};
    return `${tone}: ${text}`;
  };

  it('asks before it touches the network, and sends only what it said', async () => {
    const asked: string[] = [];
    const probe: Probe = async (method, url) => {
      asked.push(`${method} ${url.replaceAll(/eyJ[\w.-]+/g, 'TOKEN').replaceAll(TOUR, 'ID')}`);
      return { ok: true, value: 200 };
    };
    assert.equal(await check({ acts: [{ confirm: false }], probe }), undefined);
    assert.deepEqual(asked, []);
    await check({ probe });
    const addresses = ['TOKEN', 'ID'].flatMap((subject) => [
      `GET https://videodelivery.net/${subject}/manifest/video.m3u8`,
      `GET https://iframe.videodelivery.net/${subject}`,
      `GET https://videodelivery.net/${subject}/thumbnails/thumbnail.jpg`,
      `HEAD https://videodelivery.net/${subject}/downloads/default.mp4`,
    ]);
    assert.deepEqual(asked, addresses);
  });

  it('shows what was tried, with the token and with the plain id', async () => {
    state.downloads.create(TOUR, 'default');
    const report = await check({ options: { downloadable: true } });
    assert.equal(report?.playback?.conclusion, 'Plays from here');
    assert.equal(report?.playback?.asked, 'Asked at Jan 15, 2027, 08:00:00 (08:00:00 UTC).');
    const refused = 'Refused without a token, as it should be for a private video.';
    assert.deepEqual(rows(report), [
      'HLS manifest, token: 200: It works.',
      'Player, token: 200: It works.',
      'Thumbnail, token: 200: It works.',
      'MP4 download, token: 200: It works.',
      `HLS manifest, plain id: 401: ${refused}`,
      `Player, plain id: 401: ${refused}`,
      `Thumbnail, plain id: 401: ${refused}`,
      `MP4 download, plain id: 401: ${refused}`,
    ]);
  });

  it('takes the answer for what could not be checked here: the signature', async () => {
    const report = await check();
    assert.equal(report?.headline, 'Plays for everyone until 09:00 (in 1 h)');
    const signature = report?.lines.find(({ subject }) => subject === 'Signature');
    assert.match(signature?.text ?? '', /^Stream accepted it\. Asked at /);
  });

  for (const [name, keyHere] of [
    ['nothing is known of the key', false],
    ['another private half is stored for the key', 'signer'],
  ] as const) {
    it(`believes a refusal more than what is known here: ${name}`, async () => {
      const report = await check({ signer: 'other', keyHere });
      assert.equal(report?.headline, 'Stream refuses it, although all that is known here is right');
      assert.equal(report?.tone, 'bad');
      assert.match(report?.advice.join(' ') ?? '', /another private half at Cloudflare/);
    });
  }

  it('believes what plays more than an account that does not have the video', async () => {
    for (const keyHere of [false, true]) {
      const report = await check({ accounts: [MINE], keyHere, known: true, absent: true });
      assert.equal(report?.headline, 'Plays for everyone until 09:00 (in 1 h)');
      assert.deepEqual([report?.tone, report?.advice], ['good', []]);
      assert.equal(videoLine(report), 'neutral: Not found in Mine, although Stream played it.');
    }
  });

  it('believes what plays more than a key that is kept with another account', async () => {
    const report = await check({
      accounts: [ACME, { label: 'Keys', accountId: LIBRARY_ID }],
      keyHere: true,
      known: true,
    });
    assert.equal(report?.headline, 'Plays for everyone until 09:00 (in 1 h)');
    assert.doesNotMatch(videoLine(report), /another account/);
  });

  it('blames no token for a rule or a page that this check does not meet', async () => {
    const report = await check({ options: { accessRules: allowNobodyHere }, keyHere: true });
    assert.match(report?.headline ?? '', /^Plays for /);
  });

  it('proves nothing of a signature where the plain id plays too', async () => {
    const report = await check({ videoId: TRAILER });
    assert.equal(report?.playback?.conclusion, 'Plays from here, and would without the token too');
    assert.match(report?.headline ?? '', /if its signature is right$/);
    assert.match(row(report, 'HLS manifest, plain id') ?? '', /Public: it works for everyone/);
  });

  const allowNobodyHere = [
    { type: 'ip.src', action: 'allow', ip: ['203.0.113.0/24'] },
    { type: 'any', action: 'block' },
  ] as const;
  const causes: readonly [string, Setting, RegExp][] = [
    [
      'expired',
      { options: { expiry: { kind: 'fromNow', seconds: -60 } } },
      /401: Stream has refused it since .* Sign it again/,
    ],
    ['not yet valid', { options: { notBefore: { kind: 'fromNow', seconds: 60 } } }, /401: Stream refuses it until /],
    [
      'the wrong key, and nothing known',
      { signer: 'other' },
      /401: Refused: the signature is wrong, or the key belongs/,
    ],
    ['the wrong key, known', { signer: 'other', keyHere: true }, /401: Either the token was changed after signing/],
    [
      'a rule, and the signature is not known',
      { options: { accessRules: allowNobodyHere } },
      /403: Refused\. It can be one of these: the signature is wrong.*; the access rules are not for the address/,
    ],
    [
      'a rule, and the signature is right',
      { options: { accessRules: allowNobodyHere }, keyHere: true },
      /403: Refused: the access rules are not for the address of this machine\.$/,
    ],
    [
      'rules for nobody',
      { options: { accessRules: [{ type: 'any', action: 'block' }] } },
      /403: Allow the viewers who should/,
    ],
    ['a video that is not ready', { videoId: ALL_HANDS, known: true }, /404: The video is not ready to be played/],
    [
      'a video that is not known',
      { videoId: 'f'.repeat(32) },
      /404: Stream knows nothing of it: the video was deleted/,
    ],
    ['a live input that is off the air', { videoId: FLOOR }, /204: A live input, and nobody broadcasts/],
  ];
  for (const [name, setting, expected] of causes)
    it(`says why: ${name}`, async () => assert.match(manifest(await check(setting)) ?? '', expected));

  it('says why: expired while it was being asked whether to check', async () => {
    const report = await check({
      options: { expiry: { kind: 'fromNow', seconds: 30 } },
      keyHere: true,
      probe: async () => ({ ok: true, value: 401 }),
      thinksFor: 60,
    });
    assert.match(manifest(report) ?? '', /401: Stream has refused it since .* Sign it again/);
  });

  it('says why: only on other pages', async () => {
    const tour = state.accounts[0]?.videos.find(({ uid }) => uid === TOUR);
    assert.ok(tour);
    tour.allowedOrigins = ['a.example'];
    const page = /403: Refused: only certain pages may show the video, and this check comes from none\.$/;
    // The thumbnail, which any page may show, tells that nothing else is wrong.
    assert.match(manifest(await check()) ?? '', page);
    assert.match(manifest(await check({ known: true, keyHere: true })) ?? '', page);
    assert.match(row(await check(), 'Thumbnail, token') ?? '', /It works/);
  });

  it('says why the plain id of a public video is refused: only on other pages', async () => {
    const trailer = state.accounts[0]?.videos.find(({ uid }) => uid === TRAILER);
    assert.ok(trailer);
    trailer.allowedOrigins = ['a.example'];
    const page = /403: Refused: only certain pages may show the video, and this check comes from none\.$/;
    for (const known of [true, false]) {
      const report = await check({ videoId: TRAILER, known });
      assert.match(row(report, 'HLS manifest, plain id') ?? '', page);
      // The thumbnail, which any page may show, tells it where nothing is known of the video.
      assert.match(row(report, 'Thumbnail, plain id') ?? '', /200: Public/);
    }
    const refused: Probe = async () => ({ ok: true, value: 403 });
    assert.match(
      row(await check({ videoId: TRAILER, known: true, probe: refused }), 'HLS manifest, plain') ?? '',
      page,
    );
    assert.match(
      row(await check({ videoId: TRAILER, probe: refused }), 'HLS manifest, plain') ?? '',
      /403: Refused without a token, as it should be/,
    );
  });

  it('says why there is no download', async () => {
    const of = async (setting: Setting) => row(await check(setting), 'MP4 download, token');
    assert.match((await of({})) ?? '', /403: The token does not allow downloads/);
    assert.match((await of({ options: { downloadable: true } })) ?? '', /404: No download was made/);
    state.downloads.create(TOUR, 'default');
    assert.match((await of({ options: { downloadable: true } })) ?? '', /200: It works/);
  });

  const failures: readonly [string, Failure, RegExp][] = [
    ['offline', { code: 'offline' }, /none: Cloudflare can’t be found: this machine seems to be offline/],
    [
      'a certificate',
      { code: 'certificate', reason: 'SELF_SIGNED_CERT_IN_CHAIN' },
      /certificate of the server is not trusted/,
    ],
    ['a proxy that wants a name', { code: 'proxyLogin' }, /The proxy asks for a user name/],
    [
      'a proxy that refuses',
      { code: 'proxyRefused', status: 403 },
      /The proxy refused to connect to Cloudflare \(403\)/,
    ],
    ['never started', { code: 'unreachable', reason: 'ECONNREFUSED' }, /Cloudflare can’t be reached \(ECONNREFUSED\)/],
    ['broken off', { code: 'connectionLost', reason: 'ECONNRESET' }, /The connection to Cloudflare broke off/],
    ['no answer in time', { code: 'timeout', seconds: 15, sent: 'maybe' }, /did not answer within 15 seconds/],
  ];
  for (const [name, failure, expected] of failures) {
    it(`says why there is no answer: ${name}`, async () => {
      const report = await check({ probe: async () => ({ ok: false, failure }) });
      assert.match(manifest(report) ?? '', expected);
      assert.equal(report?.playback?.conclusion, 'Not known: Stream could not be asked');
    });
  }

  const statuses: readonly [number, string, RegExp][] = [
    [302, 'Not known: something stood in between', /A redirect, which was not followed/],
    [407, 'Not known: something stood in between', /The proxy asks/],
    [418, 'Does not play from here', /do not usually answer so/],
    [429, 'Not known: something stood in between', /Too many requests/],
    [503, 'Not known: something stood in between', /has trouble at the moment/],
  ];
  for (const [status, conclusion, expected] of statuses) {
    it(`reads ${status}`, async () => {
      const report = await check({ probe: async () => ({ ok: true, value: status }) });
      assert.match(manifest(report) ?? '', expected);
      assert.equal(report?.playback?.conclusion, conclusion);
    });
  }

  it('says of each address why there is no answer from it', async () => {
    const probe: Probe = async (method, url, signal) =>
      url.includes('/thumbnails/') ? { ok: false, failure: { code: 'offline' } } : edge(method, url, signal);
    const report = await check({ probe });
    assert.equal(report?.playback?.conclusion, 'Plays from here');
    assert.match(row(report, 'Thumbnail, token') ?? '', /: none: Cloudflare can’t be found/);
  });

  it('leaves no trace when it is cancelled', async () => {
    assert.equal(await check({ probe: async () => ({ ok: false, failure: { code: 'cancelled' } }) }), undefined);
  });

  it('takes the answer to one token for no other', async () => {
    const probe: Probe = async (_, url) => ({ ok: true, value: url.includes('eyJ') ? 200 : 401 });
    const { inspector } = await testInspector({ now: NOW, acts: [{ confirm: true }], probe });
    const signed = async (options: TokenOptions) => ({ token: await signToken(testKey().jwk, TOUR, options, NOW) });
    const [given, other] = [await signed({}), await signed({ downloadable: true })];
    const signatureOf = (outcome: Outcome<ClaimsReport>) => outcome.ok && outcome.value.lines[0]?.text;
    assert.match(signatureOf(await inspector.checkPlayback(given)) || '', /^Stream accepted it/);
    assert.match(signatureOf(await inspector.again(other)) || '', /not checked: the key is not on this machine/);
    const report = await inspector.again(other);
    assert.ok(report.ok && report.value.playback === undefined);
    assert.match(signatureOf(await inspector.again(given)) || '', /^Stream accepted it/);
  });

  it('says in the browser why it can’t', async () => {
    const { inspector, prompter } = await testInspector({ canCallApi: false, now: NOW });
    const outcome = await inspector.checkPlayback({ token: await signToken(testKey().jwk, TOUR, {}, NOW) });
    assert.ok(!outcome.ok);
    assert.match(prompter.told[0] ?? '', /In the browser, playback can’t be checked/);
  });
});
