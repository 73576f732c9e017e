import assert from 'node:assert/strict';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const ALL_HANDS = '3d8b2f4c6ea059f5bc7d9e80a1b23456';
const FILE = 'notes.md';
const STUDIO_VIDEOS = ['Quarterly all-hands', 'Public trailer', 'Onboarding tour'];

describe('the sidebar', () => {
  let window: Window;
  before(async () => {
    window = await openWindow({ offerAccount: true, workspaceFiles: { [FILE]: 'Here: \n' } });
    await window.sideBar.open('Stream Signer');
    await window.sideBar.chooseWelcome('Use the Emulated Account');
    await window.sideBar.row('Sample Studio').waitFor();
  });
  after(() => window.close());

  const lists = () => window.emulator.requests.filter(({ path }) => path.endsWith('/stream')).length;
  const signings = () => window.emulator.requests.filter(({ method }) => method === 'POST').length;

  it('asks for videos when they are unfolded, and shows what each is', async () => {
    const { sideBar } = window;
    const before = lists();
    await sideBar.expand('Sample Studio');
    assert.equal(lists(), before);
    await sideBar.expand('Videos');
    await sideBar.row('Onboarding tour').waitFor();
    assert.equal(lists(), before + 1);
    const tree = await sideBar.tree();
    assert.deepEqual(tree.slice(tree.indexOf('  Videos')).slice(0, 4), [
      '  Videos',
      ...STUDIO_VIDEOS.map((name) => `    ${name}`),
    ]);
    assert.deepEqual(await Promise.all(STUDIO_VIDEOS.map((name) => sideBar.row(name).getAttribute('aria-label'))), [
      'Quarterly all-hands, needs a token, still being processed, 42 %',
      'Public trailer, public, 31 s',
      'Onboarding tour, needs a token, 3 min 4 s',
    ]);
    await window.screenshot('sidebar');
  });

  it('opens the details of a video at a click, and signs nothing', async () => {
    const { sideBar, editor } = window;
    const before = signings();
    await sideBar.row('Onboarding tour').click();
    await editor.waitForText(`"uid": "${TOUR}"`);
    await sideBar.row('Public trailer').click();
    await editor.waitForText('"uid": "2c7a1e3b5d9f48e4ab6c8d7f90a12345"');
    assert.equal(await window.page.locator('.tab').count(), 1, 'one preview editor');
    assert.equal(signings(), before);
    await window.screenshot('video-details');
  });

  it('signs from the button of a video: the hub knows which, and the URL plays', async () => {
    const { sideBar, editor, quickInput, statusBar } = window;
    await editor.open(FILE, 1, 7);
    await sideBar.chooseInline('Onboarding tour', 'Sign a Video…');
    await quickInput.waitForTitle('Sign a Stream Video');
    const shown = await quickInput.items();
    assert.match(shown.find(({ label }) => label === 'Video')?.description ?? '', /^Onboarding tour · 1b6f0d2a…/);
    await quickInput.accept();
    await statusBar.item('Inserted').waitFor();
    const url = /http\S+/.exec(await editor.save(FILE))?.[0] ?? '';
    assert.match(url, /manifest\/video\.m3u8$/);
    assert.equal((await fetch(url)).status, 200);
    // The first signing puts "Recent" on top, and all lines come anew.
    await sideBar.row('Recent').waitFor();
    await sideBar.waitUntilCalm();
  });

  it('copies the id from the menu', async () => {
    await window.sideBar.chooseFromMenu('Onboarding tour', 'Copy Id');
    await window.clipboard.waitFor(new RegExp(`^${TOUR}$`));
  });

  it('shows by itself how far a video is, as long as it is in sight', async () => {
    const { sideBar, emulator } = window;
    emulator.encode(ALL_HANDS, 77);
    // Come into sight anew it is looked at soon; until now the pauses grew, as nothing changed.
    await sideBar.collapse('Videos');
    await sideBar.expand('Videos');
    const row = sideBar.row('Quarterly all-hands');
    await row.and(window.page.getByLabel(/77 %$/)).waitFor();
    emulator.encode(ALL_HANDS, 100);
    await row.and(window.page.getByLabel('Quarterly all-hands, needs a token, 1 min')).waitFor();
    // From here on nothing is under way, and so nothing is asked that nobody asked for.
  });

  it('keeps what is there when Cloudflare fails, says why in one line, and tries again from it', async () => {
    const { sideBar, emulator, notifications } = window;
    emulator.failNext(/^GET .*\/stream$/, ...Array.from({ length: 3 }, () => ({ status: 503, body: '' })));
    await sideBar.chooseInline('Videos', 'Refresh Videos');
    const failure = sideBar.row(/^Cloudflare has trouble at the moment \(503\)/);
    await failure.waitFor();
    assert.deepEqual((await sideBar.tree()).slice(-5), [
      ...STUDIO_VIDEOS.map((name) => `    ${name}`),
      '  Live Inputs',
      '  Signing Keys',
    ]);
    await window.screenshot('sidebar-failure');
    await failure.click();
    await failure.waitFor({ state: 'detached' });
    assert.deepEqual(await notifications.messages(), []);
  });

  it('keeps focus and unfolded lines over a refresh', async () => {
    const { sideBar, page } = window;
    await sideBar.row('Onboarding tour').click();
    await sideBar.row('Onboarding tour').and(page.locator('.focused')).waitFor();
    const before = await sideBar.tree();
    const answered = page.waitForFunction(() => document.querySelector('.sidebar .monaco-progress-container.active'));
    await sideBar.chooseInTitle('Refresh');
    await answered;
    await page.locator('.sidebar .monaco-progress-container.active').waitFor({ state: 'detached' });
    assert.deepEqual(await sideBar.tree(), before);
    assert.equal(await sideBar.row('Onboarding tour').and(page.locator('.focused')).count(), 1);
  });

  it('loads more of a large library when asked', async () => {
    const { sideBar, commandPalette, quickInput, statusBar, emulator, page } = window;
    await sideBar.collapse('Sample Studio');
    await commandPalette.run('Stream Signer: Add Account…');
    await quickInput.waitForTitle(/1\/\d/);
    await quickInput.submit('Large');
    await quickInput.waitForTitle(/2\/\d/);
    await quickInput.pick('Paste an API token');
    await quickInput.waitForTitle(/3\/\d/);
    await quickInput.submit(emulator.credentials.userToken);
    await quickInput.item('Big Library').waitFor();
    await quickInput.pick('Big Library');
    await statusBar.item('is ready').waitFor();
    await sideBar.expand('Large');
    await sideBar.expand('Videos');
    await sideBar.row('Field report 1').waitFor();
    await sideBar.focusTree();
    const focused = (label: string) => sideBar.row(label).and(page.locator('.focused'));
    const more = sideBar.row('Load more…');
    for (const [count, group] of [
      [1000, 'Videos 1001 to 1999'],
      [1999, 'Videos 2001 to 2500'],
    ] as const) {
      await page.keyboard.press('End');
      await focused('Sample Studio').waitFor();
      await more.and(page.getByLabel(`Load more videos, ${count} so far`)).waitFor();
      for (const above of ['Signing Keys', 'Live Inputs', 'Load more…']) {
        await page.keyboard.press('ArrowUp');
        await focused(above).waitFor();
      }
      await page.keyboard.press('Enter');
      // The videos that came are unfolded, and the keyboard is there.
      await focused(group).and(page.locator('[aria-expanded="true"]')).waitFor();
      // Showing a line goes on for a moment, and would take the focus back.
      await sideBar.waitUntilCalm();
    }
    await page.keyboard.press('End');
    assert.equal(await more.count(), 0);
  });
});
