import assert from 'node:assert/strict';
import type { DeliveryHost } from '../../../../src/stream/delivery/deliveryUrl';
import {
  isReachable,
  RESULT_FORMS,
  type ResultForm,
  type ResultOptions,
  resultText,
  signedPoster,
  urlForms,
} from '../../../../src/stream/delivery/resultForms';
import { VIDEO_ID as ID } from '../token/jwt';

const T = 'eyJh.eyJz.c2ln';
const own: DeliveryHost = { customerCode: 'f33zs165nr7gyfy4' };
const HOST = 'https://customer-f33zs165nr7gyfy4.cloudflarestream.com';
const ATTRIBUTES =
  'style="border: none" height="720" width="1280" allow="accelerometer; gyroscope; autoplay; encrypted-media; picture-in-picture;" allowfullscreen="true"';
const SCRIPT = `<script data-cfasync="false" defer type="text/javascript" src="https://embed.cloudflarestream.com/embed/r4xu.fla9.latest.js?video=${T}"></script>`;

describe('resultText', () => {
  const rows: readonly [ResultForm, string, string | undefined][] = [
    ['hls', `${HOST}/${T}/manifest/video.m3u8`, `https://videodelivery.net/${T}/manifest/video.m3u8`],
    [
      'llhls',
      `${HOST}/${T}/manifest/video.m3u8?protocol=llhls`,
      `https://videodelivery.net/${T}/manifest/video.m3u8?protocol=llhls`,
    ],
    [
      'dvr',
      `${HOST}/${T}/manifest/video.m3u8?dvrEnabled=true`,
      `https://videodelivery.net/${T}/manifest/video.m3u8?dvrEnabled=true`,
    ],
    ['dash', `${HOST}/${T}/manifest/video.mpd`, `https://videodelivery.net/${T}/manifest/video.mpd`],
    ['whep', `${HOST}/${T}/webRTC/play`, undefined],
    ['iframe', `${HOST}/${T}/iframe`, `https://iframe.videodelivery.net/${T}`],
    ['watch', `${HOST}/${T}/watch`, `https://watch.videodelivery.net/${T}`],
    ['thumbnail', `${HOST}/${T}/thumbnails/thumbnail.jpg`, `https://videodelivery.net/${T}/thumbnails/thumbnail.jpg`],
    ['animation', `${HOST}/${T}/thumbnails/thumbnail.gif`, `https://videodelivery.net/${T}/thumbnails/thumbnail.gif`],
    ['mp4', `${HOST}/${T}/downloads/default.mp4`, `https://videodelivery.net/${T}/downloads/default.mp4`],
    ['m4a', `${HOST}/${T}/downloads/audio.m4a`, undefined],
    [
      'iframeCode',
      `<iframe src="${HOST}/${T}/iframe" ${ATTRIBUTES}></iframe>`,
      `<iframe src="https://iframe.videodelivery.net/${T}" ${ATTRIBUTES}></iframe>`,
    ],
    ['reactCode', `<Stream controls src="${T}" customerCode="f33zs165nr7gyfy4" />`, `<Stream controls src="${T}" />`],
    ['elementCode', `<stream src="${T}" controls></stream>${SCRIPT}`, `<stream src="${T}" controls></stream>${SCRIPT}`],
    ['token', T, T],
  ];
  for (const [form, onOwn, onShared] of rows) {
    it(`${form} on the account’s host`, () => assert.equal(resultText(form, T, own), onOwn));
    it(`${form} on the shared hosts${onShared === undefined ? ': none' : ''}`, () => {
      assert.equal(resultText(form, T, {}), onShared);
      assert.deepEqual([isReachable(form, own), isReachable(form, {})], [true, onShared !== undefined]);
    });
  }
  it('knows every form that is offered, each once', () =>
    assert.deepEqual([...RESULT_FORMS].sort(), rows.map(([form]) => form).sort()));

  const player: ResultOptions = {
    player: {
      defaultTextTrack: 'de',
      controls: 'false',
      autoplay: 'true',
      muted: 'true',
      'ad-url': 'https://ads.example/?a=1&b="2"',
      dvrEnabled: 'true',
    },
    posterAt: '1m5s',
    title: 'A "tour" <of> it',
  };
  const poster = `${HOST}/${T}/thumbnails/thumbnail.jpg?time=1m5s`;
  const query = `autoplay=true&muted=true&controls=false&defaultTextTrack=de&poster=${encodeURIComponent(poster)}&ad-url=${encodeURIComponent('https://ads.example/?a=1&b="2"')}&dvrEnabled=true`;
  const withOptions: readonly [ResultForm, ResultOptions, string][] = [
    ['iframe', player, `${HOST}/${T}/iframe?${query}`],
    [
      'iframeCode',
      player,
      `<iframe src="${HOST}/${T}/iframe?${query.replaceAll('&', '&amp;')}" title="A &quot;tour&quot; &lt;of&gt; it" ${ATTRIBUTES}></iframe>`,
    ],
    [
      'reactCode',
      player,
      `<Stream src="${T}" customerCode="f33zs165nr7gyfy4" autoplay muted defaultTextTrack="de" poster="${poster}" adUrl="https://ads.example/?a=1&amp;b=&quot;2&quot;" />`,
    ],
    [
      'elementCode',
      player,
      `<stream src="${T}" autoplay muted poster="${poster}" ad-url="https://ads.example/?a=1&amp;b=&quot;2&quot;"></stream>${SCRIPT}`,
    ],
    ['watch', player, `${HOST}/${T}/watch`],
    ['thumbnail', { image: { fps: '8', time: '5s' } }, `${HOST}/${T}/thumbnails/thumbnail.jpg?time=5s`],
    ['animation', { image: { fps: '8', time: '5s' } }, `${HOST}/${T}/thumbnails/thumbnail.gif?time=5s&fps=8`],
    ['mp4', { fileName: 'Tour' }, `${HOST}/${T}/downloads/default.mp4?filename=Tour`],
    ['m4a', { fileName: 'Tour' }, `${HOST}/${T}/downloads/audio.m4a?filename=Tour`],
  ];
  for (const [form, options, expected] of withOptions)
    it(`${form} with options`, () => assert.equal(resultText(form, T, own, options), expected));

  it('has the poster’s frame on the shared hosts and on an emulator too', () => {
    const at = { posterAt: '0s' };
    assert.equal(
      resultText('iframe', T, {}, at),
      `https://iframe.videodelivery.net/${T}?poster=${encodeURIComponent(`https://videodelivery.net/${T}/thumbnails/thumbnail.jpg?time=0s`)}`,
    );
    const origin = 'http://127.0.0.1:8080';
    assert.equal(
      resultText('iframe', T, { ...own, origin }, at),
      `${origin}/${T}/iframe?poster=${encodeURIComponent(`${origin}/${T}/thumbnails/thumbnail.jpg?time=0s`)}`,
    );
  });
});

