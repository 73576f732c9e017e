import assert from 'node:assert/strict';
import { compareTokens } from '../../../../src/flows/inspector/compareTokens';
import { comparisonText } from '../../../../src/flows/signing/compareSigning';
import { readToken } from '../../../../src/stream/token/claims';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';

const SUB = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const RS256 = { alg: 'RS256', kid: 'k' };

function named(name: string, header: object, claims: object | string, signature = 'c2ln') {
  const part = (value: object | string) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const read = readToken(`${part(header)}.${part(claims)}.${signature}`);
  assert.ok(read.ok);
  return { name, token: read.token };
}

describe('two tokens side by side', () => {
  it('without tokens and signatures in sight', () => {
    const read = readToken(DOCUMENTED_TOKEN);
    assert.ok(read.ok);
    const { title, left } = compareTokens({ name: 'API', token: read.token }, named('mine', RS256, { sub: SUB }));
    assert.equal(title, 'Claims: API ↔ mine');
    for (const part of DOCUMENTED_TOKEN.split('.')) assert.ok(!left.text.includes(part));
    assert.deepEqual(left.text.split('\n'), [
      'header:',
      '  alg: "RS256"',
      '  kid: "e9db990a82666dd571c77f944a5c5c8d"',
      'claims:',
      '  sub: "ea95132c15732412d22c1476fa83f27a"',
      '  kid: "e9db990a82666dd571c77f944a5c5c8d"',
      '  exp: 1537460365 # 2018-09-20T16:19:25Z',
      '  nbf: 1537453165 # 2018-09-20T14:19:25Z',
      '',
    ]);
  });

  const rule = { type: 'ip.geoip.country', action: 'allow', country: ['AT', 'DE'] };
  const pairs: readonly [string, object, object, readonly string[]][] = [
    ['times as text and as numbers', { exp: '1800000000', nbf: '5' }, { nbf: 5, exp: 1_800_000_000 }, []],
    ['another order of members', { sub: SUB, kid: 'k' }, { kid: 'k', sub: SUB }, []],
    [
      'another order inside a rule',
      { accessRules: [rule] },
      { accessRules: [{ country: ['AT', 'DE'], action: 'allow', type: 'ip.geoip.country' }] },
      [],
    ],
    [
      'another order of rules',
      { accessRules: [rule, { type: 'any' }] },
      { accessRules: [{ type: 'any' }, rule] },
      ['accessRules'],
    ],
    ['a claim that only one has', { exp: 1 }, { exp: 1, nbf: 0 }, ['nbf']],
    ['another key', { kid: 'a', exp: 1 }, { kid: 'b', exp: 1 }, ['kid']],
    ['milliseconds for seconds', { exp: 1_800_000_000 }, { exp: 1_800_000_000_001 }, ['exp']],
    ['times that can’t be read', { exp: 'soon' }, { exp: 'later' }, ['exp']],
    ['a time outside the calendar', { exp: 1 }, { exp: 9e12 }, ['exp']],
    ['hostile names', { '__proto__\u202e': 1 }, { constructor: 2 }, ['__proto__\u202e', 'constructor']],
  ];
  for (const [title, left, right, differing] of pairs) {
    it(`${title}: ${differing.length === 0 ? 'the same' : differing}`, () => {
      const compared = compareTokens(named('a', RS256, left), named('b', RS256, right));
      assert.deepEqual(compared.differing, differing);
      assert.equal(compared.left.text === compared.right.text, differing.length === 0);
    });
  }

  it('show each rule in a line of its own', () => {
    const { left } = compareTokens(named('a', RS256, { accessRules: [rule, { type: 'any' }] }), named('b', RS256, {}));
    assert.match(
      left.text,
      / {2}accessRules:\n {4}- \{"action":"allow","country":\["AT","DE"\],"type":"ip.geoip.country"\}\n {4}- \{"type":"any"\}\n/,
    );
  });

  const other = { alg: 'HS256', kid: 'other' };
  const headers: readonly [string, object, object, readonly string[]][] = [
    ['another algorithm and key', {}, {}, ['alg', 'kid']],
    ['the same key in the claims', { kid: 'k' }, { kid: 'k' }, ['alg', 'kid']],
    ['another key in header and claims', { kid: 'k' }, { kid: 'other' }, ['alg', 'kid']],
    ['another video too', { sub: SUB }, { sub: 'x' }, ['alg', 'sub', 'kid']],
  ];
  for (const [title, left, right, differing] of headers) {
    it(`${title} in the header: ${differing}`, () => {
      const compared = compareTokens(named('a', RS256, left), named('b', other, right));
      assert.deepEqual(compared.differing, differing);
      assert.notEqual(compared.left.text, compared.right.text);
    });
  }

  const own = named('a', RS256, { exp: 1 });
  const verdicts: readonly [string, ReturnType<typeof named>, string][] = [
    ['the same token', own, 'The two tokens are identical.'],
    [
      'other bytes of the signature',
      named('b', RS256, { exp: 1 }, 'c2lo'),
      'Same claims, other signature: one was changed, or signed with another key.',
    ],
    ['the same in another form', named('b', RS256, { exp: '1' }, 'c2lo'), 'The tokens claim the same.'],
    ['another key', named('b', other, { exp: 1 }), 'The tokens differ in: alg, kid.'],
  ];
  for (const [title, token, expected] of verdicts)
    it(`${title}: ${expected}`, () => assert.equal(comparisonText(compareTokens(own, token)), expected));

  it('does not blame signatures that are never twice the same', () => {
    const ps256 = { alg: 'PS256', kid: 'k' };
    const compared = compareTokens(named('a', ps256, { exp: 1 }), named('b', ps256, { exp: 1 }, 'c2lo'));
    assert.equal(comparisonText(compared), 'The tokens claim the same.');
  });

  const signers: readonly [readonly string[], string][] = [
    [['kid'], 'The tokens differ in: kid. Cloudflare signs with a key of its own.'],
    [['kid', 'nbf'], 'The tokens differ in: kid, nbf. Cloudflare uses its own key and sets nbf.'],
    [['kid', 'exp'], 'The tokens differ in: kid, exp.'],
    [[], 'The tokens claim the same.'],
  ];
  for (const [differing, expected] of signers) {
    it(`signed both ways: ${expected}`, () => {
      const page = { name: '', text: '' };
      assert.equal(comparisonText({ title: '', left: page, right: page, differing, bothWays: true }), expected);
    });
  }

  it('show nothing that reorders text', () => {
    const { left } = compareTokens(named('a', RS256, { '# x\n': 'a\u202eb\n' }), named('b', RS256, {}));
    assert.match(left.text, /^ {2}"# x\\n": "a\\u202eb\\n"$/m);
  });
});
