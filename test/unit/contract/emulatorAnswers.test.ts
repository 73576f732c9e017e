import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createAccounts, LIBRARY_ID, STUDIO_ID } from '../../emulator/accounts';
import { CREDENTIALS } from '../../emulator/credentials';
import { type Emulator, startEmulator } from '../../emulator/server';
import { type CallOptions, call } from '../emulator/call';
import { checkAnswer, checkExchange, loadContract } from './contract';
import { CONTRACT_FILE } from './document';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const ALL_HANDS = '3d8b2f4c6ea059f5bc7d9e80a1b23456';
const STREAM = `/accounts/${STUDIO_ID}/stream`;
const LIBRARY = `/accounts/${LIBRARY_ID}/stream`;
const [FLOOR, STAGE] = createAccounts().map(({ liveInputs }) => liveInputs[0]?.uid);
const KEY = 'ab'.repeat(16);
const NOW = Date.parse('2026-11-23T12:00:00Z');
const SOON = NOW / 1000 + 600;
const { accountToken, readToken, streamOnlyToken, expiredToken, email, globalKey } = CREDENTIALS;
const key = { 'X-Auth-Email': email, 'X-Auth-Key': globalKey };
const unknown = { token: 'cfut_abcdefghijklmnopqrstuvwxyz0123456789ABCD' };
const account = { token: accountToken.token };

