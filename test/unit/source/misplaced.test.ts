import assert from 'node:assert/strict';
import { findIds } from '../../../src/source/findIds';
import { findTokens } from '../../../src/source/findTokens';
import { findMisplaced } from '../../../src/source/misplaced';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const ACCOUNT = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln';

function found(line: string): string {
  return findMisplaced(line, { ids: findIds(line), tokens: findTokens(line) })
    .map(({ code, start, end }) => `${code} ${line.slice(start, end)}`)
    .join();
}

describe('findMisplaced', () => {
  const inQuery = `tokenInQuery ${TOKEN}`;
  const asCode = `accountAsCode ${ACCOUNT}`;
  const rows: readonly [string, string][] = [
    [`https://videodelivery.net/${ID}/manifest/video.m3u8?token=${TOKEN}`, inQuery],
    [`src="https://customer-abc.cloudflarestream.com/${ID}/iframe?muted=true&amp;token=${TOKEN}"`, inQuery],
    [`'https://iframe.cloudflarestream.com/${ID}?signedToken=${TOKEN}'`, inQuery],
    [`fetch(\`https://watch.cloudflarestream.com/\${id}?jwt=${TOKEN}\`)`, inQuery],
    [`//videodelivery.net/${ID}/thumbnails/thumbnail.jpg?time=2s&token=${TOKEN}`, inQuery],
    [`https://videodelivery.net/${TOKEN}/iframe?poster=x`, ''],
    [`https://videodelivery.net/${ID}/iframe?poster=${TOKEN}`, ''],
    [`https://example.com/watch/${ID}?token=${TOKEN}`, ''],
    [`https://notcloudflarestream.com/${ID}?token=${TOKEN}`, ''],
    [`https://example.com/cloudflarestream.com/${ID}?token=${TOKEN}`, ''],
    [`https://videodelivery.net/x "?token=${TOKEN}"`, ''],
    [`https://customer-${ACCOUNT}.cloudflarestream.com/${ID}/iframe`, asCode],
    [`customer-${ACCOUNT}.cloudflarestream.com`, asCode],
    [`https://customer-${ACCOUNT}.cloudflarestream.com/${ID}/iframe?token=${TOKEN}`, `${inQuery},${asCode}`],
    [`https://customer-abc123.cloudflarestream.com/${ID}/iframe`, ''],
    [`https://customer-${ACCOUNT}.cloudflarestream.com.evil.example/`, ''],
    [`https://customer-${ACCOUNT}.example.com/`, ''],
    [`https://dash.cloudflare.com/${ACCOUNT}/stream`, ''],
    [`customer-${ACCOUNT}`, ''],
  ];
  for (const [line, expected] of rows) it(line.replaceAll(TOKEN, 'TOKEN'), () => assert.equal(found(line), expected));
});
