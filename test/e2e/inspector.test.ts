import assert from 'node:assert/strict';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { FrameLocator, Page } from 'playwright-core';
import type { Emulator } from '../emulator/server';
import { repositoryRoot } from '../host/repository';
import { SOME_SIGNATURE } from '../unit/support/someSignature';
import { themes } from './support/themes';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const claims = {
  sub: TOUR,
  kid: 'k',
  exp: '4000000000',
  nbf: '1700000000',
  accessRules: [
    { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
    { type: 'any', action: 'block' },
  ],
  note: '<img src=x onerror=alert(1)>',
};
const TOKEN = tokenOf(claims);
const HOSTILE = [
  '<script>alert(1)</script>',
  '</code></td></tr></table><h1>x</h1>',
  '"><a href="command:workbench.action.quit">quit</a>',
  '" onmouseover="alert(1)',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<style>*{display:none}</style>',
  '<svg onload=alert(1)>',
  '-->',
];
const FILE = 'page.html';
const TITLE = 'Token for 1b6f0d2a4c8…';
const DECODE = 'Stream Signer: Decode Token…';

/**
 * The claims page in a page of its own, with the colours VS Code gave it: the one in the webview runs no scripts, and so
 * neither axe nor anything that measures.
 */
async function copyOf({ page, webview }: Window, width: number): Promise<Page> {
  const html = await (await webview.waitFor(TITLE)).locator('html').evaluate((root) => root.outerHTML);
  const copy = await page.context().newPage();
  await copy.setViewportSize({ width, height: 900 });
  await copy.setContent(`<!DOCTYPE html>${html.replace(/<meta http-equiv[^>]*>/, '')}`);
  // A webview lies on the editor, whose colour shows through.
  await copy.addStyleTag({ content: 'html { background: var(--vscode-editor-background) }' });
  return copy;
}

const picture = (name: string) => join(repositoryRoot(), 'dist-test', 'screenshots', `claims-${name}.png`);

async function violations(copy: Page): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page: copy }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze();
  assert.ok(found.passes.length > 10);
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** The line of the verdict about a subject. */
const line = (page: FrameLocator, subject: string) =>
  page.locator('.line').filter({ hasText: subject }).locator('.text');

const heading = (page: FrameLocator, text: RegExp) => page.locator('h1').filter({ hasText: text });

/** What the check of playback says it tried, each line by its cells. */
const triedOn = async (page: FrameLocator) => {
  const rows = await page.locator('.playback tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()));
};

/** A token of the emulated account for the tour, for everyone. */
async function signedBy({ api, accounts, credentials }: Emulator): Promise<string> {
  const response = await fetch(`${api}/client/v4/accounts/${accounts[0]?.id}/stream/${TOUR}/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${credentials.userToken}` },
  });
  const { result } = (await response.json()) as { readonly result: { readonly token: string } };
  return result.token;
}

