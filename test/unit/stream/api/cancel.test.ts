import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { Agent, fetch as undiciFetch } from 'undici';
import type { HttpRequest } from '../../../../src/stream/api/http';
import { mayBeDone } from '../../../../src/stream/failure';
import { answerBytes, type RawServer } from './faultServer/rawServer';
import { type Fault, type Stage, withFault } from './faultServer/stage';

const READ: HttpRequest = { method: 'GET', path: '/accounts', headers: { Authorization: 'Bearer secret' } };
/** The promise is 100 ms; here nothing else is to be waited for. */
const MAX_MS = 100;

/**
 * Trouble for an answer (a pause of 0.5 s follows), then silence for 20 s (and a pause of 1 s), then a byte per second:
 * wherever one cancels, something is under way.
 */
const OBSTACLES: Pick<Fault, 'server'> = {
  server: ({ clock, stuck }) => {
    let asked = 0;
    return {
      async asked(_request, socket) {
        asked++;
        if (asked === 1) socket.end(answerBytes('503 Service Unavailable', '', { Connection: 'close' }));
        if (asked === 2) stuck();
        if (asked < 3) return;
        socket.write(answerBytes('200 OK', '', { 'Content-Length': '1000' }));
        stuck();
        const closed = new AbortController();
        socket.on('close', () => closed.abort());
        while (!closed.signal.aborted) {
          await clock.wait(1000, closed.signal);
          if (!socket.destroyed) socket.write(' ');
        }
      },
    };
  },
};

/** Cancels a call after so many milliseconds; answers how many attempts there were, and whether one may have done it. */
async function cancelAfter(milliseconds: number, stage: Stage, server: RawServer | undefined) {
  const cancel = new AbortController();
  const call = stage.wire.http(READ, cancel.signal);
  await stage.play(call, milliseconds);
  const attempts = stage.attempts();
  const cancelled = performance.now();
  cancel.abort();
  const outcome = await call;
  const took = performance.now() - cancelled;
  await stage.clock.advance(120_000);
  while ((server?.openSockets() ?? 0) > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(!outcome.ok && outcome.failure.code === 'cancelled', JSON.stringify(outcome));
  assert.ok(took <= MAX_MS, `took ${took} ms`);
  assert.equal(stage.attempts(), attempts);
  assert.ok((server?.requests.length ?? 0) <= attempts);
  assert.equal(getEventListeners(cancel.signal, 'abort').length, 0);
  return { attempts, mayBeDone: mayBeDone(outcome.failure) };
}

describe('cancelling a call', () => {
  it('ends it at once at any of 50 instants: no request more, no connection left', async () => {
    const phases = new Set<number>();
    for (let index = 0; index < 50; index++) {
      const instant = Math.round((index * 41_000) / 49);
      const { attempts, mayBeDone } = await withFault(OBSTACLES, (stage, server) =>
        cancelAfter(instant, stage, server),
      );
      phases.add(attempts);
      assert.equal(mayBeDone, true);
    }
    assert.deepEqual([...phases], [1, 2, 3]);
  }).timeout(20_000);

  it('ends it while it connects', async () => {
    const agent = new Agent({ connect: () => {} });
    const fetch = (input: unknown, init: object) =>
      undiciFetch(input as string, { ...init, dispatcher: agent } as never);
    const reach = async () => ({
      origin: 'https://api.example',
      fetch: fetch as unknown as typeof globalThis.fetch,
      close: () => agent.destroy(),
    });
    await withFault({ reach, silent: true }, (stage) => cancelAfter(5000, stage, undefined));
  });

  it('ends it before it begins, and sends nothing', async () => {
    const outcome = await withFault(OBSTACLES, async (stage, server) => [
      await stage.wire.http(READ, AbortSignal.abort()),
      server?.connections(),
      stage.attempts(),
    ]);
    assert.deepEqual(outcome, [{ ok: false, failure: { code: 'cancelled' } }, 0, 0]);
  });

  it('ends it in the queue, with nothing sent', async () => {
    await withFault({ silent: true, server: () => ({}) }, async (stage) => {
      const stop = new AbortController();
      const ahead = [1, 2, 3].map(() => stage.wire.http(READ, stop.signal));
      const cancel = new AbortController();
      const call = stage.wire.http(READ, cancel.signal);
      await stage.play(call, 1000);
      cancel.abort();
      assert.deepEqual(await call, { ok: false, failure: { code: 'cancelled' } });
      assert.equal(stage.attempts(), 3);
      stop.abort();
      await Promise.all(ahead);
    });
  });
});
