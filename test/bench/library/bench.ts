import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createClock } from '../../../src/editor/clock';
import { createEngine } from '../../../src/engine';
import type { LibraryNode } from '../../../src/flows/library/libraryNodes';
import { olderVideos } from '../../../src/flows/library/olderVideos';
import type { Video } from '../../../src/stream/api/video';
import { LIBRARY_ID, STUDIO_ID } from '../../emulator/accounts';
import { repositoryRoot } from '../../host/repository';
import { memoryCache, memorySettings, memoryShelf, memoryVault, recordingLog } from '../../unit/support/memory';
import { scriptedPrompter } from '../../unit/support/scriptedPrompter';
import { runProbe } from '../inHost';
import { median, type Row, rowOf } from '../rows';
import { type EmulatorProcess, startEmulatorProcess } from './emulator';
import type { Gaps } from './gaps';
import { never, openWindow } from './window';

const ROUNDS = 5;
const BIG = 50_000;
const HOST_MILLISECONDS = 600_000;
const EMULATOR = join(repositoryRoot(), 'dist-test', 'emulator', 'main.cjs');

/** How long libraries take to list, what they cost in requests and memory, and for how long they stop everything else. */
export async function benchLibrary(): Promise<readonly Row[]> {
  return [
    ...(await withEmulator(10_000, listingRows)),
    ...(await withEmulator(1000, requestRows)),
    ...(await withEmulator(BIG, memoryRows)),
    ...(await gapRows()),
  ];
}

async function withEmulator(
  videos: number,
  measure: (emulator: EmulatorProcess) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const emulator = await startEmulatorProcess(EMULATOR, videos);
  try {
    return await measure(emulator);
  } finally {
    emulator.stop();
  }
}

/** The whole library, side by side, against one answer after the other, each beginning where the last one ended. */
async function listingRows(emulator: EmulatorProcess): Promise<readonly Row[]> {
  const measure = async (holdBack: number, what: string, factor: number) => {
    await emulator.hold(holdBack);
    const times = { ours: [] as number[], cursor: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.cursor.push(await timed(async () => byCursor(await openWindow(emulator))));
      times.ours.push(
        await timed(async () => {
          const { videos } = await openWindow(emulator);
          assert.equal((await videos.all('a1', never())).videos.length, 10_000);
        }),
      );
    }
    const rival = { what: 'one after the other', median: median(times.cursor) };
    return [
      rowOf(`10,000 videos, one after the other, ${what}`, times.cursor, rival),
      {
        ...rowOf(`10,000 videos, side by side, ${what}`, times.ours, rival),
        goal: { text: `>= ${factor}x faster`, met: rival.median >= factor * median(times.ours) },
      },
    ];
  };
  return [...(await measure(40, '40 ms', 2)), ...(await measure(340, '40 + 300 ms', 2.5))];
}

async function byCursor({ api }: Awaited<ReturnType<typeof openWindow>>): Promise<void> {
  const found = new Map<string, Video>();
  let oldest: Video | undefined;
  for (;;) {
    const page = await olderVideos(oldest, (asked) => api.listVideos(LIBRARY_ID, never(), asked));
    assert.ok(page.ok);
    for (const video of page.value.videos) {
      if (!found.has(video.id)) oldest = video;
      found.set(video.id, video);
    }
    if (page.value.complete) break;
  }
  assert.equal(found.size, 10_000);
}

