import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STUDIO_ID } from '../emulator/accounts';
import { openWindow, type Window } from './support/window';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const FILE = 'notes.md';

describe('signing keys', () => {
  let window: Window;
  before(async () => {
    window = await openWindow({ offerAccount: true, workspaceFiles: { [FILE]: 'Here: \n' } });
    await window.sideBar.open('Stream Signer');
    await window.sideBar.chooseWelcome('Use the Emulated Account');
    await window.sideBar.row('Sample Studio').waitFor();
  });
  after(() => window.close());

  const keys = () => window.emulator.keys.list(STUDIO_ID).map(({ id }) => id);
  const label = (kid: string | undefined) => `${kid?.slice(0, 8)}…`;
  const requests = (pattern: RegExp) =>
    window.emulator.requests.filter(({ method, path }) => pattern.test(`${method} ${path}`)).length;
  const status = async (url: string) => (await fetch(url)).status;

  /** Opens the hub for the sample video, with the cursor where the result should go. */
  async function openHub() {
    // What the last signing said must not be taken for the next one's.
    await window.statusBar.item(/^ ?Inserted/).waitFor({ state: 'detached' });
    await window.editor.open(FILE, 1, 7);
    await window.commandPalette.run('Stream Signer: Sign a Video…');
    await window.quickInput.waitForTitle('Sign a Stream Video');
    if ((await window.quickInput.items()).some(({ description }) => description === 'not chosen yet')) {
      await window.quickInput.pick('Video');
      await window.quickInput.waitForTitle('Video');
      await window.quickInput.submit(TOUR);
      await window.quickInput.waitForTitle('Sign a Stream Video');
    }
  }

  async function signed(): Promise<string> {
    await window.statusBar.item(/^ ?Inserted/).waitFor();
    const text = await window.editor.save(FILE);
    return /http\S+?\.m3u8/.exec(text)?.[0] ?? '';
  }

  it('creates one after a modal, keeps it, and lists it as being here', async () => {
    const { sideBar, modal, statusBar } = window;
    await sideBar.expand('Sample Studio');
    await sideBar.expand('Signing Keys');
    await sideBar.row('No signing keys in this account yet').waitFor();
    await sideBar.chooseInline('Signing Keys', 'Create Signing Key…');
    assert.equal(await modal.message(), 'Create a signing key for "Sample Studio"?');
    assert.match(await modal.detail(), /only once.*secret storage/);
    await window.screenshot('key-create-modal');
    assert.deepEqual(keys(), []);
    await modal.choose('Create');
    await statusBar.item(/Signing key .* is ready/).waitFor();
    const [kid = ''] = keys();
    await sideBar.row(label(kid)).waitFor();
    await window.screenshot('key-created');
    assert.match((await sideBar.row(label(kid)).getAttribute('aria-label')) ?? '', /private key on this machine/);
    assert.equal(requests(/^POST .*\/keys$/), 1);
  });

  it('signs with it without a request, and the edge plays it', async () => {
    const { quickInput } = window;
    const [kid = ''] = keys();
    await openHub();
    const line = (await quickInput.items()).find(({ label }) => label === 'Sign with');
    assert.equal(line?.description, `key ${kid.slice(0, 4)}… on this machine`);
    await window.screenshot('key-hub');
    const before = requests(/\/token$/);
    await quickInput.accept();
    const url = await signed();
    assert.equal(requests(/\/token$/), before);
    assert.equal(await status(url), 200);
    await window.editor.goTo(1, 60);
    await window.commandPalette.run('Stream Signer: Decode Token…');
    const page = await window.webview.waitFor(`Token for ${TOUR.slice(0, 11)}…`);
    await page.getByText(`Signature valid for key ${kid}.`).waitFor();
    await window.screenshot('key-signature-valid');
    // Out of the page, which takes keys for itself.
    await window.page.locator('.tab').filter({ hasText: FILE }).click();
  });

  it('asks back before it signs for more than a day, and is left silently there', async () => {
    const { quickInput, modal, notifications } = window;
    await notifications.clear();
    const overLimit = async () => {
      await openHub();
      await quickInput.pick('Expires');
      await quickInput.waitForTitle('Expires');
      await quickInput.submit('3d');
      await quickInput.waitForPlaceholder('Cloudflare documents at most 24 h for a token.');
    };
    await overLimit();
    await quickInput.backByKey();
    await quickInput.waitForPlaceholder(/^How long should the token live/);
    await quickInput.leave();
    await overLimit();
    await quickInput.pickByKey('Sign for');
    assert.equal(await modal.message(), 'Sign a token that lives 3 days?');
    await modal.choose('Cancel');
    await quickInput.waitForPlaceholder(/^How long should the token live/);
    await quickInput.leave();
    await overLimit();
    await quickInput.leave();
    assert.deepEqual([await notifications.messages(), requests(/\/token$/)], [[], 0]);
  });

  it('sends it to Cloudflare only after a modal', async () => {
    const { quickInput, modal, emulator } = window;
    const [kid = ''] = keys();
    await openHub();
    await quickInput.pick('Sign with');
    await quickInput.waitForTitle('Sign With');
    await window.screenshot('key-sign-with');
    await quickInput.pick(`Cloudflare API with key ${kid.slice(0, 4)}…`);
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    assert.equal(await modal.message(), `Send the private key ${kid} to Cloudflare?`);
    await window.screenshot('key-send-modal');
    assert.equal(requests(/\/token$/), 0);
    await modal.choose('Send and Sign');
    const url = await signed();
    assert.equal(await status(url), 200);
    const [sent] = emulator.requests.filter(({ path }) => path.endsWith('/token'));
    assert.deepEqual(Object.keys(Object(sent?.body)), ['id', 'pem']);
    await openHub();
    const line = (await quickInput.items()).find(({ label }) => label === 'Sign with');
    assert.equal(line?.description, `key ${kid.slice(0, 4)}… on this machine`, 'never remembered');
    await quickInput.cancel();
  });

  it('compares what it signs with what the API signs', async () => {
    const { quickInput, commandPalette, statusBar } = window;
    await commandPalette.run('Stream Signer: Compare Local and API Token…');
    await quickInput.waitForTitle('Compare Local and API Token');
    await quickInput.pick('Video');
    await quickInput.waitForTitle('Video');
    await quickInput.submit(TOUR);
    await quickInput.waitForTitle('Compare Local and API Token');
    await quickInput.accept();
    await statusBar.item('The tokens differ in: kid, nbf.').waitFor();
    await window.page.locator('.monaco-diff-editor').waitFor();
    await window.screenshot('key-compare');
  });

  it('stops everything it signed when it is deleted', async () => {
    const { sideBar, modal, statusBar, quickInput } = window;
    const [kid = ''] = keys();
    const url = /http\S+?\.m3u8/.exec(await window.editor.save(FILE))?.[0] ?? '';
    assert.equal(await status(url), 200);
    await window.commandPalette.run('Stream Signer: Delete Signing Key at Cloudflare…');
    await quickInput.waitForTitle('Delete Signing Key');
    await quickInput.pick(kid);
    assert.match(await modal.detail(), /Every token that was ever signed with this key stops working at once/);
    await modal.choose('Delete');
    await statusBar.item(`Signing key ${kid} was deleted`).waitFor();
    await sideBar.row(label(kid)).getByText('revoked').waitFor();
    await window.screenshot('key-revoked');
    assert.notEqual(await status(url), 200);
  });

  it('names the key whose private half got lost on the way, and deletes it', async () => {
    const { sideBar, modal, quickInput, statusBar, emulator } = window;
    const before = keys();
    emulator.failNext(/^POST .*\/keys$/, 'lose');
    await sideBar.chooseInline('Signing Keys', 'Create Signing Key…');
    await modal.choose('Create');
    await quickInput.waitForTitle(/^Signing Key [0-9a-f]{32} Is of No Use Here$/);
    const [lost = ''] = keys().filter((id) => !before.includes(id));
    assert.ok((await quickInput.title()).includes(lost));
    await window.screenshot('key-lost');
    await quickInput.pick('Delete it at Cloudflare');
    await modal.choose('Delete');
    await statusBar.item(`Signing key ${lost} was deleted`).waitFor();
    assert.deepEqual(keys(), before);
    assert.equal(requests(/^POST .*\/keys$/), 2);
  });

  it('imports one from a file, and asks for the id that the file does not name', async () => {
    const { quickInput, sideBar, statusBar, emulator } = window;
    const key = await emulator.keys.create(STUDIO_ID);
    assert.ok(key);
    writeFileSync(join(window.workspace, 'key.pem'), Buffer.from(key.pem, 'base64'));
    await window.commandPalette.run('Stream Signer: Import Signing Key…');
    await quickInput.waitForTitle(/^Import Signing Key \(1\/\d\)$/);
    await window.screenshot('key-import');
    await quickInput.pick('Choose a file…');
    await quickInput.waitForTitle('Import Signing Key');
    await quickInput.pick('key.pem');
    await quickInput.waitForTitle('Import Signing Key (3/3)');
    await quickInput.submit(key.id.slice(1));
    await quickInput.waitForMessage('An id has 32 hex digits; this one has 31.');
    await window.screenshot('key-import-id');
    await quickInput.submit(key.id);
    await statusBar.item(`Signing key ${key.id} is ready`).waitFor();
    // Cloudflare's list, asked for anew, knows when the key was made.
    await sideBar
      .row(label(key.id))
      .getByText(/^here · \w+ \d+, \d{4}$/)
      .waitFor();
    await window.commandPalette.run('Stream Signer: Copy Signing Key as Environment Variables');
    await quickInput.waitForTitle('Copy Signing Key as Environment Variables');
    await quickInput.pick(key.id);
    const copied = await window.clipboard.waitFor(/^STREAM_KEY_ID=/);
    assert.ok(copied.includes(key.id) && copied.includes(key.jwk));
    await window.notifications.waitFor(/^Private key copied: whoever has it can sign for all videos\./);
    await window.screenshot('key-copied');
    await window.notifications.clear();
  });

  it('takes the right private half at the line of a key, and replaces a wrong one', async () => {
    const { quickInput, sideBar, statusBar, modal, emulator } = window;
    const [wrong, right] = [await emulator.keys.create(STUDIO_ID), await emulator.keys.create(STUDIO_ID)];
    assert.ok(wrong && right);
    await sideBar.chooseInline('Signing Keys', 'Refresh Signing Keys');
    const row = sideBar.row(label(right.id));
    await row.getByText(/^not here · /).waitFor();
    await sideBar.waitUntilCalm();
    await sideBar.chooseFromMenu(label(right.id), 'Copy Id');
    await window.clipboard.waitFor(new RegExp(`^${right.id}$`));
    await sideBar.chooseFromMenu(label(right.id), 'Import Signing Key…');
    await quickInput.waitForTitle(`Import Signing Key ${right.id} (1/2)`);
    await window.screenshot('key-import-at-line');
    await quickInput.pick('Paste it');
    await quickInput.waitForTitle(`Import Signing Key ${right.id} (2/2)`);
    await quickInput.submit(wrong.jwk);
    await quickInput.waitForMessage(new RegExp(`^This is signing key ${wrong.id}, not ${right.id}`));
    await quickInput.submit(wrong.pem);
    await statusBar.item(`Signing key ${right.id} is ready`).waitFor();
    await row.getByText(/^here · /).waitFor();
    await statusBar.item(/is ready/).waitFor({ state: 'detached' });
    await window.commandPalette.run('Stream Signer: Import Signing Key…');
    await quickInput.pick('Paste it');
    await quickInput.submit(right.jwk);
    assert.equal(await modal.message(), `Replace the private half of signing key ${right.id}?`);
    await window.screenshot('key-replace-modal');
    await modal.choose('Replace');
    await statusBar.item(`Signing key ${right.id} is ready`).waitFor();
    await window.commandPalette.run('Stream Signer: Copy Signing Key as Environment Variables');
    await quickInput.waitForTitle('Copy Signing Key as Environment Variables');
    await window.screenshot('key-picker');
    await quickInput.pick(right.id);
    assert.ok((await window.clipboard.waitFor(new RegExp(`^STREAM_KEY_ID=${right.id}`))).includes(right.jwk));
    await window.notifications.clear();
  });

  it('signs for an account that has nothing but a key', async () => {
    const { quickInput, commandPalette, sideBar, statusBar, emulator } = window;
    const key = await emulator.keys.create(STUDIO_ID);
    assert.ok(key);
    await commandPalette.run('Stream Signer: Add Account…');
    await quickInput.waitForTitle(/1\/\d/);
    await quickInput.submit('Keys only');
    await quickInput.waitForTitle(/2\/\d/);
    await quickInput.pick(/signing key/i);
    await quickInput.waitForTitle(/3\/\d/);
    await quickInput.pick('Paste it');
    await quickInput.waitForPlaceholder('Signing key: jwk, pem, or the whole answer of the API');
    assert.equal(await quickInput.isPassword(), true);
    await quickInput.submit(key.jwk);
    await quickInput.waitForPlaceholder('Customer code or any URL of your videos');
    await quickInput.submit('');
    await statusBar.item('Account "Keys only" is ready.').waitFor();
    await sideBar.row('Keys only').waitFor();
    await window.screenshot('key-only-account');
    await statusBar.item(/^ ?Inserted/).waitFor({ state: 'detached' });
    await window.editor.open(FILE, 1, 7);
    await commandPalette.run('Stream Signer: Sign a Video…');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Account');
    await quickInput.waitForTitle('Account');
    await quickInput.pick('Keys only');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    await quickInput.waitForTitle('Video');
    await window.screenshot('key-only-videos');
    await quickInput.submit(TOUR);
    assert.equal(await status(await signed()), 200);
  });
});
