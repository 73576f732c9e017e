import assert from 'node:assert/strict';
import {
  DEFAULT_LIFETIME,
  MAX_LIFETIME,
  type TokenOptions,
  type TokenRequest,
  tokenRequest,
} from '../../../../src/stream/token/options';

const NOW = 1_800_000_000;

describe('tokenRequest', () => {
  const rows: readonly [string, TokenOptions, TokenRequest | undefined][] = [
    ['nothing set: no body', {}, undefined],
    ['the default, but chosen', { lifetime: DEFAULT_LIFETIME }, { exp: NOW + 3600 }],
    ['a lifetime alone', { lifetime: 900 }, { exp: NOW + 900 }],
    ['downloads alone', { downloadable: true }, { downloadable: true }],
    ['downloads explicitly refused', { downloadable: false }, { downloadable: false }],
    ['both', { lifetime: 60, downloadable: true }, { exp: NOW + 60, downloadable: true }],
    ['24 h: a minute less, for clocks that run ahead', { lifetime: 86_400 }, { exp: NOW + 86_340 }],
    ['a week', { lifetime: 604_800 }, { exp: NOW + MAX_LIFETIME }],
    ['just below the limit', { lifetime: 86_339 }, { exp: NOW + 86_339 }],
  ];
  for (const [name, options, expected] of rows) it(name, () => assert.deepEqual(tokenRequest(options, NOW), expected));

  it('writes whole seconds, whatever the clock says', () => {
    assert.deepEqual(tokenRequest({ lifetime: 60 }, NOW + 0.999), { exp: NOW + 60 });
    assert.deepEqual(tokenRequest({ lifetime: 60.7 }, NOW + 0.5), { exp: NOW + 60 });
  });

  it('sends untouched fields not even as undefined', () => {
    assert.deepEqual(Object.keys(tokenRequest({ lifetime: 60 }, NOW) ?? {}), ['exp']);
  });
});
