import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isId } from '../../../src/stream/id';
import { type IdResult, parseAccountId, parseVideoId } from '../../../src/stream/parseId';
import { DOCUMENTED_CLAIMS, DOCUMENTED_TOKEN } from '../support/exampleToken';
import { RUNS } from '../support/properties';
import { sharedJson } from '../support/shared';
import { jwt } from './token/jwt';

const ID = '1b6f5a3c9d2e4f708192a3b4c5d6e7f8';
const OTHER = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const UUID = '1b6f5a3c-9d2e-4f70-8192-a3b4c5d6e7f8';
const CUSTOMER = 'https://customer-f33zs165nr7gyfy4.cloudflarestream.com';

/** `url <id>`, or what is wrong, e.g. `! length 31`. */
function outcome(result: IdResult): string {
  if (result.ok) return `${result.from} ${result.id}`;
  return `! ${Object.values(result.problem).join(' ')}`;
}

/** What no id field may let through: each would leave the path it is put into, or is close to an id. */
const notIds: readonly [string, string, string][] = [
  ['nothing', '', '! empty'],
  ['blanks', ' \t\n\u00a0 ', '! empty'],
  ['31 digits', ID.slice(1), '! length 31'],
  ['33 digits', `${ID}0`, '! length 33'],
  ['64 digits', ID + ID, '! length 64'],
  ['a UUID', UUID, '! uuid'],
  ['a UUID in upper case', UUID.toUpperCase(), '! uuid'],
  ['a letter beyond f', ID.replace('f', 'g'), '! notHex'],
  ['a dot', '.', '! notHex'],
  ['two dots', '..', '! notHex'],
  ['encoded dots', '%2e%2e', '! notHex'],
  ['a way out', '../../user/tokens/verify', '! notHex'],
  ['a way out behind an id', `${ID}/../../../user/tokens/verify`, '! notHex'],
  ['a slash', 'a/b', '! notHex'],
  ['a backslash', `${ID.slice(2)}\\a`, '! notHex'],
  ['a query', `${ID}?x`, '! notHex'],
  ['a fragment', `${ID}#x`, '! notHex'],
  ['a line break inside', `${ID.slice(0, 16)}\n${ID.slice(16)}`, '! notHex'],
  ['a NUL behind', `${ID}\0`, '! notHex'],
  ['a right-to-left mark', `\u200f${ID}`, '! notHex'],
  ['a zero-width blank', `${ID}\u200b`, '! notHex'],
  ['full-width digits', ID.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))), '! notHex'],
  ['two ids', `${ID} ${OTHER}`, '! several'],
  ['two ids with a comma', `${ID},${OTHER}`, '! several'],
  ['a name', 'My holiday', '! notHex'],
  ['an e-mail address', 'me@example.com', '! notHex'],
  ['another site', `https://example.com/${ID}`, '! otherUrl'],
  ['1 MB', 'a'.repeat(1_000_000), '! tooLong'],
];

describe('isId', () => {
  for (const text of [ID, OTHER]) it(`takes ${text}`, () => assert.equal(isId(text), true));
  for (const [name, text] of [
    ...notIds,
    ['upper case', ID.toUpperCase()],
    ['a line break behind', `${ID}\n`],
    ['a blank before', ` ${ID}`],
  ] as const) {
    it(`refuses ${name}`, () => assert.equal(isId(text), false));
  }
});

