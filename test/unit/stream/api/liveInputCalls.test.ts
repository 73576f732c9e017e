import assert from 'node:assert/strict';
import { createStreamApi } from '../../../../src/stream/api/client';
import { createHttp } from '../../../../src/stream/api/http';
import { STUDIO_ID } from '../../../emulator/accounts';
import { startEmulator } from '../../../emulator/server';
import { createFakeClock } from '../../support/fakeClock';

const FLOOR = '4e9c305d7fa16b06cd8eaf91b2c34567';

describe('live inputs', () => {
  it('come without anything that a broadcaster needs', async () => {
    const emulator = await startEmulator();
    const { videoId } = emulator.broadcast(FLOOR);
    const clock = createFakeClock(Date.parse('2026-11-25T00:00:00Z'));
    const answers: string[] = [];
    const spying: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      answers.push(await response.clone().text());
      return response;
    };
    const http = createHttp({ origin: emulator.api, clock, fetch: () => spying });
    const { userToken } = emulator.credentials;
    const messages: unknown[] = [];
    const api = createStreamApi({
      http,
      clock,
      credential: { kind: 'apiToken', token: userToken },
      onMessage: (message) => messages.push(message),
    });
    const { signal } = new AbortController();
    const listed = await api.listLiveInputs(STUDIO_ID, signal);
    const read = await api.readLiveInput(STUDIO_ID, FLOOR, signal);
    const details = await api.readLiveInputDetails(STUDIO_ID, FLOOR, signal);
    const recordings = await api.listRecordings(STUDIO_ID, FLOOR, signal);
    await emulator.close();
    const secrets = answers.flatMap((text) => text.match(/[0-9a-f]{32}k[0-9a-f]{32}/g) ?? []);
    assert.equal(new Set(secrets).size, 5, 'the answers did hold them');
    const kept = JSON.stringify([listed, read, details, recordings, messages]);
    for (const secret of secrets) assert.ok(!kept.includes(secret));
    assert.doesNotMatch(kept, /rtmps|srt:|passphrase|publish/);
    assert.deepEqual(read, {
      ok: true,
      value: { name: 'Studio floor', connected: true, requireSignedUrls: true, allowedOrigins: [] },
    });
    assert.ok(details.ok && read.ok);
    assert.deepEqual(details.value.input, read.value);
    assert.equal(details.value.customerCode, 'sample5tud10c0de');
    assert.deepEqual(Object.keys(details.value.details).sort(), [
      'created',
      'enabled',
      'meta',
      'modified',
      'playback',
      'preferLowLatency',
      'recording',
      'status',
      'uid',
    ]);
    assert.deepEqual(listed, {
      ok: true,
      value: [{ id: FLOOR, name: 'Studio floor', created: '2026-10-30T10:12:44.905183Z', enabled: true }],
    });
    assert.deepEqual(recordings.ok && recordings.value.map(({ id, state }) => [id, state]), [
      [videoId, 'live-inprogress'],
    ]);
  });
});
