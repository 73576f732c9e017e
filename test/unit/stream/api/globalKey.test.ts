import assert from 'node:assert/strict';
import fc from 'fast-check';
import { credentialHeaders } from '../../../../src/stream/api/credential';
import { cleanEmail, cleanGlobalKey } from '../../../../src/stream/api/globalKey';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';

const KEY = '0123456789abcdef0123456789abcdef01234';

describe('cleanGlobalKey', () => {
  const clean = (text: string, key = KEY) => {
    const result = cleanGlobalKey(text);
    if (!result.ok) return result.problem;
    if (result.key !== key) return 'another key';
    return result.usual ? 'ok' : 'unusual';
  };
  const rows: readonly [string, string, string][] = [
    ['bare', KEY, 'ok'],
    ['upper case', KEY.toUpperCase(), 'another key'],
    ['blanks and line breaks around', `\r\n ${KEY}\u00a0\n`, 'ok'],
    ['a header', `X-Auth-Key: ${KEY}`, 'ok'],
    ['a header in quotes', `"X-Auth-Key: ${KEY}"`, 'ok'],
    ['a variable', `CLOUDFLARE_API_KEY=${KEY}`, 'ok'],
    ['an exported variable with quotes', `export CLOUDFLARE_API_KEY="${KEY}";`, 'ok'],
    ['zero-width characters', `\ufeff${KEY}\u200b`, 'ok'],
    ['nothing', '', 'empty'],
    ['only the variable', 'CLOUDFLARE_API_KEY=', 'empty'],
    ['a blank inside', `${KEY.slice(0, 9)} ${KEY.slice(9)}`, 'innerBlank'],
    ['a user’s API token', 'cfut_abcdefghijklmnopqrstuvwxyz0123456789', 'apiToken'],
    ['an account’s API token', 'cfat_abcdefghijklmnopqrstuvwxyz0123456789', 'apiToken'],
    ['an e-mail address', 'someone@example.com', 'strangeCharacter'],
    ['é', `${KEY}é`, 'strangeCharacter'],
    ['a signed token', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', 'signedToken'],
    ['a private key', `-----BEGIN PRIVATE${' KEY'}-----\nMIIE`, 'privateKey'],
    ['half of it', KEY.slice(0, 19), 'tooShort'],
    ['1 MB', 'a'.repeat(1_000_000), 'tooLong'],
  ];
  for (const [name, text, expected] of rows) it(`${name} → ${expected}`, () => assert.equal(clean(text), expected));

  it('takes newer and unknown forms, and says which it does not know', () => {
    const newer = 'cfk_abcdefghijklmnopqrstuvwxyz0123456789';
    assert.equal(clean(newer, newer), 'ok');
    const unknown = 'Zq3_-9fK2mX7pL0aB4cD8eF6gH1iJ5kN7oQ2rS3t';
    assert.equal(clean(unknown, unknown), 'unusual');
  });
});

describe('cleanEmail', () => {
  const clean = (text: string) => {
    const result = cleanEmail(text);
    return result.ok ? `= ${result.email}` : result.problem;
  };
  const rows: readonly [string, string][] = [
    ['dev@example.com', '= dev@example.com'],
    [' Dev+stream@Example.com\n', '= Dev+stream@Example.com'],
    ['"dev@example.com"', '= dev@example.com'],
    ['mailto:dev@example.com', '= dev@example.com'],
    ['X-Auth-Email: dev@example.com', '= dev@example.com'],
    ['export CLOUDFLARE_EMAIL=dev@example.com', '= dev@example.com'],
    ['dev@bücher.example', '= dev@bücher.example'],
    ['dev@localhost', '= dev@localhost'],
    ['', 'empty'],
    ['  ', 'empty'],
    ['dev', 'noAt'],
    ['@example.com', 'noAt'],
    ['dev@', 'noAt'],
    ['a@b@c', 'noAt'],
    ['a@example.com, b@example.com', 'several'],
    ['a@example.com;b@example.com', 'several'],
    ['a@example.com b@example.com', 'several'],
    ['<dev@example.com>', 'brackets'],
    ['Dev <dev@example.com>', 'brackets'],
    ['dev@example.com\r\nX-Evil: 1', 'strangeCharacter'],
    ['de v@example.com', 'strangeCharacter'],
    ['dev\0@example.com', 'strangeCharacter'],
    ['dev\u202e@example.com', 'strangeCharacter'],
    ['dev@例え.example', 'strangeCharacter'],
    [`${'a'.repeat(243)}@example.com`, 'tooLong'],
  ];
  for (const [text, expected] of rows)
    it(`${JSON.stringify(text.slice(0, 50))} → ${expected}`, () => assert.equal(clean(text), expected));
});

describe('a key and its e-mail address', () => {
  it('never let anything into a header that is not safe there', () => {
    const wrapped = fc.tuple(
      fc.constantFrom('', 'X-Auth-Email: ', 'X-Auth-Key: ', '"'),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.emailAddress(), fc.stringMatching(/^[0-9a-f]{37}$/)),
      fc.constantFrom('', '"', '\r\n'),
    );
    fc.assert(
      fc.property(wrapped, wrapped, (first, second) => {
        const email = cleanEmail(first.join(''));
        const key = cleanGlobalKey(second.join(''));
        for (const { problem } of [email, key].filter((result) => !result.ok)) assert.match(problem, /^[a-zA-Z]+$/);
        if (!email.ok || !key.ok) return;
        const headers = credentialHeaders({ kind: 'globalKey', email: email.email, key: key.key });
        assert.deepEqual([...new Headers(headers).values()], [email.email, key.key]);
      }),
      { numRuns: RUNS },
    );
  });

  it('take none of the hostile strings with anything strange in it', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    for (const text of strings) {
      const email = cleanEmail(text);
      const key = cleanGlobalKey(text);
      assert.ok(!email.ok || /^[\x21-\x7e\xa1-\xff]{1,254}$/.test(email.email), text);
      assert.ok(!key.ok || /^[\w-]{20,512}$/.test(key.key), text);
    }
  });
});