/** What is asked of Cloudflare. */
async function requestRows(emulator: EmulatorProcess): Promise<readonly Row[]> {
  const counted = (what: string, requests: number, rival: Row['rival'], goal: Row['goal']): Row => ({
    what,
    unit: 'requests',
    median: requests,
    least: requests,
    rival,
    ...(goal !== undefined && { goal }),
  });
  const asked = async (work: () => Promise<unknown>) => {
    await emulator.requests();
    await work();
    return (await emulator.requests()).length;
  };
  const listed = async (how: 'open' | 'all') => {
    const { videos } = await openWindow(emulator);
    return asked(async () => assert.equal((await videos[how]('a1', never())).videos.length, 1000));
  };
  const [opened, all] = [await listed('open'), await listed('all')];

  const engine = createEngine({
    vault: memoryVault(),
    cache: memoryCache(),
    workspaceCache: memoryCache(),
    shelf: memoryShelf(),
    prompter: scriptedPrompter([]),
    log: recordingLog(),
    showLog: () => {},
    clock: createClock(),
    times: { locale: 'en-US', timeZone: 'UTC' },
    canCallApi: true,
    environment: {},
    settings: memorySettings(),
    apiOrigin: emulator.api,
  });
  for (const [label, accountId] of [
    ['One', STUDIO_ID],
    ['Two', LIBRARY_ID],
    ['Three', STUDIO_ID],
  ])
    assert.ok((await engine.addEmulatedAccount({ label, accountId, token: emulator.token })).ok);
  let lines = 0;
  const unfold = async (parent?: LibraryNode): Promise<void> => {
    for (const node of await engine.tree.children(parent)) {
      // What a person sees after unfolding each account, and below it videos, live inputs and keys.
      const depth = node.id.split('/').length;
      if (!node.expandable || depth > 2 || node.kind === 'liveInput') continue;
      lines += parent === undefined ? 0 : 1;
      await unfold(node);
    }
  };
  const first = await asked(() => unfold());
  const unfolded = lines;
  const second = await asked(() => unfold());
  const needed = { what: 'the answers needed', median: 1 };
  return [
    counted('1,000 videos, opened', opened, needed, { text: '1', met: opened === 1 }),
    counted('1,000 videos, all wanted', all, needed, { text: '1', met: all === 1 }),
    counted(
      '3 accounts with all below them',
      first,
      { what: 'unfolded lines that ask', median: unfolded },
      {
        text: '<= 1 a line',
        met: first <= unfolded,
      },
    ),
    counted('the same once more', second, { what: 'the first time', median: first }, { text: '0', met: second === 0 }),
  ];
}

/** What stays in memory of 50,000 videos. */
async function memoryRows(emulator: EmulatorProcess): Promise<readonly Row[]> {
  await emulator.hold(0);
  setFlagsFromString('--expose-gc');
  const gc: () => void = runInNewContext('gc');
  const collect = async () => {
    // What is only waiting for its end is not counted.
    await setTimeout(100);
    gc();
    gc();
  };
  const held = async (load: () => Promise<unknown>) => {
    await collect();
    const before = process.memoryUsage().heapUsed;
    const kept = await load();
    await collect();
    const bytes = process.memoryUsage().heapUsed - before;
    assert.ok(kept);
    return bytes / 1024 / 1024;
  };
  // Whatever is compiled and remembered on the way is not counted.
  const { videos: first } = await openWindow(emulator);
  await first.all('a1', never());
  const slim: number[] = [];
  const raw: number[] = [];
  for (let round = 0; round < 3; round++) {
    slim.push(
      await held(async () => {
        const { videos } = await openWindow(emulator);
        const state = await videos.all('a1', never());
        assert.equal(state.videos.length, BIG);
        return state.videos;
      }),
    );
    raw.push(await held(() => rawAnswers(emulator)));
  }
  const rival = { what: 'the answers as they came', median: median(raw) };
  const library = rowOf('50,000 videos in the library', slim, rival, 'MB');
  return [
    rowOf('50,000 videos, the answers as they came', raw, rival, 'MB'),
    { ...library, goal: { text: '<= 1/5', met: library.median * 5 <= rival.median } },
  ];
}

async function rawAnswers({ api, token }: EmulatorProcess): Promise<readonly unknown[]> {
  const answers: { readonly uid: string; readonly created: string }[] = [];
  let before = '';
  for (;;) {
    const query = new URLSearchParams({ limit: '1000', ...(before !== '' && { before }) });
    const answer = await fetch(`${api}/client/v4/accounts/${LIBRARY_ID}/stream?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { result }: { readonly result: typeof answers } = JSON.parse(await answer.text());
    answers.push(...result);
    const last = result.at(-1);
    if (result.length < 1000 || last === undefined) return answers;
    before = last.created;
  }
}

/** The longest time in which nothing else in the extension host could run, while a library of 50,000 is loaded and filtered. */
async function gapRows(): Promise<readonly Row[]> {
  const { gaps, stubborn } = (await runProbe('library', HOST_MILLISECONDS, {
    LIBRARY_GAPS: JSON.stringify({ emulator: EMULATOR, videos: BIG }),
  })) as Gaps;
  return (['loading', 'filtering'] as const).flatMap((what) => rowsOfGaps(what, gaps[what], stubborn[what]));
}

function rowsOfGaps(what: string, gaps: readonly number[], stubborn: readonly number[]): readonly Row[] {
  const rival = { what: 'without turns for others', median: median(stubborn) };
  const ours = rowOf(`longest gap, ${what} 50,000`, gaps, rival);
  return [
    rowOf(`longest gap, ${what} 50,000 without turns`, stubborn, rival),
    { ...ours, goal: { text: '<= 50 ms', met: ours.median <= 50 } },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
