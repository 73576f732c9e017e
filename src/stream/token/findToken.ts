import { joinTokens } from './joinTokens';
import { plainText } from './plainText';
import { isEncrypted, OBJECT, tokenShape } from './tokenShape';

/** Longest text that is searched, in characters. */
export const MAX_TEXT = 262_144;

const BEHIND = '(?<![\\w-])';
/** Three base64url parts, padded or not, of which the first two begin like a JSON object. */
const SIGNED = new RegExp(`${BEHIND}(?:${OBJECT}[\\w-]*={0,2}\\.){2}[\\w-]*={0,2}`, 'g');
/** Other text begins like that too, but not with the quote behind the brace. */
const SURELY = /^eyJ[\w-]*\.eyJ/;
/** What Cloudflare's local simulator hands out instead of a token: one JSON object in standard base64, no dots. */
const SIMULATED_IN_TEXT = /(?<![\w.+-])eyJ[A-Za-z0-9+]+={0,2}(?![\w.+-])/g;
/** Five parts, of which the second may be empty. */
const ENCRYPTED = new RegExp(`${BEHIND}${OBJECT}[\\w-]*(?:\\.[\\w-]*){4}`, 'g');
/** Nothing but a token, however many parts it has: the decoder says what is missing. */
const ALONE = new RegExp(`^${OBJECT}[\\w-]*(?:\\.[\\w-]*)+$`);
/** The same alone, or one part of a token: the decoder says which. */
const ONE_PART = new RegExp(`^${OBJECT}[\\w+/-]+={0,2}$`);
/** A token in the other alphabet alone: elsewhere a slash begins what stands behind a token in an address. */
const STANDARD = new RegExp(`^(?:${OBJECT}[\\w+/-]*={0,2}\\.){2}[\\w+/-]+={0,2}$`);
/** How logs shorten a token. */
const CUT_OFF = new RegExp(`${BEHIND}${OBJECT}[\\w-]{5,}(?:\\.[\\w-]+){0,2}(?:\\.{3}|…)`);
/** A token at the end of a sentence. */
const DOT_BEHIND = /^([\w-]+\.[\w-]+\.[\w-]+)\.$/;
const SHORTEST = 20;
/** How far before a token its address is looked for. */
const MAX_BEFORE = 2000;

export interface FoundToken {
  /** The token without anything around it. */
  readonly text: string;
  /** What it was taken out of. */
  readonly source: 'bare' | 'url' | 'text';
}

/**
 * Finds the first token in what a person selected or pasted: see {@link findTokens}. Nothing found means `undefined`.
 */
export function findToken(text: string): FoundToken | undefined {
  return findTokens(text)[0];
}

/**
 * Finds all different tokens in what a person selected or pasted, in their order: bare, with `Bearer` or quotes, in a
 * URL, in code, JSON, YAML or a mail, escaped, broken by white space. Where the whole text is one, it may be damaged.
 */
export function findTokens(text: string): readonly FoundToken[] {
  if (text.length > MAX_TEXT) return [];
  const mended = mendText(text);
  const alone = tokenAlone(mended);
  if (alone !== undefined) return [alone];
  const found = new Map<string, FoundToken>();
  for (const { 0: token, index } of matchesIn(mended)) {
    if (!found.has(token)) found.set(token, { text: token, source: sourceOf(mended, index) });
  }
  if (found.size > 0) return [...found.values()];
  const damaged = tokenAlone(mended.replace(/\s+/g, ''));
  return damaged === undefined ? [] : [damaged];
}

/** A pasted text as it was before it was escaped, decorated and broken over lines. */
export function mendText(text: string): string {
  return joinTokens(plainText(text));
}

/** Whether a text has the beginning of a token that something cut off, with dots in place of the rest. */
export function isCutOff(text: string): boolean {
  return text.length <= MAX_TEXT && CUT_OFF.test(mendText(text));
}

function tokenAlone(text: string): FoundToken | undefined {
  const bare = text
    .trim()
    .replace(/^Bearer\s*/i, '')
    .replace(/^["'`]+|(?<!["'`,;])["'`,;]+$/g, '')
    .replace(DOT_BEHIND, '$1');
  const isOne =
    (ALONE.test(bare) && !CUT_OFF.test(bare)) ||
    (STANDARD.test(bare) && tokenShape(bare) === 'whole') ||
    (bare.length > SHORTEST && ONE_PART.test(bare));
  return isOne ? { text: bare, source: 'bare' } : undefined;
}

function matchesIn(text: string): readonly RegExpExecArray[] {
  const encrypted = [...text.matchAll(ENCRYPTED)].filter(([token]) => isEncrypted(token));
  const signed = [...text.matchAll(SIGNED)].filter((match) => isSigned(text, match));
  const simulated = [...text.matchAll(SIMULATED_IN_TEXT)].filter(
    ([token]) => token.length > SHORTEST && tokenShape(token) === 'whole',
  );
  return [...encrypted, ...signed, ...simulated].sort((a, b) => a.index - b.index);
}

function isSigned(text: string, { 0: token, index }: RegExpExecArray): boolean {
  const shape = tokenShape(token);
  if (shape === 'whole') return true;
  const behind = text.slice(index + token.length, index + token.length + 3);
  const isCut = behind.startsWith('…') || behind === '...' || (token.endsWith('.') && behind.startsWith('..'));
  return !isCut && (shape === 'open' || SURELY.test(token));
}

function sourceOf(text: string, index: number): 'url' | 'text' {
  const [word = ''] = text
    .slice(Math.max(0, index - MAX_BEFORE), index)
    .split(/[\s"'`]/)
    .slice(-1);
  return /https?:\/\//i.test(word) ? 'url' : 'text';
}
