import assert from 'node:assert/strict';
import { listUrls } from '../../../../src/flows/signing/listUrls';
import { jwt, VIDEO_ID } from '../../stream/token/jwt';

describe('listUrls', () => {
  const host = { customerCode: 'f33zs165nr7gyfy4' };
  for (const subject of [VIDEO_ID, jwt({ sub: VIDEO_ID })]) {
    it(`names every URL of ${subject.slice(0, 10)}…`, () => {
      const urls = listUrls(subject, host);
      assert.equal(urls.length, 12);
      assert.equal(new Set(urls.map(({ label }) => label)).size, 12);
      for (const { url } of urls)
        assert.ok(url.startsWith(`https://customer-f33zs165nr7gyfy4.cloudflarestream.com/${subject}/`));
    });
  }
  it('lowers an id', () => assert.deepEqual(listUrls(VIDEO_ID.toUpperCase(), host), listUrls(VIDEO_ID, host)));
  for (const text of ['', 'x', '..', `${VIDEO_ID}/..`, 'a.b', 'a.b.c/d', ' a.b.c'])
    it(`has none for ${JSON.stringify(text)}`, () => assert.deepEqual(listUrls(text, host), []));
});
