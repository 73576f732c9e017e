import assert from 'node:assert/strict';
import { onlyToken } from '../../../src/source/onlyToken';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: object) => `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
const sub = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const mine = token({ sub });

describe('onlyToken', () => {
  const rows: readonly [string, string, ReturnType<typeof onlyToken>][] = [
    ['a token', mine, { videoId: sub }],
    ['in a URL', `src="https://customer-x.cloudflarestream.com/${mine}/iframe"`, { videoId: sub }],
    ['for no video', token({ sub: 'user-1' }), {}],
    ['that can’t be read', 'eyJx.eyJx.x', {}],
    ['two of them', `${mine} ${mine}`, undefined],
    ['none', `id ${sub}`, undefined],
    ['nothing', '', undefined],
  ];
  for (const [name, text, expected] of rows) it(name, () => assert.deepEqual(onlyToken(text), expected));
});
