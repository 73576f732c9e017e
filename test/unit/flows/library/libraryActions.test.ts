import assert from 'node:assert/strict';
import { createLibraryActions } from '../../../../src/flows/library/libraryActions';
import { createLiveInputs } from '../../../../src/flows/library/liveInputs';
import { createVideoLibrary } from '../../../../src/flows/library/videoLibrary';
import { createVideoSearch } from '../../../../src/flows/library/videoSearch';
import { createVideoViews } from '../../../../src/flows/library/videoViews';
import type { Video } from '../../../../src/stream/api/video';
import { DOCUMENTED_TOKEN as TOKEN } from '../../support/exampleToken';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { createFakeClock } from '../../support/fakeClock';
import { memoryAccounts, memoryCache, memoryKeys, memoryRecent, memoryShelf } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const idOf = (id: number) => id.toString(16).padStart(32, '0');
const video = (id: number, fields: Partial<Video> = {}): Video => ({
  id: idOf(id),
  name: `Video ${id}`,
  created: `2026-03-0${9 - id}T00:00:00Z`,
  state: 'ready',
  requireSignedUrls: true,
  customerCode: 'sample5tud10c0de',
  ...fields,
});
const subject = (id: number) => ({ accountKey: 'a1', videoId: idOf(id), videoName: `Video ${id}` });

async function start(script: ApiScript, ...acts: readonly Act[]) {
  const accounts = await memoryAccounts({
    label: 'Studio',
    accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
    credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
  });
  const prompter = scriptedPrompter(acts);
  const api = fakeApi(script);
  const clock = createFakeClock(Date.parse('2026-03-10T00:00:00Z'));
  const common = { accounts, openApi: () => api, log: accounts.log, now: clock.now };
  const videos = createVideoLibrary({ ...common, shelf: memoryShelf(), pace: async () => {} });
  const search = createVideoSearch({ ...common, library: videos });
  const views = createVideoViews(videos, search, async () => {});
  const recent = memoryRecent();
  const actions = createLibraryActions({
    ...common,
    prompter,
    videos,
    recent,
    liveInputs: createLiveInputs({ ...common, videos }),
    views,
    search,
    clock,
    keys: memoryKeys(accounts.vault),
    preferences: memoryCache(),
    canCallApi: true,
    times: { locale: 'en-US', timeZone: 'UTC' },
  });
  await videos.open('a1');
  api.calls.length = 0;
  const known = (id: number) => videos.state('a1')?.videos.find((candidate) => candidate.id === idOf(id));
  return { actions, api, prompter, views, videos, clock, known, accounts, recent };
}

