import assert from 'node:assert/strict';
import { tokenInUrl } from '../../../src/source/tokenInUrl';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln';

describe('tokenInUrl', () => {
  // The token is §; what is found stands between the brackets.
  const rows: readonly string[] = [
    '[§]',
    'const token = "[§]";',
    'src="[https://customer-abc.cloudflarestream.com/§/iframe?muted=true&poster=https%3A%2F%2Fx]" allow="autoplay"',
    '([https://videodelivery.net/§/manifest/video.m3u8])',
    '[https://iframe.videodelivery.net/§]',
    "'[http://127.0.0.1:8787/§/watch]'",
    '`https://x.example/a/[§]/watch`',
    'https://x.example/?token=[§]&a=b',
    'a=[§];b=c',
    '`$host/[§]/iframe`',
    'Authorization: Bearer [§]',
  ];
  for (const row of rows) {
    it(row, () => {
      const line = row.replaceAll(/[[\]]/g, '').replace('§', TOKEN);
      const start = line.indexOf(TOKEN);
      const expected = /\[(.*)\]/.exec(row)?.[1]?.replace('§', TOKEN);
      assert.equal(tokenInUrl(line, { start, end: start + TOKEN.length }), expected);
    });
  }
});