describe('parseVideoId', () => {
  for (const text of [` "${ID}",`, `'${ID}';`, `\`${ID}\``]) {
    it(`takes ${text} as it is copied out of code`, () => assert.equal(outcome(parseVideoId(text)), `id ${ID}`));
  }

  const video = (text: string) => outcome(parseVideoId(text));
  for (const [name, text, expected] of notIds) it(`${name} → ${expected}`, () => assert.equal(video(text), expected));

  for (const text of [ID, ` ${ID}\r\n`, ID.toUpperCase(), '\u00a0'.concat(ID)]) {
    it(`id: ${JSON.stringify(text)}`, () => assert.equal(video(text), `id ${ID}`));
  }

  const urls: readonly string[] = [
    `${CUSTOMER}/${ID}/iframe?autoplay&poster=x`,
    `${CUSTOMER}/${ID}/watch`,
    `${CUSTOMER}/${ID}/manifest/video.m3u8`,
    `${CUSTOMER}/${ID}/manifest/video.mpd`,
    `${CUSTOMER}/${ID}/manifest/video.m3u8?protocol=llhls`,
    `${CUSTOMER}/${ID}/manifest/video.m3u8?dvrEnabled=true`,
    `${CUSTOMER}/${ID}/thumbnails/thumbnail.jpg?time=1s&height=270`,
    `${CUSTOMER}/${ID}/thumbnails/thumbnail.gif`,
    `${CUSTOMER}/${ID}/downloads/default.mp4?filename=x`,
    `${CUSTOMER}/${ID}/downloads/audio.m4a`,
    `${CUSTOMER}/${ID}/webRTC/play`,
    `${CUSTOMER}/${ID}/manifest/clip.m3u8?time=600s&duration=30s`,
    `${CUSTOMER}/${ID}/clip.mp4?time=600s`,
    `${CUSTOMER}/${ID}/lifecycle`,
    `${CUSTOMER}/${ID}`,
    `${CUSTOMER}/${ID.toUpperCase()}/watch`,
    `${CUSTOMER.toUpperCase()}/${ID}/watch`,
    `customer-f33zs165nr7gyfy4.cloudflarestream.com/${ID}/watch`,
    `//customer-f33zs165nr7gyfy4.cloudflarestream.com/${ID}/watch`,
    `<iframe src="${CUSTOMER}/${ID}/iframe" allowfullscreen></iframe>`,
    `[watch](${CUSTOMER}/${ID}/watch)`,
    `https://iframe.cloudflarestream.com/${ID}?controls=false`,
    `https://iframe.videodelivery.net/${ID}`,
    `https://watch.cloudflarestream.com/${ID}`,
    `https://watch.videodelivery.net/${ID}`,
    `https://videodelivery.net/${ID}/manifest/video.m3u8`,
    `https://videodelivery.net/${ID}/thumbnails/thumbnail.jpg`,
    `http://videodelivery.net/${ID}/downloads/default.mp4`,
    `https://cloudflarestream.com/${ID}/watch`,
    `https://embed.cloudflarestream.com/embed/we4g.fla9.latest.js?video=${ID}`,
    `https://embed.videodelivery.net/embed/r4xu.fla9.latest.js?preload=true&video=${ID}`,
    `https://dash.cloudflare.com/${OTHER}/stream/videos/${ID}`,
    `https://dash.cloudflare.com/${OTHER}/stream/inputs/${ID}/settings`,
    `https://dash.cloudflare.com/${OTHER}/stream/${ID}`,
    `dash.cloudflare.com/${OTHER}/stream/videos/${ID.toUpperCase()}`,
    `https://api.cloudflare.com/client/v4/accounts/${OTHER}/stream/${ID}/token`,
    `https://api.cloudflare.com/client/v4/accounts/${OTHER}/stream/live_inputs/${ID}`,
  ];
  for (const url of urls) it(`URL: ${url}`, () => assert.equal(video(url), `url ${ID}`));

  const strangers: readonly string[] = [
    `https://customer-x.cloudflarestream.com.evil.example/${ID}/watch`,
    `https://notcloudflarestream.com/${ID}/watch`,
    `https://cloudflarestream.com@evil.example/${ID}/watch`,
    `https://user:cloudflarestream.com/@evil.example/${ID}`,
    `https://evil.example/https:/cloudflarestream.com/${ID}/watch`,
    `https://evil.example?cloudflarestream.com/${ID}`,
    `https://evil.example#cloudflarestream.com/${ID}`,
    `https://cloudflarestream.com\\@evil.example/${ID}`,
    `https://cloudflarestream.co/${ID}`,
    `https://dash.cloudflare.com.evil.example/${OTHER}/stream/videos/${ID}`,
    `https://dash.cloudflare.com@evil.example/${OTHER}/stream/videos/${ID}`,
    `${CUSTOMER}/../${ID.slice(1)}/watch`,
    `${CUSTOMER}/%2e%2e/${UUID}/watch`,
    `${CUSTOMER}/${ID}0/watch`,
    `${CUSTOMER}/%zz/watch`,
    `https://dash.cloudflare.com/${OTHER}/stream/videos`,
    `https://dash.cloudflare.com/${OTHER}/stream/keys/${ID}`,
    'https://',
    'http://[',
  ];
  for (const url of strangers) it(`not Stream’s: ${url}`, () => assert.equal(video(url), '! otherUrl'));
  for (const host of [
    'notcloudflarestream.com',
    'customer-x.cloudflarestream.com.evil.example',
    'me@cloudflarestream.com',
  ]) {
    it(`not Stream’s: ${host}`, () => assert.equal(video(`${host}/${ID}/watch`), '! notHex'));
  }

  const tokens: readonly [string, string, string][] = [
    ['the documented one', DOCUMENTED_TOKEN, `token ${DOCUMENTED_CLAIMS.sub}`],
    ['in a URL', `${CUSTOMER}/${DOCUMENTED_TOKEN}/iframe`, `token ${DOCUMENTED_CLAIMS.sub}`],
    ['Bearer', `Bearer ${jwt({ sub: ID })}`, `token ${ID}`],
    ['without sub', jwt({ exp: 1 }), '! tokenWithoutVideo'],
    ['with a path for a sub', jwt({ sub: '../../user/tokens/verify' }), '! tokenWithoutVideo'],
    ['with a number for a sub', jwt({ sub: 1 }), '! tokenWithoutVideo'],
    ['damaged', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.x', '! tokenWithoutVideo'],
    [
      'of Cloudflare’s simulator',
      btoa(JSON.stringify({ sub: UUID, kid: 'local-mode-key', exp: 1 })),
      '! tokenWithoutVideo',
    ],
  ];
  for (const [name, text, expected] of tokens)
    it(`token ${name} → ${expected.slice(0, 30)}`, () => assert.equal(video(text), expected));

  it('looks at 16,384 characters and no more', () => {
    assert.equal(video(`https://videodelivery.net/${ID}?`.padEnd(16_384, 'x')), `url ${ID}`);
    assert.equal(video(`https://videodelivery.net/${ID}?`.padEnd(16_385, 'x')), '! tooLong');
  });

  it('gives an id that may enter a path, or none, and never throws', () => {
    const piece = fc.constantFrom(
      ID,
      '..',
      '/',
      '%2e',
      'https://',
      'cloudflarestream.com/',
      'dash.cloudflare.com/',
      '/stream/videos/',
      '@',
      DOCUMENTED_TOKEN,
      ' ',
      '\u202e',
      '?video=',
      '[',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        for (const result of [parseVideoId(text), parseAccountId(text)]) assert.ok(!result.ok || isId(result.id));
      }),
      { numRuns: RUNS },
    );
  });

  it('is never talked into an id by the hostile strings', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    for (const text of strings)
      assert.deepEqual([parseVideoId(text).ok, parseAccountId(text).ok], [false, false], text);
  });

  for (const unit of [
    'a',
    'a.',
    'a-',
    'http://',
    'https://a ',
    'videodelivery.net/',
    'cloudflarestream.com.',
    '.',
    'eyJ',
    '%',
    ',',
  ]) {
    it(`gets through the longest text, of ${unit}`, () => {
      assert.equal(parseVideoId(`x${unit.repeat(16_383 / unit.length)}`).ok, false);
      assert.equal(video(`x${unit.repeat(262_144 / unit.length)}`), '! tooLong');
    });
  }
});

