import assert from 'node:assert/strict';
import { decodeToken } from '../../../src/flows/decodeToken';
import { DOCUMENTED_TOKEN } from '../support/exampleToken';
import { memoryKeys, memoryVault } from '../support/memory';
import { type Act, scriptedPrompter } from '../support/scriptedPrompter';

/** An hour after the documented token was issued is when it dies. */
const DIES = 1_537_460_365;

async function play(text: string | undefined, acts: readonly Act[] = [], now = DIES - 1800, clipboard = '') {
  const prompter = scriptedPrompter(acts);
  prompter.clipboard = clipboard;
  const outcome = await decodeToken(text, {
    prompter,
    keys: memoryKeys(memoryVault()),
    times: { locale: 'en-US', timeZone: 'UTC' },
    now: () => now * 1000,
  });
  prompter.finish();
  return { report: outcome.ok ? outcome.value : undefined, asked: prompter.asked };
}

function token(header: unknown, claims: unknown): string {
  const part = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.c2ln`;
}
const RS256 = { alg: 'RS256', kid: 'k' };
const SUB = '1b6f0d2a4c8e47d39a5b7c6e8f901234';

describe('decode a token', () => {
  it('explains the documented token', async () => {
    const { report, asked } = await play(DOCUMENTED_TOKEN);
    assert.deepEqual(asked, []);
    assert.deepEqual(report?.status, {
      tone: 'good',
      headline: 'Not expired: 30 min left',
      detail: 'Until Sep 20, 2018, 16:19:25 (16:19:25 UTC).',
    });
    assert.equal(report?.signature, 'Decoded, signature not checked: the key is not on this machine.');
    assert.deepEqual(report?.oddities, []);
    assert.deepEqual(
      report?.claims.map(({ name, value, meaning }) => `${name}: ${value}: ${meaning}`),
      [
        'alg (header): RS256: Signed with RSA and SHA-256, as Stream expects.',
        'kid (header): e9db990a82666dd571c77f944a5c5c8d: The signing key that made the token.',
        'sub: ea95132c15732412d22c1476fa83f27a: The video or live input that may be watched.',
        'kid: e9db990a82666dd571c77f944a5c5c8d: The signing key, the same as in the header.',
        'exp: 1537460365: Expires Sep 20, 2018, 16:19:25 (16:19:25 UTC), in 30 min.',
        'nbf: 1537453165: Valid since Sep 20, 2018, 14:19:25 (14:19:25 UTC), 1 h 30 min ago.',
      ],
    );
    assert.deepEqual(report?.rules, ['There are no access rules: everyone with the token may watch.']);
    assert.deepEqual(JSON.parse(report?.json ?? '').claims.exp, '1537460365');
  });

  const moments: readonly [string, number, string, string][] = [
    ['a second before it dies', DIES - 1, 'good', 'Not expired: 1 s left'],
    ['when it dies', DIES, 'bad', 'Expired now'],
    ['three days later', DIES + 259_200, 'bad', 'Expired 3 days ago'],
    ['before it begins', DIES - 7260, 'unsure', 'Not valid yet: starts in 1 min'],
  ];
  for (const [title, now, tone, headline] of moments) {
    it(`judges the time ${title}`, async () => {
      const { report } = await play(DOCUMENTED_TOKEN, [], now);
      assert.deepEqual([report?.status.tone, report?.status.headline], [tone, headline]);
    });
  }

  it('writes the rules as sentences, in order', async () => {
    const accessRules = [
      { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
      { type: 'ip.src', action: 'block', ip: ['93.184.216.0/24', '2400:cb00::/32'] },
      { type: 'teapot', action: 'allow' },
    ];
    const { report } = await play(token(RS256, { sub: SUB, kid: 'k', exp: DIES, accessRules }));
    assert.deepEqual(report?.rules, [
      'Allow viewers in Germany (DE), Austria (AT).',
      'Block viewers with an address in 93.184.216.0/24, 2400:cb00::/32.',
      'A rule that can’t be read: {"type":"teapot","action":"allow"}',
      'Viewers who match no rule may watch.',
    ]);
    const closed = await play(
      token(RS256, { sub: SUB, kid: 'k', exp: DIES, accessRules: [accessRules[0], { type: 'any', action: 'block' }] }),
    );
    assert.equal(closed.report?.rules.at(-1), 'Block everyone else.');
  });

  const odd: readonly [string, unknown, unknown, RegExp][] = [
    ['another algorithm', { alg: 'HS256', kid: 'k' }, { sub: SUB, kid: 'k', exp: DIES }, /algorithm is HS256/],
    ['milliseconds', RS256, { sub: SUB, kid: 'k', exp: DIES * 1000 }, /"exp" looks like milliseconds/],
    ['no video', RS256, { kid: 'k', exp: DIES }, /"sub" is missing/],
    ['no expiry', RS256, { sub: SUB, kid: 'k' }, /"exp" is missing/],
    ['different key ids', RS256, { sub: SUB, kid: 'other', exp: DIES }, /key ids \(kid\) of header and claims differ/],
    ['an unknown claim', RS256, { sub: SUB, kid: 'k', exp: DIES, aud: 'x' }, /"aud" is not part/],
    ['never valid', RS256, { sub: SUB, kid: 'k', exp: DIES, nbf: DIES + 1 }, /can never be used/],
  ];
  for (const [title, header, claims, sentence] of odd) {
    it(`points out: ${title}`, async () =>
      assert.match((await play(token(header, claims))).report?.oddities.join('\n') ?? '', sentence));
  }

  it('does not claim to know who may watch when the rules are no list', async () => {
    const { report } = await play(token(RS256, { sub: SUB, kid: 'k', exp: DIES, accessRules: { type: 'any' } }));
    const told = [...(report?.rules ?? []), ...(report?.claims ?? []).map(({ meaning }) => meaning)].join('\n');
    assert.doesNotMatch(told, /everyone/);
    assert.match(told, /can’t be told who may watch/);
  });

  it('writes what can’t be seen as escapes in the JSON', async () => {
    const { report } = await play(token(RS256, { sub: SUB, kid: 'k', exp: DIES, note: 'a\u202e\u0007b' }));
    for (const hidden of ['\u202e', '\u0007']) assert.ok(!report?.json.includes(hidden));
    assert.equal(JSON.parse(report?.json ?? '').claims.note, 'a\u202e\u0007b');
  });

  it('takes the token out of a URL, a curl command and an answer', async () => {
    for (const text of [
      `https://customer-x.cloudflarestream.com/${DOCUMENTED_TOKEN}/manifest/video.m3u8?a=b`,
      `curl -H 'x: y' "https://videodelivery.net/${DOCUMENTED_TOKEN}/iframe"`,
      JSON.stringify({ success: true, result: { token: DOCUMENTED_TOKEN } }, null, 2),
      `Bearer ${DOCUMENTED_TOKEN}`,
      `"${DOCUMENTED_TOKEN}",`,
      `${DOCUMENTED_TOKEN.slice(0, 76)}\r\n${DOCUMENTED_TOKEN.slice(76, 200)}\r\n  ${DOCUMENTED_TOKEN.slice(200)}`,
    ]) {
      assert.equal((await play(text)).report?.status.tone, 'good', text.slice(0, 40));
    }
  });

  it('asks when nothing is selected, and says what is wrong', async () => {
    const parts = DOCUMENTED_TOKEN.split('.');
    const rows: readonly [string, RegExp][] = [
      ['hello', /no token in this text/],
      [parts.slice(0, 2).join('.'), /three parts with dots between them; this has 2/],
      [`${DOCUMENTED_TOKEN}.x`, /this has 4/],
      [`${DOCUMENTED_TOKEN}.x.y`, /encrypted/],
      [`${parts[0]}.eyJ.x`, /second part \(claims\)/],
    ];
    const { asked, report } = await play(undefined, [...rows.map(([type]) => ({ type })), { type: DOCUMENTED_TOKEN }]);
    assert.equal(asked[0], 'Decode Token');
    for (const [at, [, sentence]] of rows.entries()) assert.match(asked[at + 1] ?? '', sentence);
    assert.ok(report);
  });

  it('takes the clipboard on request only', async () => {
    const { report } = await play(
      undefined,
      [{ press: 'Take it from the clipboard' }, { type: '' }],
      DIES,
      DOCUMENTED_TOKEN,
    );
    assert.ok(report);
  });

  it('leaves silently at Esc', async () => assert.equal((await play('no token here', ['esc'])).report, undefined));
});
