import assert from 'node:assert/strict';
import { STUDIO_ID } from '../../emulator/accounts';
import { type Emulator, startEmulator } from '../../emulator/server';
import { call } from './call';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const ALL_HANDS = '3d8b2f4c6ea059f5bc7d9e80a1b23456';
const DOWNLOADS = `/accounts/${STUDIO_ID}/stream/${TOUR}/downloads`;
const FILES = `https://customer-sample5tud10c0de.cloudflarestream.com/${TOUR}/downloads`;

describe('emulator: downloads', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    emulator = await startEmulator({ now: () => now, downloadTakes: 8000 });
  });
  afterEach(() => emulator.close());

  const result = async (method: string, path = DOWNLOADS) => (await call(emulator, method, path)).body.result;
  const mp4 = (status: string, percentComplete: number) => ({
    default: { status, url: `${FILES}/default.mp4`, percentComplete },
  });
  const m4a = (status: string, percentComplete: number) => ({
    audio: { status, url: `${FILES}/audio.m4a`, percentComplete },
  });

  it('are made in time, each kind when it was asked for', async () => {
    assert.deepEqual(await result('GET'), {});
    assert.deepEqual(await result('POST'), mp4('inprogress', 0));
    emulator.advance(6000);
    assert.deepEqual(await result('POST', `${DOWNLOADS}/audio`), { ...mp4('inprogress', 75), ...m4a('inprogress', 0) });
    // Asking again begins nothing anew.
    assert.deepEqual(await result('POST', `${DOWNLOADS}/default`), {
      ...mp4('inprogress', 75),
      ...m4a('inprogress', 0),
    });
    emulator.advance(2000);
    assert.deepEqual(await result('GET'), { ...mp4('ready', 100), ...m4a('inprogress', 25) });
  });

  it('are removed, the MP4 unless the path says otherwise', async () => {
    await result('POST');
    await result('POST', `${DOWNLOADS}/audio`);
    assert.equal(await result('DELETE'), 'ok');
    assert.deepEqual(Object.keys((await result('GET')) as object), ['audio']);
    assert.equal((await call(emulator, 'DELETE', `${DOWNLOADS}/default`)).status, 404);
    assert.equal(await result('DELETE', `${DOWNLOADS}/audio`), 'ok');
    assert.deepEqual(await result('GET'), {});
  });

  it('can fail, and be made again', async () => {
    await result('POST');
    emulator.advance(4000);
    emulator.downloads.fail(TOUR, 'default');
    emulator.advance(8000);
    assert.deepEqual(await result('GET'), mp4('error', 50));
    await result('DELETE');
    assert.deepEqual(await result('POST'), mp4('inprogress', 0));
  });

  it('are refused for a video that is not ready, another kind, and a credential that may only read', async () => {
    const status = async (method: string, path: string, token: string = emulator.credentials.userToken) =>
      (await call(emulator, method, path, { token })).status;
    const { readToken } = emulator.credentials;
    assert.equal(await status('POST', `/accounts/${STUDIO_ID}/stream/${ALL_HANDS}/downloads`), 400);
    assert.equal(await status('POST', `${DOWNLOADS}/webm`), 404);
    assert.deepEqual(
      [await status('POST', DOWNLOADS, readToken), await status('GET', DOWNLOADS, readToken)],
      [403, 200],
    );
  });

  it('open with a token that says so', async () => {
    const token = async (body?: object) =>
      (
        (await call(emulator, 'POST', `/accounts/${STUDIO_ID}/stream/${TOUR}/token`, { body })).body.result as {
          readonly token: string;
        }
      ).token;
    const open = async (body?: object) =>
      (await fetch(`${emulator.edge}/${await token(body)}/downloads/default.mp4`)).status;
    await result('POST');
    emulator.advance(8000);
    assert.deepEqual([await open({ downloadable: true }), await open()], [200, 403]);
  });
});
