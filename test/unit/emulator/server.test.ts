import assert from 'node:assert/strict';
import { LIBRARY_ID, STUDIO_ID } from '../../emulator/accounts';
import { type Emulator, startEmulator } from '../../emulator/server';
import type { EmulatedVideo } from '../../emulator/video';
import { call } from './call';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const ALL_HANDS = '3d8b2f4c6ea059f5bc7d9e80a1b23456';
const STREAM = `/accounts/${STUDIO_ID}/stream`;

describe('emulator: server', () => {
  let emulator: Emulator;
  let now = Date.parse('2026-11-23T12:00:00Z');
  before(async () => {
    emulator = await startEmulator({ now: () => now });
  });
  beforeEach(() => {
    emulator.requests.length = 0;
  });
  after(() => emulator.close());

  const bearer = () => ({ authorization: `Bearer ${emulator.credentials.userToken}` });

  it('plays a signed video until the token expires', async () => {
    const { body } = await call(emulator, 'POST', `${STREAM}/${TOUR}/token`);
    const { token } = body.result as { readonly token: string };
    const watch = async (subject: string) => (await fetch(`${emulator.edge}/${subject}/manifest/video.m3u8`)).status;
    assert.deepEqual([await watch(token), await watch(TOUR)], [200, 401]);
    now += 3600 * 1000;
    assert.equal(await watch(token), 401);
  });

  it('records what was asked, and no credential', async () => {
    await call(emulator, 'POST', `${STREAM}/${TOUR}/token`, { body: { downloadable: true } });
    await call(emulator, 'POST', `${STREAM}/${TOUR}/token`);
    await call(emulator, 'GET', `${STREAM}?limit=2`, { headers: { authorization: 'Bearer' } });
    await fetch(`${emulator.edge}/${TOUR}/watch`);
    const shown = emulator.requests.map(({ server, method, path, query, auth, body, status }) => [
      server,
      method,
      path,
      query,
      auth,
      body,
      status,
    ]);
    const token = `/client/v4${STREAM}/${TOUR}/token`;
    assert.deepEqual(shown, [
      ['api', 'POST', token, {}, 'bearer', { downloadable: true }, 200],
      ['api', 'POST', token, {}, 'bearer', undefined, 200],
      ['api', 'GET', `/client/v4${STREAM}`, { limit: '2' }, 'malformed', undefined, 400],
      ['edge', 'GET', `/${TOUR}/watch`, {}, 'none', undefined, 401],
    ]);
    assert.ok(emulator.requests[0]?.headerNames.includes('content-type'));
    assert.ok(!JSON.stringify(emulator.requests).includes(emulator.credentials.userToken));
  });

  it('fails the next request that matches, once', async () => {
    emulator.failNext(/^GET .*\/stream$/, { status: 429, headers: { 'retry-after': '7' }, body: { success: false } });
    assert.equal((await call(emulator, 'GET', '/accounts')).status, 200);
    const limited = await call(emulator, 'GET', STREAM);
    assert.deepEqual(
      [limited.status, limited.headers.get('retry-after'), limited.body],
      [429, '7', { success: false }],
    );
    assert.equal((await call(emulator, 'GET', STREAM)).status, 200);
  });

  it('fails by a script', async () => {
    emulator.failNext(/^GET .*\/stream$/, { status: 503 }, { status: 503, body: 'busy' }, 'reset');
    const status = async () => (await fetch(`${emulator.api}/client/v4${STREAM}`, { headers: bearer() })).status;
    assert.deepEqual([await status(), await status()], [503, 503]);
    await assert.rejects(status(), TypeError);
    assert.equal(await status(), 200);
  });

  it('carries out a request whose answer it loses', async () => {
    emulator.failNext(/^POST .*\/stream\/\w+$/, 'lose');
    const edit = call(emulator, 'POST', `${STREAM}/${TOUR}`, { body: { meta: { name: 'Renamed' } } });
    await assert.rejects(edit, TypeError);
    assert.equal(emulator.requests[0]?.status, undefined);
    const { body } = await call(emulator, 'GET', `${STREAM}/${TOUR}`);
    assert.deepEqual((body.result as { readonly meta: object }).meta, { name: 'Renamed' });
  });

  it('fails with text, for any test of the request, on the edge too', async () => {
    emulator.failNext(({ server }) => server === 'edge', {
      status: 522,
      headers: { 'content-type': 'text/html' },
      body: '<h1>522</h1>',
    });
    const response = await fetch(`${emulator.edge}/${TOUR}/watch`);
    assert.deepEqual([response.status, await response.text()], [522, '<h1>522</h1>']);
  });

  it('breaks the connection', async () => {
    emulator.failNext(/\/accounts$/, 'reset');
    await assert.rejects(call(emulator, 'GET', '/accounts'), TypeError);
    assert.equal(emulator.requests[0]?.status, undefined);
  });

  it('lets a request hang, and closes all the same', async () => {
    const other = await startEmulator();
    other.failNext(/./, 'hang');
    const hanging = assert.rejects(call(other, 'GET', '/accounts'), TypeError);
    while (other.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await other.close();
    await hanging;
  });

  it('refuses a body that is no JSON object or says it is something else', async () => {
    const send = async (body: string, type: string) => {
      const headers = { authorization: `Bearer ${emulator.credentials.userToken}`, 'content-type': type };
      return (await fetch(`${emulator.api}/client/v4${STREAM}/${TOUR}/token`, { method: 'POST', headers, body }))
        .status;
    };
    assert.deepEqual(
      [
        await send('{}', 'application/json; charset=utf-8'),
        await send('{}', 'text/plain'),
        await send('[]', 'application/json'),
        await send('{', 'application/json'),
      ],
      [200, 400, 400, 400],
    );
  });

  it('answers HEAD without a body and OPTIONS without CORS', async () => {
    const headers = bearer();
    const head = await fetch(`${emulator.api}/client/v4${STREAM}`, { method: 'HEAD', headers });
    assert.deepEqual([head.status, await head.text()], [200, '']);
    const options = await fetch(`${emulator.api}/client/v4${STREAM}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.com' },
    });
    assert.deepEqual([options.status, options.headers.get('access-control-allow-origin')], [204, null]);
  });

  it('follows the clock it was given', async () => {
    const { headers } = await call(emulator, 'GET', '/accounts');
    assert.equal(headers.get('date'), new Date(now).toUTCString());
  });

  it('gives every emulator data of its own', async () => {
    const other = await startEmulator();
    await call(other, 'POST', `${STREAM}/${TOUR}`, { body: { requireSignedURLs: false } });
    const { body } = await call(emulator, 'GET', `${STREAM}/${TOUR}`);
    await other.close();
    assert.equal((body.result as { readonly requireSignedURLs: boolean }).requireSignedURLs, true);
  });

  it('encodes a video as far as it is told', async () => {
    const other = await startEmulator();
    const video = async () => {
      const { body } = await call(other, 'GET', `${STREAM}/${ALL_HANDS}`);
      const { status, readyToStream, duration, playback } = body.result as EmulatedVideo;
      return [status.state, status.pctComplete, readyToStream, duration, playback !== undefined];
    };
    assert.deepEqual(await video(), ['inprogress', '42.000000', false, -1, false]);
    other.encode(ALL_HANDS, 80);
    assert.deepEqual(await video(), ['inprogress', '80.000000', false, -1, false]);
    other.encode(ALL_HANDS, 100);
    assert.deepEqual(await video(), ['ready', '100.000000', true, 60, true]);
    other.encode(ALL_HANDS, 10);
    assert.deepEqual(await video(), ['inprogress', '10.000000', false, -1, false]);
    assert.throws(() => other.encode('f'.repeat(32), 1));
    await other.close();
  });

  it('has a library as large as it is told, made when somebody looks', async () => {
    const other = await startEmulator({ librarySize: 5000 });
    const { body } = await call(other, 'GET', `/accounts/${LIBRARY_ID}/stream?limit=1&include_counts=true`);
    assert.equal((body as { readonly total?: number }).total, 5000);
    assert.equal(new Set(other.accounts[1]?.videos.map(({ uid }) => uid)).size, 5000);
    await other.close();
  });

  it('counts what an account stores', async () => {
    const { body } = await call(emulator, 'GET', `${STREAM}/storage-usage?creator=people-team`);
    assert.deepEqual(body.result, {
      creator: 'people-team',
      totalStorageMinutes: 4,
      totalStorageMinutesLimit: 10_000,
      videoCount: 1,
    });
  });

  it('describes itself in a line that fits into an environment variable', () => {
    const line = JSON.stringify(emulator);
    const { api, edge, accounts, credentials } = JSON.parse(line);
    assert.deepEqual([api, edge, accounts.length, accounts[1].videoCount], [emulator.api, emulator.edge, 2, 2500]);
    assert.deepEqual(credentials, emulator.credentials);
    assert.ok(line.length < 8192 && !line.includes('\n'));
  });
});
