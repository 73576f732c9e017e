/** One entry of `accessRules` as it was read. Cloudflare goes through them in order; the first that matches decides. */
export type RuleReading =
  | { readonly kind: 'any'; readonly action: RuleAction }
  | { readonly kind: 'country'; readonly action: RuleAction; readonly countries: readonly string[] }
  | { readonly kind: 'ip'; readonly action: RuleAction; readonly ranges: readonly string[] }
  /** `otherList`: it has a list that does not go with its type, and nobody knows which of the two was meant. */
  | { readonly kind: 'unreadable'; readonly json: string; readonly otherList?: true };

export type RuleAction = 'allow' | 'block';

/** One entry of `accessRules` as it is written, in the API's own form. */
export type AccessRule =
  | { readonly type: 'any'; readonly action: RuleAction }
  /** IPv4 or IPv6 addresses or CIDR ranges. */
  | { readonly type: 'ip.src'; readonly action: RuleAction; readonly ip: readonly string[] }
  /** ISO 3166-1 alpha-2 codes in upper case. */
  | { readonly type: 'ip.geoip.country'; readonly action: RuleAction; readonly country: readonly string[] };

/** https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/: at most five rules in a token. */
export const MAX_RULES = 5;

/**
 * Reads the `accessRules` claim. Nothing there is an empty list; something that is not a list is `undefined`.
 * Source: https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/ (types `any`, `ip.src`,
 * `ip.geoip.country`; actions `allow`, `block`).
 */
export function readRules(claim: unknown): readonly RuleReading[] | undefined {
  if (claim === undefined || claim === null) return [];
  return Array.isArray(claim) ? claim.map(readRule) : undefined;
}

function readRule(value: unknown): RuleReading {
  const rule = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const { type, action, country, ip } = rule;
  const otherList = hasOtherList(rule);
  if (!otherList && (action === 'allow' || action === 'block')) {
    if (type === 'any') return { kind: 'any', action };
    if (type === 'ip.geoip.country' && isTextList(country)) return { kind: 'country', action, countries: country };
    if (type === 'ip.src' && isTextList(ip)) return { kind: 'ip', action, ranges: ip };
  }
  return {
    kind: 'unreadable',
    json: JSON.stringify(value) ?? String(value),
    ...(otherList && { otherList }),
  };
}

function hasOtherList({ type, country, ip }: Readonly<Record<string, unknown>>): boolean {
  switch (type) {
    case 'any':
      return isThere(country) || isThere(ip);
    case 'ip.geoip.country':
      return isThere(ip);
    case 'ip.src':
      return isThere(country);
    default:
      return false;
  }
}

/** Whether a field has anything in it that could be meant. */
function isThere(list: unknown): boolean {
  return list !== undefined && list !== null && !(Array.isArray(list) && list.length === 0);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string');
}
