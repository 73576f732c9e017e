import assert from 'node:assert/strict';
import type { NewAccount } from '../../../../src/flows/accounts/accounts';
import { createLiveInputs } from '../../../../src/flows/library/liveInputs';
import { showVideo } from '../../../../src/flows/library/showVideo';
import type { NamedVideo } from '../../../../src/flows/library/videoAccount';
import { type ApiScript, fakeApi } from '../../support/fakeApi';
import { memoryAccounts, memoryShelf } from '../../support/memory';
import { type Act, scriptedPrompter } from '../../support/scriptedPrompter';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const account = (label: string): NewAccount => ({
  label,
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  credential: { kind: 'apiToken', token: 'cfut_studio_studio_studio' },
});
const keysOnly: NewAccount = { label: 'Keys only' };
const tour = { id: ID, name: 'Tour', created: '2026-03-01T00:00:00Z', state: 'ready', requireSignedUrls: true };
const found: ApiScript = { video: { video: tour, details: { uid: ID } } };
const notFound = { code: 'notFound', status: 404, errors: [] } as const;

async function play(accounts: readonly NewAccount[], script: ApiScript, video: NamedVideo, ...acts: readonly Act[]) {
  const stored = await memoryAccounts(...accounts);
  const prompter = scriptedPrompter(acts);
  const api = fakeApi(script);
  const shelf = memoryShelf();
  await shelf.write('a2', [{ id: ID.replace('1', '2'), name: 'Known', signed: true }]);
  const updated: string[] = [];
  const videos = { update: async (key: string) => void updated.push(key), onChange: () => () => {} };
  const liveInputs = createLiveInputs({ accounts: stored, openApi: () => api, videos, log: stored.log, now: () => 0 });
  const shown = await showVideo(video, {
    prompter,
    accounts: stored,
    shelf,
    openApi: () => api,
    videos,
    liveInputs,
  });
  return { shown, prompter, api, updated };
}

describe('showing a video', () => {
  const whose: readonly [string, readonly NewAccount[], NamedVideo, string, readonly Act[]][] = [
    ['of the account that is named', [account('A'), account('B')], { accountKey: 'a1', videoId: ID }, 'a1', []],
    ['of the only account', [account('A')], { videoId: ID }, 'a1', []],
    ['of the only account that may ask', [keysOnly, account('B')], { videoId: ID }, 'a2', []],
    ['of the account it is known from', [account('A'), account('B')], { videoId: ID.replace('1', '2') }, 'a2', []],
    ['of the account that is picked', [account('A'), account('B')], { videoId: ID }, 'a2', [{ pick: 'B' }]],
  ];
  for (const [title, accounts, video, owner, acts] of whose) {
    it(`asks for it ${title}`, async () => {
      const { shown, updated } = await play(accounts, found, video, ...acts);
      assert.deepEqual(shown, { ok: true, value: { title: 'Tour', json: `{\n  "uid": "${ID}"\n}\n` } });
      assert.deepEqual(updated, [owner]);
    });
  }

  it('shows of a live input what is no secret', async () => {
    const liveInput = { name: 'Stage', connected: true, requireSignedUrls: false, allowedOrigins: [] };
    const { shown, api } = await play([account('A')], { video: notFound, liveInput }, { videoId: ID });
    assert.ok(shown.ok);
    assert.deepEqual([shown.value.title, JSON.parse(shown.value.json)], ['Stage', { uid: ID }]);
    assert.deepEqual(api.calls, [`video ${ID}`, `live input ${ID}`]);
  });

  it('says that there is neither', async () => {
    const { shown } = await play([account('A')], { video: notFound, liveInput: notFound }, { videoId: ID });
    assert.deepEqual(shown, { ok: false, failure: notFound });
  });

  it('says what to do where nobody can be asked', async () => {
    for (const accounts of [[], [keysOnly]]) {
      const { shown, prompter, api } = await play(accounts, {}, { videoId: ID });
      assert.deepEqual([shown.ok, prompter.told.length, api.calls.length], [false, 1, 0]);
    }
  });

  it('asks nobody for what is no id', async () => {
    const { shown, api } = await play([account('A')], {}, { videoId: '../keys' });
    assert.deepEqual([shown.ok, api.calls.length], [false, 0]);
  });
});