describe('the token inspector', () => {
  let window: Window;
  before(async () => {
    window = await openWindow({
      offerAccount: true,
      workspaceFiles: {
        [FILE]: `<iframe src="https://videodelivery.net/${TOKEN}/iframe"></iframe>\n`,
        'hostile.txt': `${tokenOf({ ...claims, note: HOSTILE.map(() => 'plain') })}\n${tokenOf({ ...claims, note: HOSTILE })}\n${tokenOf({ ...claims, note: undefined, ...Object.fromEntries(HOSTILE.map((text) => [text, text])) })}\n`,
      },
    });
  });
  after(() => window.close());

  const decodeAt = async (file: string, row: number, column: number) => {
    await window.editor.open(file, row, column);
    await window.commandPalette.run(DECODE);
    return window.webview.waitFor(TITLE);
  };

  it('says of the token under the cursor whether it plays, for whom and until when', async () => {
    const page = await decodeAt(FILE, 1, 60);
    assert.match(
      await page.locator('h1').innerText(),
      /^Plays for viewers in DE and AT until Oct 2, 2096, \d\d:\d\d \(in \d+ days\), if its signature is right$/,
    );
    assert.match(await line(page, 'Signature').innerText(), /Decoded, signature not checked: /);
    assert.match(await line(page, 'Video').innerText(), /Nothing is known of it here\. Ask Cloudflare…$/);
    assert.deepEqual(await page.locator('.rules li').allInnerTexts(), [
      'Allow viewers in Germany (DE), Austria (AT).',
      'Block everyone else.',
    ]);
    assert.deepEqual(await page.locator('td .odd').allInnerTexts(), [
      'The token lives longer than 24 h, which is more than Cloudflare documents.',
    ]);
    const row = page.getByRole('row').filter({ hasText: 'onerror' });
    assert.match(await row.innerText(), /Not part of Stream’s tokens/);
    assert.equal(await row.locator('code').innerText(), claims.note);
    assert.equal(await page.locator('img').count(), 0);
  });

  it('copies any value from the page, by mouse and by keyboard', async () => {
    const page = await window.webview.waitFor(TITLE);
    await page.getByRole('link', { name: 'Copy: sub' }).click();
    await window.clipboard.waitFor(new RegExp(`^${TOUR}$`));
    await page.getByRole('link', { name: 'Copy: HLS URL', exact: true }).focus();
    await window.page.keyboard.press('Enter');
    assert.equal(await window.clipboard.waitFor(/^http/), `${window.emulator.edge}/${TOKEN}/manifest/video.m3u8`);
    await page.getByRole('link', { name: 'Copy as JSON' }).click();
    assert.deepEqual(JSON.parse(await window.clipboard.waitFor(/^\{/)).claims, claims);
  });

  it('reaches every link with the Tab key', async () => {
    const page = await window.webview.waitFor(TITLE);
    const links = page.getByRole('link');
    const names = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    await links.first().focus();
    const reached: (string | null)[] = [];
    for (let step = 0; step < names.length + 1; step++) {
      reached.push(await page.locator(':focus').getAttribute('href'));
      await window.page.keyboard.press('Tab');
    }
    assert.deepEqual(
      reached.filter((href) => href !== null),
      names,
    );
  });

  it('tests viewers on the rules of the token', async () => {
    const { quickInput, webview, statusBar } = window;
    const page = await webview.waitFor(TITLE);
    await page.getByRole('link', { name: 'Test a viewer…' }).click();
    await quickInput.waitForTitle('Test a Viewer');
    await quickInput.type('FR');
    await quickInput.waitForMessage('Blocked: rule 2 matches (FR).');
    await quickInput.submit('AT');
    await statusBar.item('May watch: rule 1 matches (AT).').waitFor();
  });

  it('asks Cloudflare for the video on request, and once', async () => {
    const { sideBar, emulator, webview, editor, commandPalette } = window;
    await sideBar.open('Stream Signer');
    await sideBar.chooseWelcome('Use the Emulated Account');
    await sideBar.row('Sample Studio').waitFor();
    const asked = () => emulator.requests.filter(({ path }) => path.includes(TOUR)).length;
    const page = await webview.waitFor(TITLE);
    assert.equal(asked(), 0);
    await page.getByRole('link', { name: 'Ask Cloudflare…' }).first().click();
    await line(page, 'Video')
      .filter({ hasText: 'Onboarding tour, in Sample Studio. Ready. Needs a signed URL.' })
      .waitFor();
    const after = asked();
    assert.ok(after > 0);
    await editor.open(FILE, 1, 60);
    await commandPalette.run(DECODE);
    await line(await webview.waitFor(TITLE), 'Video')
      .filter({ hasText: 'Onboarding tour' })
      .waitFor();
    assert.equal(asked(), after, 'inspecting the same token again asks nothing');
  });

  it('tries a token at Stream after a yes: it plays, and the plain id is refused', async () => {
    const { webview, modal, emulator, quickInput } = window;
    const token = await signedBy(emulator);
    await (await webview.waitFor(TITLE)).getByRole('link', { name: 'Decode another token…' }).click();
    await quickInput.waitForTitle('Decode Token');
    await quickInput.submit(token);
    const page = await webview.waitFor(TITLE);
    await heading(page, /^Plays for everyone until .*, if its signature is right$/).waitFor();
    const edge = () => emulator.requests.filter(({ server }) => server === 'edge');
    const before = edge().length;

    await page.getByRole('link', { name: 'Check playback…' }).click();
    assert.equal(await modal.message(), `Try this token at ${new URL(emulator.edge).host}?`);
    assert.match(
      await modal.detail(),
      /^This sends 8 requests.*with the token and with the plain id\. No credential is sent\./,
    );
    await modal.choose('Cancel');
    assert.equal(edge().length, before);
    assert.equal(await page.locator('.playback').count(), 0);

    await page.getByRole('link', { name: 'Check playback…' }).click();
    await modal.choose('Check Playback');
    await page.locator('.playback tbody tr').first().waitFor();
    assert.deepEqual(
      edge()
        .slice(before)
        .map(({ method, path }) => `${method} ${path.replace(token, 'TOKEN').replace(TOUR, 'ID')}`)
        .sort(),
      ['TOKEN', 'ID']
        .flatMap((subject) => [
          `GET /${subject}/iframe`,
          `GET /${subject}/manifest/video.m3u8`,
          `GET /${subject}/thumbnails/thumbnail.jpg`,
          `HEAD /${subject}/downloads/default.mp4`,
        ])
        .sort(),
    );
    for (const { headerNames } of edge().slice(before))
      for (const name of ['authorization', 'cookie', 'origin', 'referer']) assert.ok(!headerNames.includes(name), name);
    const tried = await triedOn(page);
    assert.deepEqual(tried[0]?.slice(0, 3), ['HLS manifest', 'token', '200']);
    assert.deepEqual(tried[4]?.slice(0, 3), ['HLS manifest', 'plain id', '401']);
    assert.equal(tried.length, 8);
    assert.equal(await page.locator('.check strong').innerText(), 'Plays from here');
    // What could not be checked here, Stream has.
    await heading(page, /^Plays for everyone until [^,]*\)$/).waitFor();
    assert.match(await line(page, 'Signature').innerText(), /Stream accepted it\. Asked at/);
    await window.screenshot('claims checked');
  });

  it('says why a token does not play', async () => {
    const { modal } = window;
    const page = await decodeAt(FILE, 1, 60);
    await heading(page, /^Plays for viewers in DE and AT/).waitFor();
    await page.getByRole('link', { name: 'Check playback…' }).click();
    await modal.choose('Check Playback');
    await page.locator('.check strong').filter({ hasText: 'Does not play from here' }).waitFor();
    const [manifest] = await triedOn(page);
    assert.deepEqual(manifest?.slice(0, 3), ['HLS manifest', 'token', '401']);
    assert.match(manifest?.[3] ?? '', /Refused\. It can be one of these: the signature is wrong/);
  });

  it('signs the token again: what is on the clipboard plays', async () => {
    const { webview, clipboard, emulator } = window;
    await clipboard.write('');
    const page = await webview.waitFor(TITLE);
    await page.getByRole('link', { name: 'Sign again and copy' }).click();
    const url = await clipboard.waitFor(/eyJ/);
    assert.ok(url.startsWith('https://videodelivery.net/') && url.endsWith('/iframe') && !url.includes(TOKEN), url);
    const token = url.split('/')[3] ?? '';
    const headers = { 'x-test-viewer-country': 'DE' };
    assert.equal((await fetch(`${emulator.edge}/${token}/iframe`, { headers })).status, 200);
    assert.equal((await fetch(`${emulator.edge}/${token}/iframe`)).status, 403);
    // It lived for decades; the API signs for a day.
    await page
      .locator('h1')
      .filter({ hasText: /^Plays for viewers in DE and AT until .*23 h 5\d min/ })
      .waitFor();
  });

  it('opens the hub with the options of the token', async () => {
    const { webview, quickInput } = window;
    const page = await webview.waitFor(TITLE);
    await page.getByRole('link', { name: 'Edit and sign…' }).click();
    await quickInput.waitForTitle('Sign a Stream Video');
    const shown = await quickInput.items();
    const line = (label: string) => shown.find((item) => item.label === label)?.description ?? '';
    assert.match(line('Video'), /^Onboarding tour · 1b6f0d2a…/);
    assert.match(line('Access rules'), /DE, AT/);
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
  });

  it('tells apart the URLs, in which the token is all that is long', async () => {
    const { webview, clipboard, emulator } = window;
    const page = await webview.waitFor(TITLE);
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Watch page' }) });
    assert.match(await row.locator('code').innerText(), /^http:[^…]+eyJh….{4}\/watch$/);
    const urls = await page.locator('.urls code').allInnerTexts();
    assert.equal(new Set(urls).size, urls.length);
    await row.getByRole('link').click();
    assert.ok((await clipboard.waitFor(/watch$/)).startsWith(`${emulator.edge}/eyJ`));
  });

  it('compares it with another one side by side', async () => {
    const { webview, quickInput, page: workbench, commandPalette } = window;
    const page = await webview.waitFor(TITLE);
    await page.getByRole('link', { name: 'Compare with another token…' }).click();
    await quickInput.waitForTitle('Compare Tokens');
    await quickInput.submit(TOKEN);
    await workbench.locator('.tab.active').filter({ hasText: 'Claims: First token ↔ Second token' }).waitFor();
    await workbench.locator('.monaco-diff-editor .view-line').filter({ hasText: 'note:' }).first().waitFor();
    await window.screenshot('compared tokens');
    await commandPalette.run('View: Close Editor');
    await decodeAt(FILE, 1, 60);
  });

  it('opens the claims as a read-only document', async () => {
    const { webview, editor, commandPalette } = window;
    const page = await webview.waitFor(TITLE);
    await page.getByRole('link', { name: 'Open as JSON' }).click();
    await editor.waitForText('"alg": "RS256"');
    await commandPalette.run('View: Close Editor');
    await webview.waitFor(TITLE);
  });

  it('shows hostile claims as text: not one element more', async () => {
    const page = await decodeAt('hostile.txt', 1, 30);
    await page.locator('code').filter({ hasText: 'plain' }).waitFor();
    const count = () => page.locator('*').count();
    const plain = await count();
    await decodeAt('hostile.txt', 2, 30);
    await page.locator('code').filter({ hasText: 'onmouseover' }).waitFor();
    assert.equal(await count(), plain);
    await decodeAt('hostile.txt', 3, 30);
    await page.locator('th').filter({ hasText: 'onmouseover' }).waitFor();
    const names = await page.locator('tbody th').allInnerTexts();
    for (const text of HOSTILE) assert.ok(names.includes(text), text);
    assert.equal(await page.locator('script, svg, iframe, body style').count(), 0);
    await decodeAt(FILE, 1, 60);
  });

  for (const theme of themes) {
    it(`is accessible in ${theme}`, async () => {
      await window.wear(theme);
      await (await window.webview.waitFor(TITLE)).locator('h1').waitFor();
      const copy = await copyOf(window, 900);
      assert.deepEqual(await violations(copy), []);
      await copy.screenshot({ path: picture(theme.replaceAll(' ', '-')), fullPage: true });
      await copy.close();
      await window.page.bringToFront();
    });
  }

  it('fits into 300 px, and into a window at 200 %', async () => {
    const copy = await copyOf(window, 300);
    const overflow = () =>
      copy.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(await overflow(), 0);
    assert.deepEqual(await violations(copy), []);
    await copy.screenshot({ path: picture('300px'), fullPage: true });
    await copy.setViewportSize({ width: 640, height: 400 });
    assert.equal(await overflow(), 0);
    await copy.screenshot({ path: picture('640px'), fullPage: true });
    await copy.close();
    await window.page.bringToFront();
  });

  it('does not keep the token over a reload, and asks for it again', async () => {
    await window.reload();
    const page = await window.webview.waitFor('Token');
    assert.equal(await page.locator('h1').innerText(), 'No token here');
    assert.doesNotMatch(await page.locator('html').evaluate((root) => root.outerHTML), /1b6f0d2a|eyJ/);
    await page.getByRole('link', { name: 'Decode a token…' }).click();
    await window.quickInput.waitForTitle('Decode Token');
    await window.quickInput.submit(TOKEN);
    await window.webview.waitFor(TITLE);
  });

  it('keeps the token just decoded when the tab of the window before is looked at', async () => {
    const { editor, page, webview } = window;
    const tabs = page.locator('.tab').filter({ hasText: TITLE });
    await editor.open(FILE, 1, 60);
    await window.reload();
    await decodeAt(FILE, 1, 60);
    assert.equal(await tabs.count(), 2);
    // A new tab stands beside the one in front.
    await tabs.last().click();
    await tabs.nth(1).waitFor({ state: 'detached' });
    await heading(await webview.waitFor(TITLE), /^Plays for viewers in DE and AT/).waitFor();
  });

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

  it('takes a token that is pasted in lines, of which the box makes one', async () => {
    const { commandPalette, quickInput, clipboard, webview, page } = window;
    const pasteLines = async (between: string) => {
      await commandPalette.run('View: Close All Editors');
      await page.locator('.part.editor').click();
      await clipboard.write(TOKEN.replace(/.{76}/g, `$&${between}`));
      await commandPalette.run(DECODE);
      await quickInput.waitForTitle('Decode Token');
      await quickInput.input.press('ControlOrMeta+V');
      await quickInput.waitForMessage('Nothing is sent anywhere');
      assert.match(await quickInput.value(), /^eyJ\S+ +\S+/);
      await quickInput.accept();
      await webview.waitFor(TITLE);
    };
    await pasteLines('\n');
    await pasteLines('\r\n    ');
  });
});

function tokenOf(payload: object): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'k' })}.${part(payload)}.${SOME_SIGNATURE}`;
}
