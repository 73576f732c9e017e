import assert from 'node:assert/strict';
import type { ClaimsReport } from '../../../../src/flows/inspector/claimsReport';
import type { VideoDetails } from '../../../../src/stream/api/client';
import type { Video } from '../../../../src/stream/api/video';
import type { Failure } from '../../../../src/stream/failure';
import { signToken } from '../../../../src/stream/keys/signToken';
import type { TokenOptions } from '../../../../src/stream/token/options';
import { testKey } from '../../stream/keys/testKeys';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { memoryAccounts, memoryKeys, memoryShelf } from '../../support/memory';
import type { Act } from '../../support/scriptedPrompter';
import { testInspector } from '../../support/testInspector';

const NOW = 1_800_000_000;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const ACME = {
  label: 'Acme',
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  credential: { kind: 'apiToken', token: 'cfut_acme' },
} as const;
const BETA = { ...ACME, label: 'Beta', accountId: '7a1d4c5e9f2b4836b0c1d2e3f4a5b6c7' } as const;
const video: Video = {
  id: TOUR,
  name: 'Tour',
  created: '2026-01-01T00:00:00Z',
  state: 'ready',
  requireSignedUrls: true,
};
const details = (more: object = {}, of: Partial<Video> = {}): VideoDetails => ({
  video: { ...video, ...of },
  details: { uid: TOUR, readyToStream: true, allowedOrigins: [], ...more },
});
const gone: Failure = { code: 'notFound', status: 404, errors: [] };

const line = (report: ClaimsReport | undefined, subject: string) => {
  const found = report?.lines.find((candidate) => candidate.subject === subject);
  return found && `${found.tone}: ${found.text}`;
};

/** A token of a key on this machine, and an inspector that asks this API. */
async function setUp(script: ApiScript = {}, more: { acts?: readonly Act[]; accounts?: readonly object[] } = {}) {
  const api = fakeApi(script);
  const accounts = await memoryAccounts(...((more.accounts ?? [ACME]) as (typeof ACME)[]));
  const keys = memoryKeys(accounts.vault);
  await keys.add('a1', testKey().jwk, '');
  const shelf = memoryShelf();
  const made = await testInspector({ api, accounts, keys, shelf, now: NOW, acts: more.acts ?? [] });
  const given = async (options: TokenOptions = {}) => ({ token: await signToken(testKey().jwk, TOUR, options, NOW) });
  const ask = async (options?: TokenOptions) => {
    const outcome = await made.inspector.askVideo(await given(options));
    made.prompter.finish();
    return outcome.ok ? outcome.value : undefined;
  };
  const inspect = async () => {
    const outcome = await made.inspector.inspect((await given()).token);
    return outcome.ok && outcome.value.kind === 'report' ? outcome.value.report : undefined;
  };
  return { ...made, api, shelf, keys, accounts, ask, inspect, given };
}

