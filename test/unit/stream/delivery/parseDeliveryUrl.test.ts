import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type DeliveryForm,
  type DeliveryHost,
  deliveryUrl,
  FORM_PATHS,
} from '../../../../src/stream/delivery/deliveryUrl';
import { parseDeliveryUrl, replaceSubject } from '../../../../src/stream/delivery/parseDeliveryUrl';
import { DOCUMENTED_TOKEN as T } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';
import { VIDEO_ID as ID, jwt } from '../token/jwt';

const HOST = 'https://customer-f33zs165nr7gyfy4.cloudflarestream.com';

/** `form subject host`, e.g. `hls id f33zs165nr7gyfy4`; the subject must stand where it is said to stand. */
function outcome(url: string): string {
  const parsed = parseDeliveryUrl(url);
  if (parsed === undefined) return 'none';
  const { subject, form, customerCode, origin, options, subjectAt } = parsed;
  assert.equal(decodeURIComponent(url.slice(subjectAt.start, subjectAt.end)).toLowerCase(), subject.text.toLowerCase());
  const entries = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return [form, subject.kind, customerCode ?? origin ?? 'shared', ...entries].join(' ');
}

describe('parseDeliveryUrl', () => {
  const rows: readonly [string, string][] = [
    [`${HOST}/${T}/manifest/video.m3u8`, 'hls token f33zs165nr7gyfy4'],
    [`${HOST}/${ID}/manifest/video.mpd`, 'dash id f33zs165nr7gyfy4'],
    [`${HOST}/${ID}/manifest/video.m3u8?protocol=llhls`, 'hls id f33zs165nr7gyfy4 protocol=llhls'],
    [`${HOST}/${ID}/iframe?autoplay&poster=https%3A%2F%2Fx`, 'iframe id f33zs165nr7gyfy4 autoplay= poster=https://x'],
    [`${HOST}/${ID}/iframe?autoplay=true&amp;muted=true`, 'iframe id f33zs165nr7gyfy4 autoplay=true muted=true'],
    [`${HOST}/${ID}?controls=false`, 'iframe id f33zs165nr7gyfy4 controls=false'],
    [`${HOST}/${ID}/`, 'iframe id f33zs165nr7gyfy4'],
    [`${HOST}/${ID}/watch#t=1`, 'watch id f33zs165nr7gyfy4'],
    [`${HOST}/${ID}/thumbnails/thumbnail.gif?time=1s&time=2s`, 'animation id f33zs165nr7gyfy4 time=1s'],
    [`${HOST}/${ID}/downloads/default.mp4?filename=a+b`, 'mp4 id f33zs165nr7gyfy4 filename=a b'],
    [`${HOST}/${T}/downloads/audio.m4a`, 'm4a token f33zs165nr7gyfy4'],
    [`${HOST}/${T}/webRTC/play`, 'whep token f33zs165nr7gyfy4'],
    [`${HOST}/${ID}/manifest/clip.m3u8?time=600s&duration=30s`, 'clipHls id f33zs165nr7gyfy4 time=600s duration=30s'],
    [`${HOST}/${ID}/clip.mp4`, 'clipMp4 id f33zs165nr7gyfy4'],
    [`${HOST}/${ID}/lifecycle`, 'lifecycle id f33zs165nr7gyfy4'],
    [`${HOST}/${ID}/captions/en`, 'other id f33zs165nr7gyfy4'],
    [`${HOST}/${ID}/Iframe`, 'other id f33zs165nr7gyfy4'],
    [`${HOST}/${T.replaceAll('.', '%2E')}/iframe`, 'iframe token f33zs165nr7gyfy4'],
    [`${HOST}/${ID.replace('1', '%31')}/iframe`, 'iframe id f33zs165nr7gyfy4'],
    [`${HOST}:443/${ID}/watch`, 'watch id f33zs165nr7gyfy4'],
    [`${HOST.toUpperCase()}/${ID.toUpperCase()}/watch`, 'watch id f33zs165nr7gyfy4'],
    [`${HOST.replace('https:', '')}/${ID}/watch`, 'watch id f33zs165nr7gyfy4'],
    [`${HOST.replace('https://', '')}/${ID}/watch`, 'watch id f33zs165nr7gyfy4'],
    [`https://iframe.videodelivery.net/${T}?loop=true`, 'iframe token shared loop=true'],
    [`https://iframe.cloudflarestream.com/${ID}/`, 'iframe id shared'],
    [`https://watch.cloudflarestream.com/${ID}`, 'watch id shared'],
    [`https://watch.videodelivery.net/${ID}`, 'watch id shared'],
    [`http://videodelivery.net/${ID}/manifest/video.m3u8`, 'hls id shared'],
    [`https://cloudflarestream.com/${ID}/watch`, 'watch id shared'],
    [`https://cloudflarestream.com/${ID}`, 'other id shared'],
    [`https://embed.cloudflarestream.com/embed/r4xu.fla9.latest.js?video=${T}`, 'script token shared'],
    [`https://embed.videodelivery.net/embed/x.js?preload=true&video=${ID}&x=1`, 'script id shared preload=true x=1'],
    [`${HOST}/${ID}/watch?__proto__=a&constructor=b`, 'watch id f33zs165nr7gyfy4 __proto__=a constructor=b'],
    [`http://127.0.0.1:8080/${T}/watch`, 'watch token http://127.0.0.1:8080'],
    [`http://[::1]:8080/${ID}/iframe`, 'iframe id http://[::1]:8080'],
    [`http://LOCALHOST/${ID}/manifest/video.m3u8`, 'hls id http://localhost'],

    ['', 'none'],
    [ID, 'none'],
    [T, 'none'],
    [HOST, 'none'],
    [`${HOST}/`, 'none'],
    [`${HOST}/?video=${ID}`, 'none'],
    [`${HOST}/${ID}0/watch`, 'none'],
    [`${HOST}/watch/${ID}`, 'none'],
    [`${HOST}//${ID}/watch`, 'none'],
    [`${HOST}/../${ID}/watch`, 'none'],
    [`${HOST}/%2e%2e/${ID}/watch`, 'none'],
    [`${HOST}/%E0%A4%A/watch`, 'none'],
    [` ${HOST}/${ID}/watch`, 'none'],
    [`${HOST}/${ID}/watch\n`, 'none'],
    [`${HOST}/${ID}/watch?a=b c`, 'none'],
    [`https://embed.cloudflarestream.com/embed/sdk.latest.js`, 'none'],
    [`https://user@videodelivery.net/${ID}/watch`, 'none'],
    [`https://videodelivery.net@evil.example/${ID}/watch`, 'none'],
    [`https://videodelivery.net:8443/${ID}/watch`, 'none'],
    [`https://videodelivery.net.evil.example/${ID}/watch`, 'none'],
    [`https://videodelivery.net./${ID}/watch`, 'none'],
    [`https://notvideodelivery.net/${ID}/watch`, 'none'],
    [`https://videodelivery.network/${ID}/watch`, 'none'],
    [`https://videodelivery\u3002net/${ID}/watch`, 'none'],
    [`https://evil.example/https://videodelivery.net/${ID}/watch`, 'none'],
    [`https://evil.example?videodelivery.net/${ID}`, 'none'],
    [`https://evil.example#videodelivery.net/${ID}`, 'none'],
    [`https:\\\\videodelivery.net\\${ID}`, 'none'],
    [`ftp://videodelivery.net/${ID}/watch`, 'none'],
    [`javascript://videodelivery.net/${ID}/watch`, 'none'],
    [`http://127.0.0.1.evil.example/${ID}/watch`, 'none'],
    [`127.0.0.1:8080/${ID}/watch`, 'none'],
    ['http://localhost:3000/app.min.js', 'none'],
    [`http://localhost:3000/${ID}/other`, 'none'],
  ];
  for (const [url, expected] of rows) {
    it(`${JSON.stringify(url.replace(T, 'T').slice(0, 110))} → ${expected}`, () =>
      assert.equal(outcome(url), expected));
  }

  it('takes no hostile string for a delivery URL', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    for (const text of strings) assert.equal(parseDeliveryUrl(text), undefined, text);
  });
});

