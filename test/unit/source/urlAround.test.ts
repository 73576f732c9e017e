import assert from 'node:assert/strict';
import { urlAround } from '../../../src/source/urlAround';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';

describe('urlAround', () => {
  // The id is §; the address stands between the brackets.
  const rows: readonly string[] = [
    '[https://customer-abc.cloudflarestream.com/§/iframe?muted=true]',
    'src="[https://videodelivery.net/§/manifest/video.m3u8]" type="x"',
    'see ([https://videodelivery.net/§/watch]).',
    '[https://api.cloudflare.com/client/v4/accounts/a/stream/§], and',
    '<[http://127.0.0.1:8787/§]>',
    'a=[https://x.example/?u=b&v=§&c=d];e=f',
    'url([https://videodelivery.net/§/thumbnails/thumbnail.jpg?a=b]);',
    'const videoId = "§";',
    'videodelivery.net/§/iframe',
    'https://x.example/ §',
  ];
  for (const row of rows) {
    it(row, () => {
      const line = row.replace(/[[\]]/g, '').replace('§', ID);
      const start = line.indexOf(ID);
      const found = urlAround(line, { start, end: start + ID.length });
      const wanted = /\[(.*)\]/.exec(row)?.[1]?.replace('§', ID);
      assert.equal(found && line.slice(found.start, found.end), wanted);
    });
  }
});
