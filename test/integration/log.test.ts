import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seams } from './support/extension';
import { waitFor } from './support/waitFor';

describe('log', () => {
  it('hides secrets on the way to the output channel', async () => {
    const { log, logUri } = await seams();
    const secret = 'integration-test-secret-0123456789';
    log.hide(secret);
    log.info(`before ${secret} after, and Bearer cfut_unknownunknownunknownunknown`);
    const file = join(logUri.fsPath, 'Stream Signer.log');
    let written = '';
    await waitFor(async () => {
      written = await readFile(file, 'utf8').catch(() => '');
      return written.includes('before');
    });
    assert.match(written, /before \[hidden\] after, and Bearer \[hidden\]/);
    assert.ok(!written.includes(secret));
  });
});
