import assert from 'node:assert/strict';
import { tokenAge } from '../../../../src/flows/inspector/tokenAge';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';

const NOW = 1_800_000_000;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: object) => `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.c2ln`;

describe('tokenAge', () => {
  const rows: readonly [object, string][] = [
    [{ exp: NOW + 720 }, 'Expires in 12 min'],
    [{ exp: String(NOW + 779) }, 'Expires in 12 min'],
    [{ exp: NOW + 4320 }, 'Expires in 1 h 12 min'],
    [{ exp: NOW + 59 }, 'Expires in 59 s'],
    [{ exp: NOW + 180_000 }, 'Expires in 2 days'],
    [{ exp: NOW }, 'Expired 1 s ago'],
    [{ exp: NOW - 3 * 86_400 - 7000 }, 'Expired 3 days ago'],
    [{ exp: NOW - 7000 }, 'Expired 1 h 56 min ago'],
    [{ exp: NOW + 7200, nbf: NOW + 3600 }, 'Not valid before Jan 15, 2027, 09:00:00 (09:00:00 UTC)'],
    [{ sub: 'x' }, 'Without an expiry'],
    [{ exp: 1_800_000_000_000 }, 'The expiry can’t be read'],
  ];
  for (const [claims, text] of rows) {
    it(`${JSON.stringify(claims)}: ${text}`, () =>
      assert.equal(tokenAge(token(claims), NOW, { locale: 'en-US', timeZone: 'UTC' }), text));
  }

  it('reads a token of the API', () =>
    assert.match(tokenAge(DOCUMENTED_TOKEN, NOW, { locale: 'en-US' }), /^Expired \d+ days ago$/));

  it('says when there is nothing to read', () =>
    assert.equal(tokenAge('eyJ.eyJ.x', NOW, { locale: 'en-US' }), 'This token can’t be read'));
});
