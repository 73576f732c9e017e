import type { Answer, EmulatedRequest } from './exchange';
import type { FaultAnswer } from './faults';
import { isObject, type JsonObject } from './jsonBody';
import type { Emulator } from './server';

/**
 * The switches of a running emulator for tests in another process, under `/emulator` on the port of the API; `undefined`
 * for any other path. Nothing of it is recorded, fails or is held back.
 *
 *     GET    /emulator             where it is, who can sign in
 *     GET    /emulator/requests    what was asked so far; DELETE forgets it
 *     POST   /emulator/faults      {"match": "^POST .*\/keys$", "answers": [{"status": 503}, "reset", "lose"]}
 *     POST   /emulator/switches    {"latency": 40, "advance": 60000, "rateLimit": {"requests": 5, "seconds": 300}}
 */
export function answerControl(emulator: Emulator, request: EmulatedRequest): Answer | undefined {
  const { method, path, headers, body } = request;
  if (path !== '/emulator' && !path.startsWith('/emulator/')) return undefined;
  // Pages that are open in a browser on this machine have no business here.
  if (headers.origin !== undefined) return json(403, { problem: 'Not for pages' });
  switch (`${method} ${path}`) {
    case 'GET /emulator':
      return json(200, emulator);
    case 'GET /emulator/requests':
      return json(200, emulator.requests);
    case 'DELETE /emulator/requests':
      emulator.requests.length = 0;
      return done();
    case 'POST /emulator/faults':
      return read(body, (sent) => addFaults(emulator, sent));
    case 'POST /emulator/switches':
      return read(body, (sent) => turn(emulator, sent));
    default:
      return json(404, { problem: 'No such switch' });
  }
}

function addFaults(emulator: Emulator, { match, answers }: JsonObject): string | undefined {
  if (typeof match !== 'string') return 'match must be a pattern for METHOD /path';
  if (!Array.isArray(answers) || !answers.every(isFaultAnswer)) return 'answers must be a list of answers';
  emulator.failNext(new RegExp(match), ...answers);
  return undefined;
}

function isFaultAnswer(answer: unknown): answer is FaultAnswer {
  return answer === 'hang' || answer === 'reset' || answer === 'lose' || (isObject(answer) && isCount(answer.status));
}

function turn(emulator: Emulator, { latency, advance, rateLimit, ...rest }: JsonObject): string | undefined {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) return `There is no switch ${unknown}`;
  if (latency !== undefined && !isCount(latency)) return 'latency must be milliseconds';
  if (advance !== undefined && !isCount(advance)) return 'advance must be milliseconds';
  const { requests, seconds } = isObject(rateLimit) ? rateLimit : {};
  if (rateLimit !== undefined && !(isCount(requests) && isCount(seconds)))
    return 'rateLimit must be requests and seconds';
  if (isCount(latency)) emulator.latency = latency;
  if (isCount(advance)) emulator.advance(advance);
  if (isCount(requests) && isCount(seconds)) emulator.rateLimit = { requests, seconds };
  return undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** 204 when `act` took what was sent, 400 with what is wrong with it else. */
function read(body: string, act: (sent: JsonObject) => string | undefined): Answer {
  try {
    const sent: unknown = JSON.parse(body);
    const problem = isObject(sent) ? act(sent) : 'The body must be a JSON object';
    return problem === undefined ? done() : json(400, { problem });
  } catch (error) {
    return json(400, { problem: String(error) });
  }
}

function json(status: number, body: object): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

function done(): Answer {
  return { status: 204, headers: {}, body: '' };
}
