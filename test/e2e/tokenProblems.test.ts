import assert from 'node:assert/strict';
import { SOME_SIGNATURE } from '../unit/support/someSignature';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const RESIGN = 'Re-sign for 30 min with the same rules';
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const expired = (sub: string) =>
  `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub, kid: 'k', nbf: 1_599_998_200, exp: 1_600_000_000 })}.${SOME_SIGNATURE}`;
const HOST = 'https://customer-sample5tud10c0de.cloudflarestream.com';
const page = (token: string) => `<iframe src="${HOST}/${token}/iframe?muted=true"></iframe>\n`;

const files = {
  'menu.html': page(expired(TOUR)),
  'lens.html': page(expired(TOUR)),
  'left.html': page(expired(TOUR)),
  'with.html': page(expired(TOUR)),
  'all.md': `${HOST}/${expired(TOUR)}/manifest/video.m3u8\n\n- ${expired(TRAILER)}\n- ${expired(TOUR)}\n`,
};

describe('problems with tokens in an editor', () => {
  let window: Window;
  before(async () => {
    window = await openWindow({ offerAccount: true, workspaceFiles: files });
    await window.sideBar.open('Stream Signer');
    await window.sideBar.chooseWelcome('Use the Emulated Account');
    await window.sideBar.row('Sample Studio').waitFor();
  });
  after(() => window.close());
  afterEach(() => window.commandPalette.run('View: Revert and Close Editor'));

  /** Lines move when those above them come, which closes a menu. */
  async function waitForProblems(count = 1): Promise<void> {
    await window.editor
      .underlined('warning')
      .nth(count - 1)
      .waitFor();
    await window.editor
      .codeLens('Re-sign')
      .nth(count - 1)
      .waitFor();
  }

  const status = async (token: string) => (await fetch(`${window.emulator.edge}/${token}/manifest/video.m3u8`)).status;

  /** The token that stands in a page now, of which nothing else may have changed. */
  async function tokenIn(file: keyof typeof files): Promise<string> {
    const text = await window.editor.save(file);
    const [, token = ''] = /\/(eyJ[\w.-]+)\//.exec(text) ?? [];
    assert.equal(text, page(token));
    return token;
  }

  it('are mended from the menu of the underlined token, and the new URL plays', async () => {
    const { editor, statusBar, page: view } = window;
    await editor.open('menu.html', 1, 120);
    await waitForProblems();
    const offered = await editor.openQuickFixes();
    assert.deepEqual(offered.slice(0, 3), [RESIGN, 'Re-sign with…', 'Replace by the plain id']);
    await editor.quickFix(RESIGN).click();
    await statusBar.item('Re-signed: valid until').waitFor();
    assert.equal(await status(await tokenIn('menu.html')), 200);
    await editor.underlined('warning').first().waitFor({ state: 'detached' });
    await view.keyboard.press('Control+Z');
    assert.equal(await editor.save('menu.html'), files['menu.html']);
  });

  it('are mended from the line above', async () => {
    const { editor } = window;
    await editor.open('lens.html');
    await editor.codeLens('Re-sign').click();
    await editor.underlined('warning').first().waitFor({ state: 'detached' });
    assert.equal(await status(await tokenIn('lens.html')), 200);
    await editor.codeLens(/^Expires in (29|30) min/).waitFor();
  });

  it('are left alone by Esc', async () => {
    const { editor, page: view, notifications } = window;
    await editor.open('left.html', 1, 120);
    await waitForProblems();
    await editor.openQuickFixes();
    await view.keyboard.press('Escape');
    await editor.quickFix(RESIGN).waitFor({ state: 'detached' });
    assert.equal(await editor.text(), files['left.html']);
    assert.equal(await notifications.toast(/./).count(), 0);
  });

  it('are mended with other options in the hub, which begins with those of the token', async () => {
    const { editor, quickInput } = window;
    await editor.open('with.html', 1, 120);
    await waitForProblems();
    await editor.openQuickFixes();
    await editor.quickFix('Re-sign with…').click();
    await quickInput.waitForTitle('Sign a Stream Video');
    const lines = (await quickInput.items()).map(({ label, description }) => `${label}: ${description}`);
    assert.ok(lines.some((line) => line.includes('in 30 min')));
    await quickInput.accept();
    await editor.underlined('warning').first().waitFor({ state: 'detached' });
    assert.equal(await status(await tokenIn('with.html')), 200);
  });

  it('are mended all at once in a file, in one step', async () => {
    const { editor, statusBar, page: view } = window;
    await editor.open('all.md', 1, 120);
    await waitForProblems(3);
    await editor.openQuickFixes();
    await editor.quickFix('Re-sign all expired tokens in this file').click();
    await statusBar.item('Re-signed: 3 tokens').waitFor();
    const tokens = (await editor.save('all.md')).match(/eyJ[\w.-]+/g) ?? [];
    assert.equal(tokens.length, 3);
    for (const token of tokens) assert.equal(await status(token), 200);
    await view.keyboard.press('Control+Z');
    assert.equal(await editor.save('all.md'), files['all.md']);
  });
});
