import { invalid, success } from './answers';
import type { Answer } from './exchange';
import { isObject, type JsonObject } from './jsonBody';
import type { EmulatedLiveInput } from './liveInput';

type Check = (value: unknown) => string | undefined;

const isBoolean: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean');
const isStrings: Check = (value) =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? undefined : 'must be a list of strings';

const FIELDS: Readonly<Record<string, Check>> = {
  meta: (value) => (isObject(value) ? undefined : 'must be an object'),
  enabled: isBoolean,
  preferLowLatency: isBoolean,
  defaultCreator: (value) => (typeof value === 'string' ? undefined : 'must be a string'),
  deleteRecordingAfterDays: (value) =>
    value === null || (typeof value === 'number' && value >= 30) ? undefined : 'must be at least 30',
  recording: (value) => (isObject(value) ? undefined : 'must be an object'),
};

const RECORDING_FIELDS: Readonly<Record<string, Check>> = {
  mode: (value) => (value === 'off' || value === 'automatic' ? undefined : 'must be off or automatic'),
  requireSignedURLs: isBoolean,
  allowedOrigins: isStrings,
  timeoutSeconds: (value) => (Number.isInteger(value) && Number(value) >= 0 ? undefined : 'must be an integer'),
  hideLiveViewerCount: isBoolean,
};

/**
 * `PUT …/live_inputs/{uid}`: sets the fields that were sent and leaves the rest, inside `recording` too. One wrong field
 * changes nothing; fields nobody knows are ignored. Recordings that are there already keep their own settings.
 *
 * @param now milliseconds since the epoch
 */
export function editLiveInput(input: EmulatedLiveInput, body: JsonObject | undefined, now: number): Answer {
  if (body === undefined) return invalid('', 'There must be a body');
  const { recording = {}, ...fields } = body;
  const problem = problemIn(body, FIELDS, '') ?? problemIn(recording, RECORDING_FIELDS, '/recording');
  if (problem !== undefined) return invalid(problem.pointer, problem.message);
  Object.assign(input, known(fields, FIELDS), {
    recording: { ...input.recording, ...known(recording, RECORDING_FIELDS) },
    modified: new Date(now).toISOString(),
  });
  if (body.deleteRecordingAfterDays === null) delete input.deleteRecordingAfterDays;
  return success(input);
}

function problemIn(sent: unknown, checks: Readonly<Record<string, Check>>, where: string) {
  for (const [name, value] of entries(sent, checks)) {
    const message = checks[name]?.(value);
    if (message !== undefined) return { pointer: `${where}/${name}`, message: `${name} ${message}` };
  }
  return undefined;
}

function known(sent: unknown, checks: Readonly<Record<string, Check>>): JsonObject {
  return Object.fromEntries(entries(sent, checks));
}

function entries(sent: unknown, checks: Readonly<Record<string, Check>>): [string, unknown][] {
  return isObject(sent) ? Object.entries(sent).filter(([name]) => Object.hasOwn(checks, name)) : [];
}
