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
    ['countries that are none', [allow('Germany', 'UK'), blockAll], 'nobody'],
    ['countries of which one is none', [allow('Germany', 'AT'), blockAll], 'only AT'],
    ['blocked countries that are none', [block('EU')], 'everyone'],
    ['viewers without a known country', [allow('XK', 'XX', 'T1'), blockAll], 'only XK,XX,T1'],
    ['blocked, then allowed', [block('DE'), allow('DE'), blockAll], 'nobody'],
    ['blocked, then allowed among others', [block('DE'), allow('DE', 'AT'), allowAll], 'except DE'],
    ['allowed, then blocked', [allow('DE'), block('DE'), allowAll], 'everyone'],
    ['a network blocked, then a part of it allowed', [blockIp('8.8.0.0/16'), allowIp('8.8.8.8'), blockAll], 'nobody'],
    ['a part allowed, then the network blocked', [allowIp('8.8.8.8'), blockIp('8.8.0.0/16')], 'mixed'],
    ['every address blocked', [blockIp('0.0.0.0/0', '::/0')], 'nobody'],
    ['every address allowed', [allowIp('::/0', '::ffff:0.0.0.0/96'), blockAll], 'everyone'],
    ['every address in two rules', [allow('DE'), blockIp('0.0.0.0/0'), blockIp('::/0'), allow('AT')], 'only DE'],
    ['every address of one family', [blockIp('0.0.0.0/0')], 'except  0.0.0.0/0'],
    ['the other family behind it', [blockIp('0.0.0.0/0'), allowIp('::/0'), blockAll], 'except  0.0.0.0/0'],
    ['small letters', [allow('de'), blockAll], 'unreadable'],
    ['small letters beside capitals', [allow('de', 'DE'), blockAll], 'only DE'],
    ['small letters that change nothing', [allow('DE'), block('de', 'at'), blockAll], 'only DE'],
    ['small letters, then capitals', [block('de'), allow('DE'), blockAll], 'unreadable'],
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
        const { action, unjudged } = firstMatch(readings ?? [], viewer);
        // Nothing is said of viewers who are only half known.
        if (unjudged.length > 0) return;
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

  it('says the same whether small letters match or not, or that it can’t be told', () => {
    fc.assert(
      fc.property(randomRules, (rules) => {
        const said = audienceOf(readRules(rules));
        if (said.kind === 'unreadable' || said.kind === 'mixed') return;
        for (const reading of [raised, ignored])
          assert.equal(set(audienceOf(readRules(rules.map(reading)))), set(said));
      }),
      { numRuns: RUNS },
    );
  });
});

/** The same for the same viewers, in whatever order they are named. */
function set(audience: Audience): string {
  return line(audience).split(/[ ,]/).sort().join();
}

/** A rule as one reads it who takes small letters for capitals. */
function raised(rule: AccessRule): AccessRule {
  return rule.type === 'ip.geoip.country' ? { ...rule, country: rule.country.map((code) => code.toUpperCase()) } : rule;
}

/** A rule as one reads it for whom a code in small letters is none. */
function ignored(rule: AccessRule): AccessRule {
  if (rule.type !== 'ip.geoip.country') return rule;
  return { ...rule, country: rule.country.map((code) => (code === code.toUpperCase() ? code : 'none')) };
}

function line(audience: Audience): string {
  if (audience.kind !== 'only' && audience.kind !== 'except') return audience.kind;
  return [audience.kind, audience.countries.join(), ...audience.ranges].join(' ');
}
