import { type IpRange, isWithin, readRange } from './ipRange';
import type { RuleAction, RuleReading } from './rules';

/** Who wants to watch; what is not known is absent. */
export interface Viewer {
  /** One IPv4 or IPv6 address. */
  readonly ip?: string;
  /** ISO 3166-1 alpha-2, as Cloudflare finds it for the address. */
  readonly country?: string;
}

export interface ViewerVerdict {
  readonly action: RuleAction;
  /** The rule that decided, counted from 0; undefined when none matched. */
  readonly index: number | undefined;
  /**
   * The rules before it that could not be judged and were passed over: they ask for what is not known, can't be read, or
   * have the viewer's country in small letters.
   */
  readonly unjudged: readonly number[];
}

/**
 * Finds the first rule that matches a viewer; who matches none is allowed. IPv4 ranges match no IPv6 viewers, and the
 * reverse. Source: https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/
 */
export function firstMatch(rules: readonly RuleReading[], viewer: Viewer): ViewerVerdict {
  const address = viewer.ip === undefined ? undefined : readAddress(viewer.ip);
  const country = viewer.country?.toUpperCase();
  const unjudged: number[] = [];
  for (const [index, rule] of rules.entries()) {
    const fits = matches(rule, address, country);
    if (fits === undefined || rule.kind === 'unreadable') unjudged.push(index);
    else if (fits) return { action: rule.action, index, unjudged };
  }
  return { action: 'allow', index: undefined, unjudged };
}

/** Reads one address; undefined for anything else, also for a range. */
export function readAddress(text: string): IpRange | undefined {
  return text.includes('/') ? undefined : readRange(text);
}

function matches(rule: RuleReading, address: IpRange | undefined, country: string | undefined): boolean | undefined {
  switch (rule.kind) {
    case 'any':
      return true;
    case 'country':
      if (country === undefined) return undefined;
      if (rule.countries.includes(country)) return true;
      return rule.countries.some((code) => code.toUpperCase() === country) ? undefined : false;
    case 'ip':
      return address === undefined
        ? undefined
        : rule.ranges.some((text) => {
            const range = readRange(text);
            return range !== undefined && isWithin(address, range);
          });
    case 'unreadable':
      return undefined;
  }
}
