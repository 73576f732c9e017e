import assert from 'node:assert/strict';
import { LIBRARY_ID, STUDIO_ID } from '../emulator/accounts';
import { openWindow, type Window } from './support/window';

describe('adding and removing an account', () => {
  let window: Window;
  before(async () => {
    window = await openWindow();
  });
  after(() => window.close());

  async function upToToken(label: string): Promise<void> {
    const { commandPalette, quickInput } = window;
    await commandPalette.run('Stream Signer: Add Account…');
    await quickInput.waitForTitle('Add Account (1/4)');
    await quickInput.submit(label);
    await quickInput.waitForTitle('Add Account (2/4)');
    await quickInput.pick('Paste an API token');
    await quickInput.waitForTitle('Add Account (3/4)');
  }

  it('takes a name and a token, and asks which of the accounts it sees', async () => {
    const { quickInput, statusBar, sideBar, emulator } = window;
    await upToToken('Acme');
    assert.equal(await quickInput.isPassword(), true);
    await quickInput.submit(` Bearer "${emulator.credentials.userToken}" \n`);
    await quickInput.waitForTitle('Add Account (4/4)');
    assert.deepEqual(
      (await quickInput.items()).map(({ label, description }) => [label, description]),
      [
        ['Sample Studio', STUDIO_ID],
        ['Big Library', LIBRARY_ID],
      ],
    );
    await quickInput.pick('Sample Studio');
    await statusBar.item('Account "Acme" is ready.').waitFor();
    await sideBar.open('Stream Signer');
    assert.deepEqual(await sideBar.tree(), ['Acme']);
    assert.deepEqual(
      emulator.requests.map(({ method, path }) => `${method} ${path.replace('/client/v4', '')}`),
      ['GET /user/tokens/verify', 'GET /accounts', `GET /accounts/${STUDIO_ID}/stream`],
    );
  });

  it('takes an id when the token may not list accounts', async () => {
    const { quickInput, statusBar, emulator } = window;
    await upToToken('Stream only');
    await quickInput.submit(emulator.credentials.streamOnlyToken);
    await quickInput.waitForTitle('Add Account (4/4)');
    await quickInput.type(`${STUDIO_ID}0`);
    await quickInput.waitForMessage('An id has 32 hex digits; this one has 33.');
    await quickInput.accept();
    await quickInput.waitForMessage('An id has 32 hex digits; this one has 33.');
    await quickInput.submit(LIBRARY_ID);
    await quickInput.waitForMessage('the API token needs Account → Stream → Edit.');
    await quickInput.submit(`https://dash.cloudflare.com/${STUDIO_ID.toUpperCase()}/stream/videos`);
    await statusBar.item('Account "Stream only" is ready.').waitFor();
  });

  it('shows a refusal in the list of accounts, and Enter tries the same line again', async () => {
    const { quickInput, statusBar, emulator, commandPalette } = window;
    await upToToken('Tried twice');
    await quickInput.submit(emulator.credentials.userToken);
    await quickInput.waitForTitle('Add Account (4/4)');
    const body = { success: false, result: null, messages: [], errors: [{ code: 9109, message: 'Not from here' }] };
    emulator.failNext(/^GET .*\/stream$/, { status: 403, body });
    await quickInput.item('Big Library').waitFor();
    await quickInput.input.press('ArrowDown');
    await quickInput.accept();
    await quickInput.item(/9109: Not from here/).waitFor();
    await quickInput.accept();
    await statusBar.item('Account "Tried twice" is ready.').waitFor();
    assert.match(emulator.requests.at(-1)?.path ?? '', new RegExp(LIBRARY_ID));
    await window.sideBar.row('Tried twice').waitFor();
    await window.sideBar.waitUntilCalm();
    await window.sideBar.chooseFromMenu('Tried twice', 'Remove Account…');
    await window.modal.choose('Remove');
    await window.sideBar.row('Tried twice').waitFor({ state: 'detached' });
    assert.equal(await commandPalette.offers('Stream Signer: Replace Credential…'), true);
  });

  it('says what is wrong with a token while it is typed, and what Cloudflare says on Enter', async () => {
    const { quickInput, emulator } = window;
    await upToToken('Broken');
    await quickInput.type('two words');
    await quickInput.waitForMessage('There is a space inside.');
    assert.equal(await quickInput.severity(), 'error');
    await quickInput.type('0123456789abcdef0123456789abcdef01234');
    await quickInput.waitForMessage('This looks like the Global API Key');
    await quickInput.submit(emulator.credentials.expiredToken);
    await quickInput.waitForMessage('Cloudflare does not accept the credential');
    emulator.failNext(/^GET .*verify$/, 'hang');
    await quickInput.submit(emulator.credentials.userToken);
    await quickInput.waitUntilBusy();
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
    assert.deepEqual(await window.notifications.messages(), []);
  });

  it('goes back, and offers the name of a cancelled wizard again', async () => {
    const { commandPalette, quickInput } = window;
    await commandPalette.run('Stream Signer: Add Account…');
    await quickInput.waitForTitle('Add Account (1/4)');
    assert.equal(await quickInput.value(), 'Broken');
    await quickInput.submit('Second try');
    await quickInput.waitForTitle('Add Account (2/4)');
    await quickInput.back();
    await quickInput.waitForTitle('Add Account (1/4)');
    assert.equal(await quickInput.value(), 'Second try');
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
  });

  it('opens Cloudflare’s form with the permission chosen', async () => {
    const { commandPalette, quickInput, page } = window;
    await commandPalette.run('Stream Signer: Add Account…');
    await quickInput.submit('From the dashboard');
    await quickInput.waitForTitle('Add Account (2/4)');
    await quickInput.pick('Create one in the dashboard…');
    const opening = page.context().waitForEvent('request', (request) => request.url().startsWith('https://'));
    // VS Code asks before it opens an address that it does not know.
    await window.modal.choose('Open');
    const url = new URL((await opening).url());
    // A window that lies behind another is slow.
    for (const other of page.context().pages()) if (other !== page) await other.close();
    await page.bringToFront();
    assert.equal(url.origin + url.pathname, 'https://dash.cloudflare.com/profile/api-tokens');
    assert.deepEqual(JSON.parse(url.searchParams.get('permissionGroupKeys') ?? ''), [{ key: 'stream', type: 'edit' }]);
    await quickInput.waitForTitle('Add Account (3/4)');
    await quickInput.cancel();
    await quickInput.waitUntilClosed();
  });

  it('keeps accounts when the window is loaded anew', async () => {
    await window.reload();
    await window.sideBar.open('Stream Signer');
    assert.deepEqual(await window.sideBar.tree(), ['Acme', 'Stream only']);
  });

  it('removes an account after a modal', async () => {
    const { sideBar, modal, statusBar } = window;
    await sideBar.chooseFromMenu('Stream only', 'Remove Account…');
    assert.equal(await modal.message(), 'Remove the account "Stream only"?');
    await modal.choose('Cancel');
    await sideBar.chooseFromMenu('Stream only', 'Remove Account…');
    await modal.choose('Remove');
    await statusBar.item('Account "Stream only" was removed.').waitFor();
    await sideBar.row('Stream only').waitFor({ state: 'detached' });
    assert.deepEqual(await sideBar.tree(), ['Acme']);
  });

  it('left no credential in any log', () => {
    const { userToken, streamOnlyToken } = window.emulator.credentials;
    for (const { path, text } of window.logs()) {
      assert.ok(!text.includes(userToken) && !text.includes(streamOnlyToken), path);
    }
  });
});
