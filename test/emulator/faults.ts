import type { Answer } from './exchange';
import type { RecordedRequest } from './record';

/** Which request fails: a pattern for `METHOD /path` (e.g. `/^POST .*\/token$/`), or any test of the request. */
export type Match = RegExp | ((request: RecordedRequest) => boolean);

/**
 * How it fails: with this answer (an object is sent as JSON), never (`hang`), with a broken connection (`reset`), or with
 * one that breaks only once the request was carried out, so that its answer is lost (`lose`).
 */
export type FaultAnswer =
  | 'hang'
  | 'reset'
  | 'lose'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | object };

export type Fault = 'hang' | 'reset' | 'lose' | Answer;

export interface Faults {
  /** The next requests that match fail, each with one of these answers, in this order. */
  add(match: Match, ...answers: readonly FaultAnswer[]): void;
  /** The fault that was meant for this request. Each one strikes once, in the order in which they were added. */
  take(request: RecordedRequest): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { readonly match: Match; readonly answer: FaultAnswer }[] = [];
  return {
    add: (match, ...answers) => void waiting.push(...answers.map((answer) => ({ match, answer }))),
    take(request) {
      const index = waiting.findIndex(({ match }) => matches(match, request));
      const [fault] = index < 0 ? [] : waiting.splice(index, 1);
      return fault && toAnswer(fault.answer);
    },
  };
}

function matches(match: Match, request: RecordedRequest): boolean {
  // search() starts at the beginning whatever flags the pattern has.
  return typeof match === 'function' ? match(request) : `${request.method} ${request.path}`.search(match) >= 0;
}

function toAnswer(answer: FaultAnswer): Fault {
  if (typeof answer === 'string') return answer;
  const { status, headers = {}, body = '' } = answer;
  if (typeof body === 'string') return { status, headers, body };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}
