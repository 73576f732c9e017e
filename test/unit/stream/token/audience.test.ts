import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Audience, audienceOf } from '../../../../src/stream/token/audience';
import { firstMatch } from '../../../../src/stream/token/firstMatch';
import { type AccessRule, readRules } from '../../../../src/stream/token/rules';
import { RUNS } from '../../support/properties';
import { randomRules, randomViewer } from './randomRules';

const allow = (...country: string[]): AccessRule => ({ type: 'ip.geoip.country', action: 'allow', country });
const block = (...country: string[]): AccessRule => ({ type: 'ip.geoip.country', action: 'block', country });
const allowIp = (...ip: string[]): AccessRule => ({ type: 'ip.src', action: 'allow', ip });
const blockIp = (...ip: string[]): AccessRule => ({ type: 'ip.src', action: 'block', ip });
const blockAll: AccessRule = { type: 'any', action: 'block' };
const allowAll: AccessRule = { type: 'any', action: 'allow' };
const teapot = { type: 'teapot', action: 'allow' };

describe('audienceOf', () => {
  const rows: readonly [string, unknown, string][] = [
    ['no claim', undefined, 'everyone'],
    ['no rules', [], 'everyone'],
    ['block all', [blockAll], 'nobody'],
    ['allow all', [allowAll], 'everyone'],
    ['what follows a rule for all', [allowAll, block('DE'), blockAll], 'everyone'],
    ['an allow list', [allow('DE', 'AT'), blockAll], 'only DE,AT'],
    ['two allow lists', [allow('DE'), allowIp('198.51.100.0/24'), blockAll], 'only DE 198.51.100.0/24'],
    ['a country twice', [allow('DE'), allow('DE', 'AT'), blockAll], 'only DE,AT'],
    ['an allow list without an end', [allow('DE')], 'everyone'],
    ['a block list', [block('DE'), blockIp('198.51.100.7')], 'except DE 198.51.100.7'],
    ['a block list with an end', [block('DE'), allowAll], 'except DE'],
    ['blocks before a block for all', [block('DE'), blockAll], 'nobody'],
    ['what is blocked anyway', [allow('DE'), block('AT'), blockAll], 'only DE'],
    ['what is allowed anyway', [block('DE'), allow('AT')], 'except DE'],
    ['an exception of an exception', [blockIp('198.51.100.7'), allow('DE'), blockAll], 'mixed'],
    ['allowed before blocked', [allow('AT'), block('DE')], 'mixed'],
    ['addresses that are none', [allowIp('198.51.100'), blockAll], 'nobody'],
    ['addresses of which one is none', [allowIp('198.51.100', '::1'), blockAll], 'only  ::1'],
    ['an unknown rule', [teapot, blockAll], 'unreadable'],
    ['an unknown rule that is not reached', [blockAll, teapot], 'nobody'],
    ['an unknown rule alone', [teapot], 'unreadable'],
    ['no list', { type: 'any' }, 'unreadable'],
  ];
  for (const [name, rules, expected] of rows)
    it(`${name}: ${expected}`, () => assert.equal(line(audienceOf(readRules(rules))), expected));

  it('says the same as the rules do of each viewer', () => {
    fc.assert(
      fc.property(randomRules, randomViewer, (rules, viewer) => {
        const readings = readRules(rules);
        const audience = audienceOf(readings);
        const { action } = firstMatch(readings ?? [], viewer);
        if (audience.kind === 'everyone') assert.equal(action, 'allow');
        if (audience.kind === 'nobody') assert.equal(action, 'block');
        if (audience.kind !== 'only' && audience.kind !== 'except') return;
        const named = firstMatch(
          [
            { kind: 'country', action: 'block', countries: audience.countries },
            { kind: 'ip', action: 'block', ranges: audience.ranges },
          ],
          viewer,
        );
        assert.equal(action, (named.index !== undefined) === (audience.kind === 'only') ? 'allow' : 'block');
      }),
      { numRuns: RUNS },
    );
  });
});

function line(audience: Audience): string {
  if (audience.kind !== 'only' && audience.kind !== 'except') return audience.kind;
  return [audience.kind, audience.countries.join(), ...audience.ranges].join(' ');
}
