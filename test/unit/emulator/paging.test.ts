import assert from 'node:assert/strict';
import { LIBRARY_ID } from '../../emulator/accounts';
import { bigLibrary } from '../../emulator/bigLibrary';
import { listVideos } from '../../emulator/listVideos';
import type { DateBounds } from '../../emulator/state';
import { type EmulatedVideo, toVideo } from '../../emulator/video';

const videos = bigLibrary().map((facts) => toVideo(facts, 'b1gl1brary0c0de5'));
const usual: DateBounds = { after: 'gte', before: 'lt' };
const other: DateBounds = { after: 'gt', before: 'lte' };

interface Listed {
  readonly result: readonly EmulatedVideo[];
  readonly total?: number;
  readonly range?: number;
}

function list(query: Record<string, string>, bounds = usual): Listed {
  return JSON.parse(String(listVideos(videos, new URLSearchParams(query), bounds).body));
}

/** Pages until one is short. `shift` milliseconds are added to the last instant, so that its twins come again. */
function pageThrough(limit: number, bounds: DateBounds, direction: 'before' | 'after', shift: number): Set<string> {
  const found = new Set<string>();
  let from: string | undefined;
  for (;;) {
    const { result } = list(
      { limit: `${limit}`, asc: `${direction === 'after'}`, ...(from && { [direction]: from }) },
      bounds,
    );
    for (const { uid } of result) found.add(uid);
    const last = result.at(-1);
    if (result.length < limit || last === undefined) return found;
    from = shift === 0 ? last.created : new Date(Date.parse(last.created) + shift).toISOString();
  }
}

describe('emulator: list of videos', () => {
  it(`has 2,500 videos in ${LIBRARY_ID}, all different`, () => {
    assert.equal(new Set(videos.map(({ uid }) => uid)).size, 2500);
  });

  for (const bounds of [usual, other]) {
    for (const limit of [100, 500, 1000]) {
      it(`loses none in pages of ${limit} when after is ${bounds.after} and before ${bounds.before}`, () => {
        assert.equal(pageThrough(limit, bounds, 'before', 1).size, 2500);
        assert.equal(pageThrough(limit, bounds, 'after', -1).size, 2500);
      });
    }
  }

  it('loses some of those that share an instant when a page starts right before it', () => {
    for (const limit of [100, 500, 1000]) assert.ok(pageThrough(limit, usual, 'before', 0).size < 2500, `${limit}`);
  });

  it('is newest first unless asked otherwise', () => {
    const created = list({}).result.map((video) => video.created);
    assert.deepEqual(created, created.toSorted().reverse());
    const first = list({ asc: 'true', limit: '1' }).result[0];
    assert.equal(first?.created, videos.map((video) => video.created).sort()[0]);
  });

  it('counts what matches and what is left', () => {
    const { total, range, result } = list({ include_counts: 'true', limit: '20', before: videos[99]?.created ?? '' });
    assert.deepEqual([total, result.length], [2500, 20]);
    assert.ok(range !== undefined && range >= 2398 && range <= 2400);
    assert.ok(!('total' in list({})));
  });

  const sample = videos.find(
    ({ liveInput, creator, meta }) => liveInput && creator && typeof meta.name === 'string' && !meta.name.includes(','),
  );
  assert.ok(sample?.liveInput && sample.creator);
  const name = String(sample.meta.name);
  const filters: readonly (readonly [Record<string, string>, (video: EmulatedVideo) => boolean])[] = [
    [{ status: 'error' }, (video) => video.status.state === 'error'],
    [{ creator: sample.creator }, (video) => video.creator === sample.creator],
    [{ type: 'live' }, (video) => video.liveInput !== undefined],
    [{ type: 'vod' }, (video) => video.liveInput === undefined],
    [{ video_name: name }, (video) => video.meta.name === name],
    [{ search: 'TOWN hall' }, (video) => String(video.meta.name).startsWith('Town hall')],
    [{ id: `${sample.uid},${videos[0]?.uid}` }, (video) => video === sample || video === videos[0]],
    [{ name: `${name},${videos[0]?.uid}` }, (video) => video.meta.name === name || video === videos[0]],
    [{ live_input_id: sample.liveInput }, (video) => video.liveInput === sample.liveInput],
    [
      { type: 'live', creator: sample.creator },
      (video) => video.liveInput !== undefined && video.creator === sample.creator,
    ],
  ];
  for (const [query, keeps] of filters) {
    it(`filters by ${Object.keys(query).join(' and ')} (${Object.values(query)[0]?.slice(0, 20)})`, () => {
      const expected = videos.filter(keeps).map(({ uid }) => uid);
      assert.ok(expected.length > 0 && expected.length < 2500);
      const { result, total } = list({ ...query, include_counts: 'true' });
      assert.equal(total, expected.length);
      if (expected.length <= 1000) assert.deepEqual(result.map(({ uid }) => uid).sort(), expected.sort());
    });
  }

  const wrong = [
    { limit: '0' },
    { limit: '1001' },
    { limit: '2.5' },
    { limit: '' },
    { asc: 'yes' },
    { include_counts: '1' },
    { before: 'yesterday' },
    { after: '2026-11-01' },
    { start: '1790000000' },
    { end: '' },
    { status: 'Ready' },
    { type: 'both' },
  ];
  for (const query of wrong) {
    it(`refuses ${new URLSearchParams(query)}`, () => {
      const answer = listVideos(videos, new URLSearchParams(query), usual);
      const { errors } = JSON.parse(String(answer.body));
      assert.deepEqual(
        [answer.status, errors[0].code, errors[0].source.pointer],
        [400, 10005, `/${Object.keys(query)[0]}`],
      );
    });
  }
});
