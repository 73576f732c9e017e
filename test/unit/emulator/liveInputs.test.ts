import assert from 'node:assert/strict';
import { LIBRARY_ID, STUDIO_ID } from '../../emulator/accounts';
import type { EmulatedLiveInput } from '../../emulator/liveInput';
import { type Emulator, startEmulator } from '../../emulator/server';
import type { EmulatedVideo } from '../../emulator/video';
import { call } from './call';

const STUDIO = `/accounts/${STUDIO_ID}/stream/live_inputs`;
const LIBRARY = `/accounts/${LIBRARY_ID}/stream/live_inputs`;

describe('emulator: live inputs', () => {
  let emulator: Emulator;
  let floor: string;
  beforeEach(async () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    emulator = await startEmulator({ now: () => now });
    floor = emulator.accounts[0]?.liveInputs[0]?.uid ?? '';
  });
  afterEach(() => emulator.close());

  async function get<T>(path: string): Promise<T> {
    const { status, body } = await call(emulator, 'GET', path);
    assert.equal(status, 200);
    return body.result as T;
  }

  it('are listed inside an object, without what a broadcaster needs', async () => {
    const { liveInputs, ...counts } = await get<{ liveInputs: object[] }>(LIBRARY);
    assert.deepEqual([liveInputs.length, counts], [4, {}]);
    assert.deepEqual(
      liveInputs.map((input) => Object.keys(input).filter((name) => /rtmps|srt|webrtc|key|url/i.test(name))),
      [[], [], [], []],
    );
    const counted = await get<object>(`${LIBRARY}?include_counts=true`);
    assert.deepEqual({ ...counted, liveInputs: [] }, { liveInputs: [], total: 4, range: 4 });
  });

  it('show their stream keys one by one', async () => {
    const input = await get<EmulatedLiveInput>(`${STUDIO}/${floor}`);
    const secret = /^[0-9a-f]{32}k[0-9a-f]{32}$/;
    for (const key of [input.rtmps.streamKey, input.rtmpsPlayback.streamKey, input.srt.passphrase]) {
      assert.match(key, secret);
      assert.ok(key.endsWith(floor));
    }
    assert.match(input.webRTC.url, /\/[0-9a-f]{32}k[0-9a-f]{32}\/webRTC\/publish$/);
    assert.equal(
      input.webRTCPlayback.url,
      `https://customer-sample5tud10c0de.cloudflarestream.com/${floor}/webRTC/play`,
    );
    assert.match(input.playback.hls, new RegExp(`/${floor}/manifest/video.m3u8$`));
    assert.deepEqual([input.status, input.recording.requireSignedURLs], [null, true]);
  });

  it('have their recordings, the running one first', async () => {
    const library = emulator.accounts[1];
    for (const { uid, status } of library?.liveInputs ?? []) {
      const videos = await get<EmulatedVideo[]>(`${LIBRARY}/${uid}/videos`);
      assert.ok(videos.length > 10 && videos.every(({ liveInput }) => liveInput === uid));
      const states = videos.map((video) => video.status.state);
      assert.equal(states.indexOf('live-inprogress'), status === 'connected' ? 0 : -1);
    }
    assert.deepEqual(await get(`${STUDIO}/${floor}/videos`), []);
  });

  it('are broadcast through, and leave a recording', async () => {
    const { videoId, end } = emulator.broadcast(floor);
    const videos = () => get<EmulatedVideo[]>(`${STUDIO}/${floor}/videos`);
    const status = async () => (await get<EmulatedLiveInput>(`${STUDIO}/${floor}`)).status;
    const [running] = await videos();
    assert.deepEqual([running?.uid, running?.status.state, await status()], [videoId, 'live-inprogress', 'connected']);
    const key = await call(emulator, 'POST', `/accounts/${STUDIO_ID}/stream/${floor}/token`);
    const { token } = key.body.result as { readonly token: string };
    const watch = async () => (await fetch(`${emulator.edge}/${token}/manifest/video.m3u8`)).status;
    assert.equal(await watch(), 200);
    emulator.advance(90_000);
    end();
    const [recorded] = await videos();
    assert.deepEqual([recorded?.status.state, recorded?.duration, await status()], ['ready', 90, 'client_disconnect']);
    assert.equal(await watch(), 204);
    assert.throws(() => emulator.broadcast('f'.repeat(32)));
  });

  it('are edited, inside the recording too; recordings keep their own settings', async () => {
    const { end } = emulator.broadcast(floor);
    end();
    const put = (body: object, token: string = emulator.credentials.userToken) =>
      call(emulator, 'PUT', `${STUDIO}/${floor}`, { body, token });
    const before = await get<EmulatedLiveInput>(`${STUDIO}/${floor}`);
    const edited = await put({
      recording: { requireSignedURLs: false, allowedOrigins: ['example.com'] },
      enabled: false,
    });
    assert.equal(edited.status, 200);
    assert.deepEqual(edited.body.result, {
      ...before,
      enabled: false,
      modified: '2026-11-23T12:00:00.000Z',
      recording: { ...before.recording, requireSignedURLs: false, allowedOrigins: ['example.com'] },
    });
    const [recorded] = await get<EmulatedVideo[]>(`${STUDIO}/${floor}/videos`);
    assert.equal(recorded?.requireSignedURLs, true);
    assert.equal((await put({ enabled: true }, emulator.credentials.readToken)).status, 403);
    const wrong: readonly (readonly [object, string])[] = [
      [{ recording: { mode: 'on' } }, '/recording/mode'],
      [{ recording: { requireSignedURLs: 'yes' } }, '/recording/requireSignedURLs'],
      [{ enabled: true, deleteRecordingAfterDays: 3 }, '/deleteRecordingAfterDays'],
      [{ recording: true }, '/recording'],
      [{ meta: [] }, '/meta'],
    ];
    for (const [body, pointer] of wrong) {
      const { status, body: answer } = await put(body);
      assert.deepEqual([status, answer.errors[0]?.source?.pointer], [400, pointer]);
    }
    assert.equal((await get<EmulatedLiveInput>(`${STUDIO}/${floor}`)).enabled, false);
  });

  it('are no videos', async () => {
    assert.equal((await call(emulator, 'GET', `/accounts/${STUDIO_ID}/stream/${floor}`)).status, 404);
    assert.equal((await call(emulator, 'GET', `${STUDIO}/${'f'.repeat(32)}`)).status, 404);
    assert.equal((await call(emulator, 'GET', `${LIBRARY}/${floor}`)).status, 404);
  });
});
