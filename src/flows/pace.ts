import type { Clock } from '../stream/api/http';

/**
 * Lets everything else in the host have its turn. Whoever does long work calls it between pieces of a few milliseconds;
 * of several who do so, each piece gets a turn of its own.
 */
export type Pace = () => Promise<void>;

/** One pace for all of the work in a host. */
export function createPace(clock: Clock): Pace {
  const { signal } = new AbortController();
  let last = Promise.resolve();
  return () => {
    last = last.then(() => clock.wait(0, signal));
    return last;
  };
}
