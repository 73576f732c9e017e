import * as l10n from '@vscode/l10n';
import { escapeInvisible } from '../../source/cleanText';
import type { ReadToken } from '../../stream/token/claims';
import type { Instant } from '../../stream/token/instant';

/** A token under the name by which it is told from another. */
export interface NamedToken {
  readonly name: string;
  readonly token: ReadToken;
}

/** Two tokens side by side, as far as they say something: their signatures, and so the tokens themselves, are not in it. */
export interface Comparison {
  readonly title: string;
  readonly left: { readonly name: string; readonly text: string };
  readonly right: { readonly name: string; readonly text: string };
  /** What is not the same in both, e.g. `kid` and `exp`. */
  readonly differing: readonly string[];
  /** The same to the letter, with or without the signature; absent when they say the same in another way, or not the same. */
  readonly alike?: 'wholly' | 'butForSignature';
  /** One was signed at Cloudflare and the other here, with the same options. */
  readonly bothWays?: true;
}

/** The order of Cloudflare's own tokens; what else there is comes behind, by name. */
const ORDER = ['alg', 'sub', 'kid', 'exp', 'nbf', 'downloadable', 'accessRules', 'flags'];

/**
 * Compares what two tokens claim. The same is written the same: members in one order, points in time as whole seconds,
 * whether they were numbers or, as in tokens of the API, text.
 */
export function compareTokens(left: NamedToken, right: NamedToken): Comparison {
  const [before, after] = [normalised(left.token), normalised(right.token)];
  return {
    title: l10n.t('Claims: {0} ↔ {1}', left.name, right.name),
    left: { name: left.name, text: pageOf(before) },
    right: { name: right.name, text: pageOf(after) },
    differing: differing(before, after),
    ...likeness(left.token, right.token),
  };
}

interface Normalised {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

function normalised({ header, claims, expiry, notBefore }: ReadToken): Normalised {
  const times = { ...secondsOf('exp', expiry), ...secondsOf('nbf', notBefore) };
  return { header: sorted(header), claims: sorted({ ...claims, ...times }) };
}

/** Milliseconds and what can't be read are a mistake of whoever made the token, and stay as they are. */
function secondsOf(claim: 'exp' | 'nbf', instant: Instant | undefined): Readonly<Record<string, number>> {
  return instant?.kind === 'seconds' ? { [claim]: instant.seconds } : {};
}

/** The same value with the members of every object in one order; lists stay, since the order of rules decides. */
function sorted(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  // Object.fromEntries makes "__proto__" a member like any other.
  return Object.fromEntries(names.map((name) => [name, sortedInside(value[name])]));
}

function sortedInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedInside);
  return typeof value === 'object' && value !== null ? sorted({ ...value }) : value;
}

function rank(name: string): number {
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.length : at;
}

/** YAML, in which a line says one thing: in JSON the comma behind it depends on what follows. */
function pageOf({ header, claims }: Normalised): string {
  const lines = ['header:', ...linesOf(header), 'claims:', ...linesOf(claims)];
  return escapeInvisible(`${lines.join('\n')}\n`);
}

function linesOf(members: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(members).flatMap(([name, value]) => {
    const key = `  ${/^\w+$/.test(name) ? name : JSON.stringify(name)}:`;
    return Array.isArray(value) && value.length > 0
      ? [key, ...value.map((entry) => `    - ${JSON.stringify(entry)}`)]
      : [`${key} ${JSON.stringify(value)}${dateOf(name, value)}`];
  });
}

function dateOf(name: string, value: unknown): string {
  if (typeof value !== 'number' || (name !== 'exp' && name !== 'nbf')) return '';
  const date = new Date(value * 1000);
  return Number.isNaN(date.getTime()) ? '' : ` # ${date.toISOString().replace('.000Z', 'Z')}`;
}

function differing(left: Normalised, right: Normalised): readonly string[] {
  const names = (part: keyof Normalised) => new Set([...Object.keys(left[part]), ...Object.keys(right[part])]);
  const differs = (part: keyof Normalised, name: string) =>
    JSON.stringify(left[part][name]) !== JSON.stringify(right[part][name]);
  // A key that is named in both parts is one difference.
  const found = new Set(
    (['header', 'claims'] as const).flatMap((part) => [...names(part)].filter((name) => differs(part, name))),
  );
  return [...found].sort((a, b) => rank(a) - rank(b));
}

/** RS256 signs the same text with the same key in only one way. */
function likeness({ text, header }: ReadToken, other: ReadToken): Pick<Comparison, 'alike'> {
  if (text === other.text) return { alike: 'wholly' };
  return header.alg === 'RS256' && signedPart(text) === signedPart(other.text) ? { alike: 'butForSignature' } : {};
}

function signedPart(token: string): string {
  return token.split('.').slice(0, 2).join('.');
}
