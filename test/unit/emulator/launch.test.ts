import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { STUDIO_ID } from '../../emulator/accounts';
import { CREDENTIALS } from '../../emulator/credentials';

describe('F5', () => {
  it('offers the account that the emulator has', () => {
    const offer = /"STREAM_SIGNER_EMULATED_ACCOUNT": (".*")/.exec(readFileSync('.vscode/launch.json', 'utf8'))?.[1];
    const { accountId, token } = JSON.parse(JSON.parse(offer ?? '"{}"'));
    assert.deepEqual([accountId, token], [STUDIO_ID, CREDENTIALS.userToken]);
  });
});
