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
    ['the default, but chosen', { expiry: { kind: 'fromNow', seconds: DEFAULT_LIFETIME } }, { exp: NOW + 3600 }],
    ['a lifetime alone', { expiry: { kind: 'fromNow', seconds: 900 } }, { exp: NOW + 900 }],
    ['downloads alone', { downloadable: true }, { downloadable: true }],
    ['downloads explicitly refused', { downloadable: false }, { downloadable: false }],
    ['both', { expiry: { kind: 'fromNow', seconds: 60 }, downloadable: true }, { exp: NOW + 60, downloadable: true }],
    [
      '24 h: a minute less, for clocks that run ahead',
      { expiry: { kind: 'fromNow', seconds: 86_400 } },
      { exp: NOW + 86_340 },
    ],
    ['a week', { expiry: { kind: 'fromNow', seconds: 604_800 } }, { exp: NOW + MAX_LIFETIME }],
    ['a fixed instant', { expiry: { kind: 'at', seconds: NOW + 90 } }, { exp: NOW + 90 }],
    ['a fixed instant too far away', { expiry: { kind: 'at', seconds: NOW + 90_000 } }, { exp: NOW + MAX_LIFETIME }],
    ['valid since an hour', { notBefore: { kind: 'fromNow', seconds: -3600 } }, { nbf: NOW - 3600 }],
    ['valid from an instant on', { notBefore: { kind: 'at', seconds: NOW + 5.5 } }, { nbf: NOW + 5 }],
    [
      'rules, in their order',
      {
        accessRules: [
          { type: 'ip.geoip.country', action: 'allow', country: ['DE'] },
          { type: 'any', action: 'block' },
        ],
      },
      {
        accessRules: [
          { type: 'ip.geoip.country', action: 'allow', country: ['DE'] },
          { type: 'any', action: 'block' },
        ],
      },
    ],
    ['as uploaded', { original: true }, { flags: { original: true } }],
    ['just below the limit', { expiry: { kind: 'fromNow', seconds: 86_339 } }, { exp: NOW + 86_339 }],
  ];
  for (const [name, options, expected] of rows) it(name, () => assert.deepEqual(tokenRequest(options, NOW), expected));

  it('writes whole seconds, whatever the clock says', () => {
    assert.deepEqual(tokenRequest({ expiry: { kind: 'fromNow', seconds: 60 } }, NOW + 0.999), { exp: NOW + 60 });
    assert.deepEqual(tokenRequest({ expiry: { kind: 'fromNow', seconds: 60.7 } }, NOW + 0.5), { exp: NOW + 60 });
  });

  it('sends untouched fields not even as undefined', () => {
    assert.deepEqual(Object.keys(tokenRequest({ expiry: { kind: 'fromNow', seconds: 60 } }, NOW) ?? {}), ['exp']);
  });
});
