import assert from 'node:assert/strict';
import { SOME_SIGNATURE } from '../unit/support/someSignature';
import { themes } from './support/themes';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const HASH = '9e107d9d372bb6826bd81d3542a419d6';
const SIGN = 'Sign this video id';
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const EXPIRED = `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: TOUR, kid: 'k', exp: 1_600_000_000 })}.${SOME_SIGNATURE}`;

const files = {
  'Player.jsx': `export const player = <Stream src="${TOUR}" controls />;\n`,
  'Preset.jsx': `export const player = <Stream src="${TOUR}" />;\n`,
  'page.html': `<iframe src="https://customer-sample5tud10c0de.cloudflarestream.com/${TOUR}/iframe?muted=true"></iframe>\n`,
  'worker.ts': `const videoId = '${TOUR}';\nconst templateHash = '${HASH}';\n`,
  'look.ts': `// The tour\nexport const videoId = '${TOUR}';\n`,
  'two.json': `{ "videoIds": ["${TOUR}", "${TRAILER}"] }\n`,
  'old.md': `# Old\n\nhttps://videodelivery.net/${EXPIRED}/iframe\n`,
  'notes.txt': `${HASH}\nvideo ${TOUR}\n`,
};

describe('ids and tokens in an editor', () => {
  let window: Window;
  before(async () => {
    window = await openWindow({
      offerAccount: true,
      workspaceFiles: files,
      userSettings: { 'streamSigner.presets': { 'Short demo': { expiry: '5m', downloadable: true } } },
    });
    await window.sideBar.open('Stream Signer');
    await window.sideBar.chooseWelcome('Use the Emulated Account');
    await window.sideBar.row('Sample Studio').waitFor();
  });
  after(() => window.close());
  afterEach(() => window.commandPalette.run('View: Revert and Close Editor'));

  const status = async (token: string) => (await fetch(`${window.emulator.edge}/${token}/manifest/video.m3u8`)).status;

  it('signs the source of a player from the lens above it, and the token plays', async () => {
    const { editor, quickInput, statusBar } = window;
    await editor.open('Player.jsx');
    await editor.codeLens(SIGN).click();
    await quickInput.waitForTitle('Sign a Stream Video');
    const lines = (await quickInput.items()).map(({ label, description }) => `${label}: ${description}`);
    assert.ok(lines[0]?.startsWith('Sign in place of the id: Token'), lines[0]);
    assert.ok(lines.includes('Result: Token') && lines.includes('Where: in place of the id'));
    await quickInput.accept();
    await statusBar.item('In place of the id: Token').waitFor();
    const [, token = ''] =
      /^export const player = <Stream src="(eyJ[^"]+)" controls \/>;\n$/.exec(await editor.save('Player.jsx')) ?? [];
    assert.equal(await status(token), 200);
    await editor.codeLens(/^Expires in 59 min|^Expires in 1 h/).waitFor();
    await editor.codeLens('Decode').waitFor();
  });

  it('signs with a preset from the lens, and the last signing once more without a question', async () => {
    const { editor, quickInput, statusBar, emulator } = window;
    const sent = () => emulator.requests.findLast(({ method }) => method === 'POST')?.body as Record<string, unknown>;
    await editor.open('Preset.jsx');
    await editor.codeLens('Sign with preset…').click();
    await quickInput.waitForTitle('Presets');
    await quickInput.pick('Short demo');
    await statusBar.item('In place of the id: Token').waitFor();
    await editor.waitForText('eyJ');
    const { exp, ...others } = sent();
    assert.deepEqual(others, { downloadable: true });
    await window.page.keyboard.press('Control+Z');
    await editor.waitForText(TOUR);
    const posts = emulator.requests.length;
    await editor.codeLens('Sign again').click();
    await editor.waitForText('eyJ');
    assert.ok(Number(sent().exp) >= Number(exp) && sent().downloadable === true);
    assert.equal(emulator.requests.length, posts + 1);
  });

  it('changes only the id of a URL, and undoes it in one step', async () => {
    const { editor, quickInput, page } = window;
    await editor.open('page.html');
    await editor.codeLens(SIGN).click();
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    await editor.waitForText('eyJ');
    const [, token = ''] =
      /cloudflarestream\.com\/(eyJ[^/]+)\/iframe\?muted=true"/.exec(await editor.save('page.html')) ?? [];
    assert.equal(await status(token), 200);
    await page.keyboard.press('Control+Z');
    assert.equal(await editor.save('page.html'), files['page.html']);
  });

  it('asks once what takes the place of a constant', async () => {
    const { editor, quickInput, statusBar } = window;
    await editor.open('worker.ts');
    await editor.codeLens(SIGN).waitFor();
    assert.equal(await editor.codeLens(SIGN).count(), 1);
    await editor.codeLens(SIGN).click();
    await quickInput.waitForTitle('In Place of the Id');
    await quickInput.pick('HLS URL');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    await statusBar.item('In place of the id: HLS URL').waitFor();
    const [, url = ''] = /^const videoId = '(http[^']+)';$/m.exec(await editor.save('worker.ts')) ?? [];
    assert.equal((await fetch(url)).status, 200);
  });

  it('can be read in every theme: the lens, and the hub', async () => {
    const { editor, quickInput } = window;
    for (const theme of themes) {
      await window.wear(theme);
      await editor.open('look.ts');
      await editor.codeLens(SIGN).waitFor();
      await window.screenshot(`lens ${theme}`);
      await editor.codeLens(SIGN).click();
      await quickInput.waitForTitle('Sign a Stream Video');
      await quickInput.item('Access rules').waitFor();
      await window.screenshot(`hub ${theme}`);
      await quickInput.leave();
    }
  });

  it('asks which of several ids on a line', async () => {
    const { editor, quickInput } = window;
    await editor.open('two.json');
    await editor.codeLens('Sign a video id of this line…').click();
    await quickInput.waitForTitle('Video Id');
    assert.equal((await quickInput.items()).length, 2);
    await quickInput.pick(new RegExp(TRAILER));
    await quickInput.waitForTitle('In Place of the Id');
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
  });

  it('says above a token when it died, and decodes it', async () => {
    const { editor, webview } = window;
    await editor.open('old.md');
    await editor.codeLens(/^Expired \d+ days ago$/).waitFor();
    await editor.codeLens('Decode').click();
    const page = await webview.waitFor('Token for 1b6f0d2a4c8…');
    assert.match(await page.locator('h1').innerText(), /^Expired/);
  });

  it('offers the same in the menu of the editor, also where there is no lens', async () => {
    const { editor, quickInput, clipboard } = window;
    await editor.open('notes.txt', 2, 10);
    await editor.chooseFromMenu('Stream Signer', 'Copy Id');
    assert.equal(await clipboard.waitFor(/^[0-9a-f]{32}$/), TOUR);
    await editor.chooseFromMenu('Stream Signer', 'Sign This Video…');
    await quickInput.waitForTitle('In Place of the Id');
    await quickInput.pick('Token');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    await editor.waitForText('eyJ');
    const [, token = ''] = /^video (eyJ\S+)$/m.exec(await editor.save('notes.txt')) ?? [];
    assert.equal(await status(token), 200);
  });

  it('shows, hides and widens lenses at once', async () => {
    const { editor, commandPalette, changeSettings } = window;
    await editor.open('worker.ts');
    await editor.codeLens(/./).first().waitFor();
    await commandPalette.run('Stream Signer: Toggle Code Lenses');
    await editor.codeLens(/./).first().waitFor({ state: 'detached' });
    await commandPalette.run('Stream Signer: Toggle Code Lenses');
    await editor.codeLens(/./).first().waitFor();
    await changeSettings({ 'streamSigner.codeLens.detect': 'everyId' });
    await editor.open('worker.ts');
    await editor.codeLens(SIGN).waitFor();
  });

  it('signs again at once, beside the name of a video that is known, which leads to its details', async () => {
    const { editor, page, sideBar } = window;
    await sideBar.expand('Sample Studio');
    await sideBar.expand('Videos');
    await editor.open('page.html');
    await editor.codeLens('Onboarding tour · 3:04').click();
    await page.locator('.tab.active').filter({ hasText: 'Onboarding tour' }).waitFor();
    await editor.open('page.html');
    await editor.codeLens('Sign again').click();
    await editor.waitForText('eyJ');
    await editor.save('page.html');
    await page.keyboard.press('Control+Z');
    assert.equal(await editor.save('page.html'), files['page.html']);
  });
});
