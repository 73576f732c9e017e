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
    ['a part', `${HEADER}.${PAYLOAD}`, /^! A token has three parts with dots between them; this has 2/],
    ['a part too many', `${DOCUMENTED_TOKEN}.x`, /this has 4/],
    ['an encrypted token', `${DOCUMENTED_TOKEN}.x.y`, /^! This token is encrypted \(five parts\)/],
    ['an encrypted token of a library', `${part({ alg: 'dir', enc: 'A256GCM' })}..aXY.Y2lwaGVy.dGFn`, /encrypted/],
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
    [
      'a text of the local simulator',
      base64(JSON.stringify({ sub: ID, kid: 'local-mode-key', exp: 1_800_000_060 })),
      /^Would be refused: made by Cloudflare’s local simulator$/,
    ],
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
      `${part({ alg: 'RS256', kid: 'x' })}.${part({ sub: ID, iss: 'x', aud: 'v', exp: 1 })}.c2ln`,
      expired,
    ],
  ];
  for (const [name, text, expected] of rows) it(name, async () => assert.match(await result(text), expected));

  it('never repeats a key that is pasted by mistake', async () => {
    for (const text of [base64(JSON.stringify(jwk)), base64(pkcs1), JSON.stringify(jwk), pkcs8]) {
      const said = await result(text);
      for (const secret of [jwk.d, jwk.p, pkcs8.split('\n')[3] ?? '']) assert.ok(!said.includes(secret.slice(0, 12)));
    }
  });
});
