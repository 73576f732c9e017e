import assert from 'node:assert/strict';
import { originsOf } from '../../../src/editor/origins';

const account = '{"label":"x"}';
const environment = (origin: string) => ({
  STREAM_SIGNER_API_ORIGIN: origin,
  STREAM_SIGNER_DELIVERY_ORIGIN: origin,
  STREAM_SIGNER_EMULATED_ACCOUNT: account,
  CLOUDFLARE_BASE_URL: 'http://127.0.0.1:1',
});

describe('where credentials go', () => {
  for (const origin of ['http://127.0.0.1:8080', 'http://localhost:1', 'https://localhost', 'http://[::1]:8080']) {
    it(`can be ${origin} in development`, () =>
      assert.deepEqual(originsOf(false, environment(origin)), {
        api: origin,
        delivery: origin,
        emulatedAccount: account,
      }));
    it(`is never ${origin} when installed`, () => assert.deepEqual(originsOf(true, environment(origin)), {}));
  }

  const strangers = [
    '',
    'evil.example',
    'http://evil.example',
    'https://api.cloudflare.com.evil.example',
    'http://127.0.0.1.evil.example',
    'http://127.0.0.1@evil.example',
    'http://user@127.0.0.1:8080',
    'http://127.0.0.1:8080/path',
    'http://127.0.0.1:8080/',
    'http://127.0.0.1:8080?x',
    'http://localhost.evil.example',
    'http://0.0.0.0:8080',
    'http://192.168.0.1',
    'file:///etc/passwd',
    'HTTP://LOCALHOST:1',
  ];
  for (const origin of strangers) {
    it(`is never ${JSON.stringify(origin)}, not even in development`, () =>
      assert.deepEqual(originsOf(false, environment(origin)), {}));
  }

  it('is Cloudflare without a variable', () => assert.deepEqual(originsOf(false, {}), {}));
});