describe('signedPoster', () => {
  const rows: readonly [string, string][] = [
    [`${HOST}/${ID}/thumbnails/thumbnail.jpg?time=1s`, `${HOST}/${T}/thumbnails/thumbnail.jpg?time=1s`],
    [
      `${HOST}/${ID.replace('1', '2')}/thumbnails/thumbnail.jpg`,
      `${HOST}/${ID.replace('1', '2')}/thumbnails/thumbnail.jpg`,
    ],
    [`https://example.com/${ID}.jpg`, `https://example.com/${ID}.jpg`],
    [`${HOST}/a.b.c/thumbnails/thumbnail.jpg`, `${HOST}/a.b.c/thumbnails/thumbnail.jpg`],
  ];
  for (const [address, expected] of rows)
    it(address.slice(-70), () => assert.equal(signedPoster(address, ID, T), expected));
});

describe('urlForms', () => {
  it('lists every URL of an id', () => {
    assert.deepEqual(
      urlForms(ID, own).map(({ form, url }) => `${form} ${url.slice(HOST.length + ID.length + 2)}`),
      [
        'hls manifest/video.m3u8',
        'llhls manifest/video.m3u8?protocol=llhls',
        'dvr manifest/video.m3u8?dvrEnabled=true',
        'dash manifest/video.mpd',
        'whep webRTC/play',
        'iframe iframe',
        'watch watch',
        'thumbnail thumbnails/thumbnail.jpg',
        'animation thumbnails/thumbnail.gif',
        'mp4 downloads/default.mp4',
        'm4a downloads/audio.m4a',
        'lifecycle lifecycle',
      ],
    );
  });
  it('leaves out what needs the customer code', () =>
    assert.deepEqual(
      urlForms(ID, {}).map(({ form }) => form),
      ['hls', 'llhls', 'dvr', 'dash', 'iframe', 'watch', 'thumbnail', 'animation', 'mp4'],
    ));
});
