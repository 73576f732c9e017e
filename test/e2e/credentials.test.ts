import assert from 'node:assert/strict';
import { LIBRARY_ID, STUDIO_ID } from '../emulator/accounts';
import { CREDENTIALS } from '../emulator/credentials';
import { openWindow, type Window } from './support/window';

const FILE = 'upload.ts';
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';

describe('the other credentials', () => {
  let window: Window;
  let signingKey = 'not made yet';
  before(async () => {
    window = await openWindow({
      environment: ({ credentials }) => ({
        CLOUDFLARE_API_TOKEN: credentials.readToken,
        CLOUDFLARE_ACCOUNT_ID: STUDIO_ID,
      }),
      workspaceFiles: { [FILE]: `// A client.\nconst token = '${CREDENTIALS.userToken}';\n` },
    });
    await window.sideBar.open('Stream Signer');
  });
  after(() => window.close());

  async function upToWays(label: string): Promise<void> {
    const { commandPalette, quickInput } = window;
    await commandPalette.run('Stream Signer: Add Account…');
    await quickInput.waitForTitle('Add Account (1/4)');
    await quickInput.submit(label);
    await quickInput.waitForTitle('Add Account (2/4)');
  }
  const asked = () => window.emulator.requests.map(({ method, path }) => `${method} ${path.replace('/client/v4', '')}`);

  it('takes an e-mail address and the Global API Key, and says what the key opens', async () => {
    const { quickInput, statusBar, emulator, sideBar } = window;
    await upToWays('Owner');
    const ways = await quickInput.items();
    assert.match(ways.find(({ label }) => label === 'E-mail and Global API Key')?.detail ?? '', /Opens everything/);
    await window.screenshot('add-account-ways');
    await quickInput.pick('E-mail and Global API Key');
    await quickInput.waitForTitle('Add Account (3/5)');
    await quickInput.submit('nobody@example.com');
    await quickInput.waitForTitle('Add Account (4/5)');
    assert.equal(await quickInput.isPassword(), true);
    assert.match(await quickInput.message(), /controls all your Cloudflare accounts/);
    await quickInput.submit(emulator.credentials.globalKey);
    await quickInput.waitForMessage('Cloudflare does not accept the credential (403)');
    await quickInput.back();
    await quickInput.waitForTitle('Add Account (3/5)');
    await quickInput.submit(emulator.credentials.email);
    await quickInput.waitForTitle('Add Account (4/5)');
    await quickInput.submit(emulator.credentials.globalKey);
    await quickInput.waitForTitle('Add Account (5/5)');
    await quickInput.pick('Big Library');
    await statusBar.item('Account "Owner" is ready.').waitFor();
    await sideBar.row('Owner').waitFor();
    assert.deepEqual(asked().slice(-2), ['GET /accounts', `GET /accounts/${LIBRARY_ID}/stream`]);
  });

  it('takes a token that an account owns, though the user’s route would call it invalid', async () => {
    const { quickInput, statusBar, emulator } = window;
    await upToWays('Owned');
    await quickInput.pick('Paste an API token');
    await quickInput.waitForTitle('Add Account (3/4)');
    await quickInput.submit(emulator.credentials.unlistingAccountToken.token);
    await quickInput.waitForTitle('Add Account (4/4)');
    await quickInput.submit(LIBRARY_ID);
    await quickInput.waitForMessage('knows this API token neither as a user’s nor in this account');
    const before = asked().length;
    await quickInput.submit(STUDIO_ID);
    await statusBar.item('Account "Owned" is ready.').waitFor();
    assert.deepEqual(asked().slice(before), [
      `GET /accounts/${STUDIO_ID}/tokens/verify`,
      `GET /accounts/${STUDIO_ID}/stream`,
    ]);
    assert.ok(!asked().includes('GET /user/tokens/verify'));
  });

  it('imports from the environment what it shows there, never its value', async () => {
    const { quickInput, statusBar, emulator } = window;
    await upToWays('From the environment');
    await quickInput.pick('Import from environment…');
    await quickInput.waitForTitle('Add Account (3/4)');
    const [line] = await quickInput.items();
    assert.deepEqual(line, {
      label: 'API token',
      description: `CLOUDFLARE_API_TOKEN: cfut_…, ${emulator.credentials.readToken.length} characters`,
      detail: 'with the account 0f3c2a9d… of CLOUDFLARE_ACCOUNT_ID',
    });
    await window.screenshot('import-from-environment');
    await quickInput.accept();
    await statusBar.item('Account "From the environment" is ready.').waitFor();
  });

  it('remembers that it can list and not sign, says so, and forgets it with another credential', async () => {
    const { quickInput, sideBar, statusBar, emulator, clipboard } = window;
    await sideBar.chooseFromMenu('From the environment', 'Sign a Video…');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.pick('Video');
    await quickInput.waitForTitle('Video');
    await quickInput.submit(TOUR);
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    await quickInput.item('Enter another credential…').waitFor();
    await quickInput.cancel();
    await sideBar.row('From the environment').filter({ hasText: 'can list, cannot sign' }).waitFor();
    await window.screenshot('cannot-sign');
    await sideBar.chooseFromMenu('From the environment', 'Sign a Video…');
    await quickInput.waitForTitle('Sign a Stream Video');
    const account = (await quickInput.items()).find(({ label }) => label === 'Account');
    assert.match(account?.detail ?? '', /it can list, but not sign/);
    await quickInput.pick('Enter another credential…');
    await quickInput.waitForTitle('Replace Credential (1/2)');
    await quickInput.pick('Paste an API token');
    await quickInput.waitForTitle('Replace Credential (2/2)');
    await quickInput.submit(emulator.credentials.accountToken.token);
    await statusBar.item('Account "From the environment" is ready.').waitFor();
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    await quickInput.waitForTitle('Video');
    await quickInput.submit(TOUR);
    await statusBar.item('Copied').waitFor();
    await clipboard.waitFor(/manifest\/video\.m3u8$/);
    await sideBar.row('From the environment').filter({ hasText: STUDIO_ID }).waitFor();
    assert.doesNotMatch((await sideBar.row('From the environment').textContent()) ?? '', /cannot sign/);
  });

  it('renames an account, makes it the default and sets its customer code', async () => {
    const { sideBar, quickInput, statusBar, commandPalette } = window;
    // The first recent signing brings a line of its own, and with it all lines anew.
    await sideBar.row('Recent').waitFor();
    await sideBar.waitUntilCalm();
    await sideBar.chooseFromMenu('Owned', 'Rename Account…');
    await quickInput.waitForTitle('Rename Account');
    assert.equal(await quickInput.value(), 'Owned');
    await quickInput.submit('Studio');
    await sideBar.row('Studio').waitFor();
    await sideBar.chooseFromMenu('Studio', 'Set Default Account…');
    await statusBar.item('Signing starts with "Studio" in this workspace.').waitFor();
    await sideBar.row('Studio').filter({ hasText: 'default' }).waitFor();
    await sideBar.chooseFromMenu('Studio', 'Set Customer Code…');
    await quickInput.waitForTitle('Set Customer Code');
    assert.equal(await quickInput.value(), 'sample5tud10c0de');
    await quickInput.type(STUDIO_ID);
    await quickInput.waitForMessage('not the customer code');
    await quickInput.submit('https://customer-abc123.cloudflarestream.com/x/watch');
    await statusBar.item('The customer code of "Studio" is abc123.').waitFor();
    await window.reload();
    await sideBar.open('Stream Signer');
    await sideBar.row('Studio').filter({ hasText: 'default' }).waitFor();
    await commandPalette.run('Stream Signer: Sign a Video…');
    await quickInput.waitForTitle('Sign a Stream Video');
    const account = (await quickInput.items()).find(({ label }) => label === 'Account');
    assert.equal(account?.description, 'Studio');
    await quickInput.cancel();
  });

  it('stores a token out of a file, and lets the file read it from the environment', async () => {
    const { editor, commandPalette, quickInput, statusBar, notifications } = window;
    await editor.open(FILE, 2, 5);
    await commandPalette.run('Stream Signer: Store Selection as Credential…');
    await quickInput.waitForTitle(/^Store Selection as Credential/);
    await quickInput.pick('Owner');
    await statusBar.item('Account "Owner" is ready.').waitFor();
    await quickInput.waitForTitle('It Is Stored');
    await window.screenshot('store-selection');
    await quickInput.pick('Replace it in the file');
    await editor.waitForText('const token = process.env.CLOUDFLARE_API_TOKEN;');
    assert.equal(await editor.save(FILE), '// A client.\nconst token = process.env.CLOUDFLARE_API_TOKEN;\n');
    assert.match((await notifications.messages()).join(), /If the file was ever shared or committed, make a new one/);
  });

  it('does with a signing key alone: the account signs on this machine, and the URL plays', async () => {
    const { quickInput, statusBar, emulator, commandPalette, clipboard, sideBar } = window;
    const made = await fetch(`${emulator.api}/client/v4/accounts/${STUDIO_ID}/stream/keys`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${emulator.credentials.userToken}` },
    });
    const { result } = (await made.json()) as { result: { jwk: string } };
    signingKey = result.jwk;
    await upToWays('Keys only');
    await quickInput.pick('Signing key only');
    await quickInput.waitForTitle('Add Account (3/6)');
    await quickInput.pick('Paste it');
    await quickInput.waitForTitle('Add Account (4/6)');
    assert.equal(await quickInput.isPassword(), true);
    await quickInput.submit(signingKey);
    await quickInput.waitForTitle('Add Account (5/5)');
    await quickInput.submit('');
    await statusBar.item('Account "Keys only" is ready.').waitFor();
    const row = sideBar.row('Keys only').filter({ hasText: 'signing keys only' });
    await row.waitFor();
    await commandPalette.run('View: Close All Editors');
    const before = asked().length;
    await sideBar.chooseFromMenu('Keys only', 'Sign a Video…');
    await quickInput.waitForTitle('Sign a Stream Video');
    await quickInput.accept();
    await quickInput.waitForTitle('Video');
    await quickInput.submit(TOUR);
    await statusBar.item('Copied').waitFor();
    const url = await clipboard.waitFor(/manifest\/video\.m3u8$/);
    assert.deepEqual(asked().slice(before), []);
    assert.equal((await fetch(url)).status, 200);
  });

  it('left no credential in any log', () => {
    const { userToken, readToken, accountToken, unlistingAccountToken, globalKey, email } = CREDENTIALS;
    for (const { path, text } of window.logs())
      for (const secret of [
        userToken,
        readToken,
        accountToken.token,
        unlistingAccountToken.token,
        globalKey,
        email,
        signingKey,
      ])
        assert.ok(!text.includes(secret), path);
  });
});
