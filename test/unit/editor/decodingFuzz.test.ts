import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeHover } from '../../../src/editor/hoverMarkdown';
import { tokenHover, unreadableTokenHover } from '../../../src/flows/documents/tokenHover';
import { claimsReport } from '../../../src/flows/inspector/claimsReport';
import { tokenAge } from '../../../src/flows/inspector/tokenAge';
import { findTokens as findInLine } from '../../../src/source/findTokens';
import { readStreamToken } from '../../../src/source/streamToken';
import { readToken } from '../../../src/stream/token/claims';
import { findTokens } from '../../../src/stream/token/findToken';
import { DOCUMENTED_TOKEN } from '../support/exampleToken';
import { markdownText } from '../support/markdownText';
import { RUNS } from '../support/properties';
import { SOME_SIGNATURE } from '../support/someSignature';

const NOW = 1_537_460_000;
const times = { locale: 'en-US', timeZone: 'UTC' };
const SUB = 'ea95132c15732412d22c1476fa83f27a';
const encode = (json: string) => Buffer.from(json).toString('base64url');
const wrap = (header: string, claims: string) => `${encode(header)}.${encode(claims)}.${SOME_SIGNATURE}`;

const HEADER = '{"alg":"RS256","kid":"e9db990a82666dd571c77f944a5c5c8d"}';
const CLAIMS: readonly string[] = [
  `{"sub":"${SUB}","kid":"k","exp":"1537460365","nbf":"1537453165"}`,
  `{"sub":"${SUB}","kid":"k","exp":1537460365,"downloadable":true,"flags":{"original":true},"accessRules":[{"type":"ip.geoip.country","action":"allow","country":["DE","AT"]},{"type":"ip.src","action":"block","ip":["203.0.113.0/24","2001:db8::/32"]},{"type":"any","action":"block"}]}`,
  `{"sub":"${SUB}","exp":1e999,"nbf":-0.5,"accessRules":{"a":[[[[[{"b":null}]]]]]}}`,
];
const ANSWER = JSON.stringify({ result: { token: DOCUMENTED_TOKEN }, success: true, errors: [] });
const TEXTS: readonly string[] = [
  DOCUMENTED_TOKEN,
  wrap(HEADER, CLAIMS[1] ?? ''),
  `const src = "https://customer-f33zs165nr7gyfy4.cloudflarestream.com/${DOCUMENTED_TOKEN}/iframe?poster=x";`,
  `https://videodelivery.net/${wrap(HEADER, CLAIMS[0] ?? '')}/manifest/video.m3u8`,
  ANSWER,
];
const PIECES: readonly string[] = [
  ...[
    '',
    '.',
    '..',
    'eyJ',
    'ey',
    '"',
    '{',
    '[',
    ']',
    '}',
    ',',
    ':',
    '\\',
    '\\ud800',
    '\u0000',
    '\u202e',
    '\ud83d',
    '%2E',
    '=',
    '-',
    '_',
    '\n',
    '\r',
  ],
  ...[
    'null',
    'true',
    '1e999',
    '-0',
    '1537460365000',
    '"__proto__":{}',
    '"toJSON":1',
    '"sub":{"toString":1}',
    '"exp":"1e3"',
  ],
  ...[
    '['.repeat(40),
    '{"a":'.repeat(60),
    'A'.repeat(4000),
    'eyJ'.repeat(900),
    '{"type":"any","action":"block"},'.repeat(30),
  ],
];

interface Mutation {
  readonly at: number;
  readonly remove: number;
  readonly piece: number;
  readonly code: number;
}

/** Cuts something out of a text and puts something else there: one of the pieces, a character, or a part of the text itself. */
function mutate(text: string, { at, remove, piece, code }: Mutation): string {
  const from = at % (text.length + 1);
  const behind = text.slice(from + (remove > 12 ? 0 : remove));
  if (remove > 14) return text.slice(0, from) + text.slice(piece, code) + behind;
  return text.slice(0, from) + (PIECES[piece] ?? String.fromCharCode(code)) + behind;
}

const mutations = fc.array(
  fc.record({ at: fc.nat(4000), remove: fc.nat(15), piece: fc.nat(70), code: fc.nat(0x2fff) }),
  { minLength: 1, maxLength: 5 },
);

/** A text made of real ones: itself mutated, or a token whose JSON was mutated before it was encoded. */
function madeOf(which: number, edits: readonly Mutation[]): string {
  const text = TEXTS[which];
  if (text !== undefined) return edits.reduce(mutate, text);
  const claims = edits.reduce(mutate, CLAIMS[which % CLAIMS.length] ?? '');
  return which % 2 === 0 ? wrap(HEADER, claims) : wrap(edits.reduce(mutate, HEADER), claims);
}

/** Everything that looks at a text of a document before a person sees something of it. */
function decode(text: string): void {
  const line = text.slice(0, 1_000_000);
  for (const span of findInLine(line)) readStreamToken(line, span);
  for (const found of findTokens(text)) checkCaps(found.text);
  checkCaps(text);
}

function checkCaps(text: string): void {
  const result = readToken(text);
  if (!result.ok) return;
  assert.ok(text.length <= 16_384);
  assert.ok(depthOf(result.token.claims) <= 32 && depthOf(result.token.header) <= 32);
}

function depthOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}

/** What a lens and a hover make of a text. */
function hover(text: string): void {
  assert.ok(tokenAge(text, NOW, times).length > 0);
  const result = readToken(text);
  const card = result.ok
    ? tokenHover(
        claimsReport({ token: text }, result.token, {
          signature: { tone: 'unsure', sentence: '', verdict: { kind: 'unchecked', reason: 'unknownKey' } },
          video: undefined,
          host: {},
          now: NOW,
          times,
        }),
      )
    : unreadableTokenHover(result.problem);
  const markdown = markdownText();
  writeHover(card, markdown, () => 'command:x');
  assert.ok(markdown.value.startsWith('**'));
}

/** How long something takes, in milliseconds, kept for the end. */
function stopwatch(capacity: number) {
  const measured = new Float64Array(capacity);
  let count = 0;
  return {
    time(work: () => void) {
      const before = performance.now();
      work();
      measured[count++] = performance.now() - before;
    },
    told(what: string): string {
      const sorted = measured.slice(0, count).sort();
      const at = (part: number) => (sorted[Math.floor(part * (count - 1))] ?? 0).toFixed(3);
      return `      ${what}: ${count} inputs, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`;
    },
  };
}

describe('decoding', () => {
  const numRuns = RUNS * 50;
  const ONE_IN = 50;

  it('gets through anything made of real tokens, URLs and JSON', () => {
    const decoding = stopwatch(numRuns);
    const hovering = stopwatch(numRuns);
    let run = 0;
    fc.assert(
      fc.property(fc.nat(TEXTS.length + 7), mutations, (which, edits) => {
        const text = madeOf(which, edits);
        decoding.time(() => decode(text));
        if (run++ % ONE_IN === 0) hovering.time(() => hover(text));
      }),
      { numRuns },
    );
    console.log(decoding.told('decoding'));
    console.log(hovering.told('the hover'));
  });
});
