import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { firstMatch, type Viewer } from '../../../../src/stream/token/firstMatch';
import { type AccessRule, readRules } from '../../../../src/stream/token/rules';
import { RUNS } from '../../support/properties';
import { randomRules, randomViewer } from './randomRules';

const allow = (...country: string[]): AccessRule => ({ type: 'ip.geoip.country', action: 'allow', country });
const block = (...country: string[]): AccessRule => ({ type: 'ip.geoip.country', action: 'block', country });
const allowIp = (...ip: string[]): AccessRule => ({ type: 'ip.src', action: 'allow', ip });
const blockIp = (...ip: string[]): AccessRule => ({ type: 'ip.src', action: 'block', ip });
const blockAll: AccessRule = { type: 'any', action: 'block' };
const allowAll: AccessRule = { type: 'any', action: 'allow' };

/** `allow 1`: the verdict and the number of the rule; `-` when none matched; then those that were passed over. */
function verdict(rules: unknown, viewer: Viewer): string {
  const { action, index, unjudged } = firstMatch(readRules(rules) ?? [], viewer);
  const passed = unjudged.length === 0 ? [] : [`without ${unjudged.map((at) => at + 1).join()}`];
  return [action, index === undefined ? '-' : index + 1, ...passed].join(' ');
}

describe('firstMatch', () => {
  const german: Viewer = { country: 'DE', ip: '198.51.100.7' };
  const rows: readonly [string, unknown, Viewer, string][] = [
    ['no rules', [], german, 'allow -'],
    ['nothing matches', [allow('AT')], german, 'allow -'],
    ['a country', [allow('AT', 'DE'), blockAll], german, 'allow 1'],
    ['everyone else', [allow('AT'), blockAll], german, 'block 2'],
    ['the first wins', [block('DE'), allow('DE')], german, 'block 1'],
    ['any before all', [allowAll, block('DE')], german, 'allow 1'],
    ['a country in small letters', [block('de')], german, 'allow - without 1'],
    ['small letters beside capitals', [block('de', 'DE')], german, 'block 1'],
    ['another country in small letters', [block('at')], german, 'allow -'],
    ['a name for a code', [allow('Germany'), blockAll], german, 'block 2'],
    ['a viewer in small letters', [block('DE')], { country: 'de' }, 'block 1'],
    ['an address', [blockIp('198.51.100.7')], german, 'block 1'],
    ['a range', [blockIp('203.0.113.1', '198.51.100.0/24')], german, 'block 1'],
    ['a range with host bits', [blockIp('198.51.100.99/24')], german, 'block 1'],
    ['another range', [blockIp('198.51.101.0/24')], german, 'allow -'],
    ['IPv4 rules and an IPv6 viewer', [blockIp('0.0.0.0/0')], { ip: '2606:4700::1' }, 'allow -'],
    ['IPv6 rules and an IPv4 viewer', [blockIp('::/0')], german, 'allow -'],
    ['an IPv6 range', [allowIp('2606:4700::/32'), blockAll], { ip: '2606:4700::1' }, 'allow 1'],
    ['an IPv4 viewer mapped into IPv6', [blockIp('198.51.100.0/24')], { ip: '::ffff:198.51.100.7' }, 'block 1'],
    ['a mapped rule', [blockIp('::ffff:198.51.100.0/120')], german, 'block 1'],
    ['an entry that is no address', [blockIp('198.51.100', '198.51.100.007')], german, 'allow -'],
    ['no country known', [allow('DE'), blockAll], { ip: '198.51.100.7' }, 'block 2 without 1'],
    ['no address known', [allowIp('198.51.100.7'), block('DE')], { country: 'DE' }, 'block 2 without 1'],
    ['nobody known', [allow('DE'), allowIp('198.51.100.7')], {}, 'allow - without 1,2'],
    ['an address that is none', [blockIp('198.51.100.7')], { ip: '198.51.100' }, 'allow - without 1'],
    ['a range for an address', [blockIp('198.51.100.0/24')], { ip: '198.51.100.0/24' }, 'allow - without 1'],
    ['a rule that can’t be read', [{ type: 'ip.src', action: 'block' }, allowAll], german, 'allow 2 without 1'],
    ['passed over only before the match', [allow('DE'), blockIp('198.51.100.7')], { country: 'DE' }, 'allow 1'],
  ];
  for (const [name, rules, viewer, expected] of rows)
    it(`${name}: ${expected}`, () => assert.equal(verdict(rules, viewer), expected));

  it('agrees with a second implementation', function () {
    this.timeout(Math.max(this.timeout(), 20_000));
    fc.assert(
      fc.property(randomRules, randomViewer, (rules, viewer) => {
        const { action, index } = firstMatch(readRules(rules) ?? [], viewer);
        assert.deepEqual({ action, index }, reference(rules, viewer));
      }),
      { numRuns: RUNS * 5 },
    );
  });
});

/** The rules once more, on whole numbers instead of bytes: an address is 128 bits, IPv4 being `::ffff:0:0/96`. */
function reference(rules: readonly AccessRule[], viewer: Viewer) {
  const index = rules.findIndex((rule) => {
    if (rule.type === 'any') return true;
    if (rule.type === 'ip.geoip.country') return viewer.country !== undefined && rule.country.includes(viewer.country);
    const { ip } = viewer;
    return ip !== undefined && rule.ip.some((entry) => holds(entry, ip));
  });
  return index < 0 ? { action: 'allow', index: undefined } : { action: rules[index]?.action, index };
}

function holds(entry: string, ip: string): boolean {
  const [base = '', prefix] = entry.split('/');
  if (isIP(base) === 0 || base.includes('%')) return false;
  const bits = BigInt(prefix ?? 128) + (prefix !== undefined && !base.includes(':') ? 96n : 0n);
  const isV4 = (value: bigint) => value >> 32n === 0xffffn;
  // A range that begins before the mapped addresses is one of IPv6 only.
  if (isV4(bitsOf(ip)) !== (isV4(bitsOf(base)) && bits >= 96n)) return false;
  return bitsOf(base) >> (128n - bits) === bitsOf(ip) >> (128n - bits);
}

function bitsOf(address: string): bigint {
  const dotted = /[\d.]+$/.exec(address)?.[0] ?? '';
  if (dotted.includes('.')) {
    return dotted.split('.').reduce((sum, octetText) => (sum << 8n) + BigInt(octetText), 0n) + (0xffffn << 32n);
  }
  const [left = '', right] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const missing = 8 - groups(left).length - groups(right ?? '').length;
  const all = [...groups(left), ...Array<string>(right === undefined ? 0 : missing).fill('0'), ...groups(right ?? '')];
  return all.reduce((sum, hex) => (sum << 16n) + BigInt(`0x${hex}`), 0n);
}
