import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstMatch } from '../../../../src/stream/token/firstMatch';
import { lintRules } from '../../../../src/stream/token/lintRules';
import { type AccessRule, readRules } from '../../../../src/stream/token/rules';
import { RUNS } from '../../support/properties';

const countries = (action: 'allow' | 'block', ...country: string[]) => ({ type: 'ip.geoip.country', action, country });
const addresses = (action: 'allow' | 'block', ...ip: string[]) => ({ type: 'ip.src', action, ip });
const blockAll = { type: 'any', action: 'block' };
const allowAll = { type: 'any', action: 'allow' };

/** `decidedBefore 2 DE 1`: the code, then rules counted from 1. */
function lint(rules: readonly unknown[]): string[] {
  return lintRules(readRules(rules) ?? []).map((warning) =>
    [
      warning.code,
      ...('count' in warning ? [warning.count] : []),
      ...('index' in warning ? [warning.index + 1] : []),
      ...('family' in warning ? [`v${warning.family}`] : []),
      ...('entry' in warning ? [warning.entry] : []),
      ...('by' in warning ? [`by ${warning.by + 1}`] : []),
    ].join(' '),
  );
}

describe('lintRules', () => {
  const rows: readonly [string, readonly unknown[], readonly string[]][] = [
    ['no rules', [], []],
    ['only these countries', [countries('allow', 'DE', 'AT'), blockAll], []],
    ['everyone but', [countries('block', 'DE')], []],
    ['everyone but, closed', [countries('block', 'DE'), allowAll], []],
    ['only my networks', [addresses('allow', '8.8.8.0/24', '2606:4700::/32'), blockAll], []],
    ['families in two rules', [addresses('allow', '8.8.8.8'), addresses('allow', '2606:4700::1'), blockAll], []],

    ['an allow list without a closing block', [countries('allow', 'DE')], ['openEnd']],
    ['block, then allow, open', [countries('block', 'DE'), countries('allow', 'AT')], ['openEnd']],
    [
      'block then allow the same country',
      [countries('block', 'DE'), countries('allow', 'DE'), blockAll],
      ['blocksEveryone', 'decidedBefore 2 DE by 1'],
    ],
    ['only allowing', [countries('allow', 'DE'), allowAll], ['blocksNobody']],
    ['allow anyone', [allowAll], ['blocksNobody']],
    ['block anyone', [blockAll], ['blocksEveryone']],
    ['block, then block anyone', [countries('block', 'DE'), blockAll], ['blocksEveryone']],
    ['any is not last', [countries('allow', 'DE'), blockAll, countries('allow', 'AT')], ['neverReached 3 by 2']],
    [
      'any first',
      [blockAll, allowAll, countries('allow', 'AT')],
      ['blocksEveryone', 'neverReached 2 by 1', 'neverReached 3 by 1'],
    ],
    [
      'a sixth',
      Array.from({ length: 6 }, (_, at) => countries('block', ['DE', 'AT', 'CH', 'FR', 'IT', 'ES'][at] ?? '')),
      ['tooMany 6'],
    ],
    ['IPv4 only', [addresses('allow', '8.8.8.8'), blockAll], ['oneFamily 1 v4']],
    ['IPv6 only', [addresses('allow', '2606:4700::1'), blockAll], ['oneFamily 1 v6']],
    ['blocked in IPv4 only', [countries('block', 'DE'), addresses('block', '8.8.8.8')], ['oneFamily 2 v4']],
    ['a private range', [addresses('block', '192.168.0.0/16', '2606:4700::1')], ['neverPublic 1 192.168.0.0/16']],
    ['all of IPv4', [addresses('block', '0.0.0.0/0', '2606:4700::1')], ['everyAddress 1 0.0.0.0/0']],
    ['a country twice', [countries('block', 'DE', 'AT', 'DE')], ['twice 1 DE']],
    ['a range twice', [addresses('block', '8.8.8.8', '8.8.8.8', '2606:4700::1')], ['twice 1 8.8.8.8']],
    ['a range inside another', [addresses('block', '8.8.8.8', '8.8.8.0/24', '2606:4700::1')], ['twice 1 8.8.8.8']],
    [
      'the same in two ways',
      [addresses('block', '8.8.8.8', '::ffff:8.8.8.8', '2606:4700::1')],
      ['twice 1 ::ffff:8.8.8.8'],
    ],
    ['a rule twice', [countries('block', 'DE'), countries('block', 'DE')], ['decidedBefore 2 DE by 1']],
    [
      'a range decided before',
      [addresses('allow', '8.8.0.0/16', '2606:4700::/32'), addresses('block', '8.8.8.8', '2606:4700::1'), allowAll],
      ['blocksNobody', 'decidedBefore 2 8.8.8.8 by 1', 'decidedBefore 2 2606:4700::1 by 1'],
    ],
    ['no country', [countries('allow', 'Germany', 'AT'), blockAll], ['notACountry 1 Germany']],
    ['only names of countries', [countries('allow', 'Germany'), blockAll], ['blocksEveryone', 'notACountry 1 Germany']],
    ['nobody blocked', [countries('block', 'UK'), allowAll], ['blocksNobody', 'notACountry 1 UK']],
    ['no known country', [countries('block', 'XX', 'T1', 'XK')], []],
    ['small letters', [countries('block', 'de')], ['smallLetters 1 de']],
    ['a country twice, in small letters too', [countries('block', 'de', 'DE')], ['smallLetters 1 de', 'twice 1 DE']],
    [
      'small letters behind capitals',
      [countries('allow', 'DE'), countries('block', 'de'), allowAll],
      ['blocksNobody', 'decidedBefore 2 de by 1'],
    ],
    // Nobody knows whether the first one decides.
    ['capitals behind small letters', [countries('block', 'de'), countries('block', 'DE')], ['smallLetters 1 de']],
    [
      'every address',
      [addresses('block', '0.0.0.0/0', '::/0'), countries('allow', 'DE')],
      ['blocksEveryone', 'neverReached 2 by 1', 'everyAddress 1 0.0.0.0/0', 'everyAddress 1 ::/0'],
    ],
    ['an unknown rule above a block for all', [{ type: 'asn', action: 'allow' }, blockAll], ['unreadable 1']],
    ['an unknown rule above an allow for all', [{ type: 'asn', action: 'block' }, allowAll], ['unreadable 1']],
    ['an unknown rule that may be the end', [countries('allow', 'DE'), { type: 'asn' }], ['unreadable 2']],
    ['an unknown rule that is not reached', [blockAll, { type: 'asn' }], ['blocksEveryone', 'neverReached 2 by 1']],
    ['unknown type', [{ type: 'asn', action: 'block' }], ['unreadable 1']],
    ['unknown action', [{ type: 'any', action: 'deny' }], ['unreadable 1']],
    ['ip.src without ip', [{ type: 'ip.src', action: 'block' }], ['unreadable 1']],
    ['countries without a list', [{ type: 'ip.geoip.country', action: 'block' }], ['unreadable 1']],
    ['an empty list', [countries('block')], ['unreadable 1']],
    ['no address', [addresses('block', '8.8.8', '2606:4700::1')], ['notARange 1 8.8.8', 'oneFamily 1 v6']],
  ];
  for (const [name, rules, expected] of rows)
    it(`${name}: ${expected.join(', ') || 'nothing to say'}`, () => assert.deepEqual(lint(rules), expected));

  it('says "never reached" only of rules that decide about nobody', () => {
    const action = fc.constantFrom('allow' as const, 'block' as const);
    const country = fc.constantFrom('DE', 'AT', 'CH');
    const rule = fc.oneof(
      action.map((what): AccessRule => ({ type: 'any', action: what })),
      fc
        .tuple(action, fc.array(country, { minLength: 1, maxLength: 2 }))
        .map(([what, list]): AccessRule => ({ type: 'ip.geoip.country', action: what, country: list })),
    );
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), fc.constantFrom('DE', 'AT', 'CH', 'FR'), (rules, viewer) => {
        const readings = readRules(rules) ?? [];
        const dead = lintRules(readings).flatMap((warning) => (warning.code === 'neverReached' ? [warning.index] : []));
        const { index } = firstMatch(readings, { country: viewer });
        assert.ok(index === undefined || !dead.includes(index));
        const open = lintRules(readings).some(({ code }) => code === 'openEnd');
        if (open) assert.equal(firstMatch(readings, { country: 'FR' }).action, 'allow');
      }),
      { numRuns: RUNS },
    );
  });
});
