import assert from 'node:assert/strict';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const FILE = 'notes.md';
const SIGN = 'Stream Signer: Sign a Video…';
const HUB = 'Sign a Stream Video';

/** The way to a question: the line to pick on each list, and the title of what it leads to. */
type Path = readonly (readonly [line: string, title: string])[];

const rules: Path = [['Access rules', 'Access Rules']];
const addRule: Path = [...rules, ['Add Rule', 'Add Rule']];
const result: Path = [['Result', 'Result']];
const player: Path = [...result, ['Player Options', 'Player Options']];
const images: Path = [...result, ['Thumbnail Options', 'Thumbnail Options']];

const WITH_NOTHING_SET: readonly Path[] = [
  [['Video', 'Video']],
  [['Account', 'Account']],
  [['Sign with', 'Sign With']],
  [['Expires', 'Expires']],
  [
    ['Expires', 'Expires'],
    ['Other', 'Expires'],
  ],
  [['Not before', 'Not Before']],
  [
    ['Not before', 'Not Before'],
    ['Other', 'Not Before'],
  ],
  rules,
  addRule,
  [...addRule, ['Allow Countries…', 'Allow Countries']],
  [...addRule, ['Block Countries…', 'Block Countries']],
  [...addRule, ['Allow Countries by Code', 'Allow Countries']],
  [...addRule, ['Block Countries by Code', 'Block Countries']],
  [...addRule, ['Allow Addresses', 'Allow Addresses']],
  [...addRule, ['Block Addresses', 'Block Addresses']],
  [...rules, ['Only These Countries', 'Allow Countries']],
  [...rules, ['Only My Network', 'Allow Addresses']],
  [...rules, ['Everyone but These Countries', 'Block Countries']],
  [['Downloads', 'Downloads']],
  [['Original quality', 'Original Quality']],
  result,
  player,
  [...player, ['Preload', 'Preload']],
  [...player, ['Start at', 'Start at']],
  images,
  [...images, ['Fit', 'Fit']],
  [...images, ['Height', 'Height']],
  [['Where', 'Where']],
];

const SET = {
  'streamSigner.defaults.expiry': '2h',
  'streamSigner.defaults.accessRules': [
    { type: 'ip.geoip.country', action: 'allow', country: ['DE'] },
    { type: 'ip.src', action: 'allow', ip: ['198.51.100.0/24'] },
  ],
  'streamSigner.presets': Object.fromEntries([1, 2, 3, 4, 5].map((at) => [`Preset ${at}`, { expiry: `${at}h` }])),
};
const WITH_RULES_AND_PRESETS: readonly Path[] = [
  [['All Presets', 'Presets']],
  [['Save as Preset', 'Save as Preset']],
  [...rules, ['Test a Viewer', 'Test a Viewer']],
  [...rules, ['1. ', 'Rule 1']],
  [...rules, ['1. ', 'Rule 1'], ['Change Countries…', 'Allow Countries']],
  [...rules, ['1. ', 'Rule 1'], ['Change Countries as Codes', 'Allow Countries']],
  [...rules, ['2. ', 'Rule 2'], ['Change Addresses', 'Allow Addresses']],
];

for (const [name, settings, paths] of [
  ['with nothing set', {}, WITH_NOTHING_SET],
  ['with rules and presets', SET, WITH_RULES_AND_PRESETS],
] as const) {
  describe(`the signing hub ${name}, by keyboard`, () => {
    let window: Window;
    before(async () => {
      window = await openWindow({
        offerAccount: true,
        userSettings: settings,
        workspaceFiles: { [FILE]: `${TOUR}\n` },
      });
      await window.sideBar.open('Stream Signer');
      await window.sideBar.chooseWelcome('Use the Emulated Account');
      await window.sideBar.row('Sample Studio').waitFor();
      await window.editor.open(FILE, 1, 1);
    });
    after(() => window.close());

    async function descend(path: Path): Promise<void> {
      await window.commandPalette.run(SIGN);
      await window.page.mouse.move(0, 0);
      await window.quickInput.waitForTitle(HUB);
      for (const [line, title] of path) {
        await window.quickInput.pickByKey(line);
        await window.quickInput.waitForTitle(title);
      }
    }

    for (const path of paths) {
      it(`goes to ${path.map(([line]) => line.trim()).join(' › ')}, back, and is left silently at Esc`, async () => {
        const { quickInput, notifications, clipboard, emulator } = window;
        await clipboard.write('untouched');
        // The list of videos is asked for by whoever opens it.
        const requests = () => emulator.requests.filter(({ path }) => !path.endsWith('/stream')).length;
        const before = requests();
        await descend(path);
        await quickInput.backByKey();
        await quickInput.waitForTitle(path.at(-2)?.[1] ?? HUB);
        await quickInput.leave();
        await descend(path);
        await quickInput.leave();
        assert.deepEqual(
          [await notifications.messages(), await clipboard.read(), requests()],
          [[], 'untouched', before],
        );
      });
    }
  });
}
