import assert from 'node:assert/strict';
import { testViewer } from '../../../../src/flows/inspector/testViewer';
import { readRules } from '../../../../src/stream/token/rules';
import { scriptedPrompter } from '../../support/scriptedPrompter';

const rules = readRules([
  { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
  { type: 'ip.src', action: 'allow', ip: ['198.51.100.0/24', '2606:4700::/32'] },
  { type: 'any', action: 'block' },
]);

async function test(text: string, tested = rules, locale = 'en'): Promise<string> {
  const prompter = scriptedPrompter([{ type: text }, 'esc']);
  await testViewer(tested ?? [], prompter, locale);
  return prompter.mentioned[0] ?? prompter.asked.at(-1) ?? '';
}

describe('testing a viewer', () => {
  const table: readonly [string, string][] = [
    ['DE 198.51.100.7', 'Germany (DE), 198.51.100.7: Rule 1 matches (Allow Germany, Austria). This viewer may watch.'],
    ['203.0.113.9, FR', 'France (FR), 203.0.113.9: Rule 3 matches (Block everyone else). This viewer is blocked.'],
    [
      'France 198.51.100.7',
      'France (FR), 198.51.100.7: Rule 2 matches (Allow 198.51.100.0/24, 2606:4700::/32). This viewer may watch.',
    ],
    [
      'united kingdom [2606:4700::1]:443',
      'United Kingdom (GB), 2606:4700::1: Rule 2 matches (Allow 198.51.100.0/24, 2606:4700::/32). This viewer may watch.',
    ],
    [
      'fr',
      'France (FR): Rule 3 matches (Block everyone else). Passed over without an address: rule 2. This viewer is blocked.',
    ],
    [
      '::ffff:198.51.100.7',
      '198.51.100.7: Rule 2 matches (Allow 198.51.100.0/24, 2606:4700::/32). Passed over without a country: rule 1. This viewer may watch.',
    ],
    ['T1 203.0.113.9', 'T1, 203.0.113.9: Rule 3 matches (Block everyone else). This viewer is blocked.'],
    ['', '! Type a country such as DE, an IP address, or both.'],
    ['DE 198.51.100.7 198.51.100.8', '! Type one address only.'],
    ['198.51.100.0/24', '! 198.51.100.0/24 is a range. A viewer has one address.'],
    ['198.51.100', '! 198.51.100 has 3 numbers; an IPv4 address has four.'],
    ['EU', '! EU is no country: name the countries in it.'],
    ['Atlantis', '! Atlantis is no country code. They have two letters, for example DE.'],
  ];
  for (const [text, expected] of table)
    it(`${text} → ${expected}`, async () => assert.equal(await test(text), expected));

  it('knows countries by their name in the display language', async () =>
    assert.match(await test('Österreich', rules, 'de'), /^Österreich \(AT\): Rule 1 matches \(Allow Deutschland, Öst/));

  it('says that nothing matches', async () => {
    assert.equal(await test('FR', []), 'France (FR): No rule matches. This viewer may watch.');
    assert.equal(
      await test('FR', readRules([{ type: 'asn', action: 'block' }])),
      'France (FR): No rule matches. Passed over, because it can’t be read: rule 1. This viewer may watch.',
    );
  });

  it('leaves silently', async () => {
    for (const act of ['esc', 'back'] as const) {
      const prompter = scriptedPrompter([act]);
      assert.notEqual((await testViewer([], prompter, 'en')).kind, 'answer');
      assert.deepEqual([prompter.mentioned, prompter.told], [[], []]);
    }
  });
});
