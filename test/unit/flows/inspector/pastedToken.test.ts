import assert from 'node:assert/strict';
import { apiAnswer, base64, testKey } from '../../stream/keys/testKeys';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { testInspector } from '../../support/testInspector';

const [HEADER = '', PAYLOAD = '', SIGNATURE = ''] = DOCUMENTED_TOKEN.split('.');
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const OTHER = `${HEADER}.${part({ sub: '1b6f0d2a4c8e47d39a5b7c6e8f901234', exp: 1 })}.${SIGNATURE}`;
const URL_OF = `https://customer-abc123.cloudflarestream.com/${DOCUMENTED_TOKEN}/manifest/video.m3u8`;
const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const { jwk, pkcs1, pkcs8 } = testKey();

const ENCRYPTED = `${part({ alg: 'dir', enc: 'A256GCM' })}..aXY.Y2lwaGVy.dGFn`;
const PRETTY = [
  { alg: 'RS256', kid: 'x' },
  { sub: ID, kid: 'x', exp: 1 },
]
  .map((value) => Buffer.from(JSON.stringify(value, null, 2)).toString('base64url'))
  .concat(SIGNATURE)
  .join('.');
const SPACED = [
  PRETTY.split('.')[0],
  Buffer.from(`{ "sub": "${ID}", "exp": 1 }`).toString('base64url'),
  SIGNATURE,
].join('.');
const SIMULATED = base64(JSON.stringify({ sub: ID, kid: 'local-mode-key', exp: 1_800_000_060 }));
const PEM_OF = (label: string) => `-----BEGIN ${label}-----\n${'MIIEvQIBADAN\n'.repeat(20)}-----END ${label}-----`;
/** A text in lines of some width, with something between them. */
const wrapped = (text: string, between = '\n', width = 76) =>
  text.match(new RegExp(`.{1,${width}}`, 'g'))?.join(between) ?? '';

/** What comes of a pasted text: the headline, the names that are compared, or what is said beside the box. */
async function result(text: string): Promise<string> {
  const { inspector, prompter } = await testInspector({ acts: [{ type: text }, 'esc'] });
  const outcome = await inspector.inspect(undefined);
  if (!outcome.ok) return prompter.asked[1] ?? '';
  return outcome.value.kind === 'report' ? outcome.value.report.headline : outcome.value.comparison.title;
}

