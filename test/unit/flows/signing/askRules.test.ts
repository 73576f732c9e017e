import assert from 'node:assert/strict';
import { askRules } from '../../../../src/flows/signing/askRules';
import type { AccessRule } from '../../../../src/stream/token/rules';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const allow = (...country: string[]): AccessRule => ({ type: 'ip.geoip.country', action: 'allow', country });
const block = (...country: string[]): AccessRule => ({ type: 'ip.geoip.country', action: 'block', country });
const allowIp = (...ip: string[]): AccessRule => ({ type: 'ip.src', action: 'allow', ip });
const blockIp = (...ip: string[]): AccessRule => ({ type: 'ip.src', action: 'block', ip });
const blockAll: AccessRule = { type: 'any', action: 'block' };
const allowAll: AccessRule = { type: 'any', action: 'allow' };

async function play(rules: readonly AccessRule[], acts: readonly Act[]) {
  const prompter = scriptedPrompter(acts);
  let kept = rules;
  const reply = await askRules(rules, {
    prompter,
    locale: 'en',
    onChange: (changed) => {
      kept = changed;
    },
  });
  prompter.finish();
  return { reply, kept, prompter, lists: prompter.lists };
}

/** The rules in the end. */
async function edit(rules: readonly AccessRule[], acts: readonly Act[]) {
  const { reply, kept } = await play(rules, [...acts, 'back']);
  assert.deepEqual(reply, { kind: 'answer', value: kept });
  return kept;
}

