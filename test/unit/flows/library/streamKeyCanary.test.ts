import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { createEngine } from '../../../../src/engine';
import type { LibraryNode } from '../../../../src/flows/library/libraryNodes';
import { STUDIO_ID } from '../../../emulator/accounts';
import { startEmulator } from '../../../emulator/server';
import { createFakeClock } from '../../support/fakeClock';
import {
  memoryCache,
  memorySettings,
  memoryShelf,
  memoryVault,
  recordingLog,
  recordingOutput,
} from '../../support/memory';
import { scriptedPrompter } from '../../support/scriptedPrompter';

/** As Cloudflare writes them: a secret, the letter k, the id of the input. */
const STREAM_KEY = /[0-9a-f]{32}k[0-9a-f]{32}/g;
const FLOOR = '4e9c305d7fa16b06cd8eaf91b2c34567';

describe('a stream key, with which anybody could broadcast', () => {
  it('is in no line, tooltip, document, list, log, request or store', async () => {
    const emulator = await startEmulator();
    const { videoId } = emulator.broadcast(FLOOR);
    const secrets = JSON.stringify(emulator.accounts.map(({ liveInputs }) => liveInputs)).match(STREAM_KEY) ?? [];
    assert.ok(new Set(secrets).size >= 25, 'every input of the emulator has five');
    const clock = createFakeClock(Date.now());
    const prompter = scriptedPrompter([
      { pick: 'Sign and copy' },
      { pick: 'Sign and copy' },
      { pick: 'Player (iframe)' },
      { pick: 'HLS' },
    ]);
    const [vault, cache, workspaceCache] = [memoryVault(), memoryCache(), memoryCache()];
    const [shelf, log] = [memoryShelf(), recordingLog()];
    const engine = createEngine({
      vault,
      cache,
      workspaceCache,
      shelf,
      prompter,
      log,
      showLog: () => {},
      clock: {
        ...clock,
        wait: async (milliseconds, signal) => (milliseconds === 0 ? undefined : clock.wait(milliseconds, signal)),
      },
      times: { locale: 'en-US', timeZone: 'UTC' },
      canCallApi: true,
      environment: {},
      settings: memorySettings(),
      apiOrigin: emulator.api,
      deliveryOrigin: emulator.edge,
    });
    await engine.addEmulatedAccount({
      label: 'Studio',
      accountId: STUDIO_ID,
      token: emulator.credentials.userToken,
    });
    const seen: unknown[] = [];
    const below = async (parent?: LibraryNode): Promise<void> => {
      for (const node of await engine.tree.children(parent)) {
        seen.push(node, engine.tree.tooltip(node));
        if (node.expandable) await below(node);
      }
    };
    await below();
    const [account] = await engine.accounts.list();
    const accountKey = account?.key ?? '';
    engine.watch({ videos: [], liveInputs: [accountKey] });
    const asked = () => emulator.requests.filter(({ path }) => path.endsWith(`/live_inputs/${FLOOR}`)).length;
    await clock.advance(1000);
    while (asked() === 0) await new Promise((resolve) => setImmediate(resolve));
    engine.watch({ videos: [], liveInputs: [] });
    const subject = { accountKey, videoId: FLOOR, videoName: 'Studio floor' };
    const page = await engine.showVideo(subject);
    assert.ok(page.ok && page.value.json.includes(FLOOR));
    await below();
    const output = recordingOutput('none');
    for (const named of [subject, { accountKey, videoId, videoName: '' }])
      assert.ok((await engine.signVideo(named, output)).ok);
    await engine.library.copyUrl(subject);
    await engine.library.copyUrl(subject);
    await emulator.close();
    const stored = [vault.secrets, cache.entries, workspaceCache.entries, shelf.files];
    const requests = emulator.requests.map(({ path, query, body }) => [path, query, body]);
    const all = inspect([seen, page, prompter, output.done, log.lines, log.hidden, stored, requests], {
      depth: 12,
      maxArrayLength: null,
      maxStringLength: null,
      breakLength: Infinity,
    });
    assert.ok(all.includes('Studio floor') && all.includes('A live input: by its id'));
    for (const secret of secrets) assert.ok(!all.includes(secret.slice(0, 32)), 'a stream key is there');
    assert.doesNotMatch(all, /rtmps|srt:\/\/|passphrase|webRTC\/publish/i);
  });
});
