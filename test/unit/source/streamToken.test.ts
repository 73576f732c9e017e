import assert from 'node:assert/strict';
import { findTokens } from '../../../src/source/findTokens';
import { readStreamToken } from '../../../src/source/streamToken';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (header: object, claims: object) => `${part(header)}.${part(claims)}.c2ln`;
const sub = '1b6f0d2a4c8e47d39a5b7c6e8f901234';

function judged(line: string): string {
  const [span] = findTokens(line);
  const found = span && readStreamToken(line, span, 'http://127.0.0.1:8787');
  if (found === undefined) return 'foreign';
  return [found.inUrl ? 'in a URL' : 'bare', ...(found.read === undefined ? ['unreadable'] : [])].join(', ');
}

describe('readStreamToken', () => {
  const mine = token({ kid: 'k' }, { sub, exp: 1 });
  const stranger = token({ alg: 'HS256' }, { sub: 'user-1', iat: 1 });
  const rows: readonly [string, string, string][] = [
    ['made for an id by a key', `const token = '${mine}'`, 'bare'],
    ['its key in the claims only', token({ alg: 'RS256' }, { sub, kid: 'k' }), 'bare'],
    ['in a Stream URL', `https://customer-x.cloudflarestream.com/${mine}/iframe`, 'in a URL'],
    ['in a URL of the emulator', `http://127.0.0.1:8787/${mine}/iframe`, 'in a URL'],
    [
      'in a Stream URL, without a subject',
      `https://videodelivery.net/${token({ kid: 'k' }, { exp: 1 })}/watch`,
      'in a URL',
    ],
    ['in a Stream URL, damaged', 'https://videodelivery.net/eyJx.eyJx.x/manifest/video.m3u8', 'in a URL, unreadable'],
    ['of somebody else', `Authorization: Bearer ${stranger}`, 'foreign'],
    ['of somebody else, for an id but without a key', token({ alg: 'HS256' }, { sub }), 'foreign'],
    ['in another address', `https://example.com/${stranger}/iframe`, 'foreign'],
    ['damaged, and nowhere', 'eyJx.eyJx.x', 'foreign'],
  ];
  for (const [name, line, expected] of rows) it(`${name}: ${expected}`, () => assert.equal(judged(line), expected));
});
