import assert from 'node:assert/strict';
import { STUDIO_ID } from '../../emulator/accounts';
import { CLOUDFLARE_ALLOWANCE, createRateLimit } from '../../emulator/rateLimit';
import { startEmulator } from '../../emulator/server';
import { call } from './call';

const STREAM = `/accounts/${STUDIO_ID}/stream`;

describe('emulator: rate limit', () => {
  it('allows 1,200 requests in five minutes, then none until five more have passed', () => {
    let now = 0;
    const limit = createRateLimit(() => now, CLOUDFLARE_ALLOWANCE);
    const passes = () => 'headers' in limit.count('a');
    for (let request = 1; request <= 1200; request++) {
      assert.ok(passes(), `${request}`);
      now += 100;
    }
    assert.deepEqual([now, passes()], [120_000, false]);
    now += 299_999;
    assert.equal(passes(), false);
    now += 1;
    assert.equal(passes(), true);
  });

  it('counts anew when a window has ended, and every credential for itself', () => {
    let now = 0;
    const limit = createRateLimit(() => now, { requests: 2, seconds: 10 });
    const passes = (credential: string) => 'headers' in limit.count(credential);
    assert.deepEqual([passes('a'), passes('a'), passes('b'), passes('b')], [true, true, true, true]);
    now = 10_000;
    assert.deepEqual([passes('a'), passes('a'), passes('a'), passes('b')], [true, true, false, true]);
  });

  it('says in headers what is left, and in the refusal when to come again', async () => {
    let now = Date.parse('2026-11-23T12:00:00Z');
    const emulator = await startEmulator({ now: () => now });
    emulator.rateLimit = { requests: 2, seconds: 300 };
    const seen = async (token: string = emulator.credentials.userToken) => {
      const { status, headers, body } = await call(emulator, 'GET', STREAM, { token });
      const names = ['ratelimit', 'ratelimit-policy', 'retry-after'];
      return [status, ...names.map((name) => headers.get(name)), body.errors[0]?.code];
    };
    const policy = '"default";q=2;w=300';
    assert.deepEqual(await seen(), [200, '"default";r=1;t=300', policy, null, undefined]);
    now += 60_500;
    assert.deepEqual(await seen(), [200, '"default";r=0;t=240', policy, null, undefined]);
    assert.deepEqual(await seen(), [429, '"default";r=0;t=300', policy, '300', 971]);
    now += 100_000;
    assert.deepEqual(await seen(), [429, '"default";r=0;t=200', policy, '200', 971]);
    assert.deepEqual(await seen(emulator.credentials.readToken), [200, '"default";r=1;t=300', policy, null, undefined]);
    assert.equal((await fetch(`${emulator.edge}/${'f'.repeat(32)}/watch`)).headers.get('ratelimit'), null);
    emulator.advance(200_000);
    assert.equal((await seen())[0], 200);
    await emulator.close();
  });
});
