import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readToken } from '../../../../src/stream/token/claims';
import { tokenProblems } from '../../../../src/stream/token/tokenProblems';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';
import { jwt, KEY_ID, VIDEO_ID } from './jwt';

const NOW = 1_800_000_000;
const HOUR = 3600;
const DAY = 86_400;
const OTHER = '9f926b2b01f3835170025a78a4dcbf6a';
const allowDe = { type: 'ip.geoip.country', action: 'allow', country: ['DE'] };
const any = (action: string) => ({ type: 'any', action });

function judged(token: string, now = NOW, keys: ReadonlyMap<string, boolean> = new Map(), warnBefore = 600) {
  const read = readToken(token);
  assert.ok(read.ok);
  return tokenProblems(read.token, { now, warnBefore, keys });
}

function codes(claims: object, keys?: ReadonlyMap<string, boolean>): string {
  return judged(jwt({ sub: VIDEO_ID, kid: KEY_ID, ...claims }), NOW, keys)
    .problems.map(({ code }) => code)
    .join();
}

describe('tokenProblems', () => {
  const times: readonly [string, object, string][] = [
    ['an hour left', { exp: NOW + HOUR }, ''],
    ['just over the warning', { exp: NOW + 601 }, ''],
    ['at the warning', { exp: NOW + 600 }, 'expiresSoon'],
    ['the last second', { exp: NOW + 1 }, 'expiresSoon'],
    ['at its end', { exp: NOW }, 'expired'],
    ['long ago', { exp: NOW - 400 * DAY }, 'expired'],
    ['times as text, as the API writes them', { exp: String(NOW), nbf: String(NOW - 7200) }, 'expired'],
    ['no end', {}, ''],
    ['not yet good', { nbf: NOW + HOUR, exp: NOW + 2 * HOUR }, ''],
    ['24 h', { exp: NOW + DAY }, ''],
    ['24 h, by a clock that is a little ahead', { exp: NOW + DAY + 60 }, ''],
    ['more than 24 h', { exp: NOW + DAY + 61 }, 'over24Hours'],
    ['24 h from the API, which begins an hour before', { nbf: String(NOW - HOUR), exp: String(NOW + DAY) }, ''],
    ['more than 24 h of which less is left', { nbf: NOW - 3 * DAY, exp: NOW + HOUR }, 'over24Hours'],
    ['more than 24 h by iat', { iat: NOW - DAY, exp: NOW + HOUR }, 'over24Hours'],
    ['more than 24 h, and over', { nbf: NOW - 3 * DAY, exp: NOW }, 'expired'],
    ['exp in milliseconds', { exp: NOW * 1000 }, 'milliseconds'],
    ['nbf in milliseconds', { exp: NOW + HOUR, nbf: NOW * 1000 }, 'milliseconds'],
    ['a time that is none', { exp: 'tomorrow' }, ''],
  ];
  const rules: readonly [string, readonly object[], string][] = [
    ['allow and block the rest', [allowDe, any('block')], ''],
    ['an allow list without a block', [allowDe], 'blocksNobody'],
    ['an allow list that allows the rest', [allowDe, any('allow')], 'blocksNobody'],
    ['a block list', [{ ...allowDe, action: 'block' }], ''],
    ['rules behind "everyone"', [any('block'), allowDe, any('allow')], 'rulesNeverReached'],
    ['both', [any('allow'), allowDe], 'rulesNeverReached,blocksNobody'],
  ];
  const keys: readonly [string, readonly [string, boolean][], string][] = [
    ['no keys known here', [], ''],
    ['its key', [[KEY_ID, false]], ''],
    ['its key, revoked', [[KEY_ID, true]], 'keyRevoked'],
    ['another key', [[OTHER, false]], 'keyUnknown'],
  ];
  for (const [title, claims, expected] of times) it(title, () => assert.equal(codes(claims), expected));
  for (const [title, accessRules, expected] of rules)
    it(title, () => assert.equal(codes({ exp: NOW + HOUR, accessRules }), expected));
  for (const [title, known, expected] of keys)
    it(title, () => assert.equal(codes({ exp: NOW + HOUR }, new Map(known)), expected));

  it('blames an expired token for its rules and a revoked key, not for an unknown one', () => {
    assert.equal(codes({ exp: NOW, accessRules: [allowDe] }, new Map([[OTHER, false]])), 'expired,blocksNobody');
    assert.equal(codes({ exp: NOW }, new Map([[KEY_ID, true]])), 'expired,keyRevoked');
  });

  it('says which rules are not reached, and why', () =>
    assert.deepEqual(judged(jwt({ sub: VIDEO_ID, accessRules: [any('block'), allowDe, any('allow')] })).problems, [
      { code: 'rulesNeverReached', rules: [1, 2], by: 0 },
    ]));

  it('finds nothing but its end in the documented token', () =>
    assert.deepEqual(judged(DOCUMENTED_TOKEN).problems, [{ code: 'expired', since: 1_537_460_365 }]));

  it('has no warning where none is wanted', () => {
    const token = jwt({ sub: VIDEO_ID, exp: NOW + 1 });
    assert.deepEqual(judged(token, NOW, new Map(), 0), { problems: [], changesAt: NOW + 1 });
  });

  it('stays the same until the moment it names', () => {
    const moments = fc.record({
      end: fc.integer({ min: NOW - 2 * DAY, max: NOW + 3 * DAY }),
      start: fc.option(fc.integer({ min: NOW - 3 * DAY, max: NOW + DAY }), { nil: undefined }),
      warnBefore: fc.integer({ min: 0, max: 2 * DAY }),
      part: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    });
    fc.assert(
      fc.property(moments, ({ end, start, warnBefore, part }) => {
        const token = jwt({ sub: VIDEO_ID, exp: end, ...(start !== undefined && { nbf: start }) });
        const { problems, changesAt } = judged(token, NOW, new Map(), warnBefore);
        const until = changesAt ?? NOW + 100 * DAY;
        assert.ok(until > NOW);
        const later = NOW + Math.floor((until - NOW) * part);
        assert.deepEqual(judged(token, later, new Map(), warnBefore).problems, problems);
      }),
      { numRuns: RUNS },
    );
  });
});