const forms = fc.constantFrom(...(Object.keys(FORM_PATHS) as DeliveryForm[]));
const code = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 1,
  maxLength: 20,
});
const hosts = fc.oneof(
  code.map((customerCode): DeliveryHost => ({ customerCode })),
  fc.constant<DeliveryHost>({}),
  fc
    .tuple(
      fc.constantFrom('http://127.0.0.1', 'https://localhost', 'http://[::1]'),
      fc.integer({ min: 1, max: 65_535 }),
    )
    .map(([base, port]): DeliveryHost => ({ origin: `${base}:${port}` })),
);
const ids = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
const tokens = ids.map((sub) => jwt({ sub }));
const subjects = fc.oneof(ids, tokens);
/** Names in any order, and values of any characters; numbers as names would be reordered by the language. */
const options = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((name) => !/^\d+$/.test(name)),
  fc.string({ unit: 'grapheme' }),
  { maxKeys: 6 },
);

describe('a URL that was built', () => {
  it('parses into what it was built of', () => {
    fc.assert(
      fc.property(forms, subjects, hosts, options, (form, subject, host, chosen) => {
        const url = deliveryUrl(form, subject, host, chosen);
        fc.pre(url !== undefined);
        const parsed = parseDeliveryUrl(url);
        assert.ok(parsed, url);
        const { subjectAt, ...rest } = parsed;
        assert.deepEqual(rest, {
          subject: { kind: subject.includes('.') ? 'token' : 'id', text: subject },
          form,
          options: { ...chosen },
          ...host,
        });
        assert.equal(url.slice(subjectAt.start, subjectAt.end), subject);
        assert.equal(deliveryUrl(form, subject, host, parsed.options), url);
      }),
      { numRuns: RUNS },
    );
  });

  it('changes nothing but its subject', () => {
    fc.assert(
      fc.property(forms, subjects, subjects, hosts, options, (form, one, other, host, chosen) => {
        const url = deliveryUrl(form, one, host, chosen);
        fc.pre(url !== undefined);
        const parsed = parseDeliveryUrl(url);
        assert.ok(parsed);
        const replaced = replaceSubject(url, parsed, other);
        assert.equal(replaced, deliveryUrl(form, other, host, chosen));
        const back = parseDeliveryUrl(replaced);
        assert.ok(back);
        assert.equal(replaceSubject(replaced, back, one), url);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a URL that somebody else wrote', () => {
  const written: readonly string[] = [
    `${HOST}/${ID.toUpperCase()}/iframe?b=%7e&a&a=&&amp;x=y#z`,
    `${HOST}/${T.replaceAll('.', '%2e')}/manifest/video.m3u8?t=a+b%20c`,
    `https://embed.videodelivery.net/embed/x.js?preload=true&video=${ID}&x=%41`,
    `//iframe.videodelivery.net/${ID}/?poster=https%3A%2F%2Fvideodelivery.net%2F${ID}%2Fthumbnails%2Fthumbnail.jpg`,
  ];
  for (const url of written) {
    it(`keeps its spelling: ${url.slice(0, 70)}`, () => {
      const parsed = parseDeliveryUrl(url);
      assert.ok(parsed);
      const [before, after] = [url.slice(0, parsed.subjectAt.start), url.slice(parsed.subjectAt.end)];
      const replaced = replaceSubject(url, parsed, 'NEW.NEW.NEW');
      assert.equal(replaced, `${before}NEW.NEW.NEW${after}`);
      assert.deepEqual(parseDeliveryUrl(replaced)?.options, parsed.options);
    });
  }
});
