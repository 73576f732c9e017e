import { invalid } from './answers';
import type { Answer, EmulatedRequest } from './exchange';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object in a request's body (`undefined` when there is no body), or the refusal. */
export function readBody({
  headers,
  body,
}: EmulatedRequest): { readonly body: JsonObject | undefined } | { readonly refused: Answer } {
  if (body === '') return { body: undefined };
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    return { refused: invalid('', 'A body must be sent as application/json') };
  }
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? { body: value } : { refused: invalid('', 'The body must be a JSON object') };
  } catch {
    return { refused: invalid('', 'The body is not JSON') };
  }
}
