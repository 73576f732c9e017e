import assert from 'node:assert/strict';
import {
  type DeliveryHost,
  deliveryUrl,
  findStreamUrl,
  RESULT_FORMS,
  type ResultForm,
} from '../../../src/stream/deliveryUrl';
import { DOCUMENTED_TOKEN as T } from '../support/exampleToken';
import { VIDEO_ID as ID } from './token/jwt';

const own: DeliveryHost = { customerCode: 'm033z5x00ks6nunl' };
const emulated: DeliveryHost = { customerCode: 'm033z5x00ks6nunl', origin: 'http://127.0.0.1:8080' };

describe('delivery URLs', () => {
  const rows: readonly [ResultForm, string, DeliveryHost, string][] = [
    [
      'hls',
      'the account’s host',
      own,
      `https://customer-m033z5x00ks6nunl.cloudflarestream.com/${T}/manifest/video.m3u8`,
    ],
    [
      'dash',
      'the account’s host',
      own,
      `https://customer-m033z5x00ks6nunl.cloudflarestream.com/${T}/manifest/video.mpd`,
    ],
    ['iframe', 'the account’s host', own, `https://customer-m033z5x00ks6nunl.cloudflarestream.com/${T}/iframe`],
    ['watch', 'the account’s host', own, `https://customer-m033z5x00ks6nunl.cloudflarestream.com/${T}/watch`],
    ['hls', 'the shared hosts', {}, `https://videodelivery.net/${T}/manifest/video.m3u8`],
    ['dash', 'the shared hosts', {}, `https://videodelivery.net/${T}/manifest/video.mpd`],
    ['iframe', 'the shared hosts', {}, `https://iframe.videodelivery.net/${T}`],
    ['watch', 'the shared hosts', {}, `https://watch.videodelivery.net/${T}`],
    ['hls', 'an emulator', emulated, `http://127.0.0.1:8080/${T}/manifest/video.m3u8`],
    ['watch', 'an emulator', emulated, `http://127.0.0.1:8080/${T}/watch`],
  ];
  for (const [form, name, host, url] of rows) {
    it(`${form} on ${name}, there and back`, () => {
      assert.equal(deliveryUrl(form, T, host), url);
      assert.deepEqual(findStreamUrl(url), { subject: T, ...(name === 'the account’s host' && own) });
      assert.deepEqual(findStreamUrl(url.replace(T, ID))?.subject, ID);
    });
  }

  it('leaves a bare token bare', () => {
    for (const host of [own, {}, emulated]) assert.equal(deliveryUrl('token', T, host), T);
  });
  it('offers every form once', () =>
    assert.deepEqual([...RESULT_FORMS].sort(), ['dash', 'hls', 'iframe', 'token', 'watch']));
});

describe('findStreamUrl', () => {
  const rows: readonly [string, string, string | undefined][] = [
    [
      'the first one with an id',
      `https://example.com https://videodelivery.net/x https://videodelivery.net/${ID}/watch`,
      ID,
    ],
    ['inside code', `const src = \`https://videodelivery.net/${ID}/manifest/video.m3u8\`;`, ID],
    ['a token with encoded dots', `https://videodelivery.net/${T.replaceAll('.', '%2E')}/watch`, T],
    ['a token of another maker', 'https://videodelivery.net/a.b.c/watch', 'a.b.c'],
    ['no id', 'https://videodelivery.net/', undefined],
    ['a script of the player', 'https://embed.cloudflarestream.com/embed/sdk.latest.js', undefined],
    ['a query that is no video', `https://videodelivery.net/?video=${ID}`, undefined],
    ['a damaged escape', 'https://videodelivery.net/%E0%A4%A/watch', undefined],
    ['no address', 'hello', undefined],
    ['nothing', '', undefined],
  ];
  for (const [name, text, subject] of rows) it(name, () => assert.equal(findStreamUrl(text)?.subject, subject));
});
