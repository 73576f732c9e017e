import { createWire, type Wire } from '../../../../../src/stream/api/wire';
import type { TokenRequestWithKey } from '../../../../../src/stream/token/options';
import { createFakeClock, type FakeClock } from '../../../support/fakeClock';
import { type RawHandlers, type RawServer, startRawServer } from './rawServer';

/** Fri, 15 Jan 2027 08:00:00 GMT */
export const NOW = Date.UTC(2027, 0, 15, 8);

/** One fault and the wire it happens to, with time that only passes where it is waited for. */
export interface Stage {
  readonly clock: FakeClock;
  readonly wire: Wire;
  /** What the fault says when nothing more will come until time passes. */
  readonly stuck: () => void;
  /** How often fetch was called. */
  attempts(): number;
  /** Lets time pass, in half seconds, whenever nothing else can happen, until the work is done or so many milliseconds have passed. */
  play<T>(work: Promise<T>, untilMs?: number): Promise<T | undefined>;
}

export interface Fault {
  /** The row of the fault, e.g. `F4`. */
  readonly row: string;
  readonly name: string;
  /** Whether reading, making a token and making a key are repeated (`r`) or not (`-`), e.g. `rr-`; `.` where the row has nothing to say. */
  readonly repeated: string;
  /** Whether nothing at all happens after a request leaves. */
  readonly silent?: true;
  /** Whether one request that goes well comes before. */
  readonly warm?: true;
  /** What the token is asked for with; nothing unless said. */
  readonly token?: TokenRequestWithKey;
  /** What the server does. Without it the fault is in the connection. */
  readonly server?: (stage: Stage) => RawHandlers;
  /** How the server is reached: `http://127.0.0.1:port` with the fetch of Node, unless said. */
  readonly reach?: (port: number, stage: Stage) => Promise<Reached>;
}

export interface Reached {
  readonly origin: string;
  readonly fetch?: typeof globalThis.fetch;
  close?(): Promise<void>;
}

/** A fault that only shows in what a person does. Plays it and answers what was said. */
export interface Scene {
  readonly row: string;
  readonly name: string;
  play(): Promise<readonly string[]>;
}

/** Sets a fault up, does something with it, and takes it down. */
export async function withFault<T>(
  fault: Pick<Fault, 'server' | 'reach' | 'silent'>,
  act: (stage: Stage, server: RawServer | undefined) => Promise<T>,
): Promise<T> {
  const clock = createFakeClock(NOW);
  let attempts = 0;
  let under = 0;
  let isStuck = false;
  let happened = Promise.withResolvers<void>();
  const tell = () => {
    happened.resolve();
    happened = Promise.withResolvers();
  };
  const stage: Stage = {
    clock,
    get wire() {
      return wire;
    },
    stuck() {
      isStuck = true;
      tell();
    },
    attempts: () => attempts,
    async play(work, untilMs = Number.POSITIVE_INFINITY) {
      let done = false;
      const ended = work.finally(() => {
        done = true;
      });
      ended.catch(() => {});
      for (;;) {
        await clock.advance(0);
        if (done || clock.elapsed() >= untilMs) break;
        if (under === 0 || isStuck) await clock.advance(Math.min(500, untilMs - clock.elapsed()));
        else await Promise.race([ended, happened.promise]);
      }
      return done ? ended : undefined;
    },
  };
  const server = fault.server && (await startRawServer(fault.server(stage)));
  const port = server?.port ?? 0;
  const reached = (await fault.reach?.(port, stage)) ?? { origin: `http://127.0.0.1:${port}` };
  const wire = createWire({
    origin: reached.origin,
    clock,
    random: () => 1,
    fetch: () => (input, init) => {
      attempts++;
      under++;
      isStuck = fault.silent === true;
      init?.signal?.addEventListener('abort', () => {
        under--;
        tell();
      });
      return (reached.fetch ?? globalThis.fetch)(input, init);
    },
  });
  try {
    return await act(stage, server);
  } finally {
    await reached.close?.();
    await server?.close();
  }
}