describe('what is pasted as a token', () => {
  const expired = /^Expired \d+ days ago$/;
  const compared = /^Claims: First token ↔ Second token$/;
  const signingKey = /^! This is a private signing key, not a token: whoever has it can sign for every video/;
  const encrypted = /^! This token is encrypted \(five parts\)/;
  const cutOff = /^! This token was cut off/;
  const simulated = /^Would be refused: made by Cloudflare’s local simulator$/;
  const standardBase64 = /^Would be refused: encoded with base64, not base64url$/;
  const otherKey = /^! This is a private key, not a token/;
  const rows: readonly [string, string, RegExp][] = [
    ['a token', DOCUMENTED_TOKEN, expired],
    ['with blanks around', `  ${DOCUMENTED_TOKEN}\n`, expired],
    ['quoted, from code', `"${DOCUMENTED_TOKEN}",`, expired],
    ['Bearer', `Bearer ${DOCUMENTED_TOKEN}`, expired],
    ['a header', `Authorization: Bearer ${DOCUMENTED_TOKEN}`, expired],
    ['a variable', `STREAM_TOKEN=${DOCUMENTED_TOKEN}`, expired],
    ['a manifest', `${URL_OF}?clientBandwidthHint=1.8`, expired],
    ['a player', `https://iframe.videodelivery.net/${DOCUMENTED_TOKEN}?muted=true`, expired],
    ['a thumbnail', `https://videodelivery.net/${DOCUMENTED_TOKEN}/thumbnails/thumbnail.jpg?time=2s`, expired],
    [
      'HTML',
      `<iframe src="https://customer-abc123.cloudflarestream.com/${DOCUMENTED_TOKEN}/iframe"></iframe>`,
      expired,
    ],
    ['a curl command', `curl -H 'Accept: x' "${URL_OF}" \\\n  --compressed`, expired],
    ['an answer of the API', JSON.stringify({ result: { token: DOCUMENTED_TOKEN }, success: true }, null, 2), expired],
    ['escaped JSON', JSON.stringify({ url: URL_OF }).replaceAll('/', '\\/'), expired],
    ['percent-encoded', `https://x.example/?u=${encodeURIComponent(URL_OF)}`, expired],
    ['its dots encoded', DOCUMENTED_TOKEN.replaceAll('.', '%2E'), expired],
    [
      'broken over lines',
      `${DOCUMENTED_TOKEN.slice(0, 76)}\r\n${DOCUMENTED_TOKEN.slice(76, 200)}\r\n  ${DOCUMENTED_TOKEN.slice(200)}`,
      expired,
    ],
    ['broken after a dot', `${HEADER}.\n${PAYLOAD}.\n${SIGNATURE}`, expired],
    ['the same token twice', `${URL_OF}\n${DOCUMENTED_TOKEN}`, expired],
    ['two tokens on two lines', `${DOCUMENTED_TOKEN}\n${OTHER}\n`, compared],
    ['two tokens in a row', `${DOCUMENTED_TOKEN} ${OTHER}`, compared],
    ['two tokens in JSON', JSON.stringify([DOCUMENTED_TOKEN, OTHER]), compared],
    ['two tokens in URLs', `${URL_OF} https://videodelivery.net/${OTHER}/iframe`, compared],
    ['three tokens', [DOCUMENTED_TOKEN, OTHER, `${OTHER}x`].join('\n'), /^! There are 3 tokens in this text/],
    ['nothing', '   ', /^! Paste a token/],
    ['words', 'hello world', /^! There is no token in this text/],
    ['only the header', HEADER, /^! This is only the first part \(the header\) of a token\. Copy the token as a whole/],
    [
      'only the claims',
      PAYLOAD,
      /^! This is only the middle part \(the claims\) of a token\. Copy the token as a whole/,
    ],
    ['only the claims, in base64url', part({ sub: ID, note: '??>>' }), /only the middle part/],
    ['only the claims, quoted', `"${PAYLOAD}"`, /only the middle part/],
    ['with padding', `${DOCUMENTED_TOKEN}==`, standardBase64],
    ['with padding, in a URL', URL_OF.replace(DOCUMENTED_TOKEN, `${DOCUMENTED_TOKEN}==`), standardBase64],
    ['in the other alphabet', DOCUMENTED_TOKEN.replaceAll('-', '+').replaceAll('_', '/'), standardBase64],
    [
      'its claims in the other alphabet',
      `${HEADER}.${btoa(`{"sub":"${ID}","note":"??>>"}`)}.${SIGNATURE}`,
      standardBase64,
    ],
    ['its end missing', DOCUMENTED_TOKEN.slice(0, -1), /^Would be refused: its end is missing$/],
    ['a part', `${HEADER}.${PAYLOAD}`, /^! A token has three parts with dots between them; this has 2/],
    ['a part too many', `${DOCUMENTED_TOKEN}.x`, /this has 4/],
    ['two parts too many', `${DOCUMENTED_TOKEN}.x.y`, /this has 5/],
    ['claims that are none', `${HEADER}.eyJ.x`, /second part \(claims\)/],
    ['an id', ID, /^! This is an id, not a token\. Make a token for it with "Sign a Video…"/],
    ['an id in upper case', ` ${ID.toUpperCase()} `, /^! This is an id/],
    [
      'a URL with a plain id',
      `https://videodelivery.net/${ID}/manifest/video.m3u8`,
      /plain id of the video in it, no token/,
    ],
    ['a signing key as the API gives it (jwk)', base64(JSON.stringify(jwk)), signingKey],
    ['a signing key as the API gives it (pem)', base64(pkcs1), signingKey],
    ['a signing key as JSON', JSON.stringify(jwk), signingKey],
    ['a PEM', pkcs8, signingKey],
    ['a PEM on one line', pkcs1.replaceAll('\n', ' '), signingKey],
    ['an answer with a new key', apiAnswer(testKey()), signingKey],
    ['an API token', 'cfut_0123456789abcdefghijABCDEFGHIJ', /^! This looks like an API token/],
    ['an API token in a header', 'Authorization: Bearer cfat_0123456789abcdefghij', /^! This looks like an API token/],
    ['an older API token', 'v2zZXJoVfFvW-jJ1eEwg3KrF5bzqnPcEpR_dTx9A', /^! This looks like an API token/],
    ['a Global API Key', 'cfk_0123456789abcdefghij', /^! This looks like a Global API Key/],
    ['an older Global API Key', '144c9defac04969c7bfad8efaa8ea194abcde', /^! This looks like a Global API Key/],
    ['a text of the local simulator', SIMULATED, /^Would be refused: made by Cloudflare’s local simulator$/],
    [
      'a token of Mux',
      `${part({ alg: 'RS256', kid: 'x' })}.${part({ sub: 'a01bC9dEfGh', aud: 'v', exp: 1 })}.c2ln`,
      /^Not a token of Stream: it looks like one of Mux$/,
    ],
    [
      'a token of Cloudflare Access',
      `${part({ alg: 'RS256', kid: 'x' })}.${part({ iss: 'https://acme.cloudflareaccess.com', sub: 'x', aud: ['y'] })}.c2ln`,
      /^Not a token of Stream: it is one of Cloudflare Access$/,
    ],
    [
      'a token of some login',
      `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: '1234567890', name: 'John Doe', iss: 'x' })}.c2ln`,
      /^Not a token of Stream: another system made it$/,
    ],
    [
      'a Stream token with claims of others',
      `${part({ alg: 'RS256', kid: 'x' })}.${part({ sub: ID, iss: 'x', aud: 'v', exp: 1 })}.${SIGNATURE}`,
      expired,
    ],
    ['broken, with blanks', wrapped(DOCUMENTED_TOKEN, ' '), expired],
    ['broken, with more blanks', wrapped(DOCUMENTED_TOKEN, '    '), expired],
    ['broken in short lines', wrapped(DOCUMENTED_TOKEN, ' ', 20), expired],
    ['blanks behind the dots', `${HEADER}. ${PAYLOAD}. ${SIGNATURE}`, expired],
    ['blanks around the dots', `${HEADER} . ${PAYLOAD} . ${SIGNATURE}`, expired],
    ['two, both broken, with blanks', `${wrapped(DOCUMENTED_TOKEN, ' ')} ${wrapped(OTHER, ' ')}`, compared],
    ['two, both broken', `${wrapped(DOCUMENTED_TOKEN)}\n${wrapped(OTHER)}`, compared],
    ['two, the first broken', `${wrapped(DOCUMENTED_TOKEN)}\n${OTHER}`, compared],
    ['two, the second broken', `${DOCUMENTED_TOKEN}\n${wrapped(OTHER)}`, compared],
    ['two, one without a signature', `${DOCUMENTED_TOKEN}\n${HEADER}.${PAYLOAD}.`, compared],
    ['in prose', `The token ${DOCUMENTED_TOKEN} does not work`, expired],
    ['broken in prose', `The token ${wrapped(DOCUMENTED_TOKEN, ' ')} does not work`, expired],
    ['a header, broken', `Authorization: Bearer ${wrapped(DOCUMENTED_TOKEN)}\nHost: x.example`, expired],
    [
      'a header, broken, with blanks',
      `Authorization: Bearer ${wrapped(DOCUMENTED_TOKEN, ' ')} Host: x.example`,
      expired,
    ],
    ['a URL, broken', wrapped(URL_OF), expired],
    ['a URL, broken, with blanks', wrapped(URL_OF, ' '), expired],
    ['YAML, folded', `token: >-\n  ${wrapped(DOCUMENTED_TOKEN, '\n  ')}\nother: x`, expired],
    ['a line that goes on', `TOKEN=${wrapped(DOCUMENTED_TOKEN, '\\\n')}`, expired],
    ['a line that goes on, with blanks', `TOKEN=${wrapped(DOCUMENTED_TOKEN, '\\ ')}`, expired],
    ['literals put together', `const t = "${wrapped(DOCUMENTED_TOKEN, '" +\n  "')}";`, expired],
    ['literals put together, with blanks', `const t = '${wrapped(DOCUMENTED_TOKEN, "' + '")}';`, expired],
    ['literals side by side', `t = ("${wrapped(DOCUMENTED_TOKEN, '"\n  "')}")`, expired],
    ['a quoted mail', `> ${wrapped(DOCUMENTED_TOKEN, '\n> ')}`, expired],
    ['a quoted mail, with blanks', `>> ${wrapped(DOCUMENTED_TOKEN, ' >> ')}`, expired],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(URL_OF)), expired],
    ['its dots encoded twice', DOCUMENTED_TOKEN.replaceAll('.', '%252E'), expired],
    [
      'its dots escaped in JSON',
      JSON.stringify({ t: 0 }).replace('0', `"${DOCUMENTED_TOKEN.replaceAll('.', '\\u002e')}"`),
      expired,
    ],
    ['line breaks escaped in JSON', JSON.stringify({ token: wrapped(DOCUMENTED_TOKEN) }), expired],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ token: wrapped(DOCUMENTED_TOKEN) })), expired],
    ['JSON printed over lines', PRETTY, expired],
    ['JSON printed over lines, in a URL', `https://videodelivery.net/${PRETTY}/iframe`, expired],
    ['JSON printed over lines, in JSON', JSON.stringify({ token: PRETTY }), expired],
    ['JSON printed over lines, in a header', `Authorization: Bearer ${PRETTY}`, expired],
    ['JSON printed with blanks, in a URL', `https://videodelivery.net/${SPACED}/iframe`, expired],
    ['what only looks like one', 'see ewok.ewoks.com and eyA.eyA.org', /^! There is no token in this text/],
    ['an encrypted token', ENCRYPTED, encrypted],
    ['an encrypted token in a header', `Authorization: Bearer ${ENCRYPTED}`, encrypted],
    ['an encrypted token in JSON', JSON.stringify({ token: ENCRYPTED }), encrypted],
    ['an encrypted token in a URL', `https://videodelivery.net/${ENCRYPTED}/iframe`, encrypted],
    ['cut off in the claims', `${DOCUMENTED_TOKEN.slice(0, 140)}...`, cutOff],
    ['cut off before the signature', `${HEADER}.${PAYLOAD}...`, cutOff],
    ['cut off in the header', `token=${DOCUMENTED_TOKEN.slice(0, 20)}… refused`, cutOff],
    ['cut off in the signature', `${DOCUMENTED_TOKEN.slice(0, 400)}…`, cutOff],
    ['cut off in the middle', `${DOCUMENTED_TOKEN.slice(0, 20)}...${DOCUMENTED_TOKEN.slice(-8)}`, cutOff],
    ['whole, with dots behind', `${DOCUMENTED_TOKEN}...`, expired],
    ['cut off, and whole', `${DOCUMENTED_TOKEN.slice(0, 20)}... is ${DOCUMENTED_TOKEN}`, expired],
    ['the simulator’s in a URL', `http://localhost:8787/${SIMULATED}/iframe`, simulated],
    ['the simulator’s in JSON', JSON.stringify({ token: SIMULATED }), simulated],
    ['the simulator’s in a variable', `TOKEN=${SIMULATED}`, simulated],
    [
      'the simulator’s, percent-encoded',
      `https://videodelivery.net/${encodeURIComponent(SIMULATED)}/iframe`,
      simulated,
    ],
    ['the simulator’s, broken', wrapped(SIMULATED, '\n', 40), simulated],
    ['the simulator’s in a variable, broken', `TOKEN=${wrapped(SIMULATED, ' ', 40)}`, simulated],
    ['a key of OpenSSH', PEM_OF('OPENSSH PRIVATE KEY'), otherKey],
    ['an encrypted key', PEM_OF('ENCRYPTED PRIVATE KEY'), otherKey],
    ['an encrypted key on one line', PEM_OF('ENCRYPTED PRIVATE KEY').replaceAll('\n', ' '), otherKey],
    ['an elliptic key in JSON', JSON.stringify({ key: PEM_OF('EC PRIVATE KEY') }), otherKey],
    ['a dot behind it', `${DOCUMENTED_TOKEN}.`, expired],
    ['a dot and a quote behind it', `"${DOCUMENTED_TOKEN}."`, expired],
    ['a dot behind it, broken', `${wrapped(DOCUMENTED_TOKEN)}.`, expired],
    ['a dot behind it, broken in prose', `The token is ${wrapped(DOCUMENTED_TOKEN, ' ')}. It does not work.`, expired],
    ['zero-width spaces inside', wrapped(DOCUMENTED_TOKEN, '\u200b'), expired],
    ['soft hyphens inside', wrapped(DOCUMENTED_TOKEN, '\u00ad'), expired],
    ['soft hyphens and line breaks inside', wrapped(DOCUMENTED_TOKEN, '\u00ad\n'), expired],
    ['marks of direction around', `\u200e${DOCUMENTED_TOKEN}\u200f`, expired],
    ['no-break spaces inside', wrapped(DOCUMENTED_TOKEN, '\u00a0'), expired],
    ['quoted-printable', wrapped(DOCUMENTED_TOKEN, '=\n', 75), expired],
    ['quoted-printable, with blanks', wrapped(DOCUMENTED_TOKEN, '= ', 75), expired],
    ['quoted-printable, from Windows', wrapped(DOCUMENTED_TOKEN, '=\r\n', 75), expired],
    ['quoted-printable, in a mail', wrapped(`Try https://x.example/?token=3D${DOCUMENTED_TOKEN}`, '=\n', 75), expired],
    ['a diff', `+${wrapped(DOCUMENTED_TOKEN, '\n+')}`, expired],
    ['a diff, with blanks', `+${wrapped(DOCUMENTED_TOKEN, ' +')}`, expired],
    ['a diff of YAML', ` a: b\n+token: >-\n+  ${wrapped(DOCUMENTED_TOKEN, '\n+  ')}\n c: d`, expired],
    ['a diff with a line before it', ` a: b\n+${wrapped(DOCUMENTED_TOKEN, '\n+')}`, expired],
    ['a diff with its heading', `@@ -1 +1,7 @@\n a=b\n+TOKEN=${wrapped(DOCUMENTED_TOKEN, '\n+', 60)}`, expired],
    ['a diff of a variable', `+TOKEN=${wrapped(DOCUMENTED_TOKEN, '\n+')}`, expired],
    ['a diff of a literal', `+const t = "${wrapped(DOCUMENTED_TOKEN, '" +\n+  "')}";`, expired],
    ['a token beside a broken one', `${DOCUMENTED_TOKEN} ${HEADER}.eyJ.x`, expired],
    ['a token behind a broken one', `${HEADER}.eyJ.x\n${DOCUMENTED_TOKEN}`, expired],
    ['a token beside an encrypted one', `Cookie: s=${ENCRYPTED}\nGET ${URL_OF}`, expired],
    ['two tokens beside an encrypted one', `${ENCRYPTED}\n${DOCUMENTED_TOKEN}\n${OTHER}`, compared],
    ['a broken one and an encrypted one', `${HEADER}.eyJ.x ${ENCRYPTED}`, /second part \(claims\)/],
    ['an OAuth token of Wrangler', 'cfoat_0123456789abcdefghijABCDEFGHIJ', /^! This looks like an API token/],
    ['a SHA-1', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', /^! There is no token/],
    ['a SHA-1 behind a name', 'token: da39a3ee5e6b4b0d3255bfef95601890afd80709', /^! There is no token/],
    ['a token of GitHub', 'ghp_0123456789abcdefghijABCDEFGHIJ012345', /^! There is no token/],
    ['a token of GitHub in a header', 'Bearer ghs_0123456789abcdefghijABCDEFGHIJ012345', /^! There is no token/],
    ['a token of npm', '_authToken=npm_0123456789abcdefghijABCDEFGHIJ012345', /^! There is no token/],
    ['an id in a variable', `videoId=${ID}`, /^! This is an id, not a token/],
    ['an id in an element', `<Stream src="${ID}" />`, /^! This is an id, not a token/],
    ['an id in code', `play({\n  videoId: '${ID}',\n});`, /^! This is an id, not a token/],
    ['32 digits of something else', `md5=${ID}`, /^! There is no token/],
    ['8 MB', `${HEADER}.eyJ${'A'.repeat(8e6)}.c2ln`, /^! This text is too long .* 8000\d\d\d characters/],
    [
      '8 MB of claims',
      `${HEADER}.${part({ sub: ID, note: 'x'.repeat(8e6) })}.${SIGNATURE}`,
      /^! This text is too long/,
    ],
    ['8 MB of blanks', ' '.repeat(8e6), /^! This text is too long/],
  ];
  for (const [name, text, expected] of rows) it(name, async () => assert.match(await result(text), expected));

  it('never repeats a key that is pasted by mistake', async () => {
    for (const text of [base64(JSON.stringify(jwk)), base64(pkcs1), JSON.stringify(jwk), pkcs8]) {
      const said = await result(text);
      for (const secret of [jwk.d, jwk.p, pkcs8.split('\n')[3] ?? '']) assert.ok(!said.includes(secret.slice(0, 12)));
    }
  });

  const urls: readonly [string, string, string | undefined][] = [
    ['as it is', URL_OF, URL_OF],
    ['broken', wrapped(URL_OF), URL_OF],
    ['broken, with blanks', wrapped(URL_OF, ' '), URL_OF],
    ['quoted', `> ${wrapped(URL_OF, '\n> ')}`, URL_OF],
    ['percent-encoded twice', `https://x.example/?u=${encodeURIComponent(encodeURIComponent(URL_OF))}`, URL_OF],
    ['quoted-printable', wrapped(URL_OF, '=\n', 75), URL_OF],
    ['behind an encrypted one', `${ENCRYPTED}\n${URL_OF}`, URL_OF],
    ['no URL', wrapped(DOCUMENTED_TOKEN), undefined],
    ['no URL, in prose', `It is ${wrapped(DOCUMENTED_TOKEN, ' ')}. It does not work.`, undefined],
  ];
  for (const [name, text, url] of urls) {
    it(`knows the URL around a token: ${name}`, async () => {
      const { inspector } = await testInspector();
      assert.deepEqual(inspector.given(text), { token: DOCUMENTED_TOKEN, ...(url !== undefined && { url }) });
    });
  }

  it('mentions that another token can’t be read', async () => {
    for (const [text, mentioned] of [
      [`${DOCUMENTED_TOKEN} ${ENCRYPTED}`, ['Another token in this text can’t be read.']],
      [DOCUMENTED_TOKEN, []],
    ] as const) {
      const { inspector, prompter } = await testInspector();
      assert.ok((await inspector.inspect(text)).ok);
      assert.deepEqual(prompter.mentioned, mentioned);
      assert.equal(inspector.given(text)?.token, DOCUMENTED_TOKEN);
    }
  });

  const beside: readonly [string, string, number][] = [
    ['a signing key', base64(JSON.stringify(jwk)), 1],
    ['a PEM', pkcs8, 1],
    ['a key of OpenSSH', PEM_OF('OPENSSH PRIVATE KEY'), 1],
    ['an answer with a new key', apiAnswer(testKey()), 1],
    ['nothing', '', 0],
  ];
  for (const [name, key, count] of beside) {
    it(`warns of a key beside a token: ${name}`, async () => {
      const { inspector, prompter } = await testInspector();
      assert.ok((await inspector.inspect(`${DOCUMENTED_TOKEN}\n${key}`)).ok);
      assert.equal(prompter.told.length, count);
      for (const said of prompter.told)
        assert.match(said, /^Beside the token, this text has a private key in it\. It was not read\./);
    });
  }

  it('says of a selection that does not fit into the box why nothing is decoded', async () => {
    const { inspector, prompter } = await testInspector({ acts: ['esc'] });
    const prompts: string[] = [];
    const { input } = prompter;
    prompter.input = (question) => {
      prompts.push(question.prompt);
      return input(question);
    };
    await inspector.inspect(`${HEADER}.${part({ note: 'x'.repeat(8e6) })}.${SIGNATURE}`);
    assert.match(prompts.join(), /^This text is too long/);
  });
});
