import type { NamedKey } from '../flows/keys/pickKey';
import type { LibrarySubject } from '../flows/library/libraryNodes';
import type { SignRequest } from '../flows/signing/signVideo';
import type { Place } from './findInEditor';

// What any caller may pass to a command (a line of the sidebar, a lens, a key binding, junk) as the command takes it.

/** The key of the account that a line of the sidebar stands for or belongs to. */
export function accountKey(argument: unknown): string | undefined {
  return textOf(subjectOf(argument), 'accountKey');
}

export function librarySubject(argument: unknown): LibrarySubject | undefined {
  const { accountKey: key, ...named } = signRequest(argument);
  return key === undefined ? undefined : { accountKey: key, ...named };
}

/** Which of the recent signings a line stands for. */
export function signingId(argument: unknown): string | undefined {
  return textOf(subjectOf(argument), 'signing');
}

export function namedKey(argument: unknown): NamedKey {
  const subject = subjectOf(argument);
  const [key, kid] = ['accountKey', 'kid'].map((name) => textOf(subject, name));
  return { ...(key !== undefined && { accountKey: key }), ...(kid !== undefined && { kid }) };
}

export function signRequest(argument: unknown): SignRequest {
  const subject = subjectOf(argument);
  const [key, videoId, videoName] = ['accountKey', 'videoId', 'videoName'].map((name) => textOf(subject, name));
  return {
    ...(key !== undefined && { accountKey: key }),
    ...(videoId !== undefined && { videoId }),
    ...(videoName !== undefined && { videoName }),
  };
}

/** A request, and where in a document it was made. */
export type SignFrom = SignRequest & { readonly place?: Place };

export function signFrom(argument: unknown): SignFrom {
  const place = placeOf(argument);
  return { ...signRequest(argument), ...(place !== undefined && { place }) };
}

/** The place that a lens stands above. */
export function placeOf(argument: unknown): Place | undefined {
  const place = typeof argument === 'object' && argument !== null && 'place' in argument ? argument.place : undefined;
  if (typeof place !== 'object' || place === null) return undefined;
  const [uri, line, column] = ['uri', 'line', 'column'].map((name): unknown => Reflect.get(place, name));
  const ending = textOf(place, 'ending');
  if (typeof uri !== 'string' || !isCount(line)) return undefined;
  return { uri, line, ...(isCount(column) && { column }), ...(ending !== undefined && { ending }) };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** What a command is about: the subject of a line of the sidebar, or the argument itself. */
function subjectOf(argument: unknown): unknown {
  return typeof argument === 'object' && argument !== null && 'subject' in argument ? argument.subject : argument;
}

function textOf(subject: unknown, name: string): string | undefined {
  const value: unknown = typeof subject === 'object' && subject !== null ? Reflect.get(subject, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}
