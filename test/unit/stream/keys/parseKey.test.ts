import assert from 'node:assert/strict';
import { parseKey } from '../../../../src/stream/keys/parseKey';
import { apiAnswer, base64, KEY_ID, OTHER_ID, testKey } from './testKeys';

const key = testKey();
const { jwk, pkcs1, pkcs8 } = key;
const { kid: _, use: __, kty: ___, alg: ____, ...NUMBERS } = jwk;
const JWK = base64(JSON.stringify(jwk));
const PEM = base64(pkcs1);
const { kid, ...nameless } = jwk;
const oneLine = (text: string) => text.replaceAll('\n', '');
const literal = (text: string) => text.replaceAll('\n', '\\n');

describe('parseKey takes', () => {
  const withTheId: readonly [string, string][] = [
    ['the jwk of the API', JWK],
    ['the jwk of the API, wrapped', JWK.replace(/.{76}/g, '$&\r\n')],
    ['the jwk in quotes with a comma', `"${JWK}",`],
    ['the jwk in base64url without padding', Buffer.from(JSON.stringify(jwk)).toString('base64url')],
    ['the jwk once more in base64', base64(JWK)],
    ['the whole answer of the API', apiAnswer(key)],
    ['the whole answer, printed', JSON.stringify(JSON.parse(apiAnswer(key)), null, 2)],
    ['the whole answer behind headers', `HTTP/2 200\r\ncf-ray: 8f-AMS\r\n\r\n${apiAnswer(key)}\r\n`],
    ['the whole answer as a string literal', JSON.stringify(apiAnswer(key))],
    ['the whole answer in UTF-16', `\ufffd\ufffd${[...apiAnswer(key)].map((character) => `${character}\0`).join('')}`],
    ['only the result of it', JSON.stringify(JSON.parse(apiAnswer(key)).result)],
    ['an answer without pem', apiAnswer(key, { pem: undefined })],
    ['an answer without jwk', apiAnswer(key, { jwk: undefined })],
    ['an answer with neither half encoded', apiAnswer(key, { pem: pkcs1, jwk })],
    ['an answer with key_id', apiAnswer(key, { id: undefined, key_id: KEY_ID, jwk: undefined })],
    ['an answer whose id lost a digit', apiAnswer(key, { id: KEY_ID.slice(1) })],
    ['a decoded JWK', JSON.stringify(jwk)],
    ['a decoded JWK, printed', JSON.stringify(jwk, null, 2)],
    ['a JWK with the id in upper case', JSON.stringify({ ...jwk, kid: KEY_ID.toUpperCase() })],
    ['a JWK with typographic quotes', JSON.stringify(jwk).replaceAll('"', '”')],
    ['a JWK with a zero in front of a number', JSON.stringify({ ...jwk, e: 'AAEAAQ' })],
    ['a JWK in source code', `const key = ${JSON.stringify(jwk)};`],
    ['a set of one', JSON.stringify({ keys: [jwk] })],
    ['a list of one', JSON.stringify([jwk])],
    ['an environment line', `STREAM_KEY_JWK=${JWK}`],
    ['an exported line with quotes', `export STREAM_KEY_JWK="${JWK}"`],
    ['a line for PowerShell', `$env:STREAM_KEY_JWK = '${JWK}'`],
    ['a line with JSON', `STREAM_KEY_JWK='${JSON.stringify(jwk)}'`],
    ['a line of the answer', `    "jwk": "${JWK}",`],
    ['YAML', `jwk: |\n  ${JWK.replace(/.{76}/g, '$&\n  ')}\n`],
    ['both environment lines', `STREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_JWK=${JWK}\n`],
    ['both, the other way round', `STREAM_KEY_PEM=${PEM}\nSTREAM_KEY_ID=${KEY_ID}\n`],
    ['both, in a box for one line', `STREAM_KEY_ID=${KEY_ID}STREAM_KEY_PEM=${PEM}`],
    ['three lines', `STREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_PEM="${literal(pkcs1)}"\nSTREAM_KEY_JWK=${JWK}\n`],
    ['an id beside a PEM', `STREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_PEM="${pkcs1}"\n`],
    ['an object with both', JSON.stringify({ STREAM_KEY_ID: KEY_ID, STREAM_KEY_PEM: PEM })],
  ];
  for (const [name, text] of withTheId) {
    it(`${name}`, () => assert.deepEqual(parseKey(text), { ok: true, key: NUMBERS, id: kid, warnings: [] }));
  }

  const nameless_: readonly [string, string][] = [
    ['the pem of the API', PEM],
    ['a PKCS#1 PEM', pkcs1],
    ['a PKCS#8 PEM', pkcs8],
    ['a PKCS#8 PEM in base64', base64(pkcs8)],
    ['with CRLF', pkcs1.replaceAll('\n', '\r\n')],
    ['with CR', pkcs1.replaceAll('\n', '\r')],
    ['with a byte order mark', `\ufeff${pkcs1}`],
    ['on one line', oneLine(pkcs1)],
    ['on one line with blanks', pkcs8.replaceAll('\n', ' ')],
    ['with literal line breaks', literal(pkcs1)],
    ['with line breaks escaped twice', pkcs1.replaceAll('\n', '\\\\n')],
    ['with literal CRLF in quotes', `"${pkcs1.replaceAll('\n', '\\r\\n')}"`],
    ['as a string literal', JSON.stringify(pkcs8)],
    ['as an environment line', `STREAM_KEY_PEM="${literal(pkcs1)}"`],
    [
      'as joined strings',
      pkcs1
        .split('\n')
        .map((line) => `"${line}\\n"`)
        .join(' +\n'),
    ],
    [
      'as strings one after the other',
      pkcs1
        .split('\n')
        .map((line) => `'${line}'`)
        .join('\n'),
    ],
    ['indented', pkcs1.replace(/^/gm, '      ')],
    ['indented with no-break spaces', pkcs1.replace(/^/gm, '\u00a0\u00a0')],
    ['with zero-width characters', pkcs1.replace(/^/gm, '\u200b')],
    ['in one long line', pkcs1.replace(/(?<!-)\n(?!-)/g, '')],
    ['behind other text', `Bag Attributes\n    friendlyName: x\n${pkcs8}`],
    ['beside its certificate', `${pkcs8}-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n`],
    ['in JSON', JSON.stringify({ pem: pkcs1 })],
    ['in JSON that is none', `{ pem: \`${pkcs1}\`, }`],
    ['without the lines around', pkcs1.split('\n').slice(1, -2).join('\n')],
    ['a JWK without id', JSON.stringify(nameless)],
    ['a JWK without id, encoded', base64(JSON.stringify(nameless))],
  ];
  for (const [name, text] of nameless_) {
    it(`${name}, and has no id then`, () => assert.deepEqual(parseKey(text), { ok: true, key: NUMBERS, warnings: [] }));
  }

  for (const [name, text] of [
    ['a JWK', JSON.stringify({ ...jwk, kid: 'my-key' })],
    ['a JWK with a number', JSON.stringify({ ...jwk, kid: 7 })],
    ['an answer', apiAnswer(key, { id: '8f926b2b01f383510025a78a4dcbf6a', jwk: undefined })],
    ['an environment file', `STREAM_KEY_ID=mine\nSTREAM_KEY_PEM=${PEM}`],
  ] as const) {
    it(`${name} without its id, when that is not 32 hex digits`, () =>
      assert.deepEqual(parseKey(text), { ok: true, key: NUMBERS, warnings: [{ code: 'strangeId' }] }));
  }

  it('a longer key, and says so', () => {
    const { jwk: longer } = testKey('a', 3072);
    const result = parseKey(JSON.stringify(longer));
    assert.deepEqual(result.ok && result.warnings, [{ code: 'size', bits: 3072 }]);
  });

  it('another exponent, and says so', () => {
    const result = parseKey(testKey('a', 2048, 3).pkcs1);
    assert.deepEqual(result.ok && result.warnings, [{ code: 'exponent' }]);
  });

  it('the members that Cloudflare does not write', () => {
    const more = { ...jwk, ext: true, key_ops: ['sign'], x5t: 'abc', iat: 1 };
    assert.equal(parseKey(JSON.stringify(more)).ok, true);
    assert.equal(parseKey(JSON.stringify({ ...nameless, use: undefined, alg: undefined })).ok, true);
  });
});

describe('parseKey finds that the halves do not agree', () => {
  const other = testKey('b');
  for (const [name, text, code] of [
    ['keys', apiAnswer(key, { pem: base64(other.pkcs1) }), 'halvesDiffer'],
    ['keys in variables', `STREAM_KEY_JWK=${JWK}\nSTREAM_KEY_PEM=${base64(other.pkcs1)}`, 'halvesDiffer'],
    ['id and kid', apiAnswer(key, { id: OTHER_ID }), 'idsDiffer'],
    ['id and kid in variables', `STREAM_KEY_ID=${OTHER_ID}\nSTREAM_KEY_JWK=${JWK}`, 'idsDiffer'],
    ['a broken half and a good one', apiAnswer(key, { pem: PEM.slice(0, 200) }), 'cutOff'],
    ['a good half and a broken one', apiAnswer(key, { jwk: `${JWK.slice(0, 400)}!${JWK.slice(400)}` }), 'damaged'],
  ] as const) {
    it(name, () => assert.equal(problemOf(text), code));
  }
});

function problemOf(text: string): string {
  const result = parseKey(text);
  return result.ok ? 'ok' : result.problem.code;
}
