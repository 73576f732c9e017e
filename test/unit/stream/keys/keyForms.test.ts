import assert from 'node:assert/strict';
import fc from 'fast-check';
import { keyProblemSentence } from '../../../../src/flows/keys/keySentences';
import { parseKey } from '../../../../src/stream/keys/parseKey';
import { publicHalf } from '../../../../src/stream/keys/signingKey';
import { RUNS } from '../../support/properties';
import { sharedPieces } from '../../support/sharedPieces';
import { apiAnswer, base64, type TestKey, testKey } from './testKeys';

/** More would tell nothing new, and each run multiplies numbers of 2048 bits. */
const numRuns = Math.min(RUNS, 10_000);
const KEYS = [testKey('a'), testKey('b'), testKey('a', 2048, 3)];
const anyKey = fc.constantFrom(...KEYS);

type Mangle = (text: string) => string;
const BREAKS = ['\n', '\r\n', '\r', '\n\n', ' ', '\t', '\u2028', '\u00a0', '\\n', '\\r\\n', '\\\\n'];
const UNSEEN = ['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u202e'];
const some = (values: readonly string[]) => fc.constantFrom(...values);

/** What a clipboard, an editor, a shell or a chat does to lines of base64. */
const lineManglers: fc.Arbitrary<Mangle> = fc.oneof(
  some(BREAKS).map(
    (to): Mangle =>
      (text) =>
        text.replaceAll('\n', to),
  ),
  fc.constant<Mangle>((text) => text.replaceAll('\n', '')),
  some(['  ', '\t', '\u00a0', '\u3000']).map(
    (indent): Mangle =>
      (text) =>
        text.replace(/^/gm, indent),
  ),
  some(['  ', '\t', '\u00a0']).map(
    (blank): Mangle =>
      (text) =>
        text.replace(/$/gm, blank),
  ),
  some(['"', "'", '`']).map(
    (quote): Mangle =>
      (text) =>
        text.replace(/^.*$/gm, `${quote}$&\\n${quote}`),
  ),
  fc.tuple(some(UNSEEN), fc.integer({ min: 1, max: 80 })).map(
    ([character, every]): Mangle =>
      (text) =>
        text.replace(new RegExp(`.{${every}}`, 'g'), `$&${character}`),
  ),
);
/** Wraps the body anew, as base64 tools do at 64, 76 or not at all. */
const wrap = fc.tuple(fc.integer({ min: 1, max: 4000 }), some(BREAKS.slice(0, 6))).map(
  ([width, lineBreak]): Mangle =>
    (text) =>
      text.replace(/(?<=^|-\n)[\w+/=\n-]+?(?=$|\n-)/, (body) =>
        body.replaceAll('\n', '').replace(new RegExp(`.{${width}}(?=.)`, 'g'), `$&${lineBreak}`),
      ),
);
/** What stands around a text after it was copied out of a file. */
const surroundings: fc.Arbitrary<Mangle> = fc.oneof(
  fc.tuple(some(['"', "'", '`', '', ' ', '\n', '“']), some(['', ',', ';', ' ', '\r\n'])).map(
    ([quote, end]): Mangle =>
      (text) =>
        `${quote}${text}${quote}${end}`,
  ),
  some(['\ufeff', '\u200b', '\r\n\r\n', '\u00a0']).map(
    (start): Mangle =>
      (text) =>
        `${start}${text}`,
  ),
);
const named = some([
  'STREAM_KEY=',
  'export STREAM_KEY=',
  'set KEY=',
  '$env:KEY = ',
  'key: ',
  '"key": ',
  'const key = ',
]).map(
  (name): Mangle =>
    (text) =>
      `${name}${text.trimStart()}`,
);
const asLiteral: Mangle = (text) => JSON.stringify(text);
const asUtf16: Mangle = (text) => `\ufffd\ufffd${text.replace(/[\s\S]/g, '$&\0')}`;

const inOrder = (...steps: readonly fc.Arbitrary<Mangle>[]) =>
  fc.tuple(...steps).map(
    (all): Mangle =>
      (text) =>
        all.reduce((sum, step) => step(sum), text),
  );
const maybe = (mangle: fc.Arbitrary<Mangle>) => fc.option(mangle).map((chosen): Mangle => chosen ?? ((text) => text));

const pemForms = fc.constantFrom(
  (key: TestKey) => key.pkcs1,
  (key: TestKey) => key.pkcs8,
);
const base64Forms = fc.oneof(
  pemForms.map((form) => (key: TestKey) => base64(form(key))),
  fc.constantFrom(0, 2).map((indent) => (key: TestKey) => base64(JSON.stringify(key.jwk, null, indent))),
);
const jsonForms = fc.constantFrom(
  (key: TestKey) => JSON.stringify(key.jwk),
  (key: TestKey) => JSON.stringify(key.jwk, null, 2),
  (key: TestKey) => JSON.stringify({ ...key.jwk, kid: undefined }, null, '\t').replaceAll('\n', '\r\n'),
  (key: TestKey) => apiAnswer(key),
  (key: TestKey) => JSON.stringify(JSON.parse(apiAnswer(key)), null, 4),
);

