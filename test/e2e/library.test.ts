import assert from 'node:assert/strict';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const FLOOR = '4e9c305d7fa16b06cd8eaf91b2c34567';
const STREAM_KEY = /[0-9a-f]{32}k[0-9a-f]{32}/;

describe('the library in the sidebar', () => {
  let window: Window;
  before(async () => {
    window = await openWindow({ offerAccount: true, workspaceFiles: { 'notes.md': 'Here: \n' } });
    const { sideBar } = window;
    await sideBar.open('Stream Signer');
    await sideBar.chooseWelcome('Use the Emulated Account');
    await sideBar.row('Sample Studio').waitFor();
    await sideBar.expand('Sample Studio');
    await sideBar.expand('Videos');
    await sideBar.row('Onboarding tour').waitFor();
  });
  after(() => window.close());

  it('shows what passes a filter, and everything once that is cleared', async () => {
    const { sideBar, quickInput } = window;
    await sideBar.chooseInline('Videos', 'Filter Videos…');
    await quickInput.waitForTitle('Filter Videos');
    await quickInput.pick('Text in the name or id');
    await quickInput.waitForPlaceholder(/./);
    await quickInput.submit('tour');
    await quickInput.waitForTitle('Filter Videos');
    await sideBar.row('Public trailer').waitFor({ state: 'detached' });
    await quickInput.leave();
    assert.equal(await sideBar.row('Videos').getAttribute('aria-label'), 'Videos, filtered: "tour"');
    assert.ok((await sideBar.tree()).includes('    Onboarding tour'));
    await sideBar.waitUntilCalm();
    await sideBar.chooseInline('Videos', 'Clear Filter');
    await sideBar.row('Public trailer').waitFor();
  });

  it('finds a line by typing, and does without a mouse what can be done with it', async () => {
    const { sideBar, page, editor, commandPalette, clipboard } = window;
    await sideBar.focusTree();
    await page.keyboard.press('Home');
    await page.keyboard.type('onb', { delay: 20 });
    await sideBar.row('Onboarding tour').and(page.locator('.focused')).waitFor();
    await page.keyboard.press('Enter');
    await editor.waitForText(`"uid": "${TOUR}"`);
    await commandPalette.run('Stream Signer: Copy Id');
    await clipboard.waitFor(new RegExp(`^${TOUR}$`));
    await sideBar.focusTree();
    await page.keyboard.press('Shift+F10');
    await page.locator('.monaco-menu').getByRole('menuitem', { name: 'Rename Video…' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('shows who broadcasts, and signs for a live input', async () => {
    const { sideBar, quickInput, clipboard, emulator, page, editor } = window;
    const broadcast = emulator.broadcast(FLOOR);
    await sideBar.expand('Live Inputs');
    const input = sideBar.row('Studio floor');
    await input.and(page.getByLabel('Studio floor, needs a token, live now')).waitFor();
    await sideBar.expand('Studio floor');
    await sideBar.row(/^Studio floor \w{3},/).waitFor();
    await window.screenshot('live-inputs');
    await sideBar.chooseInline('Studio floor', 'Sign a Video…');
    await quickInput.waitForTitle('Sign a Stream Video');
    const video = (await quickInput.items()).find(({ label }) => label === 'Video');
    assert.match(video?.detail ?? '', /by its id its own setting holds, and it requires signed URLs/);
    await quickInput.pick('Result');
    await quickInput.waitForTitle('Result');
    await quickInput.pick('DASH URL');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    const url = await clipboard.waitFor(/manifest\/video\.mpd$/);
    assert.equal((await fetch(url)).status, 200);
    assert.equal((await fetch(url.replace(/ey[\w.-]+/, FLOOR))).status, 401);
    broadcast.end();
    // What was signed last came to the top.
    await sideBar.row('Recent').waitFor();
    await sideBar.waitUntilCalm();
    await sideBar.chooseInline('Live Inputs', 'Refresh Live Inputs');
    await input.and(page.getByLabel('Studio floor, needs a token, disconnected')).waitFor();
    await input.click();
    await editor.waitForText(`"uid": "${FLOOR}"`);
    const seen = JSON.stringify([await page.content(), window.logs()]);
    assert.doesNotMatch(seen, STREAM_KEY);
  });
});
