import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import fc from 'fast-check';
import { readPreset, writePreset } from '../../src/stream/token/preset';
import { RUNS } from './support/properties';

const { properties } = JSON.parse(readFileSync('package.json', 'utf8')).contributes.configuration;
const ajv = new Ajv({ strict: false });
const validate = ajv.compile(properties['streamSigner.presets']);
const accepts = (preset: unknown) => validate({ name: preset });

describe('the schema of presets', () => {
  const rows: readonly [unknown, boolean][] = [
    [{}, true],
    [{ expiry: '2h' }, true],
    [{ expiry: '1 h 30 min' }, true],
    [{ expiry: 'PT2H' }, true],
    [{ expiry: 'P1D' }, true],
    [{ notBefore: '-5m', downloadable: true, original: true }, true],
    [{ notBefore: 'now' }, true],
    [
      {
        accessRules: [
          { type: 'ip.geoip.country', action: 'allow', country: ['DE'] },
          { type: 'any', action: 'block' },
        ],
      },
      true,
    ],
    [{ accessRules: [{ type: 'ip.src', action: 'block', ip: ['198.51.100.0/24'] }] }, true],
    ['2h', false],
    [{ expires: '2h' }, false],
    [{ expiry: 'until 18:00' }, false],
    [{ expiry: '18:00' }, false],
    [{ expiry: '2038-01-01' }, false],
    [{ expiry: '1800000000' }, false],
    [{ expiry: '-1h' }, false],
    [{ expiry: 3600 }, false],
    [{ notBefore: '18:00' }, false],
    [{ downloadable: 'yes' }, false],
    [{ accessRules: { type: 'any', action: 'block' } }, false],
    [{ accessRules: [{ type: 'asn', action: 'block' }] }, false],
    [{ accessRules: [{ type: 'ip.geoip.country', action: 'allow', country: [] }] }, false],
    [{ accessRules: [{ type: 'ip.geoip.country', action: 'allow', country: ['USA'] }] }, false],
    [{ accessRules: [{ type: 'ip.geoip.country', action: 'allow' }] }, false],
    [{ accessRules: [{ type: 'ip.src', action: 'block' }] }, false],
    [{ accessRules: [{ type: 'ip.src', action: 'block', ip: ['198.51.100.0/24'], country: ['DE'] }] }, false],
    [{ accessRules: [{ type: 'ip.geoip.country', action: 'block', ip: ['8.8.8.8'], country: ['DE'] }] }, false],
    [{ accessRules: [{ type: 'any', action: 'block', country: ['DE'] }] }, false],
    [{ accessRules: Array(6).fill({ type: 'any', action: 'block' }) }, false],
  ];
  for (const [preset, expected] of rows) {
    it(`${expected ? 'takes' : 'refuses'} ${JSON.stringify(preset)}, as reading does`, () => {
      assert.equal(accepts(preset), expected);
      assert.equal(readPreset(preset).ok, expected);
    });
  }

  it('takes everything that is saved', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 86_400 }), fc.integer({ min: -1e6, max: 1e6 }), (expiry, notBefore) => {
        const options = {
          expiry: { kind: 'fromNow', seconds: expiry },
          notBefore: { kind: 'fromNow', seconds: notBefore },
        } as const;
        assert.ok(accepts(writePreset(options, 0)));
      }),
      { numRuns: RUNS },
    );
  });

  it('is the same for the defaults, which a workspace can’t set', () => {
    for (const [name, value] of [
      ['expiry', '2h'],
      ['notBefore', '-5m'],
      ['downloadable', true],
      ['accessRules', [{ type: 'any', action: 'block' }]],
      ['original', true],
    ] as const) {
      const setting = properties[`streamSigner.defaults.${name}`];
      assert.equal(setting.scope, 'application');
      assert.ok(ajv.compile(setting)(value) && ajv.compile(setting)(setting.default), name);
      assert.ok(readPreset({ [name]: setting.default }).ok);
    }
    assert.ok(!ajv.compile(properties['streamSigner.defaults.expiry'])('18:00'));
  });
});
