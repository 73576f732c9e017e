import assert from 'node:assert/strict';
import type { AccountSummary } from '../../../../src/flows/accounts/accounts';
import { recentNode, recentNodes } from '../../../../src/flows/library/recentNodes';
import { createRecentSignings, MOST_RECENT } from '../../../../src/flows/signing/recentSignings';
import type { Signing } from '../../../../src/flows/signing/signing';
import { signRecent } from '../../../../src/flows/signing/signRecent';
import { memoryCache, recordingLog } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const NOW = 1_800_000_000;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const TOKEN = `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: TOUR, exp: NOW + 3600 })}.c2lnbmF0dXJl`;
const times = { locale: 'en-US', timeZone: 'UTC' };
const account: AccountSummary = { key: 'a1', label: 'Studio', credential: 'stored' };
const signing = (fields: Partial<Signing> = {}): Signing => ({
  account,
  video: { id: TOUR, name: 'Tour' },
  options: { expiry: { kind: 'fromNow', seconds: 3600 }, downloadable: true },
  signWith: { kind: 'api' },
  form: 'hls',
  destination: 'copy',
  ...fields,
});

function window(cache = memoryCache(), enabled = () => true, prefix = 's') {
  const log = recordingLog();
  let count = 0;
  const parts = { cache, enabled, log, randomId: () => `${prefix}${++count}`, now: () => NOW * 1000 };
  return { ...createRecentSignings(parts), cache, log };
}

describe('recent signings', () => {
  it('hold what was signed and how, and neither the token nor an address that was typed', async () => {
    const recent = window();
    const poster = `https://customer-x.cloudflarestream.com/${TOKEN}/thumbnails/thumbnail.jpg`;
    await recent.remember(signing({ urls: { player: { poster } } }), TOKEN);
    assert.deepEqual(recent.list(), [
      {
        id: 's1',
        what: {
          accountKey: 'a1',
          video: { id: TOUR, name: 'Tour' },
          options: { expiry: { kind: 'fromNow', seconds: 3600 }, downloadable: true },
          signWith: { kind: 'api' },
          form: 'hls',
          destination: 'copy',
        },
        at: NOW,
        until: NOW + 3600,
      },
    ]);
    const stored = JSON.stringify([...recent.cache.entries]);
    for (const piece of TOKEN.split('.')) assert.ok(!stored.includes(piece));
  });

  it('never remember that a key was sent along', async () => {
    const recent = window();
    await recent.remember(signing({ signWith: { kind: 'apiWithKey', kid: 'f'.repeat(32) } }), TOKEN);
    assert.equal(recent.list()[0]?.what.signWith, undefined);
  });

  it('are the last fifty, the newest first', async () => {
    const recent = window();
    for (let count = 0; count < MOST_RECENT + 5; count++) await recent.remember(signing(), TOKEN);
    const ids = recent.list().map(({ id }) => id);
    assert.deepEqual([ids.length, ids[0], ids.at(-1)], [50, 's55', 's6']);
  });

  it('of two windows stand in one list', async () => {
    const cache = memoryCache();
    const [one, other] = [window(cache, undefined, 'one'), window(cache, undefined, 'other')];
    await one.remember(signing(), TOKEN);
    await other.remember(signing(), TOKEN);
    await one.remember(signing(), TOKEN);
    assert.deepEqual(
      other.list().map(({ id }) => id),
      ['one2', 'other1', 'one1'],
    );
  });

  it('of one moment are all kept', async () => {
    const recent = window();
    await Promise.all([1, 2, 3].map(() => recent.remember(signing(), TOKEN)));
    assert.equal(recent.list().length, 3);
  });

  it('are passed over when a newer version stored them in another form', async () => {
    const recent = window();
    await recent.remember(signing(), TOKEN);
    await recent.cache.write('recentSignings', [
      ...recent.list(),
      { id: 'x' },
      null,
      { ...recent.list()[0], what: { form: 'hologram' } },
    ]);
    assert.deepEqual(
      recent.list().map(({ id }) => id),
      ['s1'],
    );
    await recent.cache.write('recentSignings', 'nonsense');
    assert.deepEqual(recent.list(), []);
  });

  it('are neither kept nor shown while they are switched off, and those from before go', async () => {
    let on = true;
    const recent = window(memoryCache(), () => on);
    await recent.remember(signing(), TOKEN);
    on = false;
    assert.deepEqual(recent.list(), []);
    await recent.remember(signing(), TOKEN);
    on = true;
    assert.deepEqual(recent.list(), []);
  });

  it('are forgotten when they are cleared, or their account is removed', async () => {
    const recent = window();
    const changes: number[] = [];
    recent.onChange(() => changes.push(recent.list().length));
    await recent.remember(signing(), TOKEN);
    await recent.remember(signing({ account: { ...account, key: 'a2' } }), TOKEN);
    await recent.forget('a1');
    await recent.forget('a1');
    await recent.clear();
    assert.deepEqual(changes, [1, 2, 1, 0]);
    assert.equal(JSON.parse(recent.cache.entries.get('recentSignings') ?? 'null'), null);
  });

  it('that can’t be stored spoil no signing', async () => {
    const cache = { ...memoryCache(), write: async () => Promise.reject(new Error(`full of ${TOKEN}`)) };
    const recent = window(cache);
    await recent.remember(signing(), TOKEN);
    assert.deepEqual(recent.log.lines, ['warn: A signing could not be remembered.']);
  });
});

