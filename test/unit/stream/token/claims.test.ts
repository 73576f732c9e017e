import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Oddity, readToken, type TokenProblem } from '../../../../src/stream/token/claims';
import { DOCUMENTED_CLAIMS, DOCUMENTED_HEADER, DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';
import { jwt, KEY_ID, VIDEO_ID } from './jwt';

/** What is odd, one line each, e.g. `algorithm none`; or `! ` and why it can't be read at all. */
function odd(text: string): readonly string[] {
  const result = readToken(text);
  return result.ok ? result.token.oddities.map(line) : [`! ${line(result.problem)}`];
}

function line({ code, ...details }: Oddity | TokenProblem): string {
  return [code, ...Object.values(details)].join(' ');
}

const GOOD = { sub: VIDEO_ID, kid: KEY_ID, exp: 1_800_003_600, nbf: 1_799_996_400 };
const RS256 = { alg: 'RS256', kid: KEY_ID };

describe('readToken', () => {
  it('reads the documented token', () => {
    const result = readToken(DOCUMENTED_TOKEN);
    assert.ok(result.ok);
    assert.deepEqual(result.token, {
      text: DOCUMENTED_TOKEN,
      header: DOCUMENTED_HEADER,
      claims: DOCUMENTED_CLAIMS,
      expiry: { kind: 'seconds', seconds: 1_537_460_365, asString: true },
      notBefore: { kind: 'seconds', seconds: 1_537_453_165, asString: true },
      rules: [],
      oddities: [],
    });
  });

  const plain: readonly [string, unknown][] = [
    ['integers', GOOD],
    [
      'every known claim',
      { ...GOOD, downloadable: true, accessRules: [{ type: 'any', action: 'block' }], flags: { original: true } },
    ],
    ['the longest life with Cloudflare’s own nbf', { ...GOOD, exp: GOOD.nbf + 90_000 }],
    ['five rules', { ...GOOD, accessRules: Array(5).fill({ type: 'any', action: 'block' }) }],
    ['no nbf', { ...GOOD, nbf: undefined }],
    ['no kid among the claims', { ...GOOD, kid: undefined }],
  ];
  for (const [name, claims] of plain)
    it(`finds nothing odd in ${name}`, () => assert.deepEqual(odd(jwt(claims, RS256)), []));

  const claims: readonly [string, unknown, readonly string[]][] = [
    ['no sub, as in a documented sample', { ...GOOD, sub: undefined }, ['noSubject']],
    ['sub in upper case', { ...GOOD, sub: VIDEO_ID.toUpperCase() }, ['subjectNotId']],
    ['sub a path', { ...GOOD, sub: '../../user/tokens/verify' }, ['subjectNotId']],
    ['sub null', { ...GOOD, sub: null }, ['subjectNotId']],
    ['another kid', { ...GOOD, kid: VIDEO_ID }, ['keyIdsDiffer']],
    ['kid an object', { ...GOOD, kid: {} }, ['keyIdsDiffer']],
    ['no exp', { ...GOOD, exp: undefined }, ['noExpiry']],
    ['exp in milliseconds', { ...GOOD, exp: GOOD.exp * 1000 }, ['milliseconds exp']],
    ['nbf in milliseconds', { ...GOOD, nbf: String(GOOD.nbf * 1000) }, ['milliseconds nbf']],
    ['exp 1e999', `{"sub":"${VIDEO_ID}","exp":1e999}`, ['unreadableTime exp']],
    ['exp ""', { ...GOOD, exp: '' }, ['unreadableTime exp']],
    ['exp " 1 "', { ...GOOD, exp: ' 1 ' }, ['unreadableTime exp']],
    ['exp "08"', { ...GOOD, exp: '08' }, ['unreadableTime exp']],
    ['exp "0x10"', { ...GOOD, exp: '0x10' }, ['unreadableTime exp']],
    ['exp negative', { ...GOOD, exp: -1 }, ['unreadableTime exp']],
    ['exp null', { ...GOOD, exp: null }, ['unreadableTime exp']],
    ['exp a list', { ...GOOD, exp: [1] }, ['unreadableTime exp']],
    ['exp before nbf', { ...GOOD, exp: GOOD.nbf - 1 }, ['neverValid']],
    ['exp and nbf the same', { ...GOOD, exp: GOOD.nbf }, ['neverValid']],
    ['a second too long', { ...GOOD, exp: GOOD.nbf + 90_001 }, ['over24Hours']],
    ['one rule without a list', { ...GOOD, accessRules: { type: 'any', action: 'block' } }, ['rulesNotList']],
    ['six rules', { ...GOOD, accessRules: Array(6).fill({ type: 'any', action: 'block' }) }, ['tooManyRules 6']],
    ['downloadable false', { ...GOOD, downloadable: false }, []],
    ['downloadable "true"', { ...GOOD, downloadable: 'true' }, ['downloadableNotBoolean']],
    ['downloadable 1', { ...GOOD, downloadable: 1 }, ['downloadableNotBoolean']],
    ['downloadable null', { ...GOOD, downloadable: null }, ['downloadableNotBoolean']],
    ['claims of other systems', { ...GOOD, iss: 'x', 'a b': 1 }, ['unknownClaim iss', 'unknownClaim a b']],
    [
      'duplicate names: the last one counts',
      `{"sub":"x","sub":"${VIDEO_ID}","exp":1800003600}`,
      ['duplicate sub payload'],
    ],
    [
      'duplicates in a rule',
      `{"sub":"${VIDEO_ID}","exp":1800003600,"accessRules":[{"type":"any","action":"allow","action":"block"}]}`,
      ['duplicate action'],
    ],
    ['__proto__', `{"sub":"${VIDEO_ID}","exp":1,"__proto__":{"exp":2,"nbf":3}}`, ['unknownClaim __proto__']],
    ['constructor', `{"sub":"${VIDEO_ID}","exp":1,"constructor":{}}`, ['unknownClaim constructor']],
    ['nothing', {}, ['noSubject', 'noExpiry']],
  ];
  for (const [name, payload, expected] of claims)
    it(`payload: ${name}`, () => assert.deepEqual(odd(jwt(payload, RS256)), expected));

  it('takes no claim from __proto__', () => {
    const result = readToken(jwt('{"__proto__":{"sub":"x","exp":1,"accessRules":[]}}'));
    assert.ok(result.ok);
    assert.equal(result.token.expiry, undefined);
    assert.equal(({} as Record<string, unknown>).sub, undefined);
  });

  const headers: readonly [string, unknown, readonly string[]][] = [
    ['typ, as libraries write it', { ...RS256, typ: 'JWT' }, []],
    ['duplicate names', `{"alg":"RS256","kid":"x","kid":"${KEY_ID}"}`, ['duplicate kid header']],
    ['alg none', { ...RS256, alg: 'none' }, ['algorithm none']],
    ['alg None', { ...RS256, alg: 'None' }, ['algorithm None']],
    ['alg HS256', { ...RS256, alg: 'HS256' }, ['algorithm HS256']],
    ['no alg', { kid: KEY_ID }, ['noAlgorithm']],
    ['alg null', { ...RS256, alg: null }, ['noAlgorithm']],
    [
      'alg an object that hates being text',
      { ...RS256, alg: { toString: 1, valueOf: 1 } },
      ['algorithm {"toString":1,"valueOf":1}'],
    ],
    ['alg a list', { ...RS256, alg: ['RS256'] }, ['algorithm ["RS256"]']],
    ['crit', { ...RS256, crit: ['b64'] }, ['critical']],
    ['b64 false', { ...RS256, b64: false }, ['critical']],
    ['zip', { ...RS256, zip: 'DEF' }, ['critical']],
    ['no kid', { alg: 'RS256' }, ['keyIdsDiffer']],
  ];
  for (const [name, header, expected] of headers)
    it(`header: ${name}`, () => assert.deepEqual(odd(jwt(GOOD, header)), expected));

  const keyIds: readonly [unknown, unknown, readonly string[]][] = [
    [undefined, undefined, ['noKeyId']],
    [null, null, ['noKeyId']],
    [null, undefined, ['noKeyId']],
    [undefined, 7, ['noKeyId']],
    [7, 7, ['noKeyId']],
    [{}, [], ['noKeyId']],
    ['', '', ['noKeyId']],
    [KEY_ID, null, ['keyIdsDiffer']],
    [7, KEY_ID, ['keyIdsDiffer']],
    ['', KEY_ID, ['keyIdsDiffer']],
    [KEY_ID, KEY_ID, []],
  ];
  for (const [header, claims, expected] of keyIds)
    it(`key ids: ${JSON.stringify(header)} in the header, ${JSON.stringify(claims)} among the claims`, () =>
      assert.deepEqual(odd(jwt({ ...GOOD, kid: claims }, { alg: 'RS256', kid: header })), expected));

  // 11 bytes end in a character with two bits to spare: "0" of base64url, in which they are set, is "1".
  const spare = (json: string) => `${Buffer.from(json).toString('base64url').slice(0, -1)}1`;
  const spellings: readonly [string, string, readonly string[]][] = [
    ['bits set in the header', `${spare('{"kid":"k"}')}.${part(GOOD)}.c2ln`, ['spelling header']],
    ['bits set in the claims', `${part(RS256)}.${spare('{"exp":100}')}.c2ln`, ['spelling payload']],
    ['bits to spare in the signature', `${part(RS256)}.${part(GOOD)}.c2k`, []],
    ['bits set in the signature', `${part(RS256)}.${part(GOOD)}.c2j`, ['spelling signature']],
    ['four bits to spare', `${part(RS256)}.${part(GOOD)}.cQ`, []],
    ['four bits set', `${part(RS256)}.${part(GOOD)}.cR`, ['spelling signature']],
  ];
  for (const [name, token, expected] of spellings)
    it(`spelling: ${name}`, () =>
      assert.deepEqual(
        odd(token).filter((text) => text.startsWith('spelling')),
        expected,
      ));

  const [goodHeader = '', goodPayload = '', goodSignature = ''] = jwt(GOOD, RS256).split('.');
  const standard: readonly [string, string, readonly string[]][] = [
    ['a header with padding', `${goodHeader}=.${goodPayload}.${goodSignature}`, []],
    ['claims with padding', `${goodHeader}.${goodPayload}==.${goodSignature}`, []],
    ['a signature with padding', `${jwt(GOOD, RS256)}==`, []],
    ['claims with + and /', `${goodHeader}.${btoa('{"sub":"??>>"}')}.${goodSignature}`, ['subjectNotId', 'noExpiry']],
    ['a signature with + and /', jwt(GOOD, RS256, 'a+b/'), []],
    ['a signature with padding, and bits set', jwt(GOOD, RS256, 'cR=='), ['spelling signature']],
  ];
  for (const [name, token, more] of standard)
    it(`base64 that is not of URLs: ${name}`, () => assert.deepEqual(odd(token), ['standardBase64', ...more]));

  it('misses the signature', () => assert.deepEqual(odd(jwt(GOOD, RS256, '')), ['noSignature']));

  it('names the token of Cloudflare’s simulator', () => {
    const claims = { sub: '0b6f7c1e-1111-4222-8333-444455556666', kid: 'local-mode-key', exp: 1_537_460_365 };
    const result = readToken(btoa(JSON.stringify(claims)));
    assert.ok(result.ok);
    assert.deepEqual(result.token.claims, claims);
    assert.deepEqual(result.token.header, {});
    assert.deepEqual(result.token.oddities.map(line), ['simulated', 'subjectNotId']);
  });

  it('does not take a private key for such a token', () => {
    assert.deepEqual(
      odd(btoa(JSON.stringify({ use: 'sig', kty: 'RSA', kid: KEY_ID, alg: 'RS256', n: 'n', e: 'AQAB', d: 'secret' }))),
      ['! parts 1'],
    );
  });

  const good = jwt(GOOD, RS256);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const deep = (levels: number) => `{"sub":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  const problems: readonly [string, string, string][] = [
    ['nothing', '', 'parts 1'],
    ['a word', 'hello', 'parts 1'],
    ['only the header', header, 'onePart header'],
    ['only the claims', payload, 'onePart payload'],
    ['only the claims, in base64url', part({ ...GOOD, note: '??>>' }), 'onePart payload'],
    ['only claims that name no key', btoa(JSON.stringify({ exp: 1 })), 'onePart payload'],
    ['an object that is neither', btoa('{"a":1}'), 'parts 1'],
    ['two parts', `${header}.${payload}`, 'parts 2'],
    ['four parts', `${good}.x`, 'parts 4'],
    ['five parts', `${good}.x.y`, 'encrypted'],
    ['only dots', '..', 'unreadablePart header'],
    ['no header', `.${payload}.${signature}`, 'unreadablePart header'],
    ['no payload', `${header}..${signature}`, 'unreadablePart payload'],
    ['a header with padding inside', `eyJh=IjoxMn0.${payload}.${signature}`, 'unreadablePart header'],
    ['a header with too much padding', `${header}===.${payload}.${signature}`, 'unreadablePart header'],
    ['a blank inside', `${header}.${payload.slice(0, 8)} ${payload.slice(8)}.${signature}`, 'unreadablePart payload'],
    ['an impossible length', `${header}.eyJhI.${signature}`, 'unreadablePart payload'],
    ['no JSON', jwt('{'), 'unreadablePart payload'],
    ['JSON with comments', jwt('{/**/}'), 'unreadablePart payload'],
    ['a list', jwt([1]), 'unreadablePart payload'],
    ['null', jwt(null), 'unreadablePart payload'],
    ['text', jwt('"x"'), 'unreadablePart payload'],
    ['invalid UTF-8', jwt(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)), 'unreadablePart payload'],
    ['33 levels', jwt(deep(32)), 'unreadablePart payload'],
    ['2,000 levels', jwt(deep(2000)), 'unreadablePart payload'],
    ['a header of 2,000 levels', jwt(GOOD, deep(2000)), 'unreadablePart header'],
    ['too much', `${good}${'A'.repeat(16_384)}`, `tooLong ${good.length + 16_384}`],
    ['5 million dots', '.'.repeat(5_000_000), 'tooLong 5000000'],
    ['equal signs', `${'='.repeat(16_000)}x`, 'parts 1'],
  ];
  for (const [name, text, expected] of problems)
    it(`can’t read ${name}`, () => assert.deepEqual(odd(text), [`! ${expected}`]));

  it('reads the longest token, and as deep as can be printed again', () => {
    assert.equal(readToken(good.padEnd(16_384, 'A')).ok, true);
    const result = readToken(jwt(deep(31)));
    assert.ok(result.ok);
    assert.ok(JSON.stringify(result.token.claims));
  });

  it('reads a BOM, and half a character, without complaint', () => {
    assert.equal(readToken(jwt(`\ufeff${JSON.stringify(GOOD)}`)).ok, true);
    assert.equal(readToken(jwt('{"sub":"\\ud800"}')).ok, true);
  });

  it('never throws, whatever the claims are', () => {
    const json = fc.json({ maxDepth: 6 });
    const awkward = fc.dictionary(
      fc.constantFrom(
        'sub',
        'kid',
        'exp',
        'nbf',
        'accessRules',
        'alg',
        'crit',
        'toString',
        'valueOf',
        'toJSON',
        '__proto__',
        'length',
      ),
      fc.jsonValue({ maxDepth: 4 }),
    );
    fc.assert(
      fc.property(fc.oneof(json, awkward), fc.oneof(json, awkward), fc.boolean(), (claims, header, mangle) => {
        const text = jwt(claims, header);
        const result = readToken(mangle ? text.slice(3) : text);
        if (result.ok) assert.ok(JSON.stringify(result.token));
      }),
      { numRuns: RUNS },
    );
  });

  it('never throws, whatever the text is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        fc.nat({ max: DOCUMENTED_TOKEN.length }),
        fc.nat({ max: 4 }),
        (text, at, drop) => {
          readToken(text);
          readToken(DOCUMENTED_TOKEN.slice(0, at) + text + DOCUMENTED_TOKEN.slice(at + drop));
          readToken(DOCUMENTED_TOKEN.slice(0, at) + DOCUMENTED_TOKEN.slice(at + drop));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('reads every vector as it was made', function () {
    const shared = sharedJson('vectors/token-vectors.json.gz') as Vectors | undefined;
    if (shared === undefined) this.skip();
    for (const { name, token, header, payload } of shared.vectors) {
      const result = readToken(token);
      assert.ok(result.ok, name);
      assert.deepEqual([result.token.header, result.token.claims], [header, payload], name);
      assert.deepEqual(result.token.oddities.map(line), 'sub' in payload ? [] : ['noSubject'], name);
    }
  });
});

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

interface Vectors {
  readonly vectors: readonly {
    readonly name: string;
    readonly token: string;
    readonly header: object;
    readonly payload: object;
  }[];
}
