import type { ReadToken } from './claims';
import { DEFAULT_LIFETIME, type TokenOptions } from './options';
import { type AccessRule, MAX_RULES, type RuleReading } from './rules';

/** The options that a token was probably signed with, so that another one can be signed like it. */
export interface OptionsOfToken {
  readonly options: TokenOptions;
  /** `lifetime`: nothing tells when it was signed. `rules`: they can't be taken over as they are. */
  readonly lost: readonly ('lifetime' | 'rules')[];
}

/** Cloudflare's API sets `nbf` an hour before the moment of signing. */
const API_HEAD_START = 3600;

/**
 * Reads a token's options back. Instants become durations: what was good for two hours is to be good for two hours again.
 * When it was signed stands in `iat`, which some software writes, else follows from `nbf`. The not-before itself is not
 * taken over, since it says nothing about another day.
 */
export function optionsOf(token: ReadToken): OptionsOfToken {
  const { claims } = token;
  const lifetime = lifetimeOf(token);
  const rules = token.rules?.map(writtenRule);
  const rulesLost = rules === undefined || rules.includes(undefined) || rules.length > MAX_RULES;
  const original = originalOf(claims.flags);
  return {
    options: {
      ...(lifetime !== undefined &&
        lifetime !== DEFAULT_LIFETIME && { expiry: { kind: 'fromNow', seconds: lifetime } as const }),
      ...(claims.downloadable === true && { downloadable: true }),
      ...(!rulesLost && rules.length > 0 && { accessRules: rules.filter((rule) => rule !== undefined) }),
      ...(original !== undefined && { original }),
    },
    lost: [...(lifetime === undefined ? ['lifetime' as const] : []), ...(rulesLost ? ['rules' as const] : [])],
  };
}

function lifetimeOf({ claims, expiry, notBefore }: ReadToken): number | undefined {
  if (expiry?.kind !== 'seconds') return undefined;
  const { iat } = claims;
  if (typeof iat === 'number' && Number.isInteger(iat) && iat < expiry.seconds) return expiry.seconds - iat;
  if (notBefore?.kind !== 'seconds') return undefined;
  const span = expiry.seconds - notBefore.seconds;
  // Only the API writes its times as text.
  const lifetime = notBefore.asString && span > API_HEAD_START ? span - API_HEAD_START : span;
  return lifetime > 0 ? lifetime : undefined;
}

function writtenRule(rule: RuleReading): AccessRule | undefined {
  switch (rule.kind) {
    case 'any':
      return { type: 'any', action: rule.action };
    case 'country':
      return { type: 'ip.geoip.country', action: rule.action, country: rule.countries };
    case 'ip':
      return { type: 'ip.src', action: rule.action, ip: rule.ranges };
    case 'unreadable':
      return undefined;
  }
}

function originalOf(flags: unknown): boolean | undefined {
  const original: unknown = typeof flags === 'object' && flags !== null ? Reflect.get(flags, 'original') : undefined;
  return typeof original === 'boolean' ? original : undefined;
}
