import assert from 'node:assert/strict';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { repositoryRoot } from '../host/repository';
import { openWindow, type Window } from './support/window';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = {
  sub: '1b6f0d2a4c8e47d39a5b7c6e8f901234',
  kid: 'k',
  exp: '4000000000',
  nbf: '1700000000',
  accessRules: [
    { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
    { type: 'any', action: 'block' },
  ],
  note: '<img src=x onerror=alert(1)>',
};
const TOKEN = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.c2ln`;
const FILE = 'page.html';
const TITLE = 'Token for 1b6f0d2a4c8…';
const DECODE = 'Stream Signer: Decode Token…';

/**
 * What axe finds on the claims page as it stands in the webview. That page runs no scripts, and so no axe: its document, with
 * the colours VS Code gave it, is judged in a page of its own.
 */
async function violations({ page, webview }: Window): Promise<readonly string[]> {
  const html = await (await webview.waitFor(TITLE)).locator('html').evaluate((root) => root.outerHTML);
  const copy = await page.context().newPage();
  await copy.setContent(html.replace(/<meta http-equiv[^>]*>/, ''));
  await copy.addStyleTag({ path: join(repositoryRoot(), 'media', 'claims.css') });
  // A webview lies on the editor, whose colour shows through.
  await copy.addStyleTag({ content: 'html { background: var(--vscode-editor-background) }' });
  const found = await new AxeBuilder({ page: copy }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
  assert.ok(found.passes.length > 10);
  await copy.close();
  await page.bringToFront();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

describe('decoding a token', () => {
  let window: Window;
  before(async () => {
    window = await openWindow({
      workspaceFiles: { [FILE]: `<iframe src="https://videodelivery.net/${TOKEN}/iframe"></iframe>\n` },
    });
  });
  after(() => window.close());

  it('explains the token under the cursor', async () => {
    const { editor, commandPalette, webview } = window;
    await editor.open(FILE, 1, 60);
    await commandPalette.run(DECODE);
    const page = await webview.waitFor(TITLE);
    assert.match(await page.locator('h1').innerText(), /^Not expired: /);
    assert.match(await page.locator('.signature').innerText(), /^Decoded, signature not checked: /);
    assert.deepEqual(await page.locator('.rules li').allInnerTexts(), [
      'Allow viewers in Germany (DE), Austria (AT).',
      'Block everyone else.',
    ]);
    assert.deepEqual(await page.locator('.oddities li').allInnerTexts(), [
      'The token lives longer than 24 h, which is more than Cloudflare documents.',
      'The claim "note" is not part of Stream’s tokens.',
    ]);
    const row = page.getByRole('row').filter({ hasText: 'onerror' });
    assert.equal(await row.locator('code').innerText(), claims.note);
    assert.equal(await page.locator('img').count(), 0);
  });

  it('copies the claims as JSON from the page', async () => {
    const page = await window.webview.waitFor(TITLE);
    await page.getByRole('link', { name: 'Copy as JSON' }).click();
    assert.deepEqual(JSON.parse(await window.clipboard.waitFor(/^\{/)).claims, claims);
  });

  for (const theme of ['Dark Modern', 'Light Modern', 'Default High Contrast', 'Default High Contrast Light']) {
    it(`is accessible in ${theme}`, async () => {
      await window.changeSettings({ 'workbench.colorTheme': theme });
      await (await window.webview.waitFor(TITLE)).locator('h1').waitFor();
      assert.deepEqual(await violations(window), []);
      await window.screenshot(`claims ${theme}`);
    });
  }

  it('takes the clipboard on request, and says what is wrong with a text', async () => {
    const { commandPalette, quickInput, clipboard, webview, page } = window;
    await commandPalette.run('View: Close All Editors');
    await page.locator('.part.editor').click();
    await clipboard.write(`Bearer ${TOKEN}`);
    await commandPalette.run(DECODE);
    await quickInput.waitForTitle('Decode Token');
    await quickInput.type('hello');
    await quickInput.waitForMessage('There is no token in this text.');
    await quickInput.button('Take it from the clipboard').click();
    await quickInput.waitForMessage('Nothing is sent anywhere');
    await quickInput.accept();
    await webview.waitFor(TITLE);
  });
});
