import type { Span } from './anchor';
import { ID_LENGTH } from './findIds';

/** Something at the wrong place of an address of Stream; where in the line, in UTF-16 units. */
export interface Misplaced extends Span {
  /**
   * `tokenInQuery`: a token that belongs in the path, where the id is. `accountAsCode`: an id after `customer-`, where
   * the account has another code.
   */
  readonly code: 'tokenInQuery' | 'accountAsCode';
}

/** An address up to the value of a parameter that can only be meant to hold a token. */
const TOKEN_PARAMETER =
  /(?:^|[^\w/-]|\/\/)(?:[a-z\d-]+\.)*(?:cloudflarestream\.com|videodelivery\.net)(?::\d+)?\/[^\s?"'`<>]*\?(?:[^\s?"'`<>]*&(?:amp;)?)?(?:\w*token|jwt|signature)=$/i;
/** Longer addresses are none. */
const MAX_HEAD = 1000;
const CUSTOMER_HOST = /\.cloudflarestream\.com(?![\w.-])/i;

/**
 * Finds what people put at the wrong place of a delivery URL: `?token=…`, which Stream does not read, and
 * `customer-<account id>`, which is nobody's host. Source: https://developers.cloudflare.com/stream/viewing-videos/securing-your-stream/
 */
export function findMisplaced(
  line: string,
  { ids, tokens }: { readonly ids: readonly number[]; readonly tokens: readonly Span[] },
): readonly Misplaced[] {
  return [
    ...tokens
      .filter(({ start }) => TOKEN_PARAMETER.test(line.slice(Math.max(0, start - MAX_HEAD), start)))
      .map(({ start, end }) => ({ code: 'tokenInQuery', start, end }) as const),
    ...ids
      .map((start) => ({ code: 'accountAsCode', start, end: start + ID_LENGTH }) as const)
      .filter(({ start, end }) => line.slice(0, start).endsWith('customer-') && isHostEnd(line.slice(end, end + 40))),
  ];
}

function isHostEnd(behind: string): boolean {
  return CUSTOMER_HOST.exec(behind)?.index === 0;
}
