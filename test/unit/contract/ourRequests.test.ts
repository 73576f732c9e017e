import assert from 'node:assert/strict';
import { createStreamApi } from '../../../src/stream/api/client';
import type { Credential } from '../../../src/stream/api/credential';
import { createHttp } from '../../../src/stream/api/http';
import type { Outcome } from '../../../src/stream/failure';
import { tokenRequest } from '../../../src/stream/token/options';
import { LIBRARY_ID, STUDIO_ID } from '../../emulator/accounts';
import { startEmulator } from '../../emulator/server';
import { createFakeClock } from '../support/fakeClock';
import { checkExchange, loadContract } from './contract';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const FLOOR = '4e9c305d7fa16b06cd8eaf91b2c34567';
const NOW = Date.parse('2026-03-05T12:00:00Z');

describe('what the client sends (skipped without ../shared/spec/stream-openapi.json)', () => {
  it('is as published, and so is what it reads', async function () {
    // Compiling the contract takes its time.
    this.timeout(10_000);
    if (loadContract() === undefined) return this.skip();
    const complaints: string[] = [];
    const emulator = await startEmulator({ now: () => NOW });
    const checking: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const request = {
        method: init?.method ?? 'GET',
        url: String(input),
        headers: Object.fromEntries(new Headers(init?.headers)),
        ...(typeof init?.body === 'string' && { body: init.body }),
      };
      const body = await response.clone().text();
      complaints.push(...checkExchange(request, { status: response.status, body }));
      return response;
    };
    const clock = createFakeClock(NOW);
    const http = createHttp({ origin: emulator.api, clock, fetch: () => checking });
    const { userToken, accountToken, email, globalKey } = emulator.credentials;
    const apiWith = (credential: Credential) => createStreamApi({ http, clock, credential, onMessage: () => {} });
    const api = apiWith({ kind: 'apiToken', token: userToken });
    const owned = apiWith({ kind: 'apiToken', token: accountToken.token });
    const keyed = apiWith({ kind: 'globalKey', email, key: globalKey });
    const { signal } = new AbortController();
    const outcomes: Outcome<unknown>[] = [
      await api.verifyUserToken(signal),
      await owned.verifyAccountToken(accountToken.accountId, signal),
      await api.listAccounts(signal),
      await keyed.listAccounts(signal),
      await keyed.listVideos(STUDIO_ID, signal),
      await api.listVideos(STUDIO_ID, signal),
      await api.listVideos(LIBRARY_ID, signal, { limit: 20, before: '2026-02-01T00:00:00.001Z' }),
      await api.readVideo(STUDIO_ID, TOUR, signal),
      await api.listVideos(STUDIO_ID, signal, { ids: [TOUR] }),
      await api.editVideo(STUDIO_ID, TOUR, { requireSignedURLs: true, allowedOrigins: ['example.com'] }, signal),
      await api.createDownload(STUDIO_ID, TOUR, 'mp4', signal),
      await api.createDownload(STUDIO_ID, TOUR, 'm4a', signal),
      await api.readDownloads(STUDIO_ID, TOUR, signal),
      await api.readDownloadProgress(STUDIO_ID, TOUR, signal),
      await api.listLiveInputs(STUDIO_ID, signal),
      await api.readLiveInput(STUDIO_ID, FLOOR, signal),
      await api.readLiveInputDetails(STUDIO_ID, FLOOR, signal),
      await api.listRecordings(STUDIO_ID, FLOOR, signal),
      await api.createToken(STUDIO_ID, TOUR, tokenRequest({}, NOW / 1000), signal),
      await api.createToken(
        STUDIO_ID,
        TOUR,
        tokenRequest({ expiry: { kind: 'fromNow', seconds: 900 }, downloadable: true }, NOW / 1000),
        signal,
      ),
    ];
    const created = await api.createKey(STUDIO_ID, signal);
    assert.ok(created.ok);
    const { id, pem = '' } = created.value;
    outcomes.push(
      created,
      await api.listKeys(STUDIO_ID, signal),
      await api.createToken(STUDIO_ID, TOUR, { id, pem }, signal),
      await api.deleteKey(STUDIO_ID, id, signal),
    );
    const sent = emulator.requests.length;
    await emulator.close();
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      outcomes.map(() => true),
    );
    assert.equal(sent, outcomes.length);
    assert.deepEqual(complaints, []);
  });
});