describe('the access rules editor', () => {
  it('starts with templates', async () => {
    const { lists } = await play([], ['esc']);
    assert.deepEqual(lists, [
      [
        'Done',
        '— The first rule that matches decides',
        'Viewers who match no rule: allowed',
        'Block Everyone Else',
        '— ',
        'Add Rule… | 0 of 5',
        '— Templates',
        'Only These Countries…',
        'Only My Network…',
        'Everyone but These Countries…',
      ],
    ]);
  });

  it('lists the rules in order with what is doubtful about each', async () => {
    const { lists } = await play([allow('DE', 'AT'), blockIp('192.168.0.0/16')], ['esc']);
    assert.deepEqual(lists, [
      [
        'Done',
        '— The first rule that matches decides',
        '1. Allow Germany, Austria',
        '2. Block 192.168.0.0/16 | $(warning) 192.168.0.0/16 is private or reserved: Cloudflare never sees a viewer with such an address. IPv4 only: viewers with an IPv6 address never match.',
        'Viewers who match no rule: allowed | $(warning) Some viewers are allowed by a rule, but everyone else may watch too: no rule blocks them. Block everyone else.',
        'Block Everyone Else',
        '— ',
        'Add Rule… | 2 of 5',
        'Test a Viewer…',
        'Remove All Rules',
      ],
    ]);
  });

  it('says what happens to everyone else, always', async () => {
    const others = async (...rules: AccessRule[]) =>
      (await play(rules, ['esc'])).lists[0]?.find((line) => line.startsWith('Viewers who'));
    assert.equal(await others(block('DE')), 'Viewers who match no rule: allowed');
    assert.equal(
      await others(allow('DE'), blockAll),
      'Viewers who match no rule: there are none, rule 2 is for everyone',
    );
  });

  it('says of the whole that it lets nobody or everybody in', async () => {
    const done = async (...rules: AccessRule[]) => (await play(rules, ['esc'])).lists[0]?.[0];
    assert.match((await done(blockAll)) ?? '', /^Done \| \$\(warning\) Nobody can watch/);
    assert.match((await done(allow('DE'), allowAll)) ?? '', /every viewer is allowed/);
    assert.equal(await done(allow('DE'), blockAll), 'Done');
  });

  const pick = (label: string): Act => ({ pick: label });
  const rows: readonly [string, readonly AccessRule[], readonly Act[], readonly AccessRule[]][] = [
    ['nothing changed', [allow('DE')], [], [allow('DE')]],
    [
      'allow countries',
      [],
      [pick('Add Rule'), pick('Allow Countries…'), { tick: ['Germany', 'Austria'] }],
      [allow('AT', 'DE')],
    ],
    [
      'block countries by code',
      [],
      [pick('Add Rule'), pick('Block Countries by Code'), { type: 'uk de DE' }],
      [block('GB', 'DE')],
    ],
    [
      'allow addresses',
      [],
      [pick('Add Rule'), pick('Allow Addresses'), { type: '198.51.100.7/24 [2606:4700::1]:443' }],
      [allowIp('198.51.100.0/24', '2606:4700::1')],
    ],
    ['allow everyone else', [block('DE')], [pick('Add Rule'), pick('Allow Everyone Else')], [block('DE'), allowAll]],
    ['block everyone else, by its line', [allow('DE')], [pick('Block Everyone Else')], [allow('DE'), blockAll]],
    [
      'block everyone else, by the button',
      [allow('DE')],
      [{ pressAt: 'Viewers who match', button: 'Block Everyone Else' }],
      [allow('DE'), blockAll],
    ],
    [
      'a new rule goes before the one for everyone',
      [allow('DE'), blockAll],
      [pick('Add Rule'), pick('Allow Addresses'), { type: '8.8.8.8' }],
      [allow('DE'), allowIp('8.8.8.8'), blockAll],
    ],
    [
      'a second rule for everyone goes to the end',
      [blockAll],
      [pick('Add Rule'), pick('Allow Everyone Else')],
      [blockAll, allowAll],
    ],
    [
      'change countries, by the button',
      [allow('DE')],
      [{ pressAt: '1. Allow', button: 'Change' }, { tick: ['Austria'] }],
      [allow('AT')],
    ],
    [
      'change countries, by lines',
      [allow('DE')],
      [pick('1. Allow'), pick('Change Countries…'), { tick: ['Austria', 'Chad'] }],
      [allow('AT', 'TD')],
    ],
    [
      'change countries as codes',
      [allow('DE')],
      [pick('1. Allow'), pick('Change Countries as Codes'), { type: 'ch' }],
      [allow('CH')],
    ],
    [
      'change addresses',
      [blockIp('8.8.8.8')],
      [pick('1. Block'), pick('Change Addresses'), { type: '8.8.4.4' }],
      [blockIp('8.8.4.4')],
    ],
    ['block instead', [allow('DE')], [pick('1. Allow'), pick('Block Instead')], [block('DE')]],
    ['allow instead', [blockAll], [pick('1. Block'), pick('Allow Instead')], [allowAll]],
    [
      'move up, by the button',
      [allow('DE'), block('AT')],
      [{ pressAt: '2. Block', button: 'Move up' }],
      [block('AT'), allow('DE')],
    ],
    [
      'move down, by the button',
      [allow('DE'), block('AT')],
      [{ pressAt: '1. Allow', button: 'Move down' }],
      [block('AT'), allow('DE')],
    ],
    ['move up, by lines', [allow('DE'), block('AT')], [pick('2. Block'), pick('Move Up')], [block('AT'), allow('DE')]],
    [
      'move down, by lines',
      [allow('DE'), block('AT'), blockAll],
      [pick('1. Allow'), pick('Move Down')],
      [block('AT'), allow('DE'), blockAll],
    ],
    ['remove, by the button', [allow('DE'), blockAll], [{ pressAt: '2. Block', button: 'Remove' }], [allow('DE')]],
    ['remove, by lines', [allow('DE'), blockAll], [pick('1. Allow'), pick('Remove')], [blockAll]],
    ['remove all', [allow('DE'), blockAll], [pick('Remove All')], []],
    ['template: only these countries', [], [pick('Only These'), { tick: ['Germany'] }], [allow('DE'), blockAll]],
    ['template: only my network', [], [pick('Only My'), { type: '8.8.8.0/24' }], [allowIp('8.8.8.0/24'), blockAll]],
    ['template: everyone but', [], [pick('Everyone but'), { tick: ['Germany'] }], [block('DE')]],
    ['ticking nothing asks again', [], [pick('Only These'), { tick: [] }, { tick: ['Chad'] }], [allow('TD'), blockAll]],
    [
      'Back from a sub-step changes nothing',
      [allow('DE'), blockAll],
      [
        pick('1. Allow'),
        pick('Change Countries…'),
        'back',
        'back',
        pick('Add Rule'),
        pick('Allow Addresses'),
        'back',
        pick('Block Countries…'),
        'back',
        'back',
        pick('Viewers who'),
      ],
      [allow('DE'), blockAll],
    ],
    [
      'an unofficial code stays',
      [allow('XK')],
      [{ pressAt: '1. Allow', button: 'Change' }, { tick: ['Kosovo', 'Chad'] }],
      [allow('XK', 'TD')],
    ],
  ];
  for (const [name, before, acts, after] of rows)
    it(name, async () => assert.deepEqual(await edit(before, acts), after));

  it('has no button that leads nowhere', async () => {
    await assert.rejects(play([allow('DE')], [{ pressAt: '1. Allow', button: 'Move up' }]));
    await assert.rejects(play([blockAll], [{ pressAt: '1. Block', button: 'Change' }]));
  });

  it('takes no sixth rule', async () => {
    const five = ['DE', 'AT', 'CH', 'FR', 'IT'].map((code) => block(code));
    const { reply, prompter, lists } = await play(five, [pick('Add Rule'), 'back']);
    assert.deepEqual(reply, { kind: 'answer', value: five });
    assert.equal(prompter.asked.at(-1), '! A token can have 5 access rules at most. Remove or change one.');
    assert.ok(!lists[0]?.includes('Block Everyone Else'));
  });

  it('shows what is chosen first, and finds the United Kingdom as UK', async () => {
    const { lists } = await play([allow('GB')], [{ pressAt: '1. Allow', button: 'Change' }, 'esc']);
    assert.deepEqual(lists[1]?.slice(0, 2), ['[x] 🇬🇧 United Kingdom | GB (UK)', '[ ] 🇦🇫 Afghanistan | AF']);
    assert.equal(lists[1]?.length, 249);
  });

  const refused: readonly [string, string, string, RegExp][] = [
    ['a union', 'Block Countries by Code', 'DE, EU', /^! EU is no country/],
    ['nothing', 'Block Countries by Code', ' , ', /at least one country code/],
    ['three letters', 'Block Countries by Code', 'USA', /^! USA has three letters/],
    ['Tor', 'Block Countries by Code', 'T1', /without a known country/],
    ['a withdrawn code', 'Block Countries by Code', 'SU', /no longer exists/],
    [
      'a prefix',
      'Block Addresses',
      '8.8.8.0/33',
      /^! 8\.8\.8\.0\/33: behind the slash stands one number from 0 to 32\.$/,
    ],
    ['a wildcard', 'Block Addresses', '8.8.8.*', /wildcard/],
    ['a leading zero', 'Block Addresses', '08.8.8.8', /leading zero/],
    ['bidi text', 'Block Addresses', '\u202e8.8.8.8', /is no IP address/],
  ];
  for (const [name, kind, text, sentence] of refused) {
    it(`refuses ${name} and keeps the box open`, async () => {
      const { prompter, kept } = await play([], [pick('Add Rule'), pick(kind), { type: text }, 'esc']);
      assert.match(prompter.asked.at(-1) ?? '', sentence);
      assert.deepEqual(kept, []);
    });
  }

  it('leaves at Esc anywhere, with the changes made before', async () => {
    const paths: readonly (readonly Act[])[] = [
      [],
      [pick('Add Rule')],
      [pick('Add Rule'), pick('Allow Countries…')],
      [pick('Add Rule'), pick('Allow Countries by Code')],
      [pick('Add Rule'), pick('Allow Addresses')],
      [pick('1. Allow')],
      [pick('1. Allow'), pick('Change Countries…')],
      [pick('Test a Viewer')],
    ];
    for (const path of paths) {
      const { reply, kept, prompter } = await play([allow('DE')], [pick('Block Everyone Else'), ...path, 'esc']);
      assert.deepEqual([reply, kept], [{ kind: 'cancel' }, [allow('DE'), blockAll]]);
      assert.deepEqual([prompter.told, prompter.mentioned], [[], []]);
    }
  });
});
