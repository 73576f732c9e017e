import assert from 'node:assert/strict';
import { tokenFlaw } from '../../../../src/stream/api/usableToken';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { jwt, KEY_ID } from '../token/jwt';
import { tokenWith, VIDEO } from './faultServer/success';

describe('a token that the API made', () => {
  const NOW = 1_800_000_000;
  const rows: readonly [string, string, string | undefined][] = [
    ['for the video, with an hour to go', tokenWith({ exp: NOW + 3600 }), undefined],
    [
      'with its times as texts, as the API writes them',
      tokenWith({ exp: String(NOW + 3600), nbf: String(NOW) }),
      undefined,
    ],
    ['that begins later', tokenWith({ exp: NOW + 3600, nbf: NOW + 60 }), undefined],
    ['without a subject', tokenWith({ sub: undefined, exp: NOW + 1 }), undefined],
    ['with a subject that is no id', tokenWith({ sub: 'me', exp: NOW + 1 }), undefined],
    ['without an expiry', tokenWith({}), undefined],
    ['for another video', tokenWith({ sub: 'f'.repeat(32), exp: NOW + 3600 }), 'otherVideo'],
    ['that ends this second', tokenWith({ exp: NOW }), 'expired'],
    ['that has ended, its time a text', tokenWith({ exp: String(NOW - 1) }), 'expired'],
    ['from the documentation', DOCUMENTED_TOKEN, 'otherVideo'],
    ['with padding', `${tokenWith({ exp: NOW + 3600 })}==`, 'unreadable'],
    ['that is none', 'a.b.c', 'unreadable'],
  ];
  for (const [name, token, flaw] of rows)
    it(`${name} → ${flaw ?? 'usable'}`, () => assert.equal(tokenFlaw(token, VIDEO, NOW), flaw));

  const OTHER_ID = 'f'.repeat(32);
  const claims = { sub: VIDEO, exp: NOW + 3600 };
  const keyRows: readonly [string, string, string | undefined][] = [
    ['by it', jwt({ ...claims, kid: KEY_ID }), undefined],
    ['by it, named in the header only', jwt(claims), undefined],
    ['by it, named in the claims only', jwt({ ...claims, kid: KEY_ID }, { alg: 'RS256' }), undefined],
    ['by another one', jwt({ ...claims, kid: OTHER_ID }, { alg: 'RS256', kid: OTHER_ID }), 'otherKey'],
    ['by another one in the header', jwt({ ...claims, kid: KEY_ID }, { alg: 'RS256', kid: OTHER_ID }), 'otherKey'],
    ['by another one in the claims', jwt({ ...claims, kid: OTHER_ID }), 'otherKey'],
    ['by nobody knows whom', jwt(claims, { alg: 'RS256' }), 'otherKey'],
  ];
  for (const [name, token, flaw] of keyRows) {
    it(`with a key that was named: ${name} → ${flaw ?? 'usable'}`, () =>
      assert.equal(tokenFlaw(token, VIDEO, NOW, KEY_ID), flaw));
  }
});
