import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { type Bucket, createBucket, createBuckets, type Lane, type Leave } from '../../../../src/stream/api/bucket';
import type { HttpAnswer } from '../../../../src/stream/api/http';
import type { Outcome } from '../../../../src/stream/failure';
import { createFakeClock } from '../../support/fakeClock';

const NOW = 1_800_000_000;
const never = new AbortController().signal;
const answer = (status: number, more: Partial<HttpAnswer> = {}): Outcome<HttpAnswer> => ({
  ok: true,
  value: { status, contentType: '', text: '', ...more },
});
const DONE = answer(200);
const LOST: Outcome<HttpAnswer> = { ok: false, failure: { code: 'connectionLost', reason: 'ECONNRESET' } };

/** A bucket, and what came of everybody who wanted in: `in`, `waiting` or the failure. */
function watch(bucket: Bucket) {
  const wanted: { state: string; leave: Leave | undefined }[] = [];
  return {
    async want(lane: Lane = 'ordinary', signal = never) {
      const one: (typeof wanted)[number] = { state: 'waiting', leave: undefined };
      wanted.push(one);
      bucket.enter(lane, signal).then((outcome) => {
        one.leave = outcome.ok ? outcome.value : undefined;
        const { code, retryAt = 0 } = outcome.ok
          ? { code: 'in' }
          : (outcome.failure as { code: string; retryAt?: number });
        one.state = retryAt === 0 ? code : `${code} +${retryAt - NOW}`;
      });
      await Promise.resolve();
    },
    async leave(index: number, outcome = DONE) {
      const one = wanted[index];
      assert.ok(one?.leave, `${index} is not in`);
      one.leave(outcome);
      one.state = 'done';
      await new Promise((resolve) => setImmediate(resolve));
    },
    states: () => wanted.map(({ state }) => state).join(' '),
  };
}

function setUp(seats = { ordinary: 2, lists: 1 }) {
  const clock = createFakeClock(NOW * 1000);
  const bucket = createBucket(clock, seats);
  return { clock, bucket, ...watch(bucket) };
}

