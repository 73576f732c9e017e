import assert from 'node:assert/strict';
import {
  type DeliveryForm,
  type DeliveryHost,
  deliveryUrl,
  type UrlOptions,
} from '../../../../src/stream/delivery/deliveryUrl';
import { DOCUMENTED_TOKEN as T } from '../../support/exampleToken';

const own: DeliveryHost = { customerCode: 'm033z5x00ks6nunl' };
const shared: DeliveryHost = {};
const emulated: DeliveryHost = { customerCode: 'm033z5x00ks6nunl', origin: 'http://127.0.0.1:8080' };
const HOST = 'https://customer-m033z5x00ks6nunl.cloudflarestream.com';
const CODE_ONLY = undefined;

describe('delivery URLs', () => {
  const forms: readonly [DeliveryForm, string, string | undefined][] = [
    ['hls', `/${T}/manifest/video.m3u8`, `https://videodelivery.net/${T}/manifest/video.m3u8`],
    ['dash', `/${T}/manifest/video.mpd`, `https://videodelivery.net/${T}/manifest/video.mpd`],
    ['iframe', `/${T}/iframe`, `https://iframe.videodelivery.net/${T}`],
    ['watch', `/${T}/watch`, `https://watch.videodelivery.net/${T}`],
    ['thumbnail', `/${T}/thumbnails/thumbnail.jpg`, `https://videodelivery.net/${T}/thumbnails/thumbnail.jpg`],
    ['animation', `/${T}/thumbnails/thumbnail.gif`, `https://videodelivery.net/${T}/thumbnails/thumbnail.gif`],
    ['mp4', `/${T}/downloads/default.mp4`, `https://videodelivery.net/${T}/downloads/default.mp4`],
    ['m4a', `/${T}/downloads/audio.m4a`, CODE_ONLY],
    ['whep', `/${T}/webRTC/play`, CODE_ONLY],
    ['clipHls', `/${T}/manifest/clip.m3u8`, CODE_ONLY],
    ['clipMp4', `/${T}/clip.mp4`, CODE_ONLY],
    ['lifecycle', `/${T}/lifecycle`, CODE_ONLY],
  ];
  for (const [form, path, onShared] of forms) {
    it(`${form} on the account’s host`, () => assert.equal(deliveryUrl(form, T, own), HOST + path));
    it(`${form} on an emulator`, () => assert.equal(deliveryUrl(form, T, emulated), `http://127.0.0.1:8080${path}`));
    it(`${form} without a customer code: ${onShared === CODE_ONLY ? 'none' : 'the shared hosts'}`, () =>
      assert.equal(deliveryUrl(form, T, shared), onShared));
  }

  const queries: readonly [DeliveryForm, UrlOptions, string][] = [
    ['hls', {}, ''],
    ['hls', { protocol: 'llhls' }, '?protocol=llhls'],
    ['hls', { dvrEnabled: 'true', clientBandwidthHint: '1.8' }, '?dvrEnabled=true&clientBandwidthHint=1.8'],
    ['hls', { duration: '5m' }, '?duration=5m'],
    ['dash', { clientBandwidthHint: '0.5' }, '?clientBandwidthHint=0.5'],
    ['iframe', { autoplay: 'true', muted: 'true' }, '?autoplay=true&muted=true'],
    ['iframe', { startTime: '1h12m27s', controls: 'false' }, '?startTime=1h12m27s&controls=false'],
    ['iframe', { primaryColor: '#f6821f' }, '?primaryColor=%23f6821f'],
    // The documentation's own example of an encoded colour.
    ['iframe', { letterboxColor: 'hsl(120 80% 95%)' }, '?letterboxColor=hsl(120%2080%25%2095%25)'],
    [
      'iframe',
      { poster: `${HOST}/${T}/thumbnails/thumbnail.jpg?time=1s&height=600` },
      `?poster=https%3A%2F%2Fcustomer-m033z5x00ks6nunl.cloudflarestream.com%2F${T}%2Fthumbnails%2Fthumbnail.jpg%3Ftime%3D1s%26height%3D600`,
    ],
    ['thumbnail', { time: '1s', height: '270' }, '?time=1s&height=270'],
    ['animation', { time: '1s', height: '200', duration: '4s' }, '?time=1s&height=200&duration=4s'],
    ['mp4', { filename: 'MY_VIDEO' }, '?filename=MY_VIDEO'],
    ['clipMp4', { time: '10m', duration: '30s', filename: 'clip' }, '?time=10m&duration=30s&filename=clip'],
    ['iframe', { 'a b': '&=?#+\u{1f3ac}"<' }, '?a%20b=%26%3D%3F%23%2B%F0%9F%8E%AC%22%3C'],
    ['iframe', { x: '\ud800' }, '?x=%EF%BF%BD'],
  ];
  for (const [form, options, query] of queries) {
    it(`${form} ${query}`, () => {
      const bare = deliveryUrl(form, T, own);
      assert.equal(deliveryUrl(form, T, own, options), `${bare}${query}`);
    });
  }
  it('has options on the shared hosts too', () =>
    assert.equal(
      deliveryUrl('iframe', T, shared, { loop: 'true' }),
      `https://iframe.videodelivery.net/${T}?loop=true`,
    ));
});
