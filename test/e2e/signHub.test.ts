import assert from 'node:assert/strict';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const FILE = 'notes.md';
const SIGN = 'Stream Signer: Sign a Video…';
const HUB = 'Sign a Stream Video';

describe('the signing hub', () => {
  let window: Window;
  before(async () => {
    window = await openWindow({ offerAccount: true, workspaceFiles: { [FILE]: `${TOUR}\n` } });
    await window.sideBar.open('Stream Signer');
    await window.sideBar.chooseWelcome('Use the Emulated Account');
    await window.sideBar.row('Sample Studio').waitFor();
    await window.editor.open(FILE, 1, 1);
  });
  after(() => window.close());

  /** Goes down to a question: from the hub, by the lines that lead there. */
  async function descend(path: readonly string[], title: string): Promise<void> {
    await openHub();
    for (const line of path) await window.quickInput.pick(new RegExp(`^${line}`));
    await window.quickInput.waitForTitle(title);
  }

  async function openHub(): Promise<void> {
    await window.commandPalette.run(SIGN);
    await window.quickInput.waitForTitle(HUB);
  }

  /** Each small question: the lines to pick on the way, and the title it has. */
  const steps: readonly (readonly [readonly string[], string])[] = [
    [['Account'], 'Account'],
    [['Sign with'], 'Sign With'],
    [['Expires'], 'Expires'],
    [['Expires', 'Other'], 'Expires'],
    [['Not before'], 'Not Before'],
    [['Not before', 'Other'], 'Not Before'],
    [['Access rules'], 'Access Rules'],
    [['Access rules', 'Add Rule'], 'Add Rule'],
    [['Access rules', 'Add Rule', 'Allow Countries…'], 'Allow Countries'],
    [['Access rules', 'Add Rule', 'Allow Countries by Code'], 'Allow Countries'],
    [['Access rules', 'Add Rule', 'Block Addresses'], 'Block Addresses'],
    [['Access rules', 'Only My Network'], 'Allow Addresses'],
    [['Downloads'], 'Downloads'],
    [['Original quality'], 'Original Quality'],
    [['Result'], 'Result'],
    [['Where'], 'Where'],
  ];
  for (const [path, title] of steps) {
    it(`is left silently at Esc in ${path.join(' › ')}, and Back leads back`, async () => {
      const { quickInput, notifications, clipboard, emulator } = window;
      await clipboard.write('untouched');
      const before = emulator.requests.length;
      await descend(path, title);
      await quickInput.backByKey();
      await quickInput.waitForTitle(path.length === 1 ? HUB : /./);
      await quickInput.leave();
      await descend(path, title);
      await quickInput.leave();
      assert.deepEqual(
        [await notifications.messages(), await clipboard.read(), emulator.requests.length],
        [[], 'untouched', before],
      );
    });
  }
});
