import assert from 'node:assert/strict';
import type { AccountSummary } from '../../../../src/flows/accounts/accounts';
import { requestPage } from '../../../../src/flows/signing/requestPage';
import type { Signing } from '../../../../src/flows/signing/signing';
import { VIDEO_ID } from '../../stream/token/jwt';

const NOW = 1_800_000_000;
const account: AccountSummary = {
  key: 'a1',
  label: 'Studio',
  accountId: '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87',
  credential: 'stored',
  credentialKind: 'apiToken',
};
const signing: Signing = {
  account,
  video: { id: VIDEO_ID, name: '' },
  options: {},
  signWith: { kind: 'api' },
  form: 'hls',
  destination: 'copy',
};
const page = (change: Partial<Signing>) => requestPage({ ...signing, ...change }, NOW, undefined) ?? '';

describe('the page that shows a request', () => {
  it('says that nothing set means no body', () => {
    assert.match(page({}), /^# Nothing was set, so it has no body/m);
    assert.ok(!page({}).includes('--data'));
  });

  it('has the body that would be sent at that moment', () => {
    const text = page({ options: { expiry: { kind: 'fromNow', seconds: 7200 }, downloadable: true } });
    assert.ok(text.includes(`--data-raw '{"exp":${NOW + 7200},"downloadable":true}'`));
    assert.match(text, /^# Times in the body are in seconds since 1970/m);
  });

  it('names the variables of a Global API Key', () => {
    const text = page({ account: { ...account, credentialKind: 'globalKey' } });
    assert.match(text, /^# To run it, set CLOUDFLARE_EMAIL, CLOUDFLARE_API_KEY first\.$/m);
  });

  it('has only comments above the command', () => {
    const [comments = '', command = ''] = page({}).split('\n\n');
    for (const line of comments.split('\n')) assert.match(line, /^# \S/);
    assert.match(command, /^curl /);
  });

  it('is none without a video, or where no API is called', () => {
    const { credentialKind: _, ...keyOnly } = account;
    const { accountId: __, ...nameless } = account;
    for (const change of [{ video: undefined }, { account: keyOnly }, { account: nameless }])
      assert.equal(requestPage({ ...signing, ...change }, NOW, undefined), undefined);
  });
});
