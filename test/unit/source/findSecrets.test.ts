import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { findSecrets } from '../../../src/source/findSecrets';
import { RUNS } from '../support/properties';

const USER = 'cfut_abcdefghijklmnopqrstuvwxyz0123456789ABCD';
const OLD = 'Zq3_-9fK2mX7pL0aB4cD8eF6gH1iJ5kN7oQ2rS3t';
const HEX = '0123456789abcdef0123456789abcdef01234';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = String(privateKey.export({ type: 'pkcs1', format: 'pem' })).trim();
const PKCS8 = String(privateKey.export({ type: 'pkcs8', format: 'pem' })).trim();
const JWK = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'a'.repeat(32) });
const PUBLIC_JWK = JSON.stringify(publicKey.export({ format: 'jwk' }));
const base64 = (text: string) => Buffer.from(text).toString('base64');
const claims = Buffer.from(JSON.stringify({ note: 'x'.repeat(400) })).toString('base64url');

describe('findSecrets', () => {
  const rows: readonly [string, string, readonly string[]][] = [
    ['a token in code', `const t = "${USER}";`, [`apiToken t ${USER}`]],
    ['a token in a variable', `export CLOUDFLARE_API_TOKEN=${USER}`, [`apiToken CLOUDFLARE_API_TOKEN ${USER}`]],
    [
      'an account’s token',
      `token: ${USER.replace('cfut', 'cfat')}`,
      [`apiToken token ${USER.replace('cfut', 'cfat')}`],
    ],
    [
      'an OAuth token of Wrangler',
      `oauth_token = "${USER.replace('cfut', 'cfoat')}"`,
      [`apiToken oauth_token ${USER.replace('cfut', 'cfoat')}`],
    ],
    ['an older token behind Bearer', `-H "Authorization: Bearer ${OLD}"`, [`apiToken  ${OLD}`]],
    ['an older token behind its name', `apiToken: '${OLD}',`, [`apiToken apiToken ${OLD}`]],
    ['the same in JSON in a string', `{\\"api_token\\":\\"${OLD}\\"}`, [`apiToken api_token ${OLD}`]],
    ['a key behind its header', `"X-Auth-Key": "${HEX}"`, [`globalKey X-Auth-Key ${HEX}`]],
    ['a key behind its header in a list', `["X-Auth-Key", "${HEX}"]`, [`globalKey  ${HEX}`]],
    ['a newer key', `key=cfk_${'a'.repeat(40)}`, [`globalKey key cfk_${'a'.repeat(40)}`]],
    ['a PEM', PEM, [`signingKey  ${PEM}`]],
    [
      'another PEM in one line',
      `pem = "${PKCS8.replaceAll('\n', '\\n')}"`,
      [`signingKey pem ${PKCS8.replaceAll('\n', '\\n')}`],
    ],
    ['a PEM as the API returns it', `STREAM_KEY_PEM=${base64(PEM)}`, [`signingKey STREAM_KEY_PEM ${base64(PEM)}`]],
    ['a JWK as the API returns it', `const jwk = '${base64(JWK)}';`, [`signingKey jwk ${base64(JWK)}`]],
    ['a plain JWK', `key = ${JWK}`, [`signingKey key ${JWK}`]],
    ['two in a row', `a=${USER} b=${USER}`, [`apiToken a ${USER}`, `apiToken b ${USER}`]],
    ['nothing', '', []],
    ['a signed token', `const t = "eyJhbGciOiJub25lIn0.${claims}.c2ln";`, []],
    ['base64 of another object', base64(JSON.stringify({ a: 'x'.repeat(600) })), []],
    ['a public key', `${PUBLIC_JWK} ${base64(PUBLIC_JWK)}`, []],
    ['a hash', `sha1 = "${'0123456789abcdef'.repeat(3).slice(0, 40)}"`, []],
    ['a hash behind the name of a token', `token = "${'0123456789abcdef'.repeat(3).slice(0, 40)}"`, []],
    ['a hash in capitals', `token = "${'0123456789ABCDEF'.repeat(3).slice(0, 40)}"`, []],
    ['40 characters without a name', `"${OLD}"`, []],
    ['an id', 'videoId = "1b6f0d2a4c8e47d39a5b7c6e8f901234"', []],
    ['part of a longer token', `token = "${OLD}x"`, []],
  ];
  for (const [title, text, found] of rows) {
    it(title, () => {
      const secrets = findSecrets(text);
      assert.deepEqual(
        secrets.map(({ kind, name = '', text: secret }) => `${kind} ${name} ${secret}`),
        found,
      );
      for (const { start, end, text: secret } of secrets) assert.equal(text.slice(start, end), secret);
    });
  }

  for (const prefix of ['ghp_', 'gho_', 'npm_', 'sk-', 'xoxb-', 'glpat-', 'github_pat_']) {
    it(`leaves alone a token that says whose it is: ${prefix}`, () => {
      const foreign = (prefix + OLD).slice(0, 40);
      assert.deepEqual(findSecrets(`Bearer ${foreign}\ntoken = "${foreign}"`), []);
    });
  }

  it('finds spans that are in the text and do not overlap', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(USER, OLD, HEX, base64(JWK), '"', '=', ': ', 'token', 'key', '\n'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { start, end, text: secret } of findSecrets(text)) {
          assert.ok(start >= last && end > start);
          assert.equal(text.slice(start, end), secret);
          last = end;
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('takes time that grows with the text', () => {
    for (const text of ['eyJ', '{"a":', 'token="', '-----BEGIN PRIVATE KEY-----', 'LS0tLS1CRUdJTi', 'a', 'key: \\"']) {
      const started = performance.now();
      findSecrets(text.repeat(Math.ceil(262_144 / text.length)));
      assert.ok(performance.now() - started < 1500, text);
    }
  });

  for (const start of ['eyJ', 'LS0tLS1CRUdJTi', '-----BEGIN PRIVATE KEY-----', '{', 'cfut_', 'Bearer ', 'token=']) {
    it(`gets through 8 MB behind ${start}`, () => {
      for (const fill of ['A', ' ', '-']) assert.ok(findSecrets(start + fill.repeat(8e6)).length < 2);
    });
  }
});
