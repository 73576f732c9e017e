import assert from 'node:assert/strict';
import { type ReadToken, readToken } from '../../../../src/stream/token/claims';
import { testKey } from '../../stream/keys/testKeys';
import { jwt, VIDEO_ID } from '../../stream/token/jwt';
import { memoryAccounts, memoryKeys } from '../../support/memory';
import { testInspector } from '../../support/testInspector';

const NOW = 1_800_000_000;

function read(claims: object, kid = testKey().jwk.kid): ReadToken {
  const result = readToken(jwt({ sub: VIDEO_ID, kid, ...claims }, { alg: 'RS256', kid }));
  assert.ok(result.ok);
  return result.token;
}

async function setUp() {
  const accounts = await memoryAccounts();
  const keys = memoryKeys(accounts.vault);
  await keys.add('a1', testKey().jwk, '');
  return testInspector({ accounts, keys, now: NOW });
}

describe('problems with tokens in documents', () => {
  const allow = { type: 'ip.geoip.country', action: 'allow', country: ['DE'] };
  const rows: readonly [string, ReadToken, readonly string[]][] = [
    ['expired', read({ exp: NOW }), ['This Stream token expired: Jan 15, 2027, 08:00:00 (08:00:00 UTC).']],
    [
      'expiring soon',
      read({ exp: NOW + 60 }),
      ['This Stream token expires soon: Jan 15, 2027, 08:01:00 (08:01:00 UTC).'],
    ],
    [
      'rules',
      read({ exp: NOW + 3600, accessRules: [{ type: 'any', action: 'block' }, allow, allow] }),
      ['Access rule 2, 3: Never reached: rule 1 matches everyone.'],
    ],
    [
      'a key of somebody',
      read({ exp: NOW + 3600 }, '\u202e]('.repeat(20)),
      ['The key ]( … that signed this token is not on this machine: Cloudflare’s own, or somebody else’s.'],
    ],
    ['nothing', read({ exp: NOW + 3600 }), []],
  ];
  for (const [title, token, expected] of rows) {
    it(`are told in words: ${title}`, async () => {
      const { sourceTokens } = await setUp();
      const [found] = sourceTokens.problems([token], '10m');
      assert.deepEqual(
        found?.problems.map(({ sentence }) => sentence),
        expected,
      );
    });
  }

  it('know a key that was revoked, without reading its secret', async () => {
    const accounts = await memoryAccounts();
    const keys = memoryKeys(accounts.vault);
    await keys.add('a1', testKey().jwk, '');
    await keys.revoke({ accountKey: 'a1', kid: testKey().jwk.kid });
    const { sourceTokens } = await testInspector({ accounts, keys, now: NOW });
    let reads = 0;
    accounts.vault.read = async () => {
      reads++;
      return undefined;
    };
    const token = read({ exp: NOW + 3600 });
    assert.deepEqual(
      sourceTokens.problems([token], '10m')[0]?.problems.map(({ kind }) => kind),
      ['keyRevoked'],
    );
    assert.equal(reads, 0);
  });

  const settings: readonly [unknown, boolean][] = [
    ['10m', true],
    ['1h', true],
    ['4m', false],
    ['0m', false],
    ['', true],
    ['soon', true],
    [17, true],
    [undefined, true],
  ];
  for (const [warnBefore, warned] of settings) {
    it(`${warned ? 'mention' : 'do not mention'} a token 5 min before its end with ${JSON.stringify(warnBefore)}`, async () => {
      const { sourceTokens } = await setUp();
      const [found] = sourceTokens.problems([read({ exp: NOW + 300 })], warnBefore);
      assert.equal(found?.problems.length, warned ? 1 : 0);
    });
  }
});