/** Method, path, what is special about the request, status. Every route once in success and in each of its refusals. */
const ROWS: readonly (readonly [string, string, CallOptions, number])[] = [
  ['GET', '/accounts', {}, 200],
  ['GET', '/accounts?page=2&per_page=50&direction=desc', { headers: key }, 200],
  ['GET', '/accounts', { token: streamOnlyToken }, 403],
  ['GET', '/accounts', { token: CREDENTIALS.unlistingAccountToken.token }, 400],
  ['GET', '/accounts', { headers: { authorization: 'Bearer "x"' } }, 400],
  ['GET', '/accounts', { headers: {} }, 400],
  ['GET', '/accounts', unknown, 401],
  ['GET', '/accounts?per_page=500', {}, 400],
  ['GET', '/user/tokens/verify', {}, 200],
  ['GET', '/user/tokens/verify', { token: expiredToken }, 200],
  ['GET', '/user/tokens/verify', account, 401],
  ['GET', `/accounts/${STUDIO_ID}/tokens/verify`, account, 200],
  ['GET', `/accounts/${STUDIO_ID}/tokens/verify`, {}, 401],
  ['GET', STREAM, {}, 200],
  ['GET', STREAM, account, 200],
  ['GET', LIBRARY, {}, 200],
  ['GET', `${LIBRARY}?asc=true&include_counts=true`, {}, 200],
  ['GET', `${LIBRARY}?limit=1000&before=2026-10-01T00:00:00Z&type=live&status=ready`, { token: readToken }, 200],
  ['GET', `${STREAM}?limit=0`, {}, 400],
  ['GET', LIBRARY, { token: streamOnlyToken }, 403],
  ['GET', STREAM, { token: expiredToken }, 403],
  ['GET', STREAM, unknown, 401],
  ['GET', '/accounts/sample/stream', {}, 404],
  ['GET', `${STREAM}/${TOUR}`, {}, 200],
  ['GET', `${STREAM}/${ALL_HANDS}`, { headers: key }, 200],
  ['GET', `${STREAM}/${'f'.repeat(32)}`, {}, 404],
  [
    'POST',
    `${STREAM}/${TOUR}`,
    {
      body: {
        requireSignedURLs: true,
        allowedOrigins: ['example.com'],
        meta: { name: 'Tour' },
        creator: 'me',
        scheduledDeletion: '2027-03-01T00:00:00Z',
        thumbnailTimestampPct: 0.5,
        publicDetails: { title: 'Tour' },
      },
    },
    200,
  ],
  ['POST', `${STREAM}/${TOUR}`, { body: { creator: 'c'.repeat(65) } }, 400],
  ['POST', `${STREAM}/${TOUR}`, { body: {}, token: readToken }, 403],
  ['POST', `${STREAM}/${TOUR}/token`, {}, 200],
  [
    'POST',
    `${STREAM}/${TOUR}/token`,
    {
      body: {
        exp: SOON,
        nbf: SOON - 900,
        downloadable: true,
        flags: { original: true },
        accessRules: [
          { type: 'ip.src', action: 'allow', ip: ['10.0.0.0/8', '2400:cb00::/32'] },
          { type: 'any', action: 'block' },
        ],
      },
    },
    200,
  ],
  ['POST', `${STREAM}/${TOUR}/token`, { body: { exp: SOON * 1000 } }, 400],
  ['POST', `${STREAM}/${TOUR}/token`, { token: readToken }, 403],
  ['POST', `${STREAM}/${'f'.repeat(32)}/token`, {}, 404],
  ['GET', `${STREAM}/storage-usage`, {}, 200],
  ['GET', `${STREAM}/storage-usage?creator=people-team`, { token: readToken }, 200],
  ['GET', `${LIBRARY}/storage-usage`, account, 403],
  ['POST', `${STREAM}/keys`, {}, 200],
  ['POST', `${STREAM}/keys`, { token: readToken }, 403],
  ['GET', `${STREAM}/keys`, {}, 200],
  ['DELETE', `${STREAM}/keys/${KEY}`, {}, 200],
  ['DELETE', `${STREAM}/keys/${KEY}`, {}, 404],
  ['GET', `${STREAM}/${TOUR}/downloads`, {}, 200],
  ['POST', `${STREAM}/${TOUR}/downloads`, {}, 200],
  ['POST', `${STREAM}/${TOUR}/downloads/audio`, { headers: key }, 200],
  ['POST', `${STREAM}/${TOUR}/downloads/default`, { token: readToken }, 403],
  ['POST', `${STREAM}/${ALL_HANDS}/downloads`, {}, 400],
  ['GET', `${STREAM}/${TOUR}/downloads`, { token: readToken }, 200],
  ['DELETE', `${STREAM}/${TOUR}/downloads`, {}, 200],
  ['DELETE', `${STREAM}/${TOUR}/downloads/audio`, {}, 200],
  ['DELETE', `${STREAM}/${TOUR}/downloads/audio`, {}, 404],
  ['GET', `${STREAM}/live_inputs`, {}, 200],
  ['GET', `${LIBRARY}/live_inputs?include_counts=true`, { token: readToken }, 200],
  ['GET', `${LIBRARY}/live_inputs`, account, 403],
  ['GET', `${STREAM}/live_inputs/${FLOOR}`, {}, 200],
  ['GET', `${LIBRARY}/live_inputs/${FLOOR}`, {}, 404],
  ['GET', `${STREAM}/live_inputs/${FLOOR}/videos`, {}, 200],
  ['GET', `${LIBRARY}/live_inputs/${STAGE}`, {}, 200],
  ['GET', `${LIBRARY}/live_inputs/${STAGE}/videos`, {}, 200],
  [
    'PUT',
    `${STREAM}/live_inputs/${FLOOR}`,
    {
      body: {
        meta: { name: 'Floor' },
        enabled: true,
        preferLowLatency: true,
        deleteRecordingAfterDays: 45,
        defaultCreator: 'me',
        recording: {
          mode: 'automatic',
          requireSignedURLs: false,
          allowedOrigins: ['example.com'],
          timeoutSeconds: 0,
          hideLiveViewerCount: true,
        },
      },
    },
    200,
  ],
  ['PUT', `${STREAM}/live_inputs/${FLOOR}`, { body: { recording: { mode: 'on' } } }, 400],
  ['PUT', `${STREAM}/live_inputs/${FLOOR}`, { body: {}, token: readToken }, 403],
  ['POST', `${STREAM}/${FLOOR}/token`, {}, 200],
];

describe(`emulator answers as published (skipped: all of it, without ../shared/${CONTRACT_FILE})`, () => {
  let emulator: Emulator;
  before(async function () {
    // Compiling the contract takes its time.
    this.timeout(10_000);
    if (loadContract() === undefined) this.skip();
    emulator = await startEmulator({ now: () => NOW });
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    emulator.keys.add(STUDIO_ID, KEY, publicKey);
  });
  after(() => emulator?.close());

  it('429 when there were too many requests', async () => {
    const { requests, seconds } = emulator.rateLimit;
    emulator.rateLimit = { requests: 0, seconds: 60 };
    const { request, ...answer } = await call(emulator, 'GET', STREAM);
    emulator.rateLimit = { requests, seconds };
    assert.equal(answer.status, 429);
    assert.deepEqual(checkExchange(request, answer), []);
  });

  for (const [method, path, options, status] of ROWS) {
    it(`${status} to ${method} ${path.replace(/([0-9a-f]{4})[0-9a-f]{28}/g, '$1…')}`, async () => {
      const { request, ...answer } = await call(emulator, method, path, options);
      assert.equal(answer.status, status);
      // A request that is refused is mostly wrong on purpose.
      assert.deepEqual(status === 200 ? checkExchange(request, answer) : checkAnswer(request, answer), []);
    });
  }
});
