import { randomBytes } from 'node:crypto';
import type { Answer, EmulatedRequest } from './exchange';
import type { Faults } from './faults';
import type { Sent } from './listen';
import { type RecordedRequest, toRecord } from './record';

/** Milliseconds that an answer is held back, of every API request or by request. */
export type Latency = number | ((request: RecordedRequest) => number);

/** What happens around every request. */
export interface Surroundings {
  readonly requests: RecordedRequest[];
  readonly faults: Faults;
  readonly latency: () => Latency;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly onRequest: ((request: RecordedRequest) => void) | undefined;
}

/** One server of the emulator: notes a request, lets it fail or be answered, holds the answer back. */
export function serve(
  server: RecordedRequest['server'],
  around: Surroundings,
  answer: (request: EmulatedRequest) => Answer | Promise<Answer>,
): (request: EmulatedRequest) => Promise<Sent> {
  return async (request) => {
    const record = toRecord(server, request);
    around.requests.push(record);
    const fault = around.faults.take(record);
    const answered = fault === undefined || fault === 'lose' ? await answer(request) : fault;
    const latency = around.latency();
    const held = typeof latency === 'function' ? latency(record) : server === 'api' ? latency : 0;
    // What is answered is what was true when the request came.
    if (held > 0) await around.wait(held);
    const given = fault === 'lose' ? 'reset' : answered;
    if (typeof given !== 'string') record.status = given.status;
    around.onRequest?.(record);
    return typeof given === 'string' ? given : withCommonHeaders(given, server, around.now());
  };
}

function withCommonHeaders(answer: Answer, server: 'api' | 'edge', now: number): Answer {
  const date = new Date(now).toUTCString();
  const ray = server === 'api' && { 'cf-ray': `${randomBytes(8).toString('hex')}-EMU` };
  return { ...answer, headers: { date, ...ray, ...answer.headers } };
}
