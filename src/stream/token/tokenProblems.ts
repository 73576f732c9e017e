import type { ReadToken } from './claims';
import { lintRules } from './lintRules';

/** What a person who has a token in their code should know of it; instants are epoch seconds. */
export type TokenProblem =
  | { readonly code: 'expired'; readonly since: number }
  | { readonly code: 'expiresSoon'; readonly until: number }
  | { readonly code: 'over24Hours' }
  | { readonly code: 'milliseconds'; readonly claim: 'exp' | 'nbf' }
  | { readonly code: 'keyRevoked' | 'keyUnknown'; readonly kid: string }
  /** Rules, counted from 0, behind one that matches everyone. */
  | { readonly code: 'rulesNeverReached'; readonly rules: readonly number[]; readonly by: number }
  /** Viewers are allowed by name, and so is everyone else: because nothing blocks them, or by a rule. */
  | { readonly code: 'blocksNobody'; readonly because: 'openEnd' | 'blocksNobody' };

export interface ProblemContext {
  /** Epoch seconds. */
  readonly now: number;
  /** How long before its end a token is mentioned, in seconds. */
  readonly warnBefore: number;
  /** The keys of this machine by their ids: whether each is revoked. Empty when none is known. */
  readonly keys: ReadonlyMap<string, boolean>;
}

export interface TokenProblems {
  readonly problems: readonly TokenProblem[];
  /** The first moment (epoch seconds) at which there may be others, only because time passed. */
  readonly changesAt?: number;
}

const DAY = 86_400;
/** A clock that runs a little behind the signer's makes no long life of 24 h. */
const SKEW = 60;

/**
 * Judges a token by what is known here, without asking anyone. One that has expired is not blamed for more than that and
 * for what another one with its rules would have too. Source of the 24 h and of the seconds:
 * https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/
 */
export function tokenProblems(token: ReadToken, { now, warnBefore, keys }: ProblemContext): TokenProblems {
  const { expiry } = token;
  const end = expiry?.kind === 'seconds' ? expiry.seconds : undefined;
  const expired = end !== undefined && now >= end;
  const key = keyProblem(token, keys);
  const changes = end === undefined ? [] : [end - DAY - SKEW, end - warnBefore, end].filter((moment) => moment > now);
  return {
    problems: [
      ...(expired ? [{ code: 'expired', since: end } as const] : []),
      ...token.oddities.flatMap((oddity): readonly TokenProblem[] =>
        oddity.code === 'milliseconds' ? [{ code: 'milliseconds', claim: oddity.claim }] : [],
      ),
      ...(end !== undefined && !expired && now >= end - warnBefore
        ? [{ code: 'expiresSoon', until: end } as const]
        : []),
      ...(end !== undefined && !expired && livesOver24Hours(token, end, now) ? [{ code: 'over24Hours' } as const] : []),
      ...(key !== undefined && !(expired && key.code === 'keyUnknown') ? [key] : []),
      ...ruleProblems(token),
    ],
    ...(changes.length > 0 && { changesAt: Math.min(...changes) }),
  };
}

/** Whether a token that ends at a moment to come (all in epoch seconds) lives longer than Cloudflare documents, as far as can be told. */
export function livesOver24Hours({ claims: { iat }, oddities }: ReadToken, end: number, now: number): boolean {
  const begun = typeof iat === 'number' && iat > 0 ? Math.min(iat, now) : now;
  return end - begun > DAY + SKEW || oddities.some(({ code }) => code === 'over24Hours');
}

function keyProblem({ header, claims }: ReadToken, keys: ReadonlyMap<string, boolean>): TokenProblem | undefined {
  const kid = [header.kid, claims.kid].find((id) => typeof id === 'string');
  if (kid === undefined || keys.size === 0) return undefined;
  const revoked = keys.get(kid);
  if (revoked === undefined) return { code: 'keyUnknown', kid };
  return revoked ? { code: 'keyRevoked', kid } : undefined;
}

function ruleProblems({ rules = [] }: ReadToken): readonly TokenProblem[] {
  const warnings = lintRules(rules);
  const unreached = warnings.flatMap((warning) => (warning.code === 'neverReached' ? [warning] : []));
  const [first] = unreached;
  const open = warnings.find(({ code }) => code === 'openEnd' || code === 'blocksNobody');
  return [
    ...(first === undefined
      ? []
      : [{ code: 'rulesNeverReached', rules: unreached.map(({ index }) => index), by: first.by } as const]),
    ...(open === undefined
      ? []
      : [{ code: 'blocksNobody', because: open.code as 'openEnd' | 'blocksNobody' } as const]),
  ];
}
