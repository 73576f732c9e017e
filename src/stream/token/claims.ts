import { isId } from '../id';
import { type DuplicateKeys, duplicateKeys } from './duplicateKeys';
import { type Instant, readInstant } from './instant';
import { MAX_RULES, type RuleReading, readRules } from './rules';

/** Stream's tokens have 0.6 to 2 KB; a longer one is not looked at. */
const MAX_TOKEN_CHARACTERS = 16_384;
/** Deeper JSON parses, but printing it again overflows the stack. */
const MAX_DEPTH = 32;

/** What is unusual about a token that could be read all the same. */
export type Oddity =
  | { readonly code: 'simulated' }
  | { readonly code: 'noAlgorithm' }
  | { readonly code: 'algorithm'; readonly algorithm: string }
  | { readonly code: 'critical' }
  | { readonly code: 'noSubject' }
  | { readonly code: 'subjectNotId' }
  | { readonly code: 'noKeyId' }
  | { readonly code: 'keyIdsDiffer' }
  | { readonly code: 'noExpiry' }
  | { readonly code: 'milliseconds'; readonly claim: 'exp' | 'nbf' }
  | { readonly code: 'unreadableTime'; readonly claim: 'exp' | 'nbf' }
  | { readonly code: 'neverValid' }
  | { readonly code: 'over24Hours' }
  | { readonly code: 'rulesNotList' }
  | { readonly code: 'tooManyRules'; readonly count: number }
  | { readonly code: 'downloadableNotBoolean' }
  | { readonly code: 'unknownClaim'; readonly claim: string }
  | { readonly code: 'noSignature' }
  /** A name that stands twice in one object: the header or the claims themselves, or one inside of them. */
  | { readonly code: 'duplicate'; readonly claim: string; readonly part?: 'header' | 'payload' }
  /** `+`, `/` or padding: base64, but not that of URLs. */
  | { readonly code: 'standardBase64' }
  /** Bits that no encoder writes at the end of a part: another text for the same bytes. */
  | { readonly code: 'spelling'; readonly part: TokenPart };

export type TokenPart = 'header' | 'payload' | 'signature';

/** A token as it was read: nothing in it is verified. */
export interface ReadToken {
  readonly text: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly expiry?: Instant;
  readonly notBefore?: Instant;
  /** Undefined when the claim is no list. */
  readonly rules: readonly RuleReading[] | undefined;
  readonly oddities: readonly Oddity[];
}

export type TokenProblem =
  | { readonly code: 'tooLong'; readonly characters: number }
  | { readonly code: 'encrypted' }
  | { readonly code: 'parts'; readonly count: number }
  /** Nothing but this one of the three. */
  | { readonly code: 'onePart'; readonly part: 'header' | 'payload' }
  | { readonly code: 'unreadablePart'; readonly part: 'header' | 'payload' };

export type TokenResult =
  | { readonly ok: true; readonly token: ReadToken }
  | { readonly ok: false; readonly problem: TokenProblem };

const KNOWN_CLAIMS = new Set(['sub', 'kid', 'exp', 'nbf', 'downloadable', 'accessRules', 'flags']);
/** Source: workers-sdk, packages/miniflare/src/workers/stream/object.worker.ts */
const SIMULATED_KEY = 'local-mode-key';
const DAY_SECONDS = 86_400;

/**
 * Decodes a bare token without verifying it, and lists what is odd. Lenient on purpose: the API's own tokens carry `exp`
 * and `nbf` as decimal strings, and a sample in Cloudflare's documentation has no `sub`; a strict JWT library refuses
 * both. Never throws.
 */
export function readToken(text: string): TokenResult {
  if (text.length > MAX_TOKEN_CHARACTERS) return problem({ code: 'tooLong', characters: text.length });
  const parts = text.split('.');
  if (parts.length === 1) return readOnePart(text);
  if (parts.length === 5) return problem({ code: 'encrypted' });
  if (parts.length !== 3) return problem({ code: 'parts', count: parts.length });
  const [headerPart = '', payloadPart = '', signature = ''] = parts;
  const header = decodeObject(headerPart);
  if (header === undefined) return problem({ code: 'unreadablePart', part: 'header' });
  const claims = decodeObject(payloadPart);
  if (claims === undefined) return problem({ code: 'unreadablePart', part: 'payload' });
  const found: readonly Oddity[] = [
    ...(signature === '' ? [{ code: 'noSignature' } as const] : []),
    ...(/[+/=]/.test(text) ? [{ code: 'standardBase64' } as const] : []),
    ...spellings({ header: headerPart, payload: payloadPart, signature }),
    ...duplicates('header', header),
    ...duplicates('payload', claims),
  ];
  return { ok: true, token: judge(text, header.json, claims.json, found) };
}

/** The id of the video or live input that a token is for. */
export function videoIdOf({ claims: { sub } }: Pick<ReadToken, 'claims'>): string | undefined {
  return typeof sub === 'string' && isId(sub) ? sub : undefined;
}

/** The id of the key that a token names: in its header, else in its claims. */
export function keyIdOf({ header, claims }: Pick<ReadToken, 'header' | 'claims'>): string | undefined {
  return [header.kid, claims.kid].find((kid): kid is string => typeof kid === 'string' && kid !== '');
}

