import type { Misplaced } from '../../source/misplaced';
import type { Outcome } from '../../stream/failure';
import { type ReadToken, videoIdOf } from '../../stream/token/claims';
import { parseDuration } from '../../stream/token/duration';
import { type TokenProblem, tokenProblems } from '../../stream/token/tokenProblems';
import type { SigningKeys } from '../keys/keys';
import { misplacedSentence, problemSentence } from './problemSentence';
import { type ResignParts, replaceById, resign, resignTitle, type TokenPlace } from './resign';
import { resignExpired, type TokensInDocument } from './resignExpired';

/** What is wrong with a token, and the moment (epoch seconds) at which that may change by itself. */
export interface FoundProblems {
  readonly problems: readonly { readonly kind: TokenProblem['code']; readonly sentence: string }[];
  readonly changesAt?: number;
}

/** What can be said of tokens where they stand in documents, and done with them. */
export interface SourceTokens {
  /** What is wrong with each of some tokens, without a request and without a secret. `warnBefore` is a duration such as `10m`. */
  problems(tokens: readonly ReadToken[], warnBefore: unknown): readonly FoundProblems[];
  /** What is wrong with a part of an address. */
  misplaced(code: Misplaced['code']): string;
  namesVideo(token: ReadToken): boolean;
  /** Puts another token like it in the place of one. */
  resign(place: TokenPlace): Promise<Outcome<void>>;
  /** Does so for every token of a document that has expired. */
  resignExpired(document: TokensInDocument): Promise<Outcome<void>>;
  /** Puts the id of its video in the place of a token. */
  replaceById(place: TokenPlace): Promise<Outcome<void>>;
  /** What re-signing would do, for a menu; undefined when it would sign nothing. */
  resignTitle(token: ReadToken): string | undefined;
}

/** How long before its end a token is mentioned where the setting says nothing that can be read, in seconds. */
const WARN_BEFORE = 600;

export interface SourceTokenParts extends ResignParts {
  readonly keys: Pick<SigningKeys, 'open' | 'list' | 'publicKeys'>;
}

export function createSourceTokens(parts: SourceTokenParts): SourceTokens {
  const { keys, times, now } = parts;
  return {
    problems(tokens, warnBefore) {
      const context = {
        now: now() / 1000,
        warnBefore: secondsOf(warnBefore),
        keys: new Map(keys.publicKeys().map(({ kid, revokedAt }) => [kid, revokedAt !== undefined])),
      };
      return tokens.map((token) => {
        const { problems, ...rest } = tokenProblems(token, context);
        const told = problems.map((problem) => ({ kind: problem.code, sentence: problemSentence(problem, times) }));
        return { problems: told, ...rest };
      });
    },
    misplaced: misplacedSentence,
    namesVideo: (token) => videoIdOf(token) !== undefined,
    resign: (place) => resign(place, parts),
    resignExpired: (document) => resignExpired(document, parts),
    replaceById: (place) => replaceById(place, parts),
    resignTitle: (token) => resignTitle(token, parts.settings),
  };
}

function secondsOf(duration: unknown): number {
  const read = typeof duration === 'string' ? parseDuration(duration) : undefined;
  if (read?.ok) return read.seconds;
  return read?.problem.code === 'zero' ? 0 : WARN_BEFORE;
}
