import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { LIBRARY_ID, STUDIO_ID } from '../../emulator/accounts';
import { answerEdge } from '../../emulator/edge';
import type { EmulatedLiveInput } from '../../emulator/liveInput';
import { createState, type State } from '../../emulator/state';
import { type SigningKey, signToken } from '../../emulator/token';

const NOW = 1_790_000_000;

describe('emulator: live inputs at the edge', () => {
  let state: State;
  let idle: EmulatedLiveInput;
  let live: EmulatedLiveInput;
  let broadcast: string;
  before(async () => {
    state = await createState({ now: () => NOW * 1000 });
    const [studio, library] = state.accounts;
    const running = library?.videos.find(({ status }) => status.state === 'live-inprogress');
    const [studioInput] = studio?.liveInputs ?? [];
    const libraryInput = library?.liveInputs.find(({ status }) => status === 'connected');
    assert.ok(studioInput && libraryInput && running?.liveInput === libraryInput.uid);
    [idle, live, broadcast] = [studioInput, libraryInput, running.uid];
  });

  const ask = (path: string, method = 'GET') =>
    answerEdge(state, {
      method,
      path,
      query: new URLSearchParams(),
      headers: {},
      body: '',
      remoteAddress: '127.0.0.1',
    });
  const signed = (sub: string, key: SigningKey | undefined) => {
    assert.ok(key);
    return signToken(key, { sub, exp: NOW + 60, nbf: NOW - 60 });
  };
  const byApi = (sub: string, accountId: string) => signed(sub, state.hiddenKeys.get(accountId));

  it('have no content until somebody broadcasts', () => {
    const token = byApi(idle.uid, STUDIO_ID);
    assert.equal(ask(`/${token}/manifest/video.m3u8`).status, 204);
    assert.match(String(ask(`/${token}/iframe`).body), /has not started/);
    assert.equal(ask(`/${token}/thumbnails/thumbnail.jpg`).status, 404);
  });

  it('play what is broadcast, with the settings of the input and not of the video', () => {
    const token = byApi(live.uid, LIBRARY_ID);
    live.recording = { ...live.recording, requireSignedURLs: true };
    assert.deepEqual([ask(`/${token}/manifest/video.mpd`).status, ask(`/${live.uid}/watch`).status], [200, 401]);
    live.recording = { ...live.recording, requireSignedURLs: false };
    assert.equal(ask(`/${live.uid}/watch`).status, 200);
    live.recording = { ...live.recording, allowedOrigins: ['example.com'] };
    assert.equal(ask(`/${live.uid}/manifest/video.m3u8`).status, 403);
    live.recording = { ...live.recording, allowedOrigins: [] };
    live.enabled = false;
    assert.equal(ask(`/${live.uid}/manifest/video.m3u8`).status, 204);
    live.enabled = true;
  });

  it('say whether they are live', () => {
    const lifecycle = (id: string) => JSON.parse(String(ask(`/${id}/lifecycle`).body));
    assert.deepEqual(lifecycle(idle.uid), { isInput: true, videoUID: null, live: false });
    assert.deepEqual(lifecycle(live.uid), { isInput: true, videoUID: broadcast, live: true });
    assert.deepEqual(lifecycle(broadcast), { isInput: false, videoUID: broadcast, live: true });
    assert.equal(ask(`/${'f'.repeat(32)}/lifecycle`).status, 404);
  });

  it('play over WebRTC with a key’s token, not with the API’s', async () => {
    const shown = await state.keys.create(LIBRARY_ID);
    assert.ok(shown);
    const key = { kid: shown.id, privateKey: createPrivateKey(Buffer.from(shown.pem, 'base64').toString()) };
    const play = (subject: string) => ask(`/${subject}/webRTC/play`, 'POST').status;
    assert.deepEqual([play(signed(live.uid, key)), play(byApi(live.uid, LIBRARY_ID))], [201, 401]);
    assert.deepEqual([play(signed(broadcast, key)), play(idle.uid), play(live.uid)], [404, 401, 201]);
    assert.equal(ask(`/${live.uid}/webRTC/play`).status, 405);
    assert.equal(ask(`/${live.uid}/webRTC/play`, 'OPTIONS').headers['access-control-allow-origin'], '*');
  });
});
