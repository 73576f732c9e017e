import assert from 'node:assert/strict';
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
    const { sideBar, modal, statusBar } = window;
    const [kid = ''] = keys();
    const url = /http\S+?\.m3u8/.exec(await window.editor.save(FILE))?.[0] ?? '';
    assert.equal(await status(url), 200);
    await sideBar.chooseFromMenu(label(kid), 'Delete Signing Key at Cloudflare…');
    assert.match(await modal.detail(), /Every token that was ever signed with this key stops working at once/);
    await modal.choose('Delete');
    await statusBar.item(/Signing key .* was deleted/).waitFor();
    await sideBar.row(label(kid)).getByText('revoked at Cloudflare').waitFor();
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
    await statusBar.item(/Signing key .* was deleted/).waitFor();
    assert.deepEqual(keys(), before);
    assert.equal(requests(/^POST .*\/keys$/), 2);
  });
});
