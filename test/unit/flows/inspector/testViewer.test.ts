import assert from 'node:assert/strict';
import { testViewer } from '../../../../src/flows/inspector/testViewer';
import { readRules } from '../../../../src/stream/token/rules';
import { scriptedPrompter } from '../../support/scriptedPrompter';

const rules = readRules([
  { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
  { type: 'ip.src', action: 'allow', ip: ['198.51.100.0/24', '2606:4700::/32'] },
  { type: 'any', action: 'block' },
]);

/** What the box says while a viewer is typed, or what is wrong with the text behind a `!`. */
async function test(text: string, tested = rules, locale = 'en'): Promise<string> {
  const prompter = scriptedPrompter([{ type: text }, 'esc']);
  await testViewer(tested, prompter, locale);
  return prompter.said[0]?.replace(/^\w+: /, '') ?? prompter.asked.at(-1) ?? '';
}

describe('testing a viewer', () => {
  const first = 'Rule 1: Allow Germany, Austria';
  const second = 'Rule 2: Allow 198.51.100.0/24, 2606:4700::/32';
  const third = 'Rule 3: Block everyone else';
  const table: readonly [string, string][] = [
    ['DE 198.51.100.7', `May watch: rule 1 matches (DE, 198.51.100.7). ${first}`],
    ['203.0.113.9, FR', `Blocked: rule 3 matches (FR, 203.0.113.9). ${third}`],
    ['France 198.51.100.7', `May watch: rule 2 matches (FR, 198.51.100.7). ${second}`],
    ['united kingdom [2606:4700::1]:443', `May watch: rule 2 matches (GB, 2606:4700::1). ${second}`],
    ['fr', `Blocked: rule 3 matches (FR). Passed over without an address: rule 2. ${third}`],
    [
      '::ffff:198.51.100.7',
      `May watch: rule 2 matches (198.51.100.7). Passed over without a country: rule 1. ${second}`,
    ],
    ['T1 203.0.113.9', `Blocked: rule 3 matches (T1, 203.0.113.9). ${third}`],
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
    assert.equal(
      await test('Österreich', rules, 'de'),
      'May watch: rule 1 matches (AT). Rule 1: Allow Deutschland, Österreich',
    ));

  const country = (action: string, ...codes: string[]) => ({ type: 'ip.geoip.country', action, country: codes });
  const all = (action: string) => ({ type: 'any', action });
  const unknown = { type: 'asn', action: 'block' };
  const unsure = 'It can’t be told whether this viewer may watch (DE).';
  const unread = 'Passed over, because it can’t be read: rule 1.';
  const small = 'Passed over, because a code is in small letters: rule 1.';
  const others: readonly [string, unknown, string][] = [
    ['no rules', [], 'May watch: no rule matches (DE).'],
    ['no list', all('block'), 'The access rules can’t be read, so it can’t be told who may watch.'],
    ['an unknown rule', [unknown], `${unsure} ${unread}`],
    ['a list that is none', [{ ...country('block'), country: 'DE' }], `${unsure} ${unread}`],
    ['an unknown rule above', [unknown, all('allow')], `${unsure} ${unread}`],
    [
      'an unknown rule below',
      [country('allow', 'DE'), unknown],
      'May watch: rule 1 matches (DE). Rule 1: Allow Germany',
    ],
    ['small letters', [country('block', 'de')], `${unsure} ${small}`],
    [
      'small letters that change nothing',
      [country('block', 'de'), all('block')],
      `Blocked: rule 2 matches (DE). ${small} Rule 2: Block everyone else`,
    ],
    [
      'more than one reason',
      [unknown, country('block', 'de'), { type: 'ip.src', action: 'block', ip: ['8.8.8.8'] }, unknown],
      `${unsure} Passed over without an address: rule 3. Passed over, because a code is in small letters: rule 2. Passed over, because it can’t be read: rule 1, 4.`,
    ],
  ];
  for (const [name, claim, expected] of others) {
    it(`${name}: ${expected}`, async () => {
      const prompter = scriptedPrompter([{ type: 'DE' }]);
      await testViewer(readRules(claim), prompter, 'en');
      assert.deepEqual(prompter.said[0]?.replace(/^\w+: /, ''), expected);
    });
  }

  it('leaves the verdict in the status bar, where there is room for few words', async () => {
    const prompter = scriptedPrompter([{ type: 'Switzerland 203.0.113.9' }]);
    await testViewer(rules, prompter, 'en');
    assert.deepEqual(prompter.mentioned, ['Blocked: rule 3 matches (CH, 203.0.113.9).']);
  });

  it('leaves silently', async () => {
    for (const act of ['esc', 'back'] as const) {
      const prompter = scriptedPrompter([act]);
      assert.notEqual((await testViewer([], prompter, 'en')).kind, 'answer');
      assert.deepEqual([prompter.mentioned, prompter.told], [[], []]);
    }
  });
});
