import assert from 'node:assert/strict';
import { claimsReport } from '../../../../src/flows/inspector/claimsReport';
import { readToken } from '../../../../src/stream/token/claims';
import type { KeyVerdict } from '../../../../src/stream/token/verdict';
import { SOME_SIGNATURE } from '../../support/someSignature';
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

  const foreign = 'Not a token of Stream: another system made it';
  const ours = 'Would be refused: "sub" is not the id of a video';
  const signatures: readonly [string, KeyVerdict, string][] = [
    ['a key nobody here knows', { kind: 'unchecked', reason: 'unknownKey' }, foreign],
    ['no key', { kind: 'unchecked', reason: 'noKeyId' }, foreign],
    ['another algorithm', { kind: 'unchecked', reason: 'notRs256' }, foreign],
    ['no signature', { kind: 'unchecked', reason: 'noSignature' }, foreign],
    ['a key of this machine', { kind: 'valid', kid: 'k' }, ours],
    ['a revoked key of this machine', { kind: 'valid', kid: 'k', revoked: true }, ours],
    ['a key of this machine, that did not sign it', { kind: 'invalid', kid: 'k' }, ours],
    ['a key of this machine, its end cut off', { kind: 'cut', kid: 'k' }, ours],
    ['a key of this machine that can’t verify', { kind: 'unchecked', reason: 'unusableKey' }, ours],
    ['a key of this machine, without crypto', { kind: 'unchecked', reason: 'noCrypto' }, ours],
  ];
  for (const [name, verdict, headline] of signatures)
    it(`takes a token with another sub and an issuer for one of Stream by its key: ${name}`, () => {
      const token = tokenOf({ sub: 'my-video', iss: 'https://api.example', exp: NOW + 60 });
      const read = readToken(token);
      assert.ok(read.ok);
      const parts = { video: undefined, host: {}, now: NOW, times: { locale: 'en-US', timeZone: 'UTC' } };
      const signature = { tone: 'unsure', sentence: '', verdict } as const;
      assert.equal(claimsReport({ token }, read.token, { ...parts, signature }).headline, headline);
    });
});

function tokenOf(claims: object): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.${SOME_SIGNATURE}`;
}
