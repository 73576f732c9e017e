import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const FILE = 'notes.md';
const SIGN = 'Stream Signer: Sign a Video…';

describe('signing a video', () => {
  let window: Window;
  /** A host that the files of the workspace name wherever somebody could look for one, and how often it was called. */
  const other = createServer();
  let calls = 0;
  before(async () => {
    other.on('connection', (socket) => {
      calls++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    window = await openWindow({
      offerAccount: true,
      workspaceFiles: {
        [FILE]: '# Notes\n\nHere: \n\nEnd\n',
        '.vscode/settings.json': JSON.stringify({
          'streamSigner.apiOrigin': origin,
          'streamSigner.emulator': origin,
          'streamSigner.defaults': { expiry: '5m' },
          'streamSigner.defaults.expiry': '5m',
          'http.proxy': origin,
        }),
        '.env': [
          'STREAM_SIGNER_API_ORIGIN',
          'CLOUDFLARE_BASE_URL',
          'CLOUDFLARE_API_BASE_URL',
          'HTTPS_PROXY',
          'HTTP_PROXY',
        ]
          .map((name) => `${name}=${origin}\n`)
          .join(''),
      },
    });
    await window.sideBar.open('Stream Signer');
    await window.sideBar.chooseWelcome('Use the Emulated Account');
    await window.sideBar.row('Sample Studio').waitFor();
  });
  after(async () => {
    await window.close();
    other.close();
  });

  const edge = (subject: string) => fetch(`${window.emulator.edge}/${subject}/manifest/video.m3u8`);
  const url = (text: string) => /http:\/\/[^\s]+/.exec(text)?.[0] ?? '';

  it('inserts a URL that plays, at the cursor', async () => {
    const { editor, commandPalette, quickInput, statusBar } = window;
    await editor.open(FILE, 3, 7);
    await commandPalette.run(SIGN);
    await quickInput.waitForTitle('Sign a Stream Video');
    assert.deepEqual(
      (await quickInput.items()).map(({ label, description }) => `${label}: ${description}`),
      [
        'Sign and insert: asks for the video first',
        'Video: not chosen yet',
        'Account: Sample Studio',
        'Sign with: Cloudflare API',
        'Expires: in 1 h (Cloudflare’s default)',
        'Not before: 1 h ago (Cloudflare’s default)',
        'Access rules: none: everyone with the token may watch',
        'Downloads: not allowed',
        'Original quality: no',
        'Result: HLS URL',
        'Where: inserted at the cursor',
      ],
    );
    await quickInput.accept();
    await quickInput.waitForTitle('Video');
    await quickInput.item('Onboarding tour').waitFor();
    await quickInput.submit('onboard');
    await statusBar.item('Inserted: HLS URL').waitFor();
    const saved = await editor.save(FILE);
    const inserted = url(saved);
    assert.equal(saved, `# Notes\n\nHere: ${inserted}\n\nEnd\n`);
    assert.equal((await fetch(inserted)).status, 200);
    assert.equal((await edge(TOUR)).status, 401);
    assert.equal(window.emulator.requests.findLast(({ method }) => method === 'POST')?.body, undefined);
  });

  it('sends exactly what was set, and copies', async () => {
    const { commandPalette, quickInput, statusBar, clipboard, emulator } = window;
    await commandPalette.run(SIGN);
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Video');
    await quickInput.waitForTitle('Video');
    await quickInput.submit(`https://customer-abc.cloudflarestream.com/${TOUR.toUpperCase()}/iframe`);
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Expires');
    await quickInput.waitForTitle('Expires');
    await quickInput.type('0m');
    await quickInput.item('A token that lives 0 seconds can never be used. Type at least 1s.').waitFor();
    await quickInput.submit('90m');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Downloads');
    await quickInput.waitForTitle('Downloads');
    await quickInput.pick('Allowed');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Where');
    await quickInput.waitForTitle('Where');
    await quickInput.pick('Copy to the clipboard');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Result');
    await quickInput.waitForTitle('Result');
    await quickInput.type('token');
    await quickInput.pick('Token');
    await quickInput.waitForTitle('Sign a Stream Video');
    const asked = Math.floor(Date.now() / 1000);
    await quickInput.pick('Sign and copy');
    await statusBar.item('Copied: Token').waitFor();
    const token = await clipboard.waitFor(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
    assert.equal((await edge(token)).status, 200);
    const sent = emulator.requests.findLast(({ method }) => method === 'POST')?.body;
    const { exp, ...others } = { exp: 0, ...(sent as object) };
    assert.deepEqual(others, { downloadable: true });
    assert.ok(Number.isInteger(exp) && exp >= asked + 5400 && exp < asked + 5460);
  });

  it('shows every form in a read-only document', async () => {
    const { commandPalette, quickInput, editor } = window;
    await commandPalette.run(SIGN);
    await quickInput.pick('Video');
    await quickInput.waitForTitle('Video');
    await quickInput.item('Onboarding tour').waitFor();
    await quickInput.pick('Onboarding tour');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Where');
    await quickInput.waitForTitle('Where');
    await quickInput.pick('Show in an editor');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Sign and show');
    for (const form of ['HLS URL', 'DASH URL', 'Player (iframe) URL', 'Watch page', 'Thumbnail (JPEG) URL'])
      await editor.waitForText(form);
    await commandPalette.run('View: Close Editor');
  });

  it('shows Cloudflare’s refusal beside the line that mends it, and loses nothing', async () => {
    const { commandPalette, quickInput, emulator, editor, statusBar, notifications } = window;
    await editor.open(FILE, 5, 4);
    await commandPalette.run(SIGN);
    await quickInput.waitForTitle('Sign a Stream Video');
    emulator.failNext(/^POST .*\/token$/, {
      status: 400,
      body: {
        success: false,
        result: null,
        messages: [{ code: 7, message: 'a message for the log' }],
        errors: [
          {
            code: 10005,
            message: 'Bad Request: exp is too far away',
            source: { pointer: '/exp' },
            documentation_url: 'https://developers.cloudflare.com/stream/',
          },
        ],
      },
    });
    await quickInput.accept();
    await quickInput.waitForTitle('Video');
    await quickInput.item('Onboarding tour').waitFor();
    await quickInput.pick('Onboarding tour');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.item('10005: Bad Request: exp is too far away').waitFor();
    const items = await quickInput.items();
    assert.match(
      items.find(({ label }) => label === 'Sign and insert')?.detail ?? '',
      /Cloudflare refused the request \(400\)/,
    );
    assert.match(items.find(({ label }) => label === 'Expires')?.detail ?? '', /10005/);
    assert.match(items.find(({ label }) => label === 'Video')?.description ?? '', /Onboarding tour/);
    await quickInput.pick('Sign and insert');
    await statusBar.item('Inserted').waitFor();
    assert.deepEqual(await notifications.messages(), []);
    assert.ok(window.logs().some(({ text }) => text.includes('a message for the log')));
  });

  it('copies when the place was edited meanwhile, and says so', async () => {
    const { commandPalette, quickInput, editor, emulator, notifications, clipboard, page } = window;
    await editor.open(FILE, 1, 1);
    await editor.select(1, 1, 7);
    await commandPalette.run(SIGN);
    await quickInput.waitForTitle('Sign a Stream Video');
    // Another program rewrites the file while the hub is open.
    await editor.save(FILE);
    await writeFile(join(window.workspace, FILE), 'rewritten\n');
    await page.locator('.view-line').filter({ hasText: 'rewritten' }).waitFor();
    const posts = emulator.requests.length;
    await quickInput.pick('Sign and insert');
    await quickInput.waitForTitle('Video');
    await quickInput.item('Onboarding tour').waitFor();
    await quickInput.pick('Onboarding tour');
    assert.match(await notifications.waitFor('was not inserted'), /It is on the clipboard/);
    await clipboard.waitFor(/^(?:http|eyJ)/);
    assert.ok(emulator.requests.length > posts);
    assert.match(await editor.text(), /^rewritten/);
  });

  it('says that a public video needs no token, and makes it private after a modal', async () => {
    const { commandPalette, quickInput, modal, emulator, statusBar } = window;
    await commandPalette.run(SIGN);
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Video');
    await quickInput.waitForTitle('Video');
    await quickInput.pick('Public trailer');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.item('Require Signed URLs…').waitFor();
    const warned = async () => (await quickInput.items()).find(({ label }) => label === 'Video')?.detail;
    assert.match((await warned()) ?? '', /Public: it plays by its id alone/);
    await window.screenshot('hub-public-video');
    const before = emulator.requests.length;
    await quickInput.pick('Require Signed URLs…');
    assert.equal(await modal.message(), 'Require signed URLs for Public trailer?');
    await modal.choose('Cancel');
    await quickInput.waitForTitle('Sign a Stream Video');
    assert.deepEqual([emulator.requests.length, (await edge(TRAILER)).status], [before, 200]);
    await quickInput.pick('Require Signed URLs…');
    await modal.choose('Require Signed URLs');
    await statusBar.item('Public trailer: links with the id no longer play, only signed URLs do').waitFor();
    await quickInput.waitForTitle('Sign a Stream Video');
    assert.deepEqual([await warned(), (await edge(TRAILER)).status], ['', 401]);
    await quickInput.leave();
  });

  it('leaves silently at Esc', async () => {
    const { commandPalette, quickInput, notifications, emulator } = window;
    await notifications.clear();
    const before = emulator.requests.length;
    await commandPalette.run(SIGN);
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Expires');
    await quickInput.waitForTitle('Expires');
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
    assert.deepEqual([await notifications.messages(), emulator.requests.length], [[], before]);
  });

  it('sent nothing to the host that the workspace names', () => {
    assert.ok(window.emulator.requests.length > 0);
    assert.equal(calls, 0);
  });

  it('leaves no token in any log', () => {
    for (const { path, text } of window.logs()) {
      assert.doesNotMatch(text, /eyJ[\w-]{8,}\.[\w-]{8,}\./, path);
      assert.ok(!text.includes(window.emulator.credentials.userToken), path);
    }
  });
});
