import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TokenOptions } from '../../../../src/stream/token/options';
import { readPreset, writePreset } from '../../../../src/stream/token/preset';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';

const NOW = 1_800_000_000;
const block = { type: 'any', action: 'block' } as const;

describe('readPreset', () => {
  const good: readonly [string, unknown, TokenOptions][] = [
    ['nothing', {}, {}],
    ['what is unset', { expiry: '', notBefore: null, downloadable: false, accessRules: [], original: false }, {}],
    ['a lifetime', { expiry: '4h' }, { expiry: { kind: 'fromNow', seconds: 14_400 } }],
    ['a lifetime in ISO 8601', { expiry: 'PT90M' }, { expiry: { kind: 'fromNow', seconds: 5400 } }],
    ['24 h, less a minute', { expiry: '24h' }, { expiry: { kind: 'fromNow', seconds: 86_340 } }],
    ['a begin before signing', { notBefore: '-5m' }, { notBefore: { kind: 'fromNow', seconds: -300 } }],
    ['a begin at signing', { notBefore: 'now' }, { notBefore: { kind: 'fromNow', seconds: 0 } }],
    ['flags', { downloadable: true, original: true }, { downloadable: true, original: true }],
    [
      'rules, tidied',
      {
        accessRules: [
          { type: 'ip.geoip.country', action: 'allow', country: ['de', 'DE', 'UK'] },
          { type: 'ip.src', action: 'allow', ip: ['198.51.100.7/24'] },
          { ...block, note: 'ignored' },
        ],
      },
      {
        accessRules: [
          { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'GB'] },
          { type: 'ip.src', action: 'allow', ip: ['198.51.100.0/24'] },
          block,
        ],
      },
    ],
  ];
  for (const [name, value, options] of good)
    it(`takes ${name}`, () => assert.deepEqual(readPreset(value), { ok: true, options }));

  const bad: readonly [string, unknown, string][] = [
    ['a text', '4h', 'notObject'],
    ['a list', [], 'notObject'],
    ['null', null, 'notObject'],
    ['a misspelt field', { expires: '4h' }, 'unknownField expires'],
    ['an instant', { expiry: 'until 18:00' }, 'notDuration expiry'],
    ['a date', { expiry: '2038-01-01T00:00:00Z' }, 'notDuration expiry'],
    ['seconds since 1970', { expiry: '1800000000' }, 'notDuration expiry'],
    ['a number', { expiry: 3600 }, 'notDuration expiry'],
    ['a negative lifetime', { expiry: '-1h' }, 'notDuration expiry'],
    ['a lifetime of nothing', { expiry: '0m' }, 'notDuration expiry'],
    ['a very long text', { expiry: `${' '.repeat(200)}1h` }, 'notDuration expiry'],
    ['more than 24 h', { expiry: '24h1s' }, 'over24Hours'],
    ['an instant to begin', { notBefore: '18:00' }, 'notDuration notBefore'],
    ['a word for a flag', { downloadable: 'yes' }, 'notBoolean downloadable'],
    ['a number for a flag', { original: 1 }, 'notBoolean original'],
    ['one rule for a list', { accessRules: block }, 'notRules'],
    ['six rules', { accessRules: Array(6).fill(block) }, 'tooManyRules 6'],
    ['an unknown rule', { accessRules: [block, { type: 'asn', action: 'block' }] }, 'rule 1'],
    [
      'both lists in one rule',
      { accessRules: [{ type: 'ip.src', action: 'block', ip: ['8.8.8.8'], country: ['DE'] }] },
      'otherList 0',
    ],
    ['a list for everyone', { accessRules: [block, { ...block, ip: ['8.8.8.8'] }] }, 'otherList 1'],
    ['no country', { accessRules: [{ type: 'ip.geoip.country', action: 'allow', country: ['EU'] }] }, 'rule 0 EU'],
    ['no range', { accessRules: [{ type: 'ip.src', action: 'allow', ip: ['8.8.8.*'] }] }, 'rule 0 8.8.8.*'],
  ];
  for (const [name, value, expected] of bad) {
    it(`refuses ${name}`, () => {
      const result = readPreset(value);
      assert.ok(!result.ok);
      assert.equal(Object.values(result.problem).join(' '), expected);
    });
  }

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.record({ expiry: fc.anything(), notBefore: fc.anything(), accessRules: fc.array(fc.anything()) }),
        ),
        (value) => {
          readPreset(value);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('takes no hostile string for an option (skipped without ../shared/vectors/blns.json.gz)', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) return this.skip();
    assert.ok(strings.length > 500);
    for (const text of strings) {
      for (const field of ['downloadable', 'original', 'accessRules', text])
        assert.ok(!readPreset({ [field]: text || 'x' }).ok, text);
      for (const field of ['expiry', 'notBefore']) readPreset({ [field]: text });
      for (const [type, list] of [
        ['ip.geoip.country', 'country'],
        ['ip.src', 'ip'],
      ] as const)
        readPreset({ accessRules: [{ type, action: 'allow', [list]: [text] }] });
    }
  });
});

describe('writePreset', () => {
  it('writes durations, also of instants', () => {
    assert.deepEqual(
      writePreset(
        { expiry: { kind: 'at', seconds: NOW + 5400 }, notBefore: { kind: 'at', seconds: NOW - 60 } },
        NOW + 0.5,
      ),
      { expiry: '1h30m', notBefore: '-1m' },
    );
    assert.deepEqual(writePreset({ expiry: { kind: 'fromNow', seconds: 999_999 } }, NOW), { expiry: '24h' });
    assert.deepEqual(writePreset({}, NOW), {});
  });

  it('is read again as the same', () => {
    const options = fc.record(
      {
        expiry: fc.integer({ min: 1, max: 86_340 }).map((seconds) => ({ kind: 'fromNow' as const, seconds })),
        notBefore: fc.integer({ min: -1e6, max: 1e6 }).map((seconds) => ({ kind: 'fromNow' as const, seconds })),
        downloadable: fc.constant(true),
        original: fc.constant(true),
        accessRules: fc.constantFrom(
          [block],
          [{ type: 'ip.geoip.country' as const, action: 'allow' as const, country: ['DE', 'XK'] }, block],
          [{ type: 'ip.src' as const, action: 'block' as const, ip: ['198.51.100.0/24', '2606:4700::/32'] }],
        ),
      },
      { requiredKeys: [], noNullPrototype: true },
    ) as fc.Arbitrary<TokenOptions>;
    fc.assert(
      fc.property(options, (value) => {
        const stored: unknown = JSON.parse(JSON.stringify(writePreset(value, NOW)));
        assert.deepEqual(readPreset(stored), { ok: true, options: value });
      }),
      { numRuns: RUNS },
    );
  });
});
