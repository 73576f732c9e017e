import assert from 'node:assert/strict';
import type { NewAccount } from '../../../src/flows/accounts';
import type { LibraryNode } from '../../../src/flows/libraryNodes';
import { createLibraryTree } from '../../../src/flows/libraryTree';
import { createVideoLibrary } from '../../../src/flows/videoLibrary';
import type { Video } from '../../../src/stream/api/client';
import { type ApiScript, fakeApi } from '../support/fakeApi';
import { memoryAccounts, memoryShelf } from '../support/memory';

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

async function tree(script: ApiScript, { canCallApi = true, forgetful = false } = {}) {
  const accounts = await memoryAccounts(studio);
  if (forgetful) accounts.vault.secrets.clear();
  const api = fakeApi(script);
  const videos = createVideoLibrary({
    accounts,
    openApi: () => api,
    shelf: memoryShelf(),
    log: accounts.log,
    now: () => 0,
  });
  const { children } = createLibraryTree({
    accounts,
    videos,
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
  return { below, api, videos };
}

const line = ({ icon, label, description }: LibraryNode) => [icon, label, description].filter(Boolean).join(' | ');

describe('the sidebar', () => {
  it('makes no request before "Videos" is expanded', async () => {
    const { below, api } = await tree({ videos: [] });
    assert.deepEqual((await below()).map(line), [`account | Studio | ${studio.accountId}`]);
    assert.deepEqual((await below('Studio')).map(line), ['device-camera-video | Videos']);
    assert.deepEqual(api.calls, []);
    await below('Studio', 'Videos');
    assert.deepEqual(api.calls, ['videos']);
  });

  const rows: readonly [string, Partial<Video>, string, string][] = [
    ['private', { duration: 184.5 }, 'lock | Video 1 | 3 min 4 s', 'Video 1, needs a token, 3 min 4 s'],
    ['public', { requireSignedUrls: false }, 'globe | Video 1 | public', 'Video 1, public'],
    [
      'in progress',
      { state: 'inprogress' },
      'sync | Video 1 | still being processed',
      'Video 1, needs a token, still being processed',
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
    assert.deepEqual([after.length, after.at(-1)?.kind], [1001, 'video']);
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

  it('offers nothing below an account without its credential, or where the API can’t be called', async () => {
    const missing = await tree({}, { forgetful: true });
    const [node] = await missing.below();
    assert.deepEqual(
      [node?.expandable, node?.description, node?.context],
      [false, 'credential missing', 'account missing'],
    );
    assert.deepEqual(await (await tree({}, { canCallApi: false })).below('Studio'), []);
  });

  it('never signs at a click', async () => {
    const { below } = await tree({ videos: [video(1, {})] });
    for (const path of [[], ['Studio'], ['Studio', 'Videos']]) {
      for (const { click } of await below(...path))
        assert.ok([undefined, 'details', 'more', 'refresh'].includes(click));
    }
  });
});
