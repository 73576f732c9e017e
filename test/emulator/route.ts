import type { EmulatedAccount } from './accounts';
import { notFound, notPermitted, unauthorized } from './answers';
import type { Grant } from './credentials';
import type { Answer, EmulatedRequest } from './exchange';
import { type JsonObject, readBody } from './jsonBody';
import type { State } from './state';
import type { EmulatedVideo } from './video';

/** A request whose credential is good. */
export interface Call {
  readonly state: State;
  readonly request: EmulatedRequest;
  readonly grant: Grant;
  /** What the parts of the path in parentheses were. */
  readonly ids: readonly string[];
}

type Answers<Extra extends readonly unknown[]> = (...of: [...Extra, Call]) => Answer | Promise<Answer>;

/** One operation of the API. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: RegExp;
  readonly answer: Answers<[]>;
  /** Here a credential that nobody issued is "invalid", not an "authentication error". */
  readonly verifies?: true;
}

/** A path below `/client/v4`; `ID` stands for 32 hex digits. */
export function path(pattern: string): RegExp {
  return new RegExp(`^/client/v4${pattern.replaceAll('ID', '([0-9a-f]{32})')}$`);
}

/** An answer that needs an account which the credential may use. */
export function inAccount(answer: Answers<[EmulatedAccount]>): Route['answer'] {
  return (call) => {
    const { state, grant, request, ids } = call;
    const account = state.accounts.find(({ id }) => id === ids[0]);
    // An account that is not there and one that others own look the same.
    if (account === undefined || !grant.accountIds.includes(account.id) || grant.expiredOn !== undefined)
      return unauthorized();
    const reads = request.method === 'GET' || request.method === 'HEAD';
    return reads || grant.writes ? answer(account, call) : notPermitted();
  };
}

/** An answer that needs one of the account's videos. */
export function onVideo(answer: Answers<[EmulatedVideo, EmulatedAccount]>): Route['answer'] {
  return inAccount((account, call) => {
    const video = account.videos.find(({ uid }) => uid === call.ids[1]);
    return video === undefined ? notFound() : answer(video, account, call);
  });
}

/** An answer that needs the JSON object in the body, `undefined` when there is no body. */
export function withBody(
  request: EmulatedRequest,
  answer: (body: JsonObject | undefined) => Answer | Promise<Answer>,
): Answer | Promise<Answer> {
  const read = readBody(request);
  return 'refused' in read ? read.refused : answer(read.body);
}
