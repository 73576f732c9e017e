import assert from 'node:assert/strict';
import { readRules } from '../../../../src/stream/token/rules';
import { sharedJson } from '../../support/shared';

describe('readRules', () => {
  const readable: readonly [string, unknown, unknown][] = [
    ['any', { type: 'any', action: 'block' }, { kind: 'any', action: 'block' }],
    [
      'countries',
      { type: 'ip.geoip.country', action: 'allow', country: ['US', 'MX'] },
      { kind: 'country', action: 'allow', countries: ['US', 'MX'] },
    ],
    [
      'addresses',
      { type: 'ip.src', action: 'block', ip: ['93.184.216.0/24', '2400:cb00::/32'] },
      { kind: 'ip', action: 'block', ranges: ['93.184.216.0/24', '2400:cb00::/32'] },
    ],
    [
      'an empty other list',
      { type: 'ip.src', action: 'block', ip: ['8.8.8.8'], country: [] },
      { kind: 'ip', action: 'block', ranges: ['8.8.8.8'] },
    ],
    ['no other list', { type: 'any', action: 'allow', ip: null, country: null }, { kind: 'any', action: 'allow' }],
    ['fields of the future', { type: 'any', action: 'allow', note: 1 }, { kind: 'any', action: 'allow' }],
  ];
  for (const [name, rule, expected] of readable)
    it(`reads ${name}`, () => assert.deepEqual(readRules([rule]), [expected]));

  const unreadable: readonly [string, unknown][] = [
    ['no action', { type: 'any' }],
    ['an unknown action', { type: 'any', action: 'deny' }],
    ['an unknown type', { type: 'asn', action: 'allow' }],
    ['addresses without addresses', { type: 'ip.src', action: 'allow' }],
    ['countries as text', { type: 'ip.geoip.country', action: 'allow', country: 'US' }],
    ['an empty list', { type: 'ip.src', action: 'allow', ip: [] }],
    ['numbers among the countries', { type: 'ip.geoip.country', action: 'allow', country: ['US', 1] }],
    ['null', null],
    ['text', 'any'],
    ['a list', []],
  ];
  for (const [name, rule] of unreadable) {
    it(`shows ${name} as it is`, () =>
      assert.deepEqual(readRules([rule]), [{ kind: 'unreadable', json: JSON.stringify(rule) }]));
  }

  const otherLists: readonly [string, object][] = [
    ['addresses with countries too', { type: 'ip.src', action: 'block', ip: ['8.8.8.8'], country: ['US'] }],
    ['countries with addresses too', { type: 'ip.geoip.country', action: 'allow', country: ['US'], ip: ['8.8.8.8'] }],
    ['the wrong list', { type: 'ip.src', action: 'allow', country: ['US'] }],
    ['countries that are text', { type: 'ip.src', action: 'allow', ip: ['8.8.8.8'], country: 'US' }],
    ['everyone with a list', { type: 'any', action: 'block', country: ['US'] }],
  ];
  for (const [name, rule] of otherLists) {
    it(`drops no list: ${name}`, () =>
      assert.deepEqual(readRules([rule]), [{ kind: 'unreadable', json: JSON.stringify(rule), otherList: true }]));
  }

  it('keeps the order, which decides', () => {
    const rules = readRules([{ type: 'any', action: 'block' }, 7, { type: 'any', action: 'allow' }]);
    assert.deepEqual(
      rules?.map((rule) => ('action' in rule ? rule.action : rule.json)),
      ['block', '7', 'allow'],
    );
  });

  const claims: readonly [string, unknown, unknown][] = [
    ['absent', undefined, []],
    ['null', null, []],
    ['empty', [], []],
    ['one rule without a list, as one documented snippet has it', { type: 'any', action: 'block' }, undefined],
    ['text', '[]', undefined],
    ['false', false, undefined],
  ];
  for (const [name, claim, expected] of claims)
    it(`claim: ${name}`, () => assert.deepEqual(readRules(claim), expected));

  it('shows hostile strings as they are (skipped without ../shared/vectors/blns.json.gz)', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) return this.skip();
    assert.ok(strings.length > 500);
    for (const text of strings) {
      assert.deepEqual(readRules([text, { type: text, action: text }]), [
        { kind: 'unreadable', json: JSON.stringify(text) },
        { kind: 'unreadable', json: JSON.stringify({ type: text, action: text }) },
      ]);
      assert.deepEqual(
        readRules([
          { type: 'ip.geoip.country', action: 'allow', country: [text] },
          { type: 'ip.src', action: 'block', ip: [text] },
        ]),
        [
          { kind: 'country', action: 'allow', countries: [text] },
          { kind: 'ip', action: 'block', ranges: [text] },
        ],
      );
      assert.equal(readRules(text), undefined);
    }
  });
});