describe('what is known of a token’s video', () => {
  it('nothing, at first; and nobody is asked', async () => {
    const { api, inspect } = await setUp();
    const report = await inspect();
    assert.equal(report?.headline, 'Plays for everyone until 09:00 (in 1 h)');
    assert.equal(line(report, 'Video'), 'neutral: Nothing is known of it here.');
    assert.deepEqual(api.calls, []);
  });

  it('what a list said, without asking again', async () => {
    const { api, videos, inspect } = await setUp({ videos: [video] });
    await videos.open('a1');
    assert.equal(line(await inspect(), 'Video'), 'good: Tour, in Acme. Ready. Needs a signed URL.');
    assert.deepEqual(api.calls, ['videos']);
  });

  it('what was kept from another day', async () => {
    const { api, shelf, inspect } = await setUp();
    await shelf.write('a1', [{ id: TOUR, name: 'Old tour', signed: false }]);
    assert.equal(
      line(await inspect(), 'Video'),
      'unsure: Old tour, in Acme. Public: it plays by its id alone, so the token protects nothing.',
    );
    assert.deepEqual(api.calls, []);
  });

  it('what Cloudflare says, once it is asked; then that, without asking again', async () => {
    const { api, ask, inspect } = await setUp({ video: details(), downloads: { mp4: 'ready', m4a: 'notMade' } });
    const report = await ask({ downloadable: true });
    assert.equal(line(report, 'Video'), 'good: Tour, in Acme. Ready. Needs a signed URL. Any page may show it.');
    assert.equal(line(report, 'Downloads'), 'good: Allowed. MP4: ready. M4A: not made yet.');
    assert.match(line(await inspect(), 'Video') ?? '', /Any page may show it/);
    assert.deepEqual(api.calls, [`video ${TOUR}`, `downloads ${TOUR}`]);
  });

  const answers: readonly [string, ApiScript, string, string][] = [
    [
      'pages',
      { video: details({ allowedOrigins: ['a.example', '*.b.example'] }), downloads: gone },
      'unsure: Tour, in Acme. Ready. Needs a signed URL. Only pages of a.example, *.b.example may show it.',
      'Plays for everyone until 09:00 (in 1 h)',
    ],
    [
      'a public video',
      { video: details({}, { requireSignedUrls: false }), downloads: gone },
      'unsure: Tour, in Acme. Ready. Public: it plays by its id alone, so the token protects nothing. Any page may show it.',
      'Plays for everyone until 09:00 (in 1 h)',
    ],
    [
      'a video in the making',
      { video: details({ readyToStream: false }, { state: 'inprogress' }), downloads: gone },
      'bad: Tour, in Acme. Not ready: still being processed. Needs a signed URL. Any page may show it.',
      'Does not play: there is nothing to play yet',
    ],
    [
      'a video in the making that plays already',
      { video: details({ readyToStream: true }, { state: 'inprogress' }), downloads: gone },
      'good: Tour, in Acme. State: still being processed. Needs a signed URL. Any page may show it.',
      'Plays for everyone until 09:00 (in 1 h)',
    ],
    [
      'fields of other types',
      { video: details({ readyToStream: 'yes', allowedOrigins: 'x' }), downloads: gone },
      'good: Tour, in Acme. Ready. Needs a signed URL.',
      'Plays for everyone until 09:00 (in 1 h)',
    ],
    [
      'a live input off the air',
      {
        video: gone,
        downloads: gone,
        liveInput: { name: 'Floor', connected: false, requireSignedUrls: true, allowedOrigins: [] },
      },
      'bad: Live input Floor, in Acme. Nobody broadcasts, so there is nothing to play. Needs a signed URL. Any page may show it.',
      'Does not play: there is nothing to play yet',
    ],
    [
      'a live input on the air',
      {
        video: gone,
        downloads: gone,
        liveInput: { name: '', connected: true, requireSignedUrls: true, allowedOrigins: [] },
      },
      `good: Live input ${TOUR}, in Acme. Somebody broadcasts. Needs a signed URL. Any page may show it.`,
      'Plays for everyone until 09:00 (in 1 h)',
    ],
    [
      'neither',
      { video: gone, downloads: gone, liveInput: gone },
      'bad: Not found in Acme.',
      'Would be refused: there is no such video',
    ],
  ];
  for (const [name, script, videoLine, headline] of answers) {
    it(`Cloudflare says: ${name}`, async () => {
      const { ask } = await setUp(script);
      const report = await ask();
      assert.equal(line(report, 'Video'), videoLine);
      assert.equal(report?.headline, headline);
    });
  }

  it('keeps what it knew when Cloudflare fails', async () => {
    const { videos, inspector, given, inspect } = await setUp({
      videos: [video],
      video: { code: 'offline' },
      downloads: { code: 'offline' },
    });
    await videos.open('a1');
    const outcome = await inspector.askVideo(await given());
    assert.deepEqual(outcome, { ok: false, failure: { code: 'offline' } });
    assert.equal(line(await inspect(), 'Video'), 'good: Tour, in Acme. Ready. Needs a signed URL.');
  });

  it('notices a key of another account', async () => {
    const { shelf, inspect } = await setUp({}, { accounts: [ACME, BETA] });
    await shelf.write('a2', [{ id: TOUR, name: 'Tour', signed: true }]);
    const report = await inspect();
    assert.equal(report?.headline, 'Would be refused: signed with the key of another account');
    assert.equal(
      line(report, 'Video'),
      'bad: Tour, in Beta. The signing key is one of another account. Needs a signed URL.',
    );
  });

  it('does not mind one account under two names', async () => {
    const { shelf, inspect } = await setUp({}, { accounts: [ACME, { ...BETA, accountId: ACME.accountId }] });
    await shelf.write('a2', [{ id: TOUR, name: 'Tour', signed: true }]);
    assert.equal(line(await inspect(), 'Video'), 'good: Tour, in Beta. Needs a signed URL.');
  });

  const absent: ApiScript = { video: gone, downloads: gone, liveInput: gone };
  for (const [name, ownKey, accounts] of [
    ['of a key nobody here knows', false, [ACME]],
    ['of a key of an account that can’t ask', true, [{ label: 'Keys', accountId: BETA.accountId }, ACME]],
    ['of a key of an account whose id is not known', true, [{ label: 'Keys' }, ACME]],
  ] as const) {
    it(`does not say that there is no video when one account has none for a token ${name}`, async () => {
      const { keys, ask } = await setUp(absent, { accounts });
      if (!ownKey) await keys.forgetAll('a1');
      const report = await ask();
      assert.equal(report?.tone, 'unsure');
      assert.equal(report?.headline, 'May be refused: its video was not found, but another account may have it');
      assert.equal(line(report, 'Video'), 'unsure: Not found in Acme. Another account may have it.');
      assert.match(report?.advice.join(' ') ?? '', /"Check playback…" tells whether Stream has the video/);
    });
  }

  it('asks which account when nothing tells', async () => {
    const { keys, prompter, ask, api } = await setUp(
      { video: details(), downloads: gone },
      { accounts: [ACME, BETA], acts: [{ pick: 'Beta' }] },
    );
    await keys.forgetAll('a1');
    assert.match(line(await ask(), 'Video') ?? '', /Tour, in Beta/);
    assert.deepEqual(prompter.asked, ['Account']);
    assert.equal(api.calls[0], `video ${TOUR}`);
  });

  it('asks nobody where Cloudflare can’t be called', async () => {
    const { accounts, given } = await setUp();
    const { inspector } = await testInspector({ accounts, canCallApi: false, now: NOW });
    assert.deepEqual(await inspector.askVideo(await given()), { ok: false, failure: { code: 'apiUnavailable' } });
  });
});
