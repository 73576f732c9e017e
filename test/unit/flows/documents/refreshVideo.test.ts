import assert from 'node:assert/strict';
import { refreshVideo } from '../../../../src/flows/documents/refreshVideo';
import { memoryAccounts, memoryShelf } from '../../support/memory';
import { scriptedPrompter } from '../../support/scriptedPrompter';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';

async function play(videoId: string, { canCallApi = true, absent = false } = {}) {
  const accounts = await memoryAccounts({
    label: 'Studio',
    accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
    credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
  });
  const asked: string[] = [];
  const knowledge: Parameters<typeof refreshVideo>[1]['knowledge'] = {
    async find(_id, _kid, [account]) {
      assert.ok(account);
      return { account, name: absent ? '' : 'Tour', state: '', facts: absent ? { absent: true } : {}, asked: true };
    },
    async ask(id, accountKey) {
      asked.push(`${id} of ${accountKey}`);
      return { ok: true, value: undefined };
    },
  };
  const prompter = scriptedPrompter([]);
  const outcome = await refreshVideo({ videoId }, { prompter, accounts, shelf: memoryShelf(), knowledge, canCallApi });
  return { failure: outcome.ok ? 'none' : outcome.failure.code, asked, prompter };
}

describe('asking anew about a video', () => {
  it('asks the account and mentions what it found', async () => {
    const { failure, asked, prompter } = await play(ID);
    assert.deepEqual([failure, asked], ['none', [`${ID} of a1`]]);
    assert.deepEqual(prompter.mentioned, ['Asked Cloudflare: Tour']);
  });

  it('says that there is nothing with this id', async () => {
    const { prompter } = await play(ID, { absent: true });
    assert.deepEqual(prompter.told, ['Neither a video nor a live input with this id is in the account.']);
  });

  it('asks nobody for what is no id, nor where nobody can be asked', async () => {
    const junk = await play('../keys');
    const browser = await play(ID, { canCallApi: false });
    assert.deepEqual(
      [junk.failure, junk.asked, browser.failure, browser.asked],
      ['cancelled', [], 'apiUnavailable', []],
    );
  });
});
