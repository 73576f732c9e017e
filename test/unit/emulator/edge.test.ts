import assert from 'node:assert/strict';
import { STUDIO_ID } from '../../emulator/accounts';
import { VIEWER_COUNTRY, VIEWER_IP } from '../../emulator/admit';
import { answerEdge } from '../../emulator/edge';
import { createState, type State } from '../../emulator/state';
import { createSigningKey, type SigningKey, signParts, signToken, type TokenClaims } from '../../emulator/token';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const ALL_HANDS = '3d8b2f4c6ea059f5bc7d9e80a1b23456';
const NOW = 1_790_000_000;
const RESOURCES = [
  'manifest/video.m3u8',
  'manifest/video.mpd',
  'iframe',
  'watch',
  'thumbnails/thumbnail.jpg',
  'thumbnails/thumbnail.gif',
];

describe('emulator: delivery edge', () => {
  let state: State;
  let key: SigningKey;
  let stranger: SigningKey;
  before(async () => {
    state = await createState({ now: () => NOW * 1000 });
    stranger = await createSigningKey('0'.repeat(32));
    const own = state.hiddenKeys.get(STUDIO_ID);
    assert.ok(own);
    key = own;
  });

  function ask(
    subject: string,
    resource = 'manifest/video.m3u8',
    more: { headers?: Record<string, string>; query?: string; method?: string } = {},
  ) {
    const { headers = {}, query = '', method = 'GET' } = more;
    const path = `/${subject}/${resource}`;
    return answerEdge(state, {
      method,
      path,
      query: new URLSearchParams(query),
      headers,
      body: '',
      remoteAddress: '127.0.0.1',
    });
  }
  const good: TokenClaims = { sub: TOUR, exp: NOW + 60, nbf: NOW - 60 };
  const token = (claims: Partial<TokenClaims> = {}) => signToken(key, { ...good, ...claims });
  const raw = (claims: object, header: object = { alg: 'RS256', kid: key.kid }) =>
    signParts(header, claims, key.privateKey);
  const numbers = { sub: TOUR, exp: NOW + 60 };

  const verdicts: readonly (readonly [string, () => string, number])[] = [
    ['the id of a private video', () => TOUR, 401],
    ['the id of a public video', () => TRAILER, 200],
    ['the id of a private video that is not ready', () => ALL_HANDS, 401],
    ['an id nobody has', () => 'f'.repeat(32), 404],
    ['no id at all', () => 'videos', 404],
    ['a token', () => token(), 200],
    ['a token for a public video', () => token({ sub: TRAILER }), 200],
    ['a token for a video that is not ready', () => token({ sub: ALL_HANDS }), 404],
    ['a token for no known video', () => token({ sub: 'f'.repeat(32) }), 404],
    ['a token for another account’s video', () => token({ sub: state.accounts[1]?.videos[1]?.uid ?? '' }), 404],
    ['a token without sub', () => raw({ exp: NOW + 60 }), 404],
    ['a token that has expired', () => token({ exp: NOW }), 401],
    ['a token in its last second', () => token({ exp: NOW + 1 }), 200],
    ['a token that starts now', () => token({ nbf: NOW }), 200],
    ['a token that starts later', () => token({ nbf: NOW + 1 }), 401],
    ['a token without exp', () => raw({ sub: TOUR }), 401],
    ['a token whose exp is a date', () => raw({ ...numbers, exp: '2026-11-01T00:00:00Z' }), 401],
    [
      'a token with numbers and typ, as other software signs',
      () => raw(numbers, { typ: 'JWT', alg: 'RS256', kid: key.kid }),
      200,
    ],
    ['a token that says HS256', () => raw(numbers, { alg: 'HS256', kid: key.kid }), 401],
    [
      'a token that says none',
      () => `${raw(numbers, { alg: 'none', kid: key.kid }).split('.').slice(0, 2).join('.')}.`,
      401,
    ],
    ['a token without kid', () => raw(numbers, { alg: 'RS256' }), 401],
    ['a token of an unknown key', () => signToken(stranger, good), 401],
    ['a token of an unknown key under a known name', () => signToken({ ...stranger, kid: key.kid }, good), 401],
    ['a token with another payload', () => mixed(token(), token({ sub: TRAILER })), 401],
    ['a token with another spelling of its signature', () => `${token()}=`, 401],
    ['three parts that are no token', () => 'a.b.c', 401],
    ['a token whose rules are no list', () => raw({ ...numbers, accessRules: {} }), 401],
  ];
  for (const [what, subject, status] of verdicts) {
    it(`answers ${what} with ${status}`, () => {
      const answer = ask(subject());
      assert.equal(answer.status, status, String(answer.body));
      assert.equal(answer.headers['access-control-allow-origin'], '*');
    });
  }

  for (const resource of RESOURCES) {
    it(`guards ${resource}`, () => {
      assert.deepEqual([ask(token(), resource).status, ask(TOUR, resource).status], [200, 401]);
    });
  }

  it('takes a token in place of the id only', () => {
    assert.equal(ask(TOUR, 'manifest/video.m3u8', { query: `token=${token()}` }).status, 401);
  });

  it('knows no other resource and no other method', () => {
    assert.equal(ask(token(), 'downloads/default.webm').status, 404);
    assert.equal(ask(token(), 'manifest').status, 404);
    assert.equal(ask(token(), 'iframe', { method: 'POST' }).status, 405);
    assert.equal(ask(token(), 'manifest/video.mpd', { method: 'HEAD' }).status, 200);
  });

  it('escapes the video’s name', () => {
    const odd = state.accounts[1]?.videos.find(
      ({ meta, requireSignedURLs }) => !requireSignedURLs && String(meta.name).startsWith('<b>'),
    );
    assert.ok(odd);
    assert.match(String(ask(odd.uid, 'watch').body), /<h1>&#60;b&#62;bold/);
  });

  const allowGermany = [
    { type: 'ip.geoip.country', action: 'allow', country: ['de'] },
    { type: 'any', action: 'block' },
  ];
  const blockNetwork = [{ type: 'ip.src', action: 'block', ip: ['93.184.216.0/24', '2400:cb00::/32', '10.1.2.3'] }];
  const allowOnly = [{ type: 'ip.src', action: 'allow', ip: ['10.0.0.0/8'] }];
  const viewers: readonly (readonly [string, readonly object[], string, string, number])[] = [
    ['lets in a country', allowGermany, '93.184.216.34', 'DE', 200],
    ['keeps out the others', allowGermany, '93.184.216.34', 'FR', 403],
    ['keeps out a network', blockNetwork, '93.184.216.34', 'US', 403],
    ['keeps out an IPv6 network', blockNetwork, '2400:cb00::1', 'US', 403],
    ['keeps out an address', blockNetwork, '10.1.2.3', 'US', 403],
    ['lets in its neighbour', blockNetwork, '10.1.2.4', 'US', 200],
    [
      'has no IPv4 rule for an IPv6 viewer',
      [{ type: 'ip.src', action: 'block', ip: ['0.0.0.0/0'] }],
      '2400:cb00::1',
      'US',
      200,
    ],
    ['knows an IPv4 viewer in IPv6 spelling', blockNetwork, '::ffff:93.184.216.34', 'US', 403],
    ['knows one in hexadecimal', blockNetwork, '0:0:0:0:0:FFFF:5db8:d822', 'US', 403],
    [
      'has no IPv6 rule for such a viewer',
      [{ type: 'ip.src', action: 'block', ip: ['::/0'] }],
      '::ffff:93.184.216.34',
      'US',
      200,
    ],
    ['stops at the first rule that fits', [...allowOnly, { type: 'any', action: 'block' }], '10.9.9.9', 'US', 200],
    ['blocks nobody without a final rule', allowOnly, '93.184.216.34', 'US', 200],
  ];
  for (const [what, accessRules, ip, country, status] of viewers) {
    it(`${what} by access rules`, () => {
      const headers = { [VIEWER_IP]: ip, [VIEWER_COUNTRY]: country };
      assert.equal(ask(token({ accessRules }), 'manifest/video.m3u8', { headers }).status, status);
    });
  }
});

/** The first token's header and signature around the second one's claims. */
function mixed(one: string, other: string): string {
  const [header, , signature] = one.split('.');
  return [header, other.split('.')[1], signature].join('.');
}
