import assert from 'node:assert/strict';
import { STUDIO_ID } from '../../emulator/accounts';
import { type Emulator, startEmulator } from '../../emulator/server';
import { call } from './call';

const KEYS = `/accounts/${STUDIO_ID}/stream/keys`;

describe('emulator: switches', () => {
  let emulator: Emulator;
  const waits: number[] = [];
  beforeEach(async () => {
    waits.length = 0;
    const now = Date.parse('2026-11-23T12:00:00Z');
    emulator = await startEmulator({ now: () => now, wait: async (milliseconds) => waits.push(milliseconds) });
  });
  afterEach(() => emulator.close());

  async function control(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${emulator.api}/emulator${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  it('are described over loopback', async () => {
    const { status, body } = await control('GET', '');
    assert.deepEqual([status, body], [200, JSON.parse(JSON.stringify(emulator))]);
    assert.deepEqual(emulator.requests, []);
  });

  it('make requests fail by a script', async () => {
    const answers = [{ status: 503, headers: { 'retry-after': '1' }, body: { success: false } }, 'lose'];
    assert.equal((await control('POST', '/faults', { match: '^POST .*/keys$', answers })).status, 204);
    const { status, headers } = await call(emulator, 'POST', KEYS);
    assert.deepEqual([status, headers.get('retry-after'), emulator.keys.list(STUDIO_ID).length], [503, '1', 0]);
    await assert.rejects(call(emulator, 'POST', KEYS), TypeError);
    assert.equal(emulator.keys.list(STUDIO_ID).length, 1);
  });

  it('hold answers back, move the clock and change the rate limit', async () => {
    const switches = { latency: 40, advance: 90_000, rateLimit: { requests: 1, seconds: 60 } };
    assert.equal((await control('POST', '/switches', switches)).status, 204);
    const { status, headers } = await call(emulator, 'GET', KEYS);
    assert.deepEqual([status, headers.get('date')], [200, 'Mon, 23 Nov 2026 12:01:30 GMT']);
    assert.deepEqual(waits, [40]);
    assert.equal((await call(emulator, 'GET', KEYS)).status, 429);
    await fetch(`${emulator.edge}/${'f'.repeat(32)}/watch`);
    assert.deepEqual(waits, [40, 40]);
  });

  it('hold back by request, answering what was true when it came', async () => {
    emulator.latency = ({ path, server }) => (server === 'edge' ? 5 : path.endsWith('/keys') ? 300 : 0);
    await call(emulator, 'GET', KEYS);
    await call(emulator, 'GET', '/accounts');
    await fetch(`${emulator.edge}/${'f'.repeat(32)}/watch`);
    assert.deepEqual(waits, [300, 5]);
  });

  it('show and forget what was asked', async () => {
    await call(emulator, 'GET', KEYS);
    const { body } = await control('GET', '/requests');
    assert.deepEqual([body.length, body[0].path, body[0].status], [1, `/client/v4${KEYS}`, 200]);
    assert.equal((await control('DELETE', '/requests')).status, 204);
    assert.deepEqual(emulator.requests, []);
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ['/faults', { match: '(', answers: ['reset'] }],
    ['/faults', { match: 'x', answers: ['explode'] }],
    ['/faults', { match: 'x', answers: 'reset' }],
    ['/faults', { answers: ['reset'] }],
    ['/switches', { latency: -1 }],
    ['/switches', { advance: 'an hour' }],
    ['/switches', { rateLimit: 5 }],
    ['/switches', { speed: 5 }],
    ['/switches', []],
  ];
  for (const [path, body] of wrong) {
    it(`refuse ${path} ${JSON.stringify(body)}`, async () => {
      const { status, body: answer } = await control('POST', path, body);
      assert.equal(status, 400);
      assert.equal(typeof answer.problem, 'string');
      assert.equal((await call(emulator, 'GET', KEYS)).status, 200);
    });
  }

  it('are not for pages, and know nothing else', async () => {
    const origin = { origin: 'http://localhost:3000' };
    assert.equal((await control('POST', '/switches', { latency: 1 }, origin)).status, 403);
    assert.equal((await control('GET', '/secrets')).status, 404);
  });
});
