import assert from 'node:assert/strict';
import { parseKey } from '../../../../src/stream/keys/parseKey';
import { apiAnswer, base64, KEY_ID, OTHER_ID, pem, testKey } from './testKeys';

const key = testKey();
const { jwk, pkcs1, pkcs8 } = key;
const { kid: _, use: __, kty: ___, alg: ____, ...NUMBERS } = jwk;
const JWK = base64(JSON.stringify(jwk));
const PEM = base64(pkcs1);
const { kid, ...nameless } = jwk;
const oneLine = (text: string) => text.replaceAll('\n', '');
const CERTIFICATE = pem('CERTIFICATE', 'MIIB');
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
    ['both beside other ids', `CLOUDFLARE_ACCOUNT_ID=${OTHER_ID}\nSTREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_JWK=${JWK}`],
    ['both beside a video', `VIDEO_UID=${OTHER_ID}\nSTREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_PEM="${literal(pkcs1)}"`],
    ['both beside a key of R2', `R2_ACCESS_KEY_ID=${OTHER_ID}\nSTREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_PEM=${PEM}`],
    ['both under longer names', `CLOUDFLARE_STREAM_KEY_PEM=${PEM}\nCLOUDFLARE_STREAM_KEY_ID=${KEY_ID}\n`],
    ['both with comments', `STREAM_KEY_PEM=${PEM} # base64\n# of the same\nSTREAM_KEY_ID=${KEY_ID}  # 32 digits\n`],
    ['constants in source code', `const jwkKey = '${JWK}'\nconst keyID = '${KEY_ID}'\n`],
    ['variables in source code', `let pem = "${PEM}"\nlet keyId = "${KEY_ID}"\n`],
    ['an object in source code', `{\n  id: '${KEY_ID}',\n  pem: '${PEM}',\n  jwk: '${JWK}'\n}`],
    ['an object inside a function', `function f() {\n  return ${JSON.stringify(jwk)};\n}`],
    ['an id beside a JWK without one', `STREAM_KEY_ID=${KEY_ID}\nSTREAM_KEY_JWK='${JSON.stringify(nameless)}'`],
    ['TOML', `[vars]\nKEY_ID = "${KEY_ID}"\nPEM = "${PEM}"\n\n[[kv_namespaces]]\nid = "${OTHER_ID}"\n`],
    ['a list in YAML', `environment:\n  - STREAM_KEY_PEM=${PEM}\n  - STREAM_KEY_ID=${KEY_ID}\n  - OTHER=1\n`],
    ['a here document', `stream_key_id = "${KEY_ID}"\nstream_key_pem = <<EOT\n${pkcs1}EOT\n`],
    ['YAML with the id', `key_id: ${KEY_ID}\npem: |\n${pkcs1.replace(/^/gm, '  ')}`],
    ['the whole answer behind its request', `curl -X POST "https://…" -d '{}' …\n${apiAnswer(key)}`],
    ['the whole answer twice', `${apiAnswer(key)}\n${apiAnswer(key)}`],
    ['an answer with jwk: null', apiAnswer(key, { jwk: null })],
    ['an answer with an empty pem', apiAnswer(key, { pem: '' })],
    ['an object in an object', JSON.stringify({ account: { id: OTHER_ID }, stream: { id: KEY_ID, pem: PEM } })],
    ['a JWK in an object', JSON.stringify({ signingKey: jwk })],
    ['a JWK and the same key as PEM', `${JSON.stringify(jwk)}\n${pkcs8}`],
    ['a JWK beside a certificate', `${JSON.stringify(jwk)}\n${CERTIFICATE}`],
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
    ['beside its certificate', `${pkcs8}${CERTIFICATE}`],
    ['as openssl takes it out of a PKCS#12', `Bag Attributes\n    localKeyID: 01 02 \n${CERTIFICATE}${pkcs8}`],
    ['beside an account', `CLOUDFLARE_ACCOUNT_ID=${OTHER_ID}\nCLOUDFLARE_STREAM_PEM=${PEM}`],
    ['beside an account in JSON', JSON.stringify({ accountId: OTHER_ID, pem: PEM })],
    ['beside a zone and a video', `zone_id: ${OTHER_ID}\nvideoId: ${OTHER_ID}\npem: ${PEM}`],
    ['beside a key of R2', `R2_ACCESS_KEY_ID=${OTHER_ID}\nSTREAM_PEM=${PEM}`],
    ['beside a namespace', `[[kv_namespaces]]\nid = "${OTHER_ID}"\n[vars]\nSTREAM_PEM = "${PEM}"`],
    ['beside a name that ends in id', `KEY = "${PEM}"\nUSER_PAID = "${OTHER_ID}"`],
    ['beside the id of something in source code', `const pem = '${PEM}';\nplay({ id: '${OTHER_ID}' });`],
    [
      'in an answer as Node prints it',
      `{\n  result: {\n    id: '${KEY_ID}',\n    pem: '${PEM}',\n    jwk: null\n  }\n}`,
    ],
    ['behind a token', `CLOUDFLARE_API_TOKEN=abc\nSIGNED=eyJhbGciOiJSUzI1NiJ9.e30.AA\nSTREAM_KEY=${PEM}`],
    ['as private_key in JSON', JSON.stringify({ private_key: pkcs8 })],
    ['as privateKey in JSON, encoded', JSON.stringify({ name: 'stream', privateKey: PEM })],
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
  const OTHER_JWK = base64(JSON.stringify(other.jwk));
  for (const [name, text, code] of [
    ['keys', apiAnswer(key, { pem: base64(other.pkcs1) }), 'halvesDiffer'],
    ['keys in variables', `STREAM_KEY_JWK=${JWK}\nSTREAM_KEY_PEM=${base64(other.pkcs1)}`, 'halvesDiffer'],
    ['a variable and a PEM', `STREAM_KEY_JWK=${JWK}\nSTREAM_KEY_PEM="${other.pkcs1}"`, 'halvesDiffer'],
    ['a PEM and a variable', `STREAM_KEY_PEM=${other.pkcs1}\nSTREAM_KEY_JWK=${JWK}`, 'halvesDiffer'],
    ['a variable and a literal', `STREAM_KEY_JWK=${JWK}\nSTREAM_KEY_PEM="${literal(other.pkcs1)}"`, 'halvesDiffer'],
    ['a JWK and a PEM', `${JSON.stringify(jwk)}\n${other.pkcs1}`, 'halvesDiffer'],
    ['a PEM and a JWK', `${other.pkcs8}\n${JSON.stringify(jwk)}`, 'halvesDiffer'],
    ['a JWK and a variable', `${JSON.stringify(jwk)}\nSTREAM_KEY_PEM=${base64(other.pkcs1)}`, 'halvesDiffer'],
    ['a JWK in base64 and a PEM', `${JWK}\n${other.pkcs1}`, 'halvesDiffer'],
    ['a PEM and a JWK in base64', `${other.pkcs1}\n${JWK}`, 'halvesDiffer'],
    ['a JWK with a PEM in it', JSON.stringify({ ...jwk, pem: other.pkcs1 }), 'halvesDiffer'],
    ['a jwk and a private_key', JSON.stringify({ jwk: JWK, private_key: other.pkcs8 }), 'halvesDiffer'],
    ['constants', `const jwkKey = '${JWK}'\nconst pemKey = '${base64(other.pkcs1)}'`, 'halvesDiffer'],
    ['a jwk and the same once more, but of another key', `A_JWK=${JWK}\nB_JWK=${OTHER_JWK}`, 'severalKeys'],
    ['two values of one variable', `STREAM_KEY_JWK=${JWK}\nSTREAM_KEY_JWK=${OTHER_JWK}`, 'severalKeys'],
    ['two answers', `${apiAnswer(key)}\n${apiAnswer(other)}`, 'severalKeys'],
    ['id and kid', apiAnswer(key, { id: OTHER_ID }), 'idsDiffer'],
    ['id and kid in variables', `STREAM_KEY_ID=${OTHER_ID}\nSTREAM_KEY_JWK=${JWK}`, 'idsDiffer'],
    ['id and kid beside a PEM', `STREAM_KEY_ID=${OTHER_ID}\nSTREAM_KEY_PEM="${pkcs1}"\njwk=${JWK}`, 'idsDiffer'],
    ['a broken variable beside a certificate', `${CERTIFICATE}STREAM_KEY_JWK=${JWK.slice(0, -8)}`, 'cutOff'],
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