describe('parseAccountId', () => {
  const account = (text: string) => outcome(parseAccountId(text));
  for (const [name, text, expected] of notIds) it(`${name} → ${expected}`, () => assert.equal(account(text), expected));

  const rows: readonly [string, string][] = [
    [OTHER, `id ${OTHER}`],
    [` ${OTHER.toUpperCase()} `, `id ${OTHER}`],
    [`https://dash.cloudflare.com/${OTHER}`, `url ${OTHER}`],
    [`https://dash.cloudflare.com/${OTHER}/stream/videos/${ID}`, `url ${OTHER}`],
    [`dash.cloudflare.com/${OTHER.toUpperCase()}/home?x=1`, `url ${OTHER}`],
    [`https://api.cloudflare.com/client/v4/accounts/${OTHER}/stream`, `url ${OTHER}`],
    ['https://dash.cloudflare.com/', '! otherUrl'],
    ['https://dash.cloudflare.com/?to=/:account/stream', '! otherUrl'],
    [`https://dash.cloudflare.com/${OTHER}0/stream`, '! otherUrl'],
    [`https://dash.cloudflare.com/login/${OTHER}`, '! otherUrl'],
    [`https://dash.cloudflare.com.evil.example/${OTHER}`, '! otherUrl'],
    [`https://dash.cloudflare.com@evil.example/${OTHER}`, '! otherUrl'],
    [`https://evil.example/dash.cloudflare.com/${OTHER}`, '! otherUrl'],
    [`${CUSTOMER}/${ID}/watch`, '! otherUrl'],
    [DOCUMENTED_TOKEN, '! notHex'],
  ];
  for (const [text, expected] of rows)
    it(`${text.slice(0, 80)} → ${expected}`, () => assert.equal(account(text), expected));
});
