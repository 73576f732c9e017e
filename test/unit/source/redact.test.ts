import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { createRedactor } from '../../../src/source/redact';
import { DOCUMENTED_TOKEN } from '../support/exampleToken';
import { RUNS } from '../support/properties';

/** A text after redaction by someone who knows these secrets. */
function redacted(text: string, ...secrets: readonly string[]): string {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.learn(secret);
  return redactor.redact(text);
}

const utf8 = (text: string, encoding: BufferEncoding) => Buffer.from(text).toString(encoding);
const ENCODINGS: readonly (readonly [string, (text: string) => string])[] = [
  ['plain', (text) => text],
  ['base64', (text) => utf8(text, 'base64').replace(/=+$/, '')],
  ['base64url', (text) => utf8(text, 'base64url')],
  ['hex', (text) => utf8(text, 'hex')],
  ['HEX', (text) => utf8(text, 'hex').toUpperCase()],
  ['URL', encodeURIComponent],
  ['URL twice', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['JSON twice', (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3)],
];
/** What secrets look like here: tokens and keys, and anything else of a header's characters. */
const secret = fc.oneof(
  fc.stringMatching(/^[\w-]{8,60}$/),
  fc.string({ minLength: 8, maxLength: 60 }),
  fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 }),
);

describe('redactor', () => {
  it('hides a secret it was told about, in whatever it is wrapped', () => {
    const encoding = fc.constantFrom(...ENCODINGS);
    fc.assert(
      fc.property(
        secret,
        encoding,
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        (known, [, encode], before, after) => {
          const text = redacted(`${before}${encode(known)}${after}`, known);
          for (const [name, encodeAgain] of ENCODINGS)
            assert.ok(!text.includes(encodeAgain(known)), `${name} of it is still there`);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('hides a secret inside a text that is encoded as a whole', () => {
    const around = fc.stringMatching(/^[ -~]{0,9}$/);
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\w-]{16,60}$/),
        fc.constantFrom(...ENCODINGS),
        around,
        around,
        (known, [name, encode], before, after) => {
          const text = redacted(encode(before + known + after), known);
          assert.ok(text.includes('[hidden]'), `${name}: ${text}`);
          // What is left at the edges is the surroundings and less than a byte of the secret on each side.
          assert.ok(text.length <= 8 + encode(before).length + encode(after).length + 6, text);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('hides a secret in objects, errors and headers, however deep', () => {
    const nested = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant('SECRET'),
        fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'Authorization', 'token', 'x-auth-key'), tie('value'), {
          minKeys: 1,
          maxKeys: 3,
        }),
        tie('value').map((value) => JSON.stringify(value)),
        tie('value').map((cause) => ({ error: String(new Error(inspect(cause, { depth: 10 }))), cause })),
      ),
    })).value;
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{8,60}$/), nested, (known, shape) => {
        const text = JSON.stringify(shape).replaceAll('SECRET', known);
        assert.ok(!redacted(text, known).includes(known));
        assert.ok(!redacted(inspect(JSON.parse(text), { depth: 20 }), known).includes(known));
      }),
      { numRuns: RUNS },
    );
  });

  it('hides the longer of two secrets of which one begins like the other', () => {
    assert.equal(redacted('x abcdefghijklmnop y abcdefgh', 'abcdefgh', 'abcdefghijklmnop'), 'x [hidden] y [hidden]');
  });

  it('leaves short texts alone: hiding them everywhere would make the log unreadable', () => {
    assert.equal(redacted('GET /accounts', 'GET', '', 'account'), 'GET /accounts');
  });

  const odd: readonly [string, string][] = [
    ['half a character', '\ud800aaaaaaaaaa'],
    ['300 KB', 'a'.repeat(300_000)],
    ['regular-expression syntax', '(.*)+$[a-z]'],
  ];
  for (const [name, known] of odd)
    it(`learns a secret of ${name}`, () => assert.equal(redacted(`<${known}>`, known).includes(known), false));

  // Key material as it would look; nothing here opens anything.
  const pem = (label: string) => `-----BEGIN ${label}-----\nMIIEowIBAAKCAQEA\n-----END ${label}-----`;
  const unknown: readonly [string, string, string][] = [
    ['a signed token', `see ${DOCUMENTED_TOKEN}.`, 'see [hidden].'],
    [
      'the token in a URL, not the URL',
      `https://videodelivery.net/${DOCUMENTED_TOKEN}/watch`,
      'https://videodelivery.net/[hidden]/watch',
    ],
    [
      'a token in an encoded URL',
      `https%3A%2F%2Fvideodelivery.net%2F${DOCUMENTED_TOKEN}%2Fwatch`,
      'https%3A%2F%2Fvideodelivery.net%2F[hidden]%2Fwatch',
    ],
    ['a PKCS#1 key', `key ${pem(`RSA PRIVATE${' KEY'}`)} end`, 'key [hidden] end'],
    ['a PKCS#8 key without end', `key ${pem(`PRIVATE${' KEY'}`).slice(0, 40)}`, 'key [hidden]'],
    ['a key as the API returns it', `got ${utf8(pem(`RSA PRIVATE${' KEY'}`), 'base64')} end`, 'got [hidden] end'],
    [
      'a JWK as the API returns it',
      `got ${utf8(JSON.stringify({ use: 'sig', d: 'x'.repeat(80) }), 'base64')} end`,
      'got [hidden] end',
    ],
    [
      'API tokens by prefix',
      'cfut_abcDEF012 cfat_x-1 cfk_1 cfoat_2 %22cfut_3',
      '[hidden] [hidden] [hidden] [hidden] %22[hidden]',
    ],
    ['a bearer token', 'authorization: bearer abc.def', 'authorization: bearer [hidden]'],
    [
      'a bearer token in the error of Headers',
      '"Bearer abc" is an invalid header value',
      '"Bearer [hidden]" is an invalid header value',
    ],
    ['another kind of authorization', 'Authorization: Basic dXNlcjpwYXNz', 'Authorization: [hidden]'],
    [
      'a global key in headers',
      "{ 'X-AUTH-KEY': 'abc', 'x-auth-email': 'a@b.example' }",
      "{ 'X-AUTH-KEY': '[hidden]', 'x-auth-email': '[hidden]' }",
    ],
    [
      'headers as a list',
      '["X-Auth-Key","abc"],["Cookie","a=b; c"]',
      '["X-Auth-Key","[hidden]"],["Cookie","[hidden]"]',
    ],
    [
      'headers in JSON in JSON',
      '{\\"x-auth-key\\":\\"abc\\",\\"a\\":1}',
      '{\\"x-auth-key\\":\\"[hidden]\\",\\"a\\":1}',
    ],
    [
      'fields of keys and answers',
      '{"kid":"k","d":"abc","pem": "def","token":"ghi"}',
      '{"kid":"k","d":"[hidden]","pem": "[hidden]","token":"[hidden]"}',
    ],
    ['fields in JSON in JSON', '{\\"token\\":\\"abc\\",\\"a\\":1}', '{\\"token\\":\\"[hidden]\\",\\"a\\":1}'],
    [
      'nothing else',
      'GET /accounts/0f3c2a9d8b7e41c6a5d4e3f2b1c09a87/stream 200 in 12 ms, eyJ',
      'GET /accounts/0f3c2a9d8b7e41c6a5d4e3f2b1c09a87/stream 200 in 12 ms, eyJ',
    ],
  ];
  for (const [name, text, expected] of unknown) it(`unasked: ${name}`, () => assert.equal(redacted(text), expected));

  it('finds the same after redacting twice', () => {
    for (const [, text, expected] of unknown) assert.equal(redacted(redacted(text)), expected);
  });

  const long: readonly [string, string][] = [
    ['blanks', ' '],
    ['beginnings of tokens', 'eyJ'],
    ['beginnings of tokens and dots', 'eyJ.'],
    ['header names', 'cookie '],
    ['header names and colons', 'Authorization: '],
    ['Bearer', 'Bearer '],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['escaped quotes', '\\"'],
    ['beginnings of keys', '-----BEGIN PRIVATE '],
  ];
  for (const [name, unit] of long) {
    it(`gets through 256 KB of ${name}`, () =>
      assert.equal(redacted(`${unit.repeat(262_144 / unit.length)}, cfut_x`).endsWith('[hidden]'), true));
  }
  it('gets through 8 MB of one token', () => assert.equal(redacted(`eyJ${'A'.repeat(8e6)}`), '[hidden]'));
});
