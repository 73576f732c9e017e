import assert from 'node:assert/strict';
import { themes } from './support/themes';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
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

  /** All lines of the account, whatever was folded before. */
  const unfold = async () => {
    const { sideBar } = window;
    await sideBar.waitUntilCalm();
    await sideBar.expand('Sample Studio');
    await sideBar.row('Videos').waitFor();
    await sideBar.waitUntilCalm();
    await sideBar.expand('Videos');
    await sideBar.expand('Live Inputs');
    await sideBar.row('Onboarding tour').waitFor();
    await sideBar.waitUntilCalm();
  };
  const posts = (end: RegExp) =>
    window.emulator.requests.filter(({ method, path }) => method === 'POST' && end.test(path));

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

  it('takes up what was signed last, and forgets it when told so', async () => {
    const { sideBar, statusBar, quickInput, clipboard } = window;
    await sideBar.collapse('Sample Studio');
    await sideBar.expand('Recent');
    await sideBar.row('Studio floor').waitFor();
    assert.deepEqual(await sideBar.tree(), ['Recent', '  Studio floor', 'Sample Studio']);
    const before = posts(/\/token$/).length;
    await clipboard.write('');
    await sideBar.chooseInline('Studio floor', 'Sign Again from Recent');
    const url = await clipboard.waitFor(/manifest\/video\.mpd$/);
    assert.equal((await fetch(url)).status, 204, 'let in, but nobody broadcasts any more');
    assert.equal(posts(/\/token$/).length, before + 1);
    await statusBar.item('Copied').waitFor();
    await sideBar.waitUntilCalm();
    await window.screenshot('recent');
    await sideBar.row('Studio floor').first().click();
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.leave();
    await sideBar.waitUntilCalm();
    await sideBar.chooseInline('Recent', 'Clear Recent Signings');
    await sideBar.row('Recent').waitFor({ state: 'detached' });
    await unfold();
  });

  it('copies the ids of several, and asks before it changes them', async () => {
    const { sideBar, page, modal, statusBar, clipboard, notifications } = window;
    await unfold();
    await sideBar.row('Onboarding tour').click();
    await sideBar.row('Public trailer').click({ modifiers: ['Control'] });
    await sideBar.waitUntilCalm();
    await sideBar.chooseFromMenu('Public trailer', 'Copy Id');
    const ids = await clipboard.waitFor(/\n/);
    assert.deepEqual(ids.split('\n').sort(), [TOUR, TRAILER]);
    const edits = () => posts(/\/stream\/[0-9a-f]{32}$/).length;
    const before = edits();
    await sideBar.chooseFromMenu('Public trailer', 'Require Signed URLs');
    assert.equal(await modal.message(), 'Require signed URLs for these 2 videos?');
    await modal.choose('Cancel');
    assert.deepEqual([edits() - before, await notifications.messages()], [0, []]);
    await sideBar.chooseFromMenu('Public trailer', 'Require Signed URLs');
    await modal.choose('Require Signed URLs');
    await statusBar.item('2 videos: links with the id no longer play').waitFor();
    await sideBar.row('Public trailer').and(page.getByLabel('Public trailer, needs a token, 31 s')).waitFor();
    assert.equal(edits() - before, 2);
    assert.equal((await fetch(`${window.emulator.edge}/${TRAILER}/manifest/video.m3u8`)).status, 401);
  });

  it('makes an MP4, says how far it is, and copies a URL that downloads it', async () => {
    const { sideBar, quickInput, statusBar, clipboard, notifications } = window;
    await unfold();
    await sideBar.row('Onboarding tour').click();
    await sideBar.waitUntilCalm();
    await sideBar.chooseFromMenu('Onboarding tour', 'Create Download…');
    await quickInput.waitForTitle('Create Download');
    await quickInput.pick('MP4');
    await notifications.waitFor(/Making the MP4 of Onboarding tour.*\d+ %/s);
    await statusBar.item('The MP4 of Onboarding tour is ready').waitFor();
    await sideBar.chooseFromMenu('Onboarding tour', 'Copy Signed Download URL…');
    await quickInput.waitForTitle('Copy Signed Download URL');
    await quickInput.item('MP4').waitFor();
    assert.equal((await quickInput.items())[0]?.description, 'ready');
    await quickInput.pick('MP4');
    const url = await clipboard.waitFor(/\/downloads\/default\.mp4/);
    const answer = await fetch(url);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /mp4/);
  });

  it('can be read in every theme', async () => {
    const { sideBar, page, emulator } = window;
    emulator.broadcast(FLOOR);
    await unfold();
    await sideBar.chooseInline('Live Inputs', 'Refresh Live Inputs');
    await sideBar
      .row('Studio floor')
      .and(page.getByLabel(/live now$/))
      .waitFor();
    for (const theme of themes) {
      await window.wear(theme);
      await window.screenshot(`library ${theme}`);
    }
  });

  it('remembers nothing more once that is switched off', async () => {
    const { sideBar, quickInput, statusBar } = window;
    await unfold();
    await sideBar.chooseInline('Onboarding tour', 'Sign a Video…');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    await statusBar.item('Copied').waitFor();
    await sideBar.row('Recent').waitFor();
    await window.changeSettings({ 'streamSigner.recent.enabled': false });
    await sideBar.row('Recent').waitFor({ state: 'detached' });
    await window.changeSettings({});
    await sideBar.row('Videos').waitFor();
    assert.equal(await sideBar.row('Recent').count(), 0);
  });
});
