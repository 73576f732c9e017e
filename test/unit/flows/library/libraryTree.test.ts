import assert from 'node:assert/strict';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import { createKeyLibrary } from '../../../../src/flows/keys/keyLibrary';
import type { LibraryNode } from '../../../../src/flows/library/libraryNodes';
import { createLibraryTree } from '../../../../src/flows/library/libraryTree';
import { createLiveInputs } from '../../../../src/flows/library/liveInputs';
import type { VideoFilter } from '../../../../src/flows/library/videoFilter';
import { createVideoLibrary, type LibraryState } from '../../../../src/flows/library/videoLibrary';
import { createVideoSearch } from '../../../../src/flows/library/videoSearch';
import { createVideoViews } from '../../../../src/flows/library/videoViews';
import type { LiveInput } from '../../../../src/stream/api/client';
import type { ListedLiveInput } from '../../../../src/stream/api/liveInputCalls';
import type { Video } from '../../../../src/stream/api/video';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { madeUpKey } from '../../support/madeUpKey';
import { memoryAccounts, memoryKeys, memoryPending, memoryRecent, memoryShelf } from '../../support/memory';

const NOW = 1_800_000_000;
const NONE_BEFORE = { ids: [], complete: true };
const studio: NewAccount = {
  label: 'Studio',
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
};
const video = (id: number, fields: Partial<Video>): Video => ({
  id: id.toString(16).padStart(32, '0'),
  name: `Video ${id}`,
  created: '2026-03-01T00:00:00Z',
  state: 'ready',
  requireSignedUrls: true,
  ...fields,
});

async function tree(
  script: ApiScript,
  { canCallApi = true, forgetful = false } = {},
  open?: () => Promise<LibraryState>,
) {
  const accounts = await memoryAccounts(studio);
  if (forgetful) accounts.vault.secrets.clear();
  const api = fakeApi(script);
  const videos = createVideoLibrary({
    accounts,
    openApi: () => api,
    shelf: memoryShelf(),
    log: accounts.log,
    pace: async () => {},
    now: () => 0,
  });
  const keys = memoryKeys(accounts.vault, () => 1000);
  const library = createKeyLibrary({
    accounts,
    keys,
    pending: memoryPending(accounts.vault, 120_000),
    openApi: () => api,
    canCallApi,
    now: () => 2000,
  });
  const search = createVideoSearch({ accounts, openApi: () => api, library: videos, now: () => 0 });
  const views = createVideoViews(open === undefined ? videos : { ...videos, open }, search, async () => {});
  const liveInputs = createLiveInputs({ accounts, openApi: () => api, videos, log: accounts.log, now: () => 0 });
  const recent = memoryRecent(() => NOW * 1000);
  const { children, tooltip } = createLibraryTree({
    accounts,
    views,
    liveInputs,
    recent,
    now: () => NOW * 1000,
    keys: library,
    times: { locale: 'en-US', timeZone: 'UTC' },
    canCallApi,
  });
  async function below(...path: readonly string[]): Promise<readonly LibraryNode[]> {
    let nodes = await children();
    for (const label of path) {
      const parent = nodes.find((node) => node.label === label);
      assert.ok(parent, `no line "${label}"`);
      nodes = await children(parent);
    }
    return nodes;
  }
  return { below, tooltip, api, videos, views, liveInputs, recent, keys, library, accounts, vault: accounts.vault };
}

const line = ({ icon, label, description }: LibraryNode) => [icon, label, description].filter(Boolean).join(' | ');