describe('recent signings in the sidebar', () => {
  const rows: readonly [string, Partial<Signing>, number, string][] = [
    ['alive', {}, NOW + 10, 'link | Tour | HLS URL · valid until Jan 15, 2027, 09:00:00 (09:00:00 UTC) · Studio'],
    ['dead', { form: 'token' }, NOW + 3600, 'circle-slash | Tour | Token · expired · Studio'],
    [
      'of a typed id',
      { video: { id: TOUR, name: '' }, form: 'token' },
      NOW + 3600,
      'circle-slash | Video 1b6f0d2a | Token · expired · Studio',
    ],
    [
      'with a hostile name',
      { video: { id: TOUR, name: '$(x)\u202e[a](command:b)' }, form: 'token' },
      NOW + 3600,
      'circle-slash | $\u200a(x) [a](command:b) | Token · expired · Studio',
    ],
  ];
  for (const [title, fields, now, shown] of rows) {
    it(`shows one that is ${title}`, async () => {
      const recent = window();
      await recent.remember(signing(fields), TOKEN);
      const [node] = recentNodes(recent.list(), [account], now, times);
      assert.equal([node?.icon, node?.label, node?.description].join(' | '), shown);
      assert.deepEqual([node?.subject.signing, node?.subject.videoId], ['s1', TOUR]);
    });
  }

  it('has a line for them only while there are some, and none for an account that is gone', async () => {
    const recent = window();
    assert.deepEqual(recentNode(recent.list()), []);
    await recent.remember(signing(), TOKEN);
    assert.equal(recentNode(recent.list())[0]?.label, 'Recent');
    assert.deepEqual(recentNodes(recent.list(), [], NOW, times), []);
  });

  const again = async (id: string | undefined, change: boolean, ...acts: readonly Act[]) => {
    const recent = window();
    await recent.remember(signing(), TOKEN);
    await recent.remember(signing({ video: { id: TOUR, name: 'Other' }, account: { ...account, key: 'gone' } }), TOKEN);
    const prompter = scriptedPrompter(acts);
    const parts = { prompter, accounts: { list: async () => [account] }, recent, times, now: () => NOW * 1000 };
    return { request: await signRecent(id, change, parts), prompter };
  };

  it('takes one up at once, or in the hub', async () => {
    const { request } = await again('s1', false);
    assert.ok(request.ok);
    const { recalled, ...rest } = request.value;
    assert.deepEqual(rest, { accountKey: 'a1', videoId: TOUR, videoName: 'Tour', how: 'again' });
    assert.equal(recalled?.form, 'hls');
    const inHub = await again('s1', true);
    assert.ok(inHub.request.ok && inHub.request.value.how === undefined);
  });

  it('asks which where no line says it', async () => {
    const { request, prompter } = await again(undefined, false, { pick: 'Tour' });
    assert.ok(request.ok && request.value.videoId === TOUR);
    assert.equal(prompter.lists[0]?.length, 1);
    assert.equal((await again(undefined, false, 'esc')).request.ok, false);
  });

  it('says when there is none', async () => {
    const prompter = scriptedPrompter([]);
    const parts = { prompter, accounts: { list: async () => [account] }, recent: window(), times, now: () => 0 };
    assert.equal((await signRecent(undefined, false, parts)).ok, false);
    assert.equal(prompter.told.length, 1);
  });
});
