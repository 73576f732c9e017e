import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tokenClaims } from '../../../../src/stream/keys/signToken';
import { readToken } from '../../../../src/stream/token/claims';
import type { TokenOptions } from '../../../../src/stream/token/options';
import { optionsOf } from '../../../../src/stream/token/optionsOf';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';
import { jwt, KEY_ID, VIDEO_ID } from './jwt';
import { randomRules } from './randomRules';

const NOW = 1_800_000_000;
const text = (seconds: number) => String(seconds);
const fromNow = (seconds: number) => ({ expiry: { kind: 'fromNow', seconds } });

function of(token: string) {
  const read = readToken(token);
  assert.ok(read.ok);
  return optionsOf(read.token);
}

describe('optionsOf', () => {
  const block = [{ type: 'any', action: 'block' }];
  const rows: readonly [string, object, object, readonly string[]][] = [
    ['the defaults of the API', { exp: text(NOW + 3600), nbf: text(NOW - 3600) }, {}, []],
    ['two hours from the API', { exp: text(NOW + 7200), nbf: text(NOW - 3600) }, fromNow(7200), []],
    ['a begin of its own, from the API', { exp: text(NOW + 900), nbf: text(NOW) }, fromNow(900), []],
    ['a begin of its own', { exp: NOW + 900, nbf: NOW }, fromNow(900), []],
    ['two hours between', { exp: NOW + 7200, nbf: NOW }, fromNow(7200), []],
    ['iat', { exp: NOW + 900, nbf: NOW - 60, iat: NOW }, fromNow(900), []],
    ['iat that is no time', { exp: NOW + 900, iat: 'now' }, {}, ['lifetime']],
    ['iat behind the end', { exp: NOW + 900, iat: NOW + 901 }, {}, ['lifetime']],
    ['no begin', { exp: NOW + 900 }, {}, ['lifetime']],
    ['no end', { nbf: NOW }, {}, ['lifetime']],
    ['an end before the begin', { exp: NOW, nbf: NOW + 60 }, {}, ['lifetime']],
    ['milliseconds', { exp: NOW * 1000, nbf: NOW }, {}, ['lifetime']],
    ['downloads', { exp: NOW + 3600, nbf: NOW, downloadable: true }, { downloadable: true }, []],
    ['no downloads', { exp: NOW + 3600, nbf: NOW, downloadable: false }, {}, []],
    ['the original', { exp: NOW + 3600, nbf: NOW, flags: { original: true } }, { original: true }, []],
    ['other flags', { exp: NOW + 3600, nbf: NOW, flags: ['original'] }, {}, []],
    ['rules', { exp: NOW + 3600, nbf: NOW, accessRules: block }, { accessRules: block }, []],
    ['no rules in a list', { exp: NOW + 3600, nbf: NOW, accessRules: [] }, {}, []],
    ['a rule that can’t be read', { exp: NOW + 3600, nbf: NOW, accessRules: [...block, {}] }, {}, ['rules']],
    ['no list of rules', { exp: NOW + 3600, nbf: NOW, accessRules: {} }, {}, ['rules']],
    ['six rules', { exp: NOW + 3600, nbf: NOW, accessRules: Array(6).fill(block[0]) }, {}, ['rules']],
  ];
  for (const [name, claims, options, lost] of rows) {
    it(name, () => assert.deepEqual(of(jwt({ sub: VIDEO_ID, kid: KEY_ID, ...claims })), { options, lost }));
  }

  it('reads the documented token back to what was asked for: nothing', () =>
    assert.deepEqual(of(DOCUMENTED_TOKEN), { options: {}, lost: [] }));

  it('reads back what was signed', () => {
    const options = fc.record(
      {
        expiry: fc.integer({ min: 1, max: 86_400 }).map((seconds) => ({ kind: 'fromNow' as const, seconds })),
        downloadable: fc.constant(true),
        accessRules: randomRules.filter(({ length }) => length > 0),
        original: fc.boolean(),
      },
      { requiredKeys: [], noNullPrototype: true },
    ) as fc.Arbitrary<TokenOptions>;
    fc.assert(
      fc.property(options, (asked) => {
        const claims = tokenClaims(KEY_ID, VIDEO_ID, { ...asked, notBefore: { kind: 'fromNow', seconds: 0 } }, NOW);
        const { options: read, lost } = of(jwt(claims));
        const { expiry, ...rest } = asked;
        assert.deepEqual(read, { ...rest, ...(expiry?.seconds !== 3600 && expiry && { expiry }) });
        assert.deepEqual(lost, []);
      }),
      { numRuns: RUNS },
    );
  });
});
