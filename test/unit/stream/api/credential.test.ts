import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanApiToken, credentialHeaders, secretsOf, unloggedOf } from '../../../../src/stream/api/credential';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';

const TOKEN = 'Zq3_-9fK2mX7pL0aB4cD8eF6gH1iJ5kN7oQ2rS3t';

/** `ok` when the token comes out clean, or what is wrong. */
function clean(text: string, token = TOKEN): string {
  const result = cleanApiToken(text);
  if (!result.ok) return result.problem;
  return result.token === token ? 'ok' : 'another token';
}

describe('a credential', () => {
  const key = { kind: 'globalKey', email: 'dev@example.com', key: '0123456789abcdef0123456789abcdef01234' } as const;

  it('travels in the headers of its kind', () => {
    assert.deepEqual(credentialHeaders({ kind: 'apiToken', token: TOKEN }), { Authorization: `Bearer ${TOKEN}` });
    assert.deepEqual(credentialHeaders(key), { 'X-Auth-Email': key.email, 'X-Auth-Key': key.key });
  });

  it('knows its secrets', () => {
    assert.deepEqual(secretsOf({ kind: 'apiToken', token: TOKEN }), [TOKEN]);
    assert.deepEqual(secretsOf(key), [key.key]);
    assert.deepEqual(unloggedOf(key), [key.key, key.email]);
  });
});

describe('cleanApiToken', () => {
  const rows: readonly [string, string, string][] = [
    ['bare', TOKEN, 'ok'],
    ['blanks around', ` \u00a0${TOKEN}\t`, 'ok'],
    ['line breaks around', `\r\n${TOKEN}\r\n`, 'ok'],
    ['Bearer', `Bearer ${TOKEN}`, 'ok'],
    ['bearer and more blanks', `bearer   ${TOKEN}`, 'ok'],
    ['a header', `Authorization: Bearer ${TOKEN}`, 'ok'],
    ['a header in quotes', `'authorization: bearer ${TOKEN}'`, 'ok'],
    ['double quotes', `"${TOKEN}"`, 'ok'],
    ['single quotes', `'${TOKEN}'`, 'ok'],
    ['backticks and a comma', `\`${TOKEN}\`,`, 'ok'],
    ['a variable', `CLOUDFLARE_API_TOKEN=${TOKEN}`, 'ok'],
    ['a variable with quotes', `CLOUDFLARE_API_TOKEN="${TOKEN}"`, 'ok'],
    ['an exported variable', `export CLOUDFLARE_API_TOKEN=${TOKEN};`, 'ok'],
    ['YAML', `api_token: ${TOKEN}`, 'ok'],
    ['zero-width characters from a page', `\ufeff${TOKEN}\u200b`, 'ok'],

    ['40 hex digits', '0123456789abcdef0123456789abcdef01234567', 'globalKey'],
    ['37 upper-case hex digits', '0123456789ABCDEF0123456789ABCDEF01234', 'globalKey'],
    ['nothing', '', 'empty'],
    ['blanks', ' \n\t', 'empty'],
    ['only Bearer', 'Bearer ', 'empty'],
    ['only quotes', '""', 'empty'],
    ['only the variable', 'CLOUDFLARE_API_TOKEN=', 'empty'],
    ['a blank inside', `${TOKEN.slice(0, 20)} ${TOKEN.slice(20)}`, 'innerBlank'],
    ['a line break inside', `${TOKEN.slice(0, 20)}\n${TOKEN.slice(20)}`, 'innerBlank'],
    ['two tokens', `${TOKEN} ${TOKEN}`, 'innerBlank'],
    ['a whole command', `curl -H "Authorization: Bearer ${TOKEN}"`, 'innerBlank'],
    ['a NUL inside', `${TOKEN}\0${TOKEN}`, 'strangeCharacter'],
    ['an escape', `\u001b${TOKEN}`, 'strangeCharacter'],
    ['é', `${TOKEN}é`, 'strangeCharacter'],
    ['a bidi mark', `\u202e${TOKEN}`, 'strangeCharacter'],
    ['full-width letters', 'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶ', 'strangeCharacter'],
    ['an e-mail address', 'someone-with-a-name@example.com', 'strangeCharacter'],
    ['a Global API Key', '0123456789abcdef0123456789abcdef01234', 'globalKey'],
    ['a newer Global API Key', `cfk_${TOKEN}`, 'globalKey'],
    ['a signed URL token', DOCUMENTED_TOKEN, 'signedToken'],
    ['a short JWT', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', 'signedToken'],
    ['a private key', `-----BEGIN RSA PRIVATE${' KEY'}-----\nMIIE`, 'privateKey'],
    ['half of it', TOKEN.slice(0, 19), 'tooShort'],
    ['513 characters', 'a'.repeat(513), 'tooLong'],
    ['1 MB', 'a'.repeat(1_000_000), 'tooLong'],
    ['256 KB of commas', `${','.repeat(262_143)}x`, 'tooLong'],
    ['256 KB of quotes', `x${'"'.repeat(262_143)}x`, 'tooLong'],
  ];
  for (const [name, text, expected] of rows) it(`${name} → ${expected}`, () => assert.equal(clean(text), expected));

  for (const token of [`cfut_${TOKEN}`, `cfat_${TOKEN}`, 'a'.repeat(20), 'a'.repeat(512)]) {
    it(`takes ${token.slice(0, 24)}… (${token.length})`, () => assert.equal(clean(`Bearer ${token}`, token), 'ok'));
  }

  it('lets nothing into a header that is not safe there, and never quotes what it refuses', () => {
    const wrapped = fc.tuple(
      fc.constantFrom('', 'Bearer ', '"', 'Authorization: '),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('', '"', '\n'),
    );
    fc.assert(
      fc.property(wrapped, ([before, text, after]) => {
        const result = cleanApiToken(before + text + after);
        if (!result.ok) return assert.match(result.problem, /^[a-zA-Z]+$/);
        const { token } = result;
        assert.doesNotThrow(() => new Headers(credentialHeaders({ kind: 'apiToken', token })));
        assert.match(token, /^[\w-]{20,512}$/);
      }),
      { numRuns: RUNS },
    );
  });

  it('takes none of the hostile strings with anything strange in it', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    for (const text of strings) {
      const result = cleanApiToken(text);
      assert.ok(!result.ok || /^[\w-]{20,512}$/.test(result.token), text);
    }
  });
});
