import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { sharedJson } from '../unit/support/shared';
import { SOME_SIGNATURE } from '../unit/support/someSignature';
import { themes } from './support/themes';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const HASH = '9e107d9d372bb6826bd81d3542a419d6';
const part = (json: string) => Buffer.from(json).toString('base64url');
const tokenOf = (header: string, claims: string) => `${part(header)}.${part(claims)}.${SOME_SIGNATURE}`;

const RULES = [
  { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
  { type: 'any', action: 'block' },
];
const HEADER = JSON.stringify({ alg: 'RS256', kid: 'k' });
const GOOD = tokenOf(HEADER, JSON.stringify({ sub: TOUR, kid: 'k', exp: 4_000_000_000, accessRules: RULES }));
const EXPIRED = tokenOf(HEADER, JSON.stringify({ sub: TOUR, kid: 'k', exp: 1_600_000_000 }));

/** So many strings come into one token. */
const STRINGS_IN_TOKEN = 33;

/** A token that says these strings wherever a hover shows what a token says. */
function hostileToken(strings: readonly string[]): string {
  const quoted = strings.map((text) => JSON.stringify(text));
  const rules = [
    `{"type":"ip.src","action":"allow","ip":[${quoted.slice(0, 14).join()}]}`,
    `{"type":"ip.geoip.country","action":"block","country":[${quoted.slice(14, 24).join()}]}`,
    ...quoted.slice(24).map((text) => `{"type":${text},"action":${text}}`),
  ];
  const [kid = '"k"'] = quoted.filter((text) => text !== '""');
  return tokenOf(
    `{"alg":${kid},"kid":${kid}}`,
    `{"sub":"${TOUR}","kid":${kid},"exp":4000000000,"accessRules":[${rules.join()}]}`,
  );
}

function hostileTokens(): readonly string[] {
  const strings = (sharedJson('vectors/blns.json.gz') as readonly string[] | undefined) ?? [];
  const count = Math.ceil(strings.length / STRINGS_IN_TOKEN);
  return Array.from({ length: count }, (_, at) =>
    hostileToken(strings.slice(at * STRINGS_IN_TOKEN, (at + 1) * STRINGS_IN_TOKEN)),
  );
}

const hostile = hostileTokens();
const files = {
  'worker.ts': `const videoId = '${TOUR}';\nconst templateHash = '${HASH}';\n`,
  'trailer.ts': `const videoId = '${TRAILER}';\n`,
  'page.html': `<iframe src="https://customer-sample5tud10c0de.cloudflarestream.com/${TOUR}/iframe?muted=true"></iframe>\n`,
  'good.ts': `const token = '${GOOD}';\n`,
  'old.md': `# Old\n\nhttps://videodelivery.net/${EXPIRED}/iframe\n`,
  'hostile.ts': hostile.map((token) => `const t = '${token}';`).join('\n'),
};

describe('hovers and links in an editor', () => {
  let window: Window;
  before(async () => {
    window = await openWindow({ offerAccount: true, workspaceFiles: files });
    await window.sideBar.open('Stream Signer');
    await window.sideBar.chooseWelcome('Use the Emulated Account');
    await window.sideBar.row('Sample Studio').waitFor();
  });
  after(() => window.close());
  afterEach(() => window.commandPalette.run('View: Revert and Close Editor'));

  it('says over an id that nothing is known, and after asking what is', async () => {
    const { editor, hover, statusBar } = window;
    await editor.open('worker.ts');
    const unknown = await hover.over(TOUR, 'Video id');
    assert.match(await unknown.innerText(), /^Video id\s+Nothing is known of it here\./);
    await hover.choose('Ask Cloudflare');
    await statusBar.item('Asked Cloudflare: Onboarding tour').waitFor();
    await hover.hide();
    const known = await hover.over(TOUR, 'Onboarding tour');
    assert.match(await known.innerText(), /ready · 3 min 4 s · needs a token · in Sample Studio/);
  });

  it('signs and copies from there', async () => {
    const { editor, hover, clipboard, quickInput } = window;
    await editor.open('worker.ts');
    await hover.over(TOUR, 'Onboarding tour');
    await hover.choose('Copy id');
    assert.equal(await clipboard.waitFor(/^[0-9a-f]{32}$/), TOUR);
    await hover.choose('Sign…');
    await quickInput.waitForTitle('In Place of the Id');
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
  });

  it('leads from an id to the details of its video, and from no hash', async () => {
    const { editor, page } = window;
    await editor.open('worker.ts');
    const link = editor.root.locator('.view-line .detected-link');
    await link.first().waitFor();
    assert.deepEqual(await link.allInnerTexts(), [TOUR]);
    await link.click({ modifiers: ['Control'] });
    await page.locator('.tab.active').filter({ hasText: 'Onboarding tour.json' }).waitFor();
    await editor.waitForText('requireSignedURLs');
  });

  it('leads there from inside a URL too', async () => {
    const { editor, page } = window;
    await editor.open('page.html');
    const link = editor.root.locator('.view-line .detected-link').filter({ hasText: TOUR });
    await link.click({ modifiers: ['Control'] });
    await page.locator('.tab.active').filter({ hasText: 'Onboarding tour.json' }).waitFor();
  });

  it('says over a token what it is good for, and opens its claims', async () => {
    const { editor, hover, webview } = window;
    // The middle of the token is not in sight.
    await editor.open('good.ts', 1, 60);
    const card = await hover.atCursor('Plays for');
    const text = (await card.innerText()).replaceAll('\u00a0', ' ');
    assert.match(text, /^Plays for viewers in DE and AT until .*2096.* \(in .*\), if its signature is right/);
    assert.match(text, /Signature · Not checked here\. Open the claims to look for the key\./);
    assert.match(text, /Time · Until .* UTC\)/);
    assert.deepEqual(await card.locator('ol > li').allInnerTexts(), [
      'Allow viewers in Germany (DE), Austria (AT).',
      'Block everyone else.',
    ]);
    await hover.choose('Open claims');
    const page = await webview.waitFor('Token for 1b6f0d2a4c8…');
    assert.match(await page.locator('h1').innerText(), /^Plays for/);
  });

  it('signs an expired token again where it stands', async () => {
    const { editor, hover } = window;
    await editor.open('old.md', 3, 60);
    await hover.atCursor(/Expired \d+ days ago/);
    await hover.choose('Re-sign');
    await editor.codeLens(/^Expires in/).waitFor();
    await hover.hide();
    const saved = await editor.save('old.md');
    const [, token = ''] = /^https:\/\/videodelivery\.net\/(eyJ[^/]+)\/iframe$/m.exec(saved) ?? [];
    assert.equal((await fetch(`${window.emulator.edge}/${token}/manifest/video.m3u8`)).status, 200);
  });

  it('copies a URL with a token, and tests a viewer', async () => {
    const { editor, hover, quickInput, clipboard } = window;
    await editor.open('good.ts', 1, 60);
    await hover.atCursor('Plays for');
    await hover.choose('Copy URL…');
    await quickInput.waitForTitle('Copy URL');
    await quickInput.pick('HLS URL');
    assert.match(await clipboard.waitFor(/^http/), new RegExp(`/${GOOD}/manifest/video\\.m3u8$`));
    // Whatever had the focus.
    await editor.open('good.ts', 1, 60);
    await hover.atCursor('Plays for');
    await hover.choose('Test a viewer…');
    await quickInput.waitForTitle('Test a Viewer');
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
  });

  it('shows hostile claims as nothing but text', async function () {
    if (hostile.length === 0) this.skip();
    const { editor, hover } = window;
    for (const [line] of hostile.entries()) {
      await editor.open('hostile.ts', line + 1, 40);
      const card = await hover.atCursor('Open claims');
      // Their algorithm is a hostile text too, so no URL with one of them ever plays.
      assert.deepEqual(await linksOf(card), ['Re-sign', 'Open claims', 'Test a viewer…'], `line ${line + 1}`);
      assert.deepEqual(await strangeElementsOf(card), [], `line ${line + 1}`);
      await hover.hide();
    }
  });

  it('shows a picture of a video to those who want it', async () => {
    const { editor, hover, statusBar, changeSettings } = window;
    await editor.open('trailer.ts');
    await hover.over(TRAILER, 'Video id');
    await hover.choose('Ask Cloudflare');
    await statusBar.item('Asked Cloudflare: Public trailer').waitFor();
    await hover.hide();
    const without = await hover.over(TRAILER, 'Public trailer');
    assert.equal(await without.locator('img').count(), 0);
    await hover.hide();
    await changeSettings({ 'streamSigner.hover.thumbnail': true });
    await editor.open('trailer.ts');
    const card = await hover.over(TRAILER, 'Public trailer');
    const source = await card.locator('img').getAttribute('src');
    assert.equal(source, `${window.emulator.edge}/${TRAILER}/thumbnails/thumbnail.jpg?height=120`);
    assert.equal((await fetch(source ?? '')).status, 200);
    await window.screenshot('hover picture');
    await hover.hide();
  });

  for (const theme of themes) {
    it(`can be looked at in ${theme}`, async () => {
      const { editor, hover } = window;
      await window.wear(theme);
      await editor.open('good.ts', 1, 60);
      await hover.atCursor('Plays for');
      await window.screenshot(`hover token ${theme}`);
      await hover.hide();
      await editor.open('worker.ts', 1, 25);
      await hover.atCursor('Onboarding tour');
      await window.screenshot(`hover video ${theme}`);
      await hover.hide();
    });
  }
});

function linksOf(card: Locator): Promise<string[]> {
  return card.locator('a').allInnerTexts();
}

/** Elements that the markdown of a hover has no business to make. */
function strangeElementsOf(card: Locator): Promise<string[]> {
  const ours = ['P', 'STRONG', 'UL', 'OL', 'LI', 'A', 'BR'];
  return card
    .locator('*')
    .evaluateAll(
      (elements, known) => elements.map(({ tagName }) => tagName).filter((name) => !known.includes(name)),
      ours,
    );
}