function duplicates(part: 'header' | 'payload', { duplicates: { outer, inner } }: DecodedPart): readonly Oddity[] {
  return [
    ...outer.map((claim) => ({ code: 'duplicate', claim, part }) as const),
    ...inner.map((claim) => ({ code: 'duplicate', claim }) as const),
  ];
}

function spellings(parts: Readonly<Record<TokenPart, string>>): readonly Oddity[] {
  return (['header', 'payload', 'signature'] as const)
    .filter((part) => !isCanonical(parts[part].replace(/=+$/, '')))
    .map((part) => ({ code: 'spelling', part }));
}

/** Whether the last character has only those bits that belong to the last byte. */
function isCanonical(part: string): boolean {
  if (part.length % 4 === 2) return /[AQgw]$/.test(part);
  return part.length % 4 === 3 ? /[AEIMQUYcgkosw048]$/.test(part) : true;
}

/** A text of the local simulator has one part; so has what a double click takes out of a token. */
function readOnePart(text: string): TokenResult {
  const { json } = decodeObject(text) ?? {};
  // A private key, as the API hands it out, is such a text too: it must not be shown as claims.
  if (json === undefined || json.kty !== undefined) return problem({ code: 'parts', count: 1 });
  if (json.kid === SIMULATED_KEY) return { ok: true, token: judge(text, undefined, json, [{ code: 'simulated' }]) };
  if (json.sub !== undefined || json.exp !== undefined) return problem({ code: 'onePart', part: 'payload' });
  return problem(json.alg === undefined ? { code: 'parts', count: 1 } : { code: 'onePart', part: 'header' });
}

function judge(
  text: string,
  header: Record<string, unknown> | undefined,
  claims: Record<string, unknown>,
  found: readonly Oddity[],
): ReadToken {
  const oddities = [...found];
  if (header !== undefined) {
    if (header.alg === undefined || header.alg === null) oddities.push({ code: 'noAlgorithm' });
    else if (header.alg !== 'RS256') oddities.push({ code: 'algorithm', algorithm: textOf(header.alg) });
    if (header.crit !== undefined || header.b64 === false || header.zip !== undefined)
      oddities.push({ code: 'critical' });
    if (keyIdOf({ header, claims }) === undefined) oddities.push({ code: 'noKeyId' });
    else if (claims.kid !== undefined && header.kid !== claims.kid) oddities.push({ code: 'keyIdsDiffer' });
  }
  if (claims.sub === undefined) oddities.push({ code: 'noSubject' });
  else if (typeof claims.sub !== 'string' || !isId(claims.sub)) oddities.push({ code: 'subjectNotId' });

  const expiry = claims.exp === undefined ? undefined : readInstant(claims.exp);
  const notBefore = claims.nbf === undefined ? undefined : readInstant(claims.nbf);
  if (expiry === undefined) oddities.push({ code: 'noExpiry' });
  for (const [claim, instant] of [
    ['exp', expiry],
    ['nbf', notBefore],
  ] as const) {
    if (instant?.kind === 'milliseconds') oddities.push({ code: 'milliseconds', claim });
    if (instant?.kind === 'unreadable') oddities.push({ code: 'unreadableTime', claim });
  }
  if (expiry?.kind === 'seconds' && notBefore?.kind === 'seconds') {
    if (expiry.seconds <= notBefore.seconds) oddities.push({ code: 'neverValid' });
    // Cloudflare sets nbf an hour back, so a token of the full 24 h spans 25.
    else if (expiry.seconds - notBefore.seconds > DAY_SECONDS + 3600) oddities.push({ code: 'over24Hours' });
  }
  const rules = readRules(claims.accessRules);
  if (rules === undefined) oddities.push({ code: 'rulesNotList' });
  else if (rules.length > MAX_RULES) oddities.push({ code: 'tooManyRules', count: rules.length });
  if (!['boolean', 'undefined'].includes(typeof claims.downloadable)) oddities.push({ code: 'downloadableNotBoolean' });
  for (const claim of Object.keys(claims)) {
    if (!KNOWN_CLAIMS.has(claim)) oddities.push({ code: 'unknownClaim', claim });
  }
  return {
    text,
    header: header ?? {},
    claims,
    ...(expiry && { expiry }),
    ...(notBefore && { notBefore }),
    rules,
    oddities,
  };
}

interface DecodedPart {
  readonly json: Record<string, unknown>;
  readonly duplicates: DuplicateKeys;
}

/** Of base64 in either alphabet, padded or not. */
function decodeObject(part: string): DecodedPart | undefined {
  const body = part.replace(/={1,2}$/, '');
  // `atob` skips white space inside a segment; a token that has any is not the token that was signed.
  if (!/^[\w+/-]+$/.test(body) || body.length % 4 === 1) return undefined;
  try {
    const binary = atob(body.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const json: unknown = JSON.parse(text);
    return isObject(json) && depthWithin(json, MAX_DEPTH) ? { json, duplicates: duplicateKeys(text) } : undefined;
  } catch {
    return undefined;
  }
}

/** A value as text. `String()` throws for an object with a `toString` of its own. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function depthWithin(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((inner) => depthWithin(inner, left - 1));
}

function problem(value: TokenProblem): TokenResult {
  return { ok: false, problem: value };
}
