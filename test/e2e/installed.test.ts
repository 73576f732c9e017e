import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../host/repository';
import { temporaryFolder } from '../host/temporaryFolder';
import { SOME_SIGNATURE } from '../unit/support/someSignature';
import { openWindow, type Window } from './support/window';

describe('installed from the package', () => {
  let window: Window;
  const folder = temporaryFolder('stream-signer-package-');
  before(async function () {
    this.timeout(120_000);
    const vsix = join(folder.path, 'stream-signer.vsix');
    const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
    execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'package', ...options, '--out', vsix], {
      cwd: repositoryRoot(),
    });
    assert.ok(statSync(vsix).size <= 360 * 1024, 'the package has grown over 360 KB');
    window = await openWindow({ installVsix: vsix, offerAccount: true });
  });
  after(async () => {
    await window?.close();
    folder.remove();
  });

  it('reads no variable that would lead it to an emulator', async () => {
    const { sideBar, commandPalette } = window;
    await sideBar.open('Stream Signer');
    await sideBar.waitForWelcome('permission Account → Stream → Edit');
    assert.equal(await commandPalette.offers('Stream Signer: Add Account…'), true);
    assert.equal(await commandPalette.offers('Stream Signer: Add the Emulated Account'), false);
    assert.doesNotMatch(await sideBar.welcome(), /Emulated/);
  });

  it('decodes a token', async () => {
    const { commandPalette, quickInput, webview } = window;
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    await commandPalette.run('Stream Signer: Decode Token…');
    await quickInput.waitForTitle('Decode Token');
    await quickInput.submit(
      `${part({ alg: 'RS256', kid: 'k' })}.${part({ sub: 'f'.repeat(32), kid: 'k', exp: 1 })}.${SOME_SIGNATURE}`,
    );
    const page = await webview.waitFor('Token for fffffffffff…');
    assert.match(await page.locator('h1').innerText(), /^Expired /);
  });
});
