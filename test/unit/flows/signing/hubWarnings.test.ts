import assert from 'node:assert/strict';
import { hubWarnings } from '../../../../src/flows/signing/hubWarnings';
import type { Signing } from '../../../../src/flows/signing/signing';
import type { TokenOptions } from '../../../../src/stream/token/options';

const NOW = 1_800_000_000;
const API = { kind: 'api' } as const;
const LOCAL = { kind: 'local', kid: '5c1d8a7be2f04e6f9a3b0c4d2e1f7a68' } as const;
const HOUR = { expiry: { kind: 'fromNow', seconds: 3600 } } as const;
const LONG = { expiry: { kind: 'fromNow', seconds: 86_401 } } as const;
const PAST = { expiry: { kind: 'at', seconds: NOW - 1 } } as const;

describe('what the hub says of the expiry', () => {
  const rows: readonly [string, Signing['signWith'], TokenOptions, number, RegExp | undefined][] = [
    ['a key on this machine', LOCAL, {}, 7200, /clock is 2 h ahead/],
    ['a key on this machine, and a clock that is right', LOCAL, {}, 0, undefined],
    ['Cloudflare, with a time reckoned here', API, HOUR, -7200, /clock is 2 h behind/],
    ['Cloudflare, which reckons the time itself', API, {}, 7200, undefined],
    ['a key on this machine, for longer than Cloudflare documents', LOCAL, LONG, 0, /More than the 24 h/],
    ['Cloudflare, which takes 24 h at most', API, LONG, 0, undefined],
    ['a time that has passed, which is worse', LOCAL, PAST, 7200, /expiry has passed/],
  ];
  for (const [name, signWith, options, clockAhead, expected] of rows) {
    it(`${name} → ${expected}`, () => {
      const signing = { signWith, options } as Signing;
      const { expires } = hubWarnings(signing, NOW, { locale: 'en', timeZone: 'UTC' }, clockAhead);
      assert.ok(expected === undefined ? expires === undefined : expected.test(expires ?? ''), expires);
    });
  }
});

it('the hub says that WebRTC playback takes no token of the API', () => {
  const warned = (form: Signing['form'], signWith: Signing['signWith']) =>
    hubWarnings({ signWith, options: {}, form } as Signing, NOW, { locale: 'en' }, 0).signWith !== undefined;
  assert.deepEqual([warned('whep', API), warned('whep', LOCAL), warned('hls', API)], [true, false, false]);
});
