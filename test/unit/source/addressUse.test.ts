import assert from 'node:assert/strict';
import { type AddressUse, addressUse } from '../../../src/source/addressUse';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const LOCAL = 'http://127.0.0.1:8787';

describe('addressUse', () => {
  const rows: Readonly<Record<AddressUse | 'none', readonly string[]>> = {
    delivery: [
      'https://customer-f33zs165nr7gyfy4.cloudflarestream.com/§/iframe?autoplay=true',
      'https://customer-f33zs165nr7gyfy4.cloudflarestream.com/§',
      'https://videodelivery.net/§/manifest/video.m3u8',
      'https://iframe.videodelivery.net/§',
      'https://watch.cloudflarestream.com/§',
      'HTTPS://VideoDelivery.net/§',
      '//iframe.cloudflarestream.com/§',
      'customer-x.cloudflarestream.com/§/watch',
      '"https://customer-#{code}.cloudflarestream.com/§/iframe"',
      'https://customer-{{code}}.cloudflarestream.com/§/iframe',
      "'https://videodelivery.net/' + '§'",
      "'https://videodelivery.net/' . '§'",
      'https://embed.cloudflarestream.com/embed/r4xu.fla9.latest.js?video=§',
      '{base}/§/manifest/video.mpd',
      '/§/thumbnails/thumbnail.gif?fps=8',
      'https://videos.example.com/§/downloads/default.mp4',
      '{{host}}/§/webRTC/play',
      '/§/iframe',
      `${LOCAL}/§/iframe`,
    ],
    reference: [
      'https://api.cloudflare.com/client/v4/accounts/abc/stream/§/token',
      'https://api.cloudflare.com/client/v4/accounts/{account}/stream/live_inputs/§',
      'https://dash.cloudflare.com/abc/stream/videos/§',
      'https://dash.cloudflare.com/?to=/:account/stream/inputs/§',
      '/api/videos/§',
      '/api/videos/§/token',
      '{{host}}/stream/§?x=1',
    ],
    foreign: [
      'https://api.cloudflare.com/client/v4/accounts/§/stream',
      'https://api.cloudflare.com/client/v4/accounts/abc/stream/keys/§',
      'https://dash.cloudflare.com/§/stream/videos',
      'https://dash.cloudflare.com/§',
      'https://www.gravatar.com/avatar/§',
      'https://notcloudflarestream.com/§',
      'https://my-videodelivery.net/§',
      'https://cloudflarestream.com.example.org/§',
      'https://cloudflarestream.com/x/§',
      'https://example.com/§/iframe',
      'https://example.com/videos/§',
      '/videos/§/poster.png',
      '/assets/§',
      'http://127.0.0.1:9999/§/iframe',
    ],
    none: ['§', "videoId = '§'", 'https://example.com/watch?videoId=§', 'https://videodelivery.net/ §', 'x-§'],
  };
  for (const [use, texts] of Object.entries(rows)) {
    for (const text of texts) {
      it(`${text}: ${use}`, () => {
        const line = text.replace('§', ID);
        const start = text.indexOf('§');
        assert.equal(addressUse(line, { start, end: start + ID.length }, LOCAL) ?? 'none', use);
      });
    }
  }
});
