import type { TokenProblem } from '../stream/token/tokenProblems';
import type { Misplaced } from './misplaced';

/** What can be wrong with a token in a document. */
export type ProblemKind = TokenProblem['code'] | Misplaced['code'];

/** How each kind is shown unless settings say otherwise; package.json has the same for the settings editor. */
export const PROBLEM_SEVERITIES: Readonly<Record<ProblemKind, 'error' | 'warning' | 'information' | 'hint'>> = {
  expired: 'warning',
  expiresSoon: 'information',
  over24Hours: 'warning',
  milliseconds: 'error',
  keyRevoked: 'warning',
  keyUnknown: 'hint',
  rulesNeverReached: 'warning',
  blocksNobody: 'warning',
  tokenInQuery: 'warning',
  accountAsCode: 'warning',
};