describe('the bucket of a credential', () => {
  it('seats so many at a time, the others in turn', async () => {
    const { want, leave, states } = setUp();
    for (let count = 0; count < 4; count++) await want();
    assert.equal(states(), 'in in waiting waiting');
    await leave(1);
    assert.equal(states(), 'in done in waiting');
    await leave(0, LOST);
    assert.equal(states(), 'done done in in');
  });

  it('keeps lists apart', async () => {
    const { want, leave, states } = setUp();
    await want('lists');
    await want('lists');
    await want();
    assert.equal(states(), 'in waiting in');
    await leave(0);
    assert.equal(states(), 'done in in');
  });

  it('lets go of who is cancelled while waiting', async () => {
    const { want, leave, states } = setUp({ ordinary: 1, lists: 1 });
    const cancel = new AbortController();
    await want();
    await want('ordinary', cancel.signal);
    await want();
    cancel.abort();
    await leave(0);
    assert.equal(states(), 'done cancelled in');
    assert.equal(getEventListeners(cancel.signal, 'abort').length, 0);
  });

  it('takes a seat back once only', async () => {
    const { want, leave, states } = setUp({ ordinary: 1, lists: 1 });
    for (let count = 0; count < 3; count++) await want();
    await leave(0);
    await leave(0);
    assert.equal(states(), 'done in waiting');
  });

  it('sends nothing after a refusal until it is over, then one, then all', async () => {
    const { clock, want, leave, states } = setUp();
    for (let count = 0; count < 5; count++) await want();
    await leave(0, answer(429, { retryAfter: 10 }));
    await leave(1);
    await clock.advance(9999);
    assert.equal(states(), 'done done waiting waiting waiting');
    await clock.advance(1);
    assert.equal(states(), 'done done in waiting waiting');
    await leave(2);
    assert.equal(states(), 'done done done in in');
  });

  it('turns away who waits when the one that tried is refused too', async () => {
    const { clock, want, leave, states } = setUp();
    for (let count = 0; count < 4; count++) await want();
    await leave(0, answer(429, { retryAfter: 5 }));
    await leave(1, answer(429, { retryAfter: 5 }));
    await clock.advance(5000);
    assert.equal(states(), 'done done in waiting');
    await leave(2, answer(429, { retryAfter: 7 }));
    assert.equal(states(), 'done done done rateLimited +12');
  });

  it('goes on trying when the one that tried got no answer', async () => {
    const { clock, want, leave, states } = setUp();
    for (let count = 0; count < 4; count++) await want();
    await leave(0, answer(429, { retryAfter: 5 }));
    await leave(1);
    await clock.advance(5000);
    await leave(2, LOST);
    assert.equal(states(), 'done done done in');
  });

  it('turns everybody away from a long refusal, with its end, and waits through its last ten seconds', async () => {
    const { clock, want, leave, states } = setUp({ ordinary: 1, lists: 1 });
    await want();
    await want();
    await leave(0, answer(429, { retryAfter: 300 }));
    await clock.advance(289_999);
    await want();
    assert.equal(states(), 'done rateLimited +300 rateLimited +300');
    await clock.advance(1);
    await want();
    assert.equal(states(), 'done rateLimited +300 rateLimited +300 waiting');
    await clock.advance(10_000);
    assert.equal(states(), 'done rateLimited +300 rateLimited +300 in');
  });

  it('the longest of several refusals counts', async () => {
    const { clock, want, leave, states } = setUp();
    await want();
    await want();
    await leave(0, answer(429, { retryAfter: 8 }));
    await leave(1, answer(429, { retryAfter: 3 }));
    await want();
    await clock.advance(7999);
    assert.equal(states(), 'done done waiting');
    await clock.advance(1);
    assert.equal(states(), 'done done in');
  });

  for (const jump of [86_400_000, -86_400_000]) {
    it(`is not misled by a wall clock that jumps by ${jump / 3_600_000} h`, async () => {
      const { clock, want, leave, states } = setUp();
      await want();
      await leave(0, answer(429, { retryAfter: 10 }));
      clock.jump(jump);
      await want();
      await clock.advance(9999);
      assert.equal(states(), 'done waiting');
      await clock.advance(1);
      assert.equal(states(), 'done in');
    });
  }

  it('stops when nothing is left in the window, before it is refused', async () => {
    const { clock, want, leave, states } = setUp();
    await want();
    await leave(0, answer(200, { allowance: { left: 0, seconds: 30 } }));
    await want();
    assert.equal(states(), 'done rateLimited +30');
    await clock.advance(30_000);
    await want();
    await want();
    assert.equal(states(), 'done rateLimited +30 in in');
  });

  it('sends no more at a time than are left', async () => {
    const { clock, want, leave, states } = setUp({ ordinary: 3, lists: 1 });
    await want();
    await leave(0, answer(200, { allowance: { left: 2, seconds: 60 } }));
    for (let count = 0; count < 4; count++) await want();
    assert.equal(states(), 'done in in waiting waiting');
    await leave(1, answer(200, { allowance: { left: 1, seconds: 59 } }));
    assert.equal(states(), 'done done in waiting waiting');
    await clock.advance(59_000);
    assert.equal(states(), 'done done in in in');
  });

  it('is one for each credential, and forgets those that are not in use', async () => {
    const clock = createFakeClock(NOW * 1000);
    const bucketOf = createBuckets(clock, { ordinary: 1, lists: 1 });
    const mine = { Authorization: 'Bearer a' };
    const bucket = bucketOf(mine);
    const { want, leave } = watch(bucket);
    await want();
    assert.equal(bucketOf({ ...mine }), bucket);
    assert.notEqual(bucketOf({ Authorization: 'Bearer b' }), bucket);
    assert.equal(bucketOf(mine), bucket);
    await leave(0);
    assert.notEqual(bucketOf(mine), bucket);
  });
});
