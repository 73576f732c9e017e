import assert from 'node:assert/strict';
import { readToken } from '../../../../src/stream/token/claims';
import { timeVerdict } from '../../../../src/stream/token/timeVerdict';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { jwt } from './jwt';

function verdict(token: string, now: number) {
  const read = readToken(token);
  assert.ok(read.ok);
  return timeVerdict(read.token, now);
}

describe('timeVerdict', () => {
  // The documented token: nbf 1537453165, exp 1537460365, both as strings.
  const moments: readonly [number, unknown][] = [
    [0, { kind: 'notYet', from: 1_537_453_165 }],
    [1_537_453_164, { kind: 'notYet', from: 1_537_453_165 }],
    [1_537_453_164.999, { kind: 'notYet', from: 1_537_453_165 }],
    [1_537_453_165, { kind: 'active', until: 1_537_460_365 }],
    [1_537_460_364.999, { kind: 'active', until: 1_537_460_365 }],
    [1_537_460_365, { kind: 'expired', since: 1_537_460_365 }],
    [1_800_000_000, { kind: 'expired', since: 1_537_460_365 }],
  ];
  for (const [now, expected] of moments)
    it(`at ${now}`, () => assert.deepEqual(verdict(DOCUMENTED_TOKEN, now), expected));

  const unreadable = (claim: 'exp' | 'nbf', as: 'milliseconds' | 'unreadable' = 'unreadable') => ({
    kind: 'unreadable',
    claim,
    as,
  });
  const tokens: readonly [string, unknown, unknown][] = [
    ['no nbf', { exp: 200 }, { kind: 'active', until: 200 }],
    ['no exp', { nbf: 1 }, { kind: 'noExpiry' }],
    ['nothing', {}, { kind: 'noExpiry' }],
    ['exp in milliseconds', { exp: 1_800_000_000_000 }, unreadable('exp', 'milliseconds')],
    ['nbf in milliseconds', { exp: 200, nbf: 1_800_000_000_000 }, unreadable('nbf', 'milliseconds')],
    ['exp 1e999', '{"exp":1e999}', unreadable('exp')],
    ['exp null', { exp: null }, unreadable('exp')],
    ['exp with a fraction', { exp: 200.5 }, unreadable('exp')],
    ['exp with a fraction, past', { exp: 99.5 }, { kind: 'expired', since: 99.5 }],
    ['exp below zero', { exp: -5 }, { kind: 'expired', since: -5 }],
    ['nbf is text', { exp: 200, nbf: 'now' }, unreadable('nbf')],
    ['nbf is text, and exp past', { exp: 50, nbf: 'now' }, { kind: 'expired', since: 50 }],
    ['nbf in milliseconds, and exp past', { exp: 50, nbf: 1_800_000_000_000 }, { kind: 'expired', since: 50 }],
    ['an end before the beginning', { exp: 150, nbf: 160 }, { kind: 'never' }],
    ['an end at the beginning', { exp: 150, nbf: 150 }, { kind: 'never' }],
    ['dead before it is born', { exp: 50, nbf: 150 }, { kind: 'expired', since: 50 }],
    ['exp and nbf the same second', { exp: 100, nbf: 100 }, { kind: 'expired', since: 100 }],
    ['exp 0', { exp: 0 }, { kind: 'expired', since: 0 }],
  ];
  for (const [name, claims, expected] of tokens)
    it(`at 100, ${name}`, () => assert.deepEqual(verdict(jwt(claims), 100), expected));
});