const mangled = fc.oneof(
  fc.tuple(pemForms, inOrder(maybe(wrap), maybe(lineManglers), maybe(surroundings), maybe(named))),
  fc.tuple(base64Forms, inOrder(maybe(wrap), maybe(surroundings), maybe(named), maybe(surroundings))),
  fc.tuple(jsonForms, inOrder(maybe(surroundings), maybe(fc.constant(asLiteral)), maybe(named), maybe(surroundings))),
  fc.tuple(fc.oneof(pemForms, base64Forms, jsonForms), fc.constantFrom(asLiteral, asUtf16)),
);

describe('a valid key', () => {
  it('is the same key in whatever form it comes', () => {
    fc.assert(
      fc.property(anyKey, mangled, (key, [form, mangle]) => {
        const result = parseKey(mangle(form(key)));
        assert.ok(result.ok, result.ok ? '' : JSON.stringify([result.problem, mangle(form(key))]));
        const { n, e, d, p, q, dp, dq, qi } = key.jwk;
        assert.deepEqual(result.key, { n, e, d, p, q, dp, dq, qi });
        assert.ok(result.id === undefined || result.id === publicHalf(key.jwk).kid);
      }),
      { numRuns },
    );
  });
});

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const place = (where: number, text: string) => Math.floor(where * text.length);

/** Something that happens to base64 between the moment it is shown and the moment it is pasted. Never nothing. */
const corruption: fc.Arbitrary<Mangle> = fc.oneof(
  fc.tuple(at, fc.integer({ min: 1, max: 63 })).map(
    ([where, by]): Mangle =>
      (text) => {
        const digits = [...text];
        const index = place(where, text);
        // Either alphabet means the same.
        const digit = (digits[index] ?? 'A').replace('-', '+').replace('_', '/');
        digits[index] = DIGITS[(DIGITS.indexOf(digit) + by) % 64] ?? 'A';
        return digits.join('');
      },
  ),
  fc.tuple(at, fc.integer({ min: 1, max: 200 })).map(
    ([where, count]): Mangle =>
      (text) =>
        text.slice(0, place(where, text)) + text.slice(place(where, text) + count),
  ),
  fc.tuple(at, fc.stringMatching(/^[A-Za-z0-9]{1,9}$/)).map(
    ([where, more]): Mangle =>
      (text) =>
        text.slice(0, place(where, text)) + more + text.slice(place(where, text)),
  ),
  fc.tuple(at, some(['?', '*', '\u0000', '\ufffd', 'é', '–', '<br>', '.', '$'])).map(
    ([where, strange]): Mangle =>
      (text) =>
        text.slice(0, place(where, text)) + strange + text.slice(place(where, text)),
  ),
  at.map(
    (where): Mangle =>
      (text) =>
        text.slice(0, place(where, text)),
  ),
);
const MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

/** A key in one of its forms with something of what it consists of changed. */
const corrupted = fc.oneof(
  fc.tuple(anyKey, pemForms, corruption).map(([key, form, corrupt]) => {
    const lines = form(key).trim().split('\n');
    return [lines[0], corrupt(lines.slice(1, -1).join('').replace(/=+$/, '')), lines.at(-1)].join('\n');
  }),
  fc
    .tuple(anyKey, fc.constantFrom(...MEMBERS), corruption)
    .map(([key, member, corrupt]) => JSON.stringify({ ...key.jwk, [member]: corrupt(key.jwk[member]) })),
  fc.tuple(anyKey, jsonForms, at).map(([key, form, where]) =>
    form(key)
      .trim()
      .slice(0, place(where, form(key).trim())),
  ),
  fc.tuple(anyKey, base64Forms, at).map(([key, form, where]) => form(key).slice(0, place(where, form(key).slice(4)))),
);

describe('a corrupted key', () => {
  it('is refused without an exception, and with nothing of it in what is said', () => {
    fc.assert(
      fc.property(corrupted, fc.boolean(), fc.boolean(), (text, wrapped, name) => {
        const given = wrapped ? base64(text) : text;
        const result = parseKey(name ? `STREAM_KEY=${given}` : given);
        assert.ok(!result.ok);
        assert.match(
          JSON.stringify(result.problem),
          /^\{"code":"[a-zA-Z\d]+"(?:,"part":"(?:base64|json|pem|numbers)"|,"[a-z]+":\d{1,5})?\}$/,
        );
        assert.deepEqual(sharedPieces(keyProblemSentence(result.problem), given), []);
      }),
      { numRuns },
    );
  });
});

describe('any text', () => {
  it('is read without an exception', () => {
    const piece = fc.oneof(
      some([
        '{',
        '}',
        '[',
        '"',
        '\\',
        '\\n',
        '\n',
        '=',
        ',',
        'MII',
        'eyJ',
        '"kty":"RSA"',
        '"result":',
        'STREAM_KEY_ID=',
      ]),
      some(['-----BEGIN RSA PRIVATE KEY-----', '-----END RSA PRIVATE KEY-----', '-----BEGIN ', '"keys":[', '"pem":']),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.base64String({ maxLength: 80 }),
      fc.json(),
    );
    const joined = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(joined, joined.map(base64)), (text) => {
        const result = parseKey(text);
        assert.ok(!result.ok);
      }),
      { numRuns },
    );
  });
});
