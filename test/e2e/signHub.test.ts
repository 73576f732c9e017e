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

  /** Picks the line that this finds, by keys alone. */
  async function choose(text: string): Promise<void> {
    const { quickInput, page } = window;
    await page.keyboard.type(text);
    await quickInput.item(new RegExp(text, 'i')).first().waitFor();
    await page.keyboard.press('Enter');
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
      await openHub();
      for (const line of path) await choose(line);
      await quickInput.waitForTitle(title);
      await quickInput.back();
      await quickInput.waitForTitle(/./);
      await quickInput.cancel();
      await quickInput.waitUntilClosed();
      await openHub();
      for (const line of path) await choose(line);
      await quickInput.waitForTitle(title);
      await quickInput.cancel();
      await quickInput.waitUntilClosed();
      assert.deepEqual(
        [await notifications.messages(), await clipboard.read(), emulator.requests.length],
        [[], 'untouched', before],
      );
    });
  }
});
