import assert from 'node:assert/strict';
import { testInspector } from '../../support/testInspector';

const NOW = 1_800_000_000;

describe('claims report', () => {
  for (const [says, claims, changesAt] of [
    ['at its end', { exp: NOW + 12 }, NOW + 12],
    ['at its beginning, before that', { exp: NOW + 60, nbf: NOW + 12 }, NOW + 12],
    ['at its end, once it has begun', { exp: `${NOW + 60}`, nbf: NOW }, NOW + 60],
    ['no more after its end', { exp: NOW }, undefined],
    ['never without an end', {}, undefined],
    ['never when its end can’t be read', { exp: 'soon' }, undefined],
  ] as const)
    it(`says something else by time alone ${says}`, async () => {
      const { inspector } = await testInspector({ now: NOW });
      const report = await inspector.again({ token: tokenOf(claims) });
      assert.equal(report.ok && report.value.changesAt, changesAt);
    });
});

function tokenOf(claims: object): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.c2ln`;
}
