import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

describe('package', () => {
  it('ships what it names and nothing else', function () {
    this.timeout(30_000);
    const vsce = 'node_modules/@vscode/vsce/vsce';
    const listed = execFileSync(process.execPath, [vsce, 'ls', '--no-dependencies'], { encoding: 'utf8' });
    assert.deepEqual(listed.trim().split('\n').sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist/engine.js',
      'dist/extension.js',
      'dist/extension.web.js',
      'media/activity.svg',
      'media/claims-dark.svg',
      'media/claims-light.svg',
      'media/icon.png',
      'package.json',
      'package.nls.json',
    ]);
  });

  it('has a small entry, and no HTTP client or crypto of its own in it', () => {
    assert.ok(statSync('dist/extension.js').size < 100_000);
    for (const file of ['extension.js', 'engine.js', 'extension.web.js']) {
      assert.doesNotMatch(readFileSync(`dist/${file}`, 'utf8'), /undici|navigator/, file);
    }
    assert.doesNotMatch(readFileSync('dist/extension.js', 'utf8'), /base64url|safeParse/);
  });
});