describe('actions on videos', () => {
  describe('requiring signed URLs', () => {
    const edited: NonNullable<ApiScript['edited']> = (id, { requireSignedURLs = false }) =>
      video(Number.parseInt(id, 16), { requireSignedUrls: requireSignedURLs });

    it('is switched on without a question, and says which links die', async () => {
      const { actions, api, prompter, known } = await start({
        videos: [video(1, { requireSignedUrls: false })],
        edited,
      });
      assert.deepEqual(await actions.requireSigned([subject(1)], true), { ok: true, value: undefined });
      assert.deepEqual(api.calls, [`edit ${idOf(1)} {"requireSignedURLs":true}`]);
      assert.deepEqual(prompter.mentioned, ['Video 1: links with the id no longer play, only signed URLs do']);
      assert.equal(known(1)?.requireSignedUrls, true);
    });

    it('is switched off only after a modal that says which links open', async () => {
      const no = await start({ videos: [video(1)], edited }, { confirm: false });
      assert.deepEqual(await no.actions.requireSigned([subject(1)], false), {
        ok: false,
        failure: { code: 'cancelled' },
      });
      assert.deepEqual(no.api.calls, []);
      assert.deepEqual(no.prompter.asked, ['? Let everybody watch Video 1 without a token?']);
      assert.match(no.prompter.details[0] ?? '', /^Every link with the video’s id opens at once/);
      const yes = await start({ videos: [video(1)], edited }, { confirm: true });
      await yes.actions.requireSigned([subject(1)], false);
      assert.equal(yes.known(1)?.requireSignedUrls, false);
    });

    it('of many asks once, changes them one by one, and says how far it is', async () => {
      const all = [1, 2, 3, 4, 5];
      const { actions, api, prompter, known } = await start(
        { videos: all.map((id) => video(id)), edited },
        { confirm: true },
      );
      await actions.requireSigned(all.map(subject), false);
      assert.equal(api.calls.length, 5);
      assert.deepEqual(prompter.asked, ['? Let everybody watch these 5 videos without a token?']);
      assert.deepEqual(prompter.waited.slice(0, 3), ['Opening to everybody…', '0 of 5', '1 of 5']);
      assert.deepEqual(prompter.mentioned, ['5 videos: links with the id play for everybody']);
      assert.ok(all.every((id) => known(id)?.requireSignedUrls === false));
    });

    it('of many is asked for too, since their links may be in use, and Cancel changes nothing', async () => {
      const { actions, api, prompter } = await start(
        { videos: [1, 2].map((id) => video(id, { requireSignedUrls: false })), edited },
        { confirm: false },
      );
      assert.deepEqual(await actions.requireSigned([1, 2].map(subject), true), {
        ok: false,
        failure: { code: 'cancelled' },
      });
      assert.deepEqual([api.calls, prompter.asked], [[], ['? Require signed URLs for these 2 videos?']]);
      assert.match(prompter.details[0] ?? '', /stops playing at once/);
    });

    it('says what became of each when not all worked out', async () => {
      const { actions, known } = await start(
        {
          videos: [1, 2, 3].map((id) => video(id, { requireSignedUrls: false })),
          edited: (id, change) => (id === idOf(2) ? { code: 'offline' } : edited(id, change)),
        },
        { confirm: true },
      );
      const page = await actions.requireSigned([1, 2, 3].map(subject), true);
      assert.ok(page.ok && page.value !== undefined);
      const [head, , ...lines] = page.value.text.split('\n');
      assert.equal(head, '2 of 3 videos were changed.');
      assert.match(lines[0] ?? '', new RegExp(`^done\t${idOf(1)}\tVideo 1$`));
      assert.match(lines[1] ?? '', /^Cloudflare can’t be found.*\t0+2\tVideo 2$/);
      assert.match(lines[2] ?? '', /^done\t/);
      assert.deepEqual(
        [1, 2, 3].map((id) => known(id)?.requireSignedUrls),
        [true, false, true],
      );
    });

    it('reports the failure of a single one as any other', async () => {
      const { actions } = await start({ videos: [video(1)], edited: () => ({ code: 'offline' }) });
      assert.deepEqual(await actions.requireSigned([subject(1)], true), { ok: false, failure: { code: 'offline' } });
    });
  });

  it('renames without touching what else is in meta', async () => {
    const { actions, api, known, prompter } = await start(
      {
        videos: [video(1)],
        video: { video: video(1), details: { meta: { name: 'Video 1', folder: 'x' } } },
        edited: () => video(1, { name: 'New' }),
      },
      { type: '   ' },
      { type: ' New ' },
    );
    assert.ok((await actions.rename(subject(1))).ok);
    assert.deepEqual(prompter.asked, ['Rename Video', '! Type a name that can be seen.']);
    assert.equal(api.calls[1], `edit ${idOf(1)} {"meta":{"name":"New","folder":"x"}}`);
    assert.equal(known(1)?.name, 'New');
  });

  it('keeps what was typed when Cloudflare refuses a name', async () => {
    let first = true;
    const { actions, prompter } = await start(
      {
        videos: [video(1)],
        video: { video: video(1), details: {} },
        edited() {
          if (!first) return video(1, { name: 'New' });
          first = false;
          return { code: 'offline' };
        },
      },
      { type: 'New' },
      { type: '' },
    );
    assert.ok((await actions.rename(subject(1))).ok);
    assert.match(prompter.asked[1] ?? '', /^! Cloudflare can’t be found/);
  });

  it('sets allowed origins, with a sentence for what is no host', async () => {
    const { actions, api, prompter } = await start(
      {
        videos: [video(1)],
        video: { video: video(1), details: { allowedOrigins: ['example.com'] } },
        edited: () => video(1),
      },
      { type: 'https://example.com' },
      { type: 'example.com/videos' },
      { type: 'localhost' },
      { type: '*.example.com, localhost:3000' },
    );
    assert.ok((await actions.editOrigins(subject(1))).ok);
    assert.deepEqual(prompter.asked, [
      'Allowed Origins of Video 1',
      '! Leave out what stands before the host: https://example.com',
      '! Only the host counts; leave out what is behind it: example.com/videos',
      '! localhost needs its port, for example localhost:3000.',
    ]);
    assert.deepEqual(prompter.said, ['info: *.example.com does not include example.com itself.']);
    assert.equal(api.calls[1], `edit ${idOf(1)} {"allowedOrigins":["*.example.com","localhost:3000"]}`);
  });

  it('makes a download and waits until it is ready, ever more patiently', async () => {
    const making = (percent: number) => ({ mp4: { state: 'inprogress', percent } as const });
    const { actions, api, prompter, clock } = await start(
      { videos: [video(1)], progress: [{}, making(20.4), making(90), { mp4: { state: 'ready', percent: 100 } }] },
      { pick: 'MP4' },
    );
    const made = actions.createDownload(subject(1));
    await clock.advance(60_000);
    assert.ok((await made).ok);
    assert.deepEqual(api.calls, [`create mp4 ${idOf(1)}`, ...Array(3).fill(`progress ${idOf(1)}`)]);
    assert.deepEqual(prompter.waited, ['Making the MP4 of Video 1…', '0 %', '20 %', '90 %']);
    assert.deepEqual(clock.waits, [2000, 3000, 5000]);
    assert.deepEqual(prompter.mentioned, ['The MP4 of Video 1 is ready']);
  });

  it('says when Cloudflare could not make it', async () => {
    const { actions, prompter } = await start(
      { videos: [video(1)], progress: [{ m4a: { state: 'error', percent: 3 } }] },
      { pick: 'M4A' },
    );
    await actions.createDownload(subject(1));
    assert.match(prompter.told[0] ?? '', /^Cloudflare could not make the M4A of Video 1/);
  });

  const downloads = { mp4: { state: 'ready', percent: 100 } } as const;
  it('copies a download URL with a token that may download', async () => {
    const { actions, api, prompter } = await start(
      { videos: [video(1)], progress: [downloads], tokens: [TOKEN] },
      { pick: 'MP4' },
    );
    assert.ok((await actions.copyDownloadUrl(subject(1))).ok);
    assert.deepEqual(prompter.lists[0], ['MP4 | ready', 'M4A | not there yet: will be made first']);
    assert.deepEqual(api.calls, [`progress ${idOf(1)}`, `token ${idOf(1)} {"downloadable":true}`]);
    assert.equal(
      prompter.clipboard,
      `https://customer-sample5tud10c0de.cloudflarestream.com/${TOKEN}/downloads/default.mp4?filename=Video_1`,
    );
  });

  it('needs no token for a public video', async () => {
    const { actions, api, prompter } = await start(
      { videos: [video(1, { requireSignedUrls: false })], progress: [downloads] },
      { pick: 'MP4' },
    );
    await actions.copyDownloadUrl(subject(1));
    await actions.openWatchPage(subject(1));
    assert.deepEqual(api.calls, [`progress ${idOf(1)}`]);
    assert.deepEqual(prompter.opened, [`https://customer-sample5tud10c0de.cloudflarestream.com/${idOf(1)}/watch`]);
  });

  it('opens the watch page of a private video with a token', async () => {
    const { actions, prompter } = await start({ videos: [video(1)], tokens: [TOKEN] });
    await actions.openWatchPage(subject(1));
    assert.deepEqual(prompter.opened, [`https://customer-sample5tud10c0de.cloudflarestream.com/${TOKEN}/watch`]);
  });

  it('copies ids and URLs', async () => {
    const { actions, prompter } = await start({ videos: [video(1)] }, { pick: 'HLS' });
    await actions.copyIds([subject(1), subject(2)]);
    assert.equal(prompter.clipboard, `${idOf(1)}\n${idOf(2)}`);
    await actions.copyUrl(subject(1));
    assert.equal(
      prompter.clipboard,
      `https://customer-sample5tud10c0de.cloudflarestream.com/${idOf(1)}/manifest/video.m3u8`,
    );
    assert.deepEqual(prompter.mentioned, ['Copied: 2 ids', 'Copied: a URL with the id']);
  });

  it('lists all with progress', async () => {
    const { actions, prompter } = await start({ videos: [1, 2, 3].map((id) => video(id)) });
    assert.deepEqual(await actions.listAll('a1'), { ok: true, value: 'a1' });
    assert.deepEqual(prompter.waited, ['Listing all videos…', '3 of 3']);
    assert.deepEqual(prompter.mentioned, ['All 3 videos are listed']);
  });

  it('shows the filter as it is asked for, and takes back what was only typed', async () => {
    const { actions, prompter, views } = await start(
      { videos: [video(1, { creator: 'people' }), video(2)] },
      { pick: 'State' },
      { pick: 'ready' },
      { pick: 'Creator' },
      { pick: 'people' },
      { pick: 'Created' },
      { typeAndPick: '2026-02..2026-03' },
      { pick: 'Text' },
      { type: 'vid' },
      { pick: 'Order' },
      'back',
      'esc',
    );
    assert.ok((await actions.filter('a1')).ok);
    prompter.finish();
    assert.deepEqual(views.filter('a1'), {
      state: 'ready',
      creator: 'people',
      since: '2026-02',
      before: '2026-04',
      text: 'vid',
    });
    assert.deepEqual(prompter.lists[0], [
      'Text in the name or id | any',
      'State | any',
      'Access | any',
      'Creator | any',
      'Created | any',
      'Order | newest first',
      'Search all names at Cloudflare | off: what is loaded',
    ]);
  });

  it('goes to a video by whatever has its id in it', async () => {
    const { actions, views } = await start(
      { videos: [video(1)] },
      { type: 'no id' },
      { type: `https://customer-sample5tud10c0de.cloudflarestream.com/${idOf(7)}/watch` },
    );
    assert.deepEqual(await actions.goTo('a1'), { ok: true, value: 'a1' });
    assert.deepEqual(views.filter('a1'), { videoId: idOf(7) });
  });
});
