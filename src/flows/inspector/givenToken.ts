import * as l10n from '@vscode/l10n';
import { type ReadToken, readToken } from '../../stream/token/claims';
import { type Comparison, compareTokens } from './compareTokens';

/** A token as it was given. It is secret enough to stand in no link, title or saved state. */
export interface Given {
  readonly token: string;
  /** The delivery URL that it was found in. */
  readonly url?: string;
}

export function readGiven({ token }: Given): ReadToken | undefined {
  const result = readToken(token);
  return result.ok ? result.token : undefined;
}

export function compareGiven(given: Given, other: Given): Comparison | undefined {
  const [first, second] = [readGiven(given), readGiven(other)];
  if (first === undefined || second === undefined) return undefined;
  return compareTokens({ name: l10n.t('First token'), token: first }, { name: l10n.t('Second token'), token: second });
}
