import assert from 'node:assert/strict';
import type { ClaimsReport } from '../../../../src/flows/inspector/claimsReport';
import { signToken } from '../../../../src/stream/keys/signToken';
import { testKey } from '../../stream/keys/testKeys';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { memoryAccounts, memoryKeys, memoryShelf } from '../../support/memory';
import type { Act } from '../../support/scriptedPrompter';
import { SOME_SIGNATURE } from '../../support/someSignature';
import { testInspector } from '../../support/testInspector';

/** An hour after the documented token was issued is when it dies. */
const DIES = 1_537_460_365;

async function play(text: string | undefined, acts: readonly Act[] = [], now = DIES - 1800, clipboard = '') {
  const { inspector, prompter } = await testInspector({ acts, now });
  prompter.clipboard = clipboard;
  const outcome = await inspector.inspect(text);
  prompter.finish();
  const inspected = outcome.ok ? outcome.value : undefined;
  return {
    report: inspected?.kind === 'report' ? inspected.report : undefined,
    comparison: inspected?.kind === 'comparison' ? inspected.comparison : undefined,
    asked: prompter.asked,
  };
}

function token(header: unknown, claims: unknown): string {
  const part = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${SOME_SIGNATURE}`;
}
const RS256 = { alg: 'RS256', kid: 'k' };
const SUB = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const ACCOUNT = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const TOKEN = { kind: 'apiToken', token: 'cfut_studio' } as const;

/** The line about a subject, as `tone: text`. */
function lineOf(report: ClaimsReport | undefined, subject: string): string {
  const line = report?.lines.find((candidate) => candidate.subject === subject);
  return `${line?.tone}: ${line?.text}`;
}

describe('the token inspector', () => {
  it('explains the documented token', async () => {
    const { report, asked } = await play(DOCUMENTED_TOKEN);
    assert.deepEqual(asked, []);
    assert.equal(report?.tone, 'unsure');
    assert.equal(report?.headline, 'Plays for everyone until 16:19 (in 30 min), if its signature is right');
    assert.deepEqual(
      report?.lines.map(({ subject, tone, text, action }) => [subject, tone, text, action ?? '-'].join(' | ')),
      [
        'Signature | unsure | Decoded, signature not checked: the key is not on this machine. | -',
        'Time | good | Until Sep 20, 2018, 16:19:25 (16:19:25 UTC), in 30 min. | -',
        'Video | neutral | Nothing is known of it here. | askVideo',
        'Downloads | neutral | Not allowed by the token. | -',
        'Viewers | good | Everyone with the token may watch. | -',
      ],
    );
    assert.equal(
      report?.judgedAt,
      'As of Sep 20, 2018, 15:49:25 (15:49:25 UTC). Nothing leaves this machine unless you choose to ask Cloudflare.',
    );
    assert.deepEqual(report?.oddities, []);
    assert.deepEqual(
      report?.claims.map(({ part, name, value, meaning }) => `${part} ${name}: ${value}: ${meaning}`),
      [
        'header alg: RS256: Signed with RSA and SHA-256, as Stream expects.',
        'header kid: e9db990a82666dd571c77f944a5c5c8d: The signing key that made the token.',
        'claims sub: ea95132c15732412d22c1476fa83f27a: The video or live input that may be watched.',
        'claims kid: e9db990a82666dd571c77f944a5c5c8d: The signing key, the same as in the header.',
        'claims exp: 1537460365: Expires Sep 20, 2018, 16:19:25 (16:19:25 UTC), in 30 min. Written as text, as Cloudflare’s API does.',
        'claims nbf: 1537453165: Valid since Sep 20, 2018, 14:19:25 (14:19:25 UTC), 1 h 30 min ago. Written as text, as Cloudflare’s API does.',
      ],
    );
    assert.deepEqual(report?.rules.rules, [
      { sentence: 'There are no access rules: everyone with the token may watch.', warnings: [] },
    ]);
    assert.deepEqual(JSON.parse(report?.json ?? '').claims.exp, '1537460365');
  });

  const moments: readonly [string, number, string, string][] = [
    [
      'a second before it dies',
      DIES - 1,
      'unsure',
      'Plays for everyone until 16:19 (in 1 s), if its signature is right',
    ],
    ['when it dies', DIES, 'bad', 'Expired now'],
    ['three days later', DIES + 259_200, 'bad', 'Expired 3 days ago'],
    ['before it begins', DIES - 7260, 'bad', 'Not valid yet: starts in 1 min'],
  ];
  for (const [title, now, tone, headline] of moments) {
    it(`judges the time ${title}`, async () => {
      const { report } = await play(DOCUMENTED_TOKEN, [], now);
      assert.deepEqual([report?.tone, report?.headline], [tone, headline]);
    });
  }

  it('writes the rules as sentences in order, with what is doubtful about each', async () => {
    const accessRules = [
      { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
      { type: 'ip.src', action: 'block', ip: ['93.184.216.0/24', '10.0.0.0/8'] },
      { type: 'teapot', action: 'allow' },
      { type: 'ip.src', action: 'block', ip: ['93.184.216.0/24'], country: ['FR'] },
    ];
    const { report } = await play(token(RS256, { sub: SUB, kid: 'k', exp: DIES, accessRules }));
    assert.deepEqual(report?.rules, {
      rules: [
        { sentence: 'Allow viewers in Germany (DE), Austria (AT).', warnings: [] },
        {
          sentence: 'Block viewers with an address in 93.184.216.0/24, 10.0.0.0/8.',
          warnings: [
            '10.0.0.0/8 is private or reserved: Cloudflare never sees a viewer with such an address.',
            'IPv4 only: viewers with an IPv6 address never match.',
          ],
        },
        {
          sentence: 'A rule that can’t be read: {"type":"teapot","action":"allow"}',
          warnings: ['This rule has a form that Stream does not know.'],
        },
        {
          sentence:
            'A rule that can’t be read: {"type":"ip.src","action":"block","ip":["93.184.216.0/24"],"country":["FR"]}',
          warnings: ['This rule has a list that does not go with its type, so it is not clear whom it is for.'],
        },
        { sentence: 'Viewers who match no rule may watch.', warnings: [] },
      ],
      // What comes of all of them together is not clear where one can't be read.
      warnings: [],
    });
    const closed = await play(
      token(RS256, { sub: SUB, kid: 'k', exp: DIES, accessRules: [accessRules[0], { type: 'any', action: 'block' }] }),
    );
    assert.equal(closed.report?.rules.rules.at(-1)?.sentence, 'Block everyone else.');
    assert.equal(
      closed.report?.headline,
      'Plays for viewers in DE and AT until 16:19 (in 30 min), if its signature is right',
    );
    assert.equal(lineOf(closed.report, 'Viewers'), 'good: Only viewers in Germany (DE) and Austria (AT) may watch.');
  });

  const odd: readonly [string, unknown, unknown, string, RegExp][] = [
    ['another algorithm', { alg: 'HS256', kid: 'k' }, { sub: SUB, kid: 'k', exp: DIES }, 'alg', /algorithm is HS256/],
    ['milliseconds', RS256, { sub: SUB, kid: 'k', exp: DIES * 1000 }, 'exp', /"exp" looks like milliseconds/],
    [
      'a text for true',
      RS256,
      { sub: SUB, kid: 'k', exp: DIES, downloadable: 'true' },
      'downloadable',
      /"downloadable" is neither true nor false/,
    ],
    ['a video that is none', RS256, { sub: 'x', kid: 'k', exp: DIES }, 'sub', /"sub" is not a video id/],
    [
      'different key ids',
      RS256,
      { sub: SUB, kid: 'other', exp: DIES },
      '',
      /key ids \(kid\) of header and claims differ/,
    ],
    ['more than a day from now', RS256, { sub: SUB, kid: 'k', exp: DIES + 864_000 }, 'exp', /longer than 24 h/],
    ['never valid', RS256, { sub: SUB, kid: 'k', exp: DIES, nbf: DIES + 1 }, 'exp', /can never be used/],
    ['twice', RS256, `{"sub":"x","sub":"${SUB}","kid":"k","exp":${DIES}}`, 'sub', /"sub" stands twice/],
    [
      'twice in the header',
      `{"alg":"RS256","alg":"RS256","kid":"k"}`,
      { sub: SUB, kid: 'k', exp: DIES },
      'alg',
      /"alg" stands twice/,
    ],
    [
      'twice in a rule',
      RS256,
      `{"sub":"${SUB}","kid":"k","exp":${DIES},"accessRules":[{"type":"any","type":"any"}]}`,
      '',
      /"type" stands twice/,
    ],
  ];
  const twice: readonly [string, string, string, readonly string[]][] = [
    ['in the header', '{"alg":"RS256","kid":"x","kid":"k"}', '{"kid":"k"}', ['header kid']],
    ['in the claims', '{"alg":"RS256","kid":"k"}', '{"kid":"x","kid":"k"}', ['claims kid']],
    ['in both', '{"alg":"RS256","kid":"x","kid":"k"}', '{"kid":"x","kid":"k"}', ['header kid', 'claims kid']],
    ['inside, a name of a claim', '{"alg":"RS256","kid":"k"}', '{"kid":"k","x":{"kid":1,"kid":2}}', ['above all']],
    [
      'inside, a name that all objects know',
      '{"alg":"RS256","kid":"k"}',
      '{"x":{"toString":1,"toString":2}}',
      ['above all'],
    ],
    [
      'a name that all objects know',
      '{"alg":"RS256","kid":"k"}',
      '{"constructor":1,"constructor":2}',
      ['claims constructor'],
    ],
  ];
  for (const [title, header, claims, places] of twice) {
    it(`tells a name that stands twice where it does: ${title}`, async () => {
      const { report } = await play(token(header, claims));
      const told = (sentences: readonly string[] = []) => sentences.filter((text) => text.includes('stands twice'));
      assert.deepEqual(
        [
          ...(report?.claims ?? []).flatMap(({ part, name, oddities }) => told(oddities).map(() => `${part} ${name}`)),
          ...told(report?.oddities).map(() => 'above all'),
        ],
        places,
      );
    });
  }

  for (const [title, header, claims, row, sentence] of odd) {
    it(`points out, ${row === '' ? 'above all' : `at the row of ${row}`}: ${title}`, async () => {
      const { report } = await play(token(header, claims));
      const said = row === '' ? report?.oddities : report?.claims.find(({ name }) => name === row)?.oddities;
      assert.match(said?.join('\n') ?? '', sentence);
    });
  }

  for (const [title, text, headline] of [
    ['Mux', token(RS256, { sub: 'a1B2', aud: 'v', kid: 'k', exp: DIES }), /looks like one of Mux/],
    ['Access', token(RS256, { sub: 'u', iss: 'https://acme.cloudflareaccess.com', exp: DIES }), /Cloudflare Access/],
    ['the simulator', btoa(JSON.stringify({ sub: 'x', kid: 'local-mode-key', exp: DIES })), /local simulator/],
  ] as const) {
    it(`says of a token of ${title} no more than that it is one`, async () => {
      const { report } = await play(text);
      assert.match(report?.headline ?? '', headline);
      assert.deepEqual([report?.advice.length, report?.lines, report?.urls, report?.oddities], [1, [], [], []]);
    });
  }

  it('offers no URL with a token that Stream takes at no time', async () => {
    const { report } = await play(token({ alg: 'HS256', kid: 'k' }, { sub: SUB, kid: 'k', exp: DIES + 60 }));
    assert.deepEqual(report?.urls, []);
    assert.equal(lineOf(report, 'Viewers'), 'neutral: Everyone with the token may watch.');
    assert.equal(lineOf(report, 'Signature'), 'bad: Not RS256, so Stream does not look at the signature.');
  });

  it('shows a value as it stands in the token', async () => {
    const { report } = await play(token(RS256, `{"sub":" ${SUB} ","kid":"k","exp":1e999}`));
    const values = report?.claims.map(({ name, value }) => `${name} ${value}`);
    assert.ok(values?.includes(`sub " ${SUB} "`), values?.join());
    assert.ok(values?.includes('exp Infinity'), values?.join());
  });

  it('does not claim to know who may watch when the rules are no list', async () => {
    const { report } = await play(token(RS256, { sub: SUB, kid: 'k', exp: DIES, accessRules: { type: 'any' } }));
    assert.equal(report?.headline, 'May be refused: its access rules can’t all be read');
    const told = JSON.stringify([report?.rules, report?.lines, report?.claims.map(({ meaning }) => meaning)]);
    assert.doesNotMatch(told, /everyone/i);
    assert.match(told, /can’t be told who may watch/);
  });

  const downloadable: readonly [unknown, string, string][] = [
    [true, 'neutral: Allowed. Whether the files were made is not known here.', 'Also opens the MP4 and M4A downloads'],
    [false, 'neutral: Not allowed by the token.', 'Opens no downloads.'],
    ['true', 'unsure: Not known: "downloadable" is neither true nor false.', 'Opens downloads only when it is true.'],
    [1, 'unsure: Not known: "downloadable" is neither true nor false.', 'Opens downloads only when it is true.'],
  ];
  for (const [value, line, meaning] of downloadable) {
    it(`says what comes of downloadable: ${JSON.stringify(value)}`, async () => {
      const { report } = await play(token(RS256, { sub: SUB, kid: 'k', exp: DIES, downloadable: value }));
      assert.equal(lineOf(report, 'Downloads'), line);
      assert.ok(report?.claims.find(({ name }) => name === 'downloadable')?.meaning.startsWith(meaning));
    });
  }

  it('writes what can’t be seen as escapes in the JSON', async () => {
    const { report } = await play(token(RS256, { sub: SUB, kid: 'k', exp: DIES, note: 'a\u202e\u0007b' }));
    for (const hidden of ['\u202e', '\u0007']) assert.ok(!report?.json.includes(hidden));
    assert.equal(JSON.parse(report?.json ?? '').claims.note, 'a\u202e\u0007b');
  });

  it('keeps the whole value of a claim for the clipboard', async () => {
    const long = 'x'.repeat(2000);
    const { report } = await play(token(RS256, { sub: SUB, kid: 'k', exp: DIES, note: long, list: [1, { a: 2 }] }));
    const row = (name: string) => report?.claims.find((claim) => claim.name === name);
    assert.equal(row('note')?.raw, long);
    assert.equal(row('note')?.value.length, 600);
    assert.equal(row('list')?.raw, '[1,{"a":2}]');
    assert.equal(row('exp')?.raw, String(DIES));
  });

  it('lists the URLs on the host that the token came from', async () => {
    const urlsOf = async (text: string) => (await play(text)).report?.urls.map(({ url }) => url);
    const own = await urlsOf(`https://customer-abc123.cloudflarestream.com/${DOCUMENTED_TOKEN}/iframe`);
    assert.equal(own?.[0], `https://customer-abc123.cloudflarestream.com/${DOCUMENTED_TOKEN}/manifest/video.m3u8`);
    const escaped = await urlsOf(
      JSON.stringify({ u: `https://customer-abc123.cloudflarestream.com/${DOCUMENTED_TOKEN}/iframe` }).replaceAll(
        '/',
        '\\/',
      ),
    );
    assert.deepEqual(escaped, own);
    const bare = await urlsOf(DOCUMENTED_TOKEN);
    assert.ok(bare?.includes(`https://iframe.videodelivery.net/${DOCUMENTED_TOKEN}`));
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

  it('explains at once what is known, and with what secret storage and files hold when asked again', async () => {
    const { jwk } = testKey();
    const accounts = await memoryAccounts({ label: 'Studio', accountId: ACCOUNT, credential: TOKEN });
    // Stored by another window, so that nothing here has heard of it.
    await memoryKeys(accounts.vault).add('a1', jwk, '');
    const shelf = memoryShelf();
    await shelf.write('a1', [{ id: SUB, name: 'Tour', signed: true }]);
    let read = false;
    const find = (id: string) => (read ? shelf.find(id) : undefined);
    const lookUp = async (id: string) => {
      read = true;
      return find(id);
    };
    let asked = 0;
    const { keys: stored } = accounts.vault;
    accounts.vault.keys = () => {
      asked++;
      return stored();
    };
    const { inspector } = await testInspector({ accounts, now: DIES, shelf: { find, lookUp } });
    const signed = await signToken(jwk, SUB, {}, DIES);
    const inspected = await inspector.inspect(signed);
    assert.ok(inspected.ok && inspected.value.kind === 'report');
    const { report } = inspected.value;
    assert.equal(asked, 0);
    assert.match(lineOf(report, 'Signature'), /^unsure: .*the key is not on this machine/);
    assert.match(lineOf(report, 'Video'), /^neutral: Nothing is known/);
    const again = await inspector.again(report.given);
    assert.ok(again.ok);
    assert.match(lineOf(again.value, 'Signature'), /^good: Signature valid/);
    assert.match(lineOf(again.value, 'Video'), /Tour, in Studio/);
  });

  it('leaves silently at Esc', async () => assert.equal((await play('no token here', ['esc'])).report, undefined));
});
