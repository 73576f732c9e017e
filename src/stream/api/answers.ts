import * as v from 'valibot';
import type { ApiError, Failure, Outcome, Refusal } from '../failure';
import { failed, succeeded } from '../failure';
import { isId } from '../id';
import type { HttpAnswer } from './http';
import { lenient, text } from './lenient';

/** A line of the `messages` list that comes with some answers. */
export interface ApiMessage {
  readonly code?: number;
  readonly message: string;
}

// Entries are read one by one: an odd notice must hide neither the result nor the refusal it came with.
const notices = lenient(v.array(v.unknown()));
const notice = v.object({
  code: lenient(v.number()),
  message: text,
  documentation_url: text,
  source: lenient(v.object({ pointer: text })),
  error_chain: notices,
});
const envelope = v.object({
  success: v.boolean(),
  errors: notices,
  messages: notices,
  result: v.optional(v.unknown()),
  total: lenient(v.number()),
});

/**
 * Reads an answer of the API: what the schema makes of its `result`, or why there is none; its `messages` are handed over
 * either way. Unknown fields are ignored, since Cloudflare adds some from time to time; only fields that are used are
 * checked.
 */
export function readAnswer<S extends v.GenericSchema>(
  answer: HttpAnswer,
  schema: S,
  now: number,
  onMessage: (message: ApiMessage) => void = () => {},
  /** Told how many there are of what was listed, when the answer counts them. */
  onTotal: (total: number) => void = () => {},
): Outcome<v.InferOutput<S>> {
  const body = parseEnvelope(answer.text);
  for (const message of readNotices(body?.messages)) onMessage(toMessage(message));
  const refused = answer.status >= 400 || body?.success === false;
  if (refused) return failed(refusal(answer, body, now));
  if (body === undefined) {
    return isPage(answer)
      ? failed({ code: 'notCloudflare', status: answer.status })
      : failed(unexpected(answer, answer.text.trim() === '' ? 'empty' : 'no JSON envelope'));
  }
  const result = v.safeParse(schema, body.result);
  if (!result.success)
    return failed(unexpected(answer, ['result', v.getDotPath(result.issues[0]) ?? []].flat().join('.')));
  if (body.total != null) onTotal(body.total);
  return succeeded(result.output);
}

function isPage({ contentType, text }: HttpAnswer): boolean {
  return /html/i.test(contentType) || /^\s*</.test(text);
}

type Envelope = v.InferOutput<typeof envelope>;

function parseEnvelope(text: string): Envelope | undefined {
  try {
    const parsed = v.safeParse(envelope, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // The error of JSON.parse quotes the text; it is dropped on purpose.
    return undefined;
  }
}

function refusal(answer: HttpAnswer, body: Envelope | undefined, now: number): Failure {
  const { status, ray } = answer;
  const said: Refusal = {
    status,
    errors: readNotices(body?.errors).flatMap(toErrors),
    ...(ray !== undefined && { ray }),
  };
  if (status === 407) return { code: 'proxyLogin' };
  // The API refuses in JSON; its edge sends pages for 403, 429 and 5xx. Any other page is somebody else's.
  const foreign = status === 511 || (status < 500 && status !== 403 && status !== 429);
  if (body === undefined && foreign && isPage(answer)) return { code: 'notCloudflare', status };
  if (status === 401) return { code: 'unauthorized', ...said };
  if (status === 403)
    return body === undefined
      ? { code: 'blocked', status, ...(ray !== undefined && { ray }) }
      : { code: 'forbidden', ...said };
  if (status === 404) return { code: 'notFound', ...said, ...(answer.repeated && { repeated: true }) };
  if (status === 429) {
    const { retryAfter } = answer;
    return {
      code: 'rateLimited',
      ...said,
      ...(retryAfter !== undefined && { retryAt: Math.ceil(now / 1000) + retryAfter }),
    };
  }
  if (status >= 500) return { code: 'serverTrouble', ...said };
  // 6003: the Authorization header was malformed, so it is the credential that is wrong, not the request.
  if (said.errors.some((error) => error.code === 6003)) return { code: 'unauthorized', ...said };
  return { code: 'rejected', ...said };
}

type Notice = v.InferOutput<typeof notice>;

function readNotices(entries: readonly unknown[] | null | undefined): readonly Notice[] {
  return (entries ?? []).flatMap((entry) => {
    const read = v.safeParse(notice, typeof entry === 'string' ? { message: entry } : entry);
    return read.success ? [read.output] : [];
  });
}

function toErrors(error: Notice): readonly ApiError[] {
  return [toError(error), ...readNotices(error.error_chain).map(toError)];
}

function toError({ code, message, source, documentation_url: documentationUrl }: Notice): ApiError {
  const pointer = source?.pointer;
  return {
    code: code ?? 0,
    message: message ?? '',
    ...(pointer && { pointer }),
    ...(documentationUrl && { documentationUrl }),
  };
}

function toMessage({ code, message }: Notice): ApiMessage {
  return { message: message ?? '', ...(code != null && { code }) };
}

function unexpected(answer: HttpAnswer, detail: string): Failure {
  return { code: 'unexpectedAnswer', detail, ...(answer.ray !== undefined && { ray: answer.ray }) };
}

const id = v.pipe(v.string(), v.check(isId));

export const accountsAnswer = v.array(v.object({ id, name: text }));

export const tokenStatusAnswer = v.object({ status: v.string() });

export const tokenAnswer = v.object({
  token: v.pipe(v.string(), v.maxLength(16_384), v.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)),
});

const listedKey = v.pipe(
  v.object({ id: text, key_id: text, created: text }),
  v.transform(({ id: keyId, key_id: otherName, created }) => ({ id: keyId ?? otherName, created })),
  v.object({ id, created: text }),
);
/** A damaged entry is left out, and then nobody may conclude that a key is not there. */
export const keysAnswer = v.pipe(
  v.array(v.unknown()),
  v.transform((entries) => {
    const keys = entries.flatMap((entry) => {
      const key = v.safeParse(listedKey, entry);
      return key.success ? [key.output] : [];
    });
    return { keys, complete: keys.length === entries.length };
  }),
);

/** An id in any of its spellings; empty when it is none. */
const anyId = (name: string | null | undefined) => {
  const id = name?.trim().toLowerCase() ?? '';
  return isId(id) ? id : '';
};
/**
 * Cloudflare sends a key once, so whatever has a part of it is taken: with an id alone, a key that is of no use can at least
 * be named and deleted; a private half may say its id itself, or be kept without one.
 */
export const createdKeyAnswer = v.pipe(
  v.object({ id: text, key_id: text, pem: text, jwk: text, created: text }),
  v.transform(({ id, key_id: otherName, ...rest }) => ({ ...rest, id: anyId(id) || anyId(otherName) })),
  v.forward(
    v.check(({ id, pem, jwk }) => Boolean(id || pem || jwk)),
    ['id'],
  ),
);

/** `ok` in the reference, `Revoked` in the guide, and nothing that anyone needs. */
export const deletedKeyAnswer = v.unknown();
