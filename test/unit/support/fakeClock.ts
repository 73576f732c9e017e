import type { Clock } from '../../../src/stream/api/http';

export interface FakeClock extends Clock {
  /** Every wait that was asked for so far, in milliseconds. */
  readonly waits: readonly number[];
  /** Lets time pass: wakes what is due, in order, and lets what woke up run before it goes on. */
  advance(milliseconds: number): Promise<void>;
  /** The computer sleeps: afterwards everything that is due wakes at once. */
  sleep(milliseconds: number): Promise<void>;
  /** Puts the wall clock forward or back. Timers run on as they were. */
  jump(milliseconds: number): void;
  /** Milliseconds that passed, whatever the wall clock says. */
  elapsed(): number;
}

/** A clock that stands still until it is advanced. */
export function createFakeClock(startMs: number): FakeClock {
  let now = startMs;
  let jumped = 0;
  const waits: number[] = [];
  const sleepers = new Set<{ readonly due: number; readonly wake: () => void }>();
  return {
    waits,
    now: () => now + jumped,
    elapsed: () => now - startMs,
    jump: (milliseconds) => {
      jumped += milliseconds;
    },
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        waits.push(milliseconds);
        if (signal.aborted) return resolve();
        const wake = () => {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { due: now + milliseconds, wake };
        sleepers.add(sleeper);
        signal.addEventListener('abort', wake);
      }),
    async sleep(milliseconds) {
      now += milliseconds;
      for (const { due, wake } of [...sleepers].sort((a, b) => a.due - b.due)) if (due <= now) wake();
      await pendingWork();
    },
    async advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        await pendingWork();
        const [next] = [...sleepers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
        if (next === undefined) break;
        now = Math.max(now, next.due);
        next.wake();
      }
      now = end;
    },
  };
}

function pendingWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