describe('the sidebar', () => {
  it('makes no request before something that needs one is expanded', async () => {
    const { below, api } = await tree({ videos: [] });
    assert.deepEqual((await below()).map(line), [`account | Studio | ${studio.accountId}`]);
    assert.deepEqual((await below('Studio')).map(line), [
      'device-camera-video | Videos',
      'radio-tower | Live Inputs',
      'key | Signing Keys',
    ]);
    assert.deepEqual(api.calls, []);
    await below('Studio', 'Videos');
    assert.deepEqual(api.calls, ['videos']);
  });

  const rows: readonly [string, Partial<Video>, string, string][] = [
    ['private', { duration: 184.5 }, 'lock | Video 1 | 3 min 4 s', 'Video 1, needs a token, 3 min 4 s'],
    ['public', { requireSignedUrls: false }, 'globe | Video 1 | public', 'Video 1, public'],
    [
      'in progress',
      { state: 'inprogress', progress: 42.9 },
      'sync | Video 1 | still being processed, 42 %',
      'Video 1, needs a token, still being processed, 42 %',
    ],
    ['waiting', { state: 'queued' }, 'sync | Video 1 | queued', 'Video 1, needs a token, queued'],
    [
      'not there yet',
      { state: 'pendingupload' },
      'cloud-upload | Video 1 | not uploaded yet',
      'Video 1, needs a token, not uploaded yet',
    ],
    [
      'failed, and why',
      { state: 'error', problem: 'The file was not recognized.' },
      'error | Video 1 | processing failed: The file was not recognized.',
      'Video 1, needs a token, processing failed: The file was not recognized.',
    ],
    [
      'going to be deleted',
      { duration: 31, scheduledDeletion: '2027-01-05T00:00:00Z' },
      'lock | Video 1 | 31 s · deleted on 2027-01-05',
      'Video 1, needs a token, 31 s, deleted on 2027-01-05',
    ],
    [
      'failed and public',
      { state: 'error', requireSignedUrls: false },
      'error | Video 1 | processing failed · public',
      'Video 1, public, processing failed',
    ],
    ['live', { state: 'live-inprogress' }, 'broadcast | Video 1 | live now', 'Video 1, needs a token, live now'],
    ['without a name', { name: ' \u202e' }, 'lock | (no name)', '(no name), needs a token'],
    [
      'with a hostile name',
      { name: '$(trash)\n[x](y)' },
      'lock | $\u200a(trash) [x](y)',
      '$\u200a(trash) [x](y), needs a token',
    ],
  ];
  for (const [title, fields, shown, spoken] of rows) {
    it(`shows a video that is ${title}`, async () => {
      const { below } = await tree({ videos: [video(1, fields)] });
      const nodes = await below('Studio', 'Videos');
      assert.deepEqual([nodes.map(line), nodes[0]?.spoken], [[shown], spoken]);
    });
  }

  it('says that there is nothing yet', async () => {
    const { below } = await tree({ videos: [] });
    assert.deepEqual((await below('Studio', 'Videos')).map(line), ['No videos in this account yet']);
  });

  it('has a line to load more, and lines that stay the same', async () => {
    const { below, videos } = await tree({
      videos: Array.from({ length: 1001 }, (_, index) =>
        video(index, { created: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString() }),
      ),
    });
    const before = await below('Studio', 'Videos');
    assert.deepEqual(
      [before.length, before.at(-1) && line(before.at(-1) as LibraryNode)],
      [1001, 'Load more… | 1000 so far'],
    );
    await videos.more('a1');
    const after = await below('Studio', 'Videos');
    assert.deepEqual(
      after.slice(0, 1000).map(({ id }) => id),
      before.slice(0, 1000).map(({ id }) => id),
    );
    assert.deepEqual(after.slice(1000).map(line), ['list-unordered | Videos 1001 to 1001 | 2025-12-31 … 2025-12-31']);
    assert.deepEqual(
      (await below('Studio', 'Videos', 'Videos 1001 to 1001')).map(({ label }) => label),
      ['Video 1000'],
    );
  });

  it('draws a large library in groups, so that no line has more than a thousand below it by far', async () => {
    const many = Array.from({ length: 50_000 }, (_, at) => video(at, { created: '2026-03-01T00:00:00Z' }));
    const { below, views } = await tree({ videos: many }, {}, async () => ({ videos: many, complete: true }));
    assert.equal((await below('Studio', 'Videos')).length, 1000 + 49);
    assert.equal((await below('Studio', 'Videos', 'Videos 49001 to 50000')).length, 1000);
    views.setFilter('a1', { order: 'name' });
    const names = await below('Studio', 'Videos', 'Videos 1001 to 2000');
    const small = many.map(({ name }) => name.toLowerCase()).sort();
    assert.deepEqual(
      names.map(({ label }) => label.toLowerCase()),
      small.slice(1000, 2000),
    );
  });

  describe('the filter', () => {
    const some = [
      video(1, { name: 'Onboarding tour', creator: 'people' }),
      video(2, { name: 'Trailer', requireSignedUrls: false, created: '2026-01-15T10:00:00Z' }),
      video(3, { name: 'Tour de France', state: 'inprogress', created: '2025-12-01T10:00:00Z' }),
    ];
    const filters: readonly [VideoFilter, string, readonly string[]][] = [
      [{}, '', ['Onboarding tour', 'Trailer', 'Tour de France']],
      [{ text: ' TOUR ' }, '"TOUR"', ['Onboarding tour', 'Tour de France']],
      [{ text: '0000000002' }, '"0000000002"', ['Trailer']],
      [{ state: 'ready' }, 'ready', ['Onboarding tour', 'Trailer']],
      [{ state: 'underWay' }, 'being processed', ['Tour de France']],
      [{ access: 'public' }, 'public', ['Trailer']],
      [{ access: 'signed', text: 'on' }, '"on" · needs a token', ['Onboarding tour']],
      [{ creator: 'people' }, 'of people', ['Onboarding tour']],
      [{ since: '2026' }, 'created since 2026', ['Onboarding tour', 'Trailer']],
      [{ since: '2026-01-15', before: '2026-01-16' }, 'created from 2026-01-15 to before 2026-01-16', ['Trailer']],
      [{ order: 'oldest' }, 'oldest first', ['Tour de France', 'Trailer', 'Onboarding tour']],
      [{ order: 'name' }, 'by name', ['Onboarding tour', 'Tour de France', 'Trailer']],
      [{ videoId: some[1]?.id ?? '' }, some[1]?.id ?? '', ['Trailer']],
    ];
    for (const [filter, description, shown] of filters) {
      it(`${JSON.stringify(filter)}: ${shown}`, async () => {
        const { below, views, api } = await tree({ videos: some });
        await below('Studio', 'Videos');
        views.setFilter('a1', filter);
        assert.deepEqual(
          (await below('Studio', 'Videos')).map(({ label }) => label),
          shown,
        );
        const [videos] = await below('Studio');
        assert.deepEqual(
          [videos?.description ?? '', videos?.context],
          [description, description === '' ? 'videos' : 'videos filtered'],
        );
        assert.deepEqual(api.calls, ['videos'], 'what is known is not asked for');
      });
    }

    it('asks Cloudflare once for what is searched there, and filters what it found', async () => {
      const { below, views, api, videos } = await tree({ videos: some });
      views.setFilter('a1', { search: 'To' });
      const found = await below('Studio', 'Videos');
      assert.deepEqual([found.map(({ label }) => label), api.calls], [['Tour de France'], ['videos with To']]);
      views.setFilter('a1', { search: 'To', text: 'nothing' });
      const [none] = await below('Studio', 'Videos');
      assert.deepEqual(
        [none?.label, none?.click],
        ['None of 1 videos passes the filter. Click to clear it.', 'clearFilter'],
      );
      views.setFilter('a1', { search: 'To' });
      await videos.update('a1', { ...(some[2] as Video), name: 'Renamed' });
      assert.deepEqual(
        (await below('Studio', 'Videos')).map(({ label }) => label),
        ['Renamed'],
      );
      assert.equal(api.calls.length, 1);
    });

    it('goes to a video that is not loaded with one request', async () => {
      const { below, views, api } = await tree({ video: { video: some[1] as Video, details: {} } });
      views.setFilter('a1', { videoId: some[1]?.id ?? '' });
      for (let times = 0; times < 2; times++)
        assert.deepEqual(
          (await below('Studio', 'Videos')).map(({ label }) => label),
          ['Trailer'],
        );
      assert.deepEqual(api.calls, [`video ${some[1]?.id}`]);
    });
  });

  it('keeps all there is to say of a video for whoever looks at it', async () => {
    const { below, tooltip } = await tree({
      videos: [
        video(1, {
          name: 'Tour\u202e',
          duration: 62,
          creator: 'people',
          scheduledDeletion: '2027-01-05T00:00:00Z',
          liveInput: 'f'.repeat(32),
        }),
      ],
    });
    const [node] = await below('Studio', 'Videos');
    assert.equal(node?.tooltip, undefined);
    assert.deepEqual(node && tooltip(node)?.split('\n'), [
      'Tour',
      '00000000000000000000000000000001',
      'needs a token',
      'ready',
      '1 min 2 s',
      'Created Mar 1, 2026, 00:00:00 (00:00:00 UTC)',
      'Creator: people',
      `Recorded from live input ${'f'.repeat(32)}`,
      'Cloudflare deletes it on Jan 5, 2027, 00:00:00 (00:00:00 UTC)',
    ]);
  });

  it('shows a failure as one line that tries again, above what is known from before', async () => {
    const script: ApiScript = { videos: [video(1, {})] };
    const { below, videos } = await tree(script);
    await below('Studio', 'Videos');
    script.videos = { code: 'timeout', seconds: 20 };
    await videos.refresh('a1');
    const nodes = await below('Studio', 'Videos');
    assert.deepEqual(
      nodes.map(({ kind, click }) => [kind, click]),
      [
        ['failure', 'refresh'],
        ['video', 'details'],
      ],
    );
    assert.match(nodes[0]?.label ?? '', /did not answer within/);
  });

  it('offers the credential and keys below an account that lost it, and only keys where the API can’t be called', async () => {
    const missing = await tree({}, { forgetful: true });
    const [node] = await missing.below();
    assert.deepEqual([node?.description, node?.context], ['credential missing', 'account missing']);
    const below = await missing.below('Studio');
    assert.deepEqual(below.map(line), [
      'warning | Enter the credential again… | it is no longer on this machine',
      'key | Signing Keys',
    ]);
    assert.equal(below[0]?.click, 'enterCredential');
    const inBrowser = await tree({}, { canCallApi: false });
    assert.deepEqual((await inBrowser.below('Studio')).map(line), ['key | Signing Keys']);
  });

  it('has what was signed last at the top', async () => {
    const { below, recent, accounts } = await tree({});
    const [account] = await accounts.list();
    assert.ok(account);
    const video = { id: '1'.repeat(32), name: 'Tour' };
    const signWith = { kind: 'api' } as const;
    await recent.remember({ account, video, options: {}, signWith, form: 'hls', destination: 'copy' }, 'no token');
    assert.deepEqual(
      (await below()).map(({ label }) => label),
      ['Recent', 'Studio'],
    );
    assert.deepEqual((await below('Recent')).map(line), ['link | Tour | HLS URL · Studio']);
  });

  describe('live inputs', () => {
    const FLOOR = '4e9c305d7fa16b06cd8eaf91b2c34567';
    const floor = { id: FLOOR, name: 'Studio floor', created: '2026-10-30T10:12:44.905183Z', enabled: true };
    const inputs: readonly (readonly [
      string,
      Partial<ListedLiveInput>,
      Partial<LiveInput> | undefined,
      string,
      string,
    ])[] = [
      ['not looked at', {}, undefined, 'radio-tower | Studio floor', 'Studio floor'],
      [
        'on air',
        {},
        { connected: true },
        'broadcast | Studio floor | live now',
        'Studio floor, needs a token, live now',
      ],
      [
        'off air',
        {},
        { connected: false },
        'radio-tower | Studio floor | disconnected',
        'Studio floor, needs a token, disconnected',
      ],
      [
        'never used, and public',
        {},
        { connected: false, neverConnected: true, requireSignedUrls: false },
        'radio-tower | Studio floor | never connected · public',
        'Studio floor, public, never connected',
      ],
      ['disabled', { enabled: false }, undefined, 'circle-slash | Studio floor | disabled', 'Studio floor, disabled'],
      ['without a name', { name: '\n' }, undefined, 'radio-tower | (no name)', '(no name)'],
      ['with a hostile name', { name: '$(x)\u202e' }, undefined, 'radio-tower | $\u200a(x)', '$\u200a(x)'],
    ];
    for (const [title, listed, seen, shown, spoken] of inputs) {
      it(`shows one that is ${title}`, async () => {
        const { below, api, liveInputs } = await tree({
          liveInputs: [{ ...floor, ...listed }],
          liveInput: { name: '', requireSignedUrls: true, allowedOrigins: [], ...seen },
        });
        await below('Studio', 'Live Inputs');
        assert.deepEqual(api.calls, ['live inputs']);
        if (seen !== undefined) await liveInputs.read('a1', FLOOR, new AbortController().signal);
        const [node] = await below('Studio', 'Live Inputs');
        assert.deepEqual([node && line(node), node?.spoken], [shown, spoken]);
        assert.deepEqual(node?.subject, { accountKey: 'a1', videoId: FLOOR, videoName: listed.name ?? floor.name });
      });
    }

    it('has the recordings below it, as videos that are told from the same ones under "Videos"', async () => {
      const recording = video(1, { name: 'Standup', liveInput: FLOOR, duration: 62 });
      const running = video(2, { name: 'Now', liveInput: FLOOR, state: 'live-inprogress' });
      const { below, api } = await tree({
        videos: [running, recording],
        liveInputs: [floor],
        recordings: [running, recording],
      });
      const shown = await below('Studio', 'Live Inputs', 'Studio floor');
      assert.deepEqual(shown.map(line), ['broadcast | Now | live now', 'lock | Standup | 1 min 2 s']);
      const listed = await below('Studio', 'Videos');
      assert.equal(new Set([...shown, ...listed].map(({ id }) => id)).size, 4);
      const standup = listed.find(({ label }) => label === 'Standup');
      assert.deepEqual(shown[1]?.subject, standup?.subject);
      assert.deepEqual(api.calls, ['live inputs', `recordings ${FLOOR}`, 'videos']);
    });

    it('says all that is known to whoever looks', async () => {
      const { below, tooltip, liveInputs } = await tree({
        liveInputs: [{ ...floor, deleteRecordingAfterDays: 45 }],
        liveInput: { name: '', connected: false, requireSignedUrls: true, allowedOrigins: ['a.example', 'b.example'] },
      });
      await below('Studio', 'Live Inputs');
      await liveInputs.read('a1', FLOOR, new AbortController().signal);
      const [node] = await below('Studio', 'Live Inputs');
      assert.deepEqual(node && tooltip(node)?.split('\n'), [
        'Studio floor',
        FLOOR,
        'disconnected',
        'By its id: needs a token',
        'Allowed origins: a.example, b.example',
        'Created Oct 30, 2026, 10:12:44 (10:12:44 UTC)',
        'Cloudflare deletes its recordings after 45 days',
      ]);
    });

    it('says when there is nothing', async () => {
      const { below } = await tree({ liveInputs: [floor], recordings: [] });
      assert.deepEqual((await below('Studio', 'Live Inputs', 'Studio floor')).map(line), ['No recordings']);
      const none = await tree({ liveInputs: [] });
      assert.deepEqual((await none.below('Studio', 'Live Inputs')).map(line), ['No live inputs in this account yet']);
    });

    it('shows a failure as one line that tries again, above what is known from before', async () => {
      const script: ApiScript = { liveInputs: [floor] };
      const { below, liveInputs } = await tree(script);
      await below('Studio', 'Live Inputs');
      script.liveInputs = { code: 'timeout', seconds: 20 };
      liveInputs.refresh('a1');
      const nodes = await below('Studio', 'Live Inputs');
      assert.deepEqual(
        nodes.map(({ kind, click }) => [kind, click]),
        [
          ['failure', 'refreshLiveInputs'],
          ['liveInput', 'details'],
        ],
      );
    });
  });

  describe('signing keys', () => {
    const [a, b, c] = [madeUpKey('a'), madeUpKey('b'), madeUpKey('c')];
    const listed = (kid: string) => ({ id: kid, created: '2026-03-01T12:00:00Z' });
    const keysOf = ({ below }: Awaited<ReturnType<typeof tree>>) => below('Studio', 'Signing Keys');

    it('shows the account’s keys, whose private half is here, and which are gone', async () => {
      const studioTree = await tree({ keys: [[listed(a.kid), listed(b.kid)]] });
      for (const key of [a, c]) await studioTree.keys.add('a1', key, '');
      const nodes = await keysOf(studioTree);
      assert.deepEqual(nodes.map(line), [
        `key | aaaaaaaa… | here · Mar 1, 2026`,
        `lock | bbbbbbbb… | not here · Mar 1, 2026`,
        `circle-slash | cccccccc… | revoked`,
      ]);
      assert.match(nodes[1]?.tooltip ?? '', /^b{32}\nIts private half is not on this machine.*\nCreated Mar 1, 2026$/);
      assert.equal(nodes[1]?.spoken, 'Signing key bbbbbbbb, private key not on this machine');
      assert.match(nodes[2]?.tooltip ?? '', /tokens signed with it are refused/);
      assert.deepEqual(
        nodes.map(({ context }) => context),
        ['key local here api', 'key elsewhere api', 'key local revoked'],
      );
      assert.deepEqual(nodes[0]?.subject, { accountKey: 'a1', kid: a.kid });
    });

    it('has written down what is gone before it shows it', async () => {
      const studioTree = await tree({ keys: [[]] });
      await studioTree.keys.add('a1', a, '');
      await keysOf(studioTree);
      assert.match(studioTree.vault.secrets.get('key:a1:k1') ?? '', /"revokedAt":1000/);
    });

    it('asks Cloudflare once, and again when wanted', async () => {
      const studioTree = await tree({ keys: [[listed(a.kid)]] });
      for (let times = 0; times < 3; times++) await keysOf(studioTree);
      assert.deepEqual(studioTree.api.calls, ['keys']);
      studioTree.library.refresh('a1');
      await keysOf(studioTree);
      assert.deepEqual(studioTree.api.calls, ['keys', 'keys']);
    });

    it('shows what is here when Cloudflare can’t be asked, and why it can’t', async () => {
      const studioTree = await tree({ keys: [{ code: 'offline' }, [listed(a.kid)]] });
      await studioTree.keys.add('a1', a, '');
      const [failure, key] = await keysOf(studioTree);
      assert.match(failure?.label ?? '', /seems to be offline/);
      assert.deepEqual([failure?.click, key?.description], ['refreshKeys', 'here']);
      assert.match((await keysOf(studioTree))[0]?.description ?? '', /^here/);
    });

    it('shows only what is here in the browser', async () => {
      const studioTree = await tree({}, { canCallApi: false });
      await studioTree.keys.add('a1', a, '');
      assert.deepEqual(
        (await keysOf(studioTree)).map(({ context }) => context),
        ['key local here'],
      );
      assert.equal((await studioTree.below('Studio'))[0]?.context, 'keys');
    });

    it('says that there are none', async () => {
      assert.deepEqual((await keysOf(await tree({ keys: [[]] }))).map(line), ['No signing keys in this account yet']);
    });

    it('has a line for a creation that was interrupted', async () => {
      const studioTree = await tree({ keys: [[]] });
      await memoryPending(studioTree.vault, 0, 'q').mark('a1', NONE_BEFORE);
      const [node] = await keysOf(studioTree);
      assert.deepEqual([node?.kind, node?.click, node?.context], ['interruptedKey', 'settleKeys', 'interruptedKey']);
      await memoryPending(studioTree.vault, 90_000, 'r').mark('a2', NONE_BEFORE);
      assert.equal((await keysOf(studioTree)).length, 1);
    });
  });

  it('never signs at a click', async () => {
    const { below } = await tree({ videos: [video(1, {})], liveInputs: [], keys: [[]] });
    for (const path of [[], ['Studio'], ['Studio', 'Videos'], ['Studio', 'Live Inputs'], ['Studio', 'Signing Keys']]) {
      for (const { click } of await below(...path))
        assert.ok([undefined, 'details', 'more', 'refresh'].includes(click));
    }
  });
});
