import assert from 'node:assert/strict';
import { createPublicKey, type JsonWebKey, sign } from 'node:crypto';
import { checkSignature, type VerifyingKey, verifySignature } from '../../../../src/stream/keys/verifySignature';
import {
  DOCUMENTED_CLAIMS,
  DOCUMENTED_HEADER,
  DOCUMENTED_PUBLIC_KEY,
  DOCUMENTED_TOKEN,
} from '../../support/exampleToken';
import { sharedJson } from '../../support/shared';
import { jwt } from '../token/jwt';
import { KEY_ID, OTHER_ID, pem, testKey } from './testKeys';

const { n = '', e = '' } = createPublicKey(DOCUMENTED_PUBLIC_KEY).export({ format: 'jwk' });
const documented = { kid: DOCUMENTED_HEADER.kid, n, e };
const [HEADER = '', CLAIMS = '', SIGNATURE = ''] = DOCUMENTED_TOKEN.split('.');

describe('verifySignature', () => {
  const own = testKey();
  const ours = { kid: KEY_ID, n: own.jwk.n, e: own.jwk.e };
  /** A token that Node signs with our key, whatever its header says. */
  const signed = (header: unknown, payload: unknown = {}) => {
    const input = jwt(payload, header, '').slice(0, -1);
    const signature = sign('sha256', Buffer.from(input), own.pkcs8);
    return `${input}.${signature.toString('base64url')}`;
  };

  it('takes the token of Cloudflare’s documentation', async () =>
    assert.equal(await verifySignature(DOCUMENTED_TOKEN, documented), 'valid'));

  it('takes a token that Node signed', async () =>
    assert.equal(await verifySignature(signed({ alg: 'RS256', kid: KEY_ID }), ours), 'valid'));

  const tampered: readonly [string, string][] = [
    ['another header', `${jwt({}, { ...DOCUMENTED_HEADER, typ: 'JWT' }).split('.')[0]}.${CLAIMS}.${SIGNATURE}`],
    ['another claim', `${HEADER}.${jwt({ ...DOCUMENTED_CLAIMS, exp: '1537460366' }).split('.')[1]}.${SIGNATURE}`],
    ['a bit of the signature', `${HEADER}.${CLAIMS}.${SIGNATURE.replace('OZ', 'OY')}`],
    ['no signature', `${HEADER}.${CLAIMS}.`],
    ['no third part', `${HEADER}.${CLAIMS}`],
    ['a fourth part', `${DOCUMENTED_TOKEN}.`],
    ['padding', `${DOCUMENTED_TOKEN}==`],
    ['a blank behind', `${DOCUMENTED_TOKEN} `],
    ['a line break inside', `${HEADER}.${CLAIMS}.${SIGNATURE.slice(0, 40)}\n${SIGNATURE.slice(40)}`],
    ['the standard alphabet', `${HEADER}.${CLAIMS}.${SIGNATURE.replaceAll('-', '+').replaceAll('_', '/')}`],
    ['other bits after the last byte', DOCUMENTED_TOKEN.replace(/A$/, 'B')],
    ['another key’s signature', jwt(DOCUMENTED_CLAIMS, DOCUMENTED_HEADER, signed({}).split('.')[2])],
    ['17 KB', `${DOCUMENTED_TOKEN}${'A'.repeat(16_384)}`],
    ['nothing', ''],
    ['words', 'hello.there.you'],
  ];
  for (const [name, token] of tampered) {
    it(`refuses ${name}`, async () => assert.equal(await verifySignature(token, documented), 'invalid'));
  }

  const headers: readonly [string, unknown][] = [
    ['alg: none', { alg: 'none' }],
    ['alg: HS256', { alg: 'HS256' }],
    ['alg: PS256', { alg: 'PS256' }],
    ['alg: RS512', { alg: 'RS512' }],
    ['alg: rs256', { alg: 'rs256' }],
    ['no alg', { kid: KEY_ID }],
    ['a crit', { alg: 'RS256', crit: ['exp'], exp: 1 }],
    ['an empty crit', { alg: 'RS256', crit: [] }],
    ['b64: false', { alg: 'RS256', b64: false }],
    ['a header that is a list', ['RS256']],
    ['a header that is null', 'null'],
  ];
  for (const [name, header] of headers) {
    it(`refuses ${name}, signed well`, async () =>
      assert.equal(await verifySignature(signed(header), ours), 'invalid'));
  }

  const foreign: readonly [string, VerifyingKey][] = [
    ['use: enc', { ...ours, use: 'enc' }],
    ['alg: PS256', { ...ours, alg: 'PS256' }],
    ['key_ops: encrypt', { ...ours, key_ops: ['encrypt'] }],
    ['no modulus', { ...ours, n: '' }],
    ['a modulus that is not base64url', { ...ours, n: '?' }],
  ];
  for (const [name, key] of foreign) {
    it(`can’t use a key with ${name}`, async () =>
      assert.equal(await verifySignature(signed({ alg: 'RS256' }), key), 'unusableKey'));
  }

  it('says so where there is no cryptography', async () => {
    const before = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
    try {
      assert.equal(await verifySignature(DOCUMENTED_TOKEN, documented), 'noCrypto');
    } finally {
      Object.defineProperty(globalThis, 'crypto', before ?? {});
    }
  });

  it('never takes a key out of the token', async () => {
    const jwk = { kty: 'RSA', n: own.jwk.n, e: own.jwk.e };
    const token = signed({ alg: 'RS256', kid: DOCUMENTED_HEADER.kid, jwk, x5c: [pem('CERTIFICATE', 'MIIB')] });
    assert.equal(await verifySignature(token, documented), 'invalid');
    assert.deepEqual(await checkSignature(token, [documented]), { kind: 'invalid', kid: documented.kid });
  });
});

describe('checkSignature', () => {
  const other = { kid: OTHER_ID, n: testKey().jwk.n, e: 'AQAB' };

  it('finds the key by its id', async () => {
    assert.deepEqual(await checkSignature(DOCUMENTED_TOKEN, [other, documented]), {
      kind: 'valid',
      kid: documented.kid,
    });
  });
  it('does not try the others', async () => {
    const mislabelled = [
      { ...other, kid: documented.kid },
      { ...documented, kid: OTHER_ID },
    ];
    assert.deepEqual(await checkSignature(DOCUMENTED_TOKEN, mislabelled), { kind: 'invalid', kid: documented.kid });
    assert.deepEqual(await checkSignature(DOCUMENTED_TOKEN, [other]), { kind: 'unchecked', reason: 'unknownKey' });
    assert.deepEqual(await checkSignature(DOCUMENTED_TOKEN, []), { kind: 'unchecked', reason: 'unknownKey' });
  });
  it('takes the id of the claims when the header has none', async () => {
    assert.deepEqual(await checkSignature(jwt(DOCUMENTED_CLAIMS, { alg: 'RS256' }, SIGNATURE), [documented]), {
      kind: 'invalid',
      kid: documented.kid,
    });
  });
  const own = testKey();
  const signed = (header: object) => {
    const input = jwt({}, { alg: 'RS256', kid: KEY_ID, ...header }, '').slice(0, -1);
    return `${input}.${sign('sha256', Buffer.from(input), own.pkcs8).toString('base64url')}`;
  };
  const ours = { kid: KEY_ID, n: own.jwk.n, e: own.jwk.e };
  for (const [name, token, key, verdict] of [
    ['whose end is missing', DOCUMENTED_TOKEN.slice(0, -40), documented, 'cut'],
    ['whose last character is missing', DOCUMENTED_TOKEN.slice(0, -1), documented, 'cut'],
    ['with other bits after the last byte', DOCUMENTED_TOKEN.replace(/A$/, 'B'), documented, 'valid'],
    ['with one character more', `${DOCUMENTED_TOKEN}A`, documented, 'invalid'],
    ['that asks for an extension', signed({ crit: ['exp'] }), ours, 'valid'],
    ['with b64: true', signed({ b64: true }), ours, 'valid'],
    ['with zip, changed', signed({ zip: 'DEF' }).replace(/\.[^.]+\./, `.${CLAIMS}.`), ours, 'invalid'],
    ['of HS256', jwt({}, { alg: 'HS256', kid: documented.kid }, SIGNATURE), documented, 'notRs256'],
    ['of no algorithm', jwt({}, { kid: documented.kid }, SIGNATURE), documented, 'notRs256'],
    ['without a signature', `${HEADER}.${CLAIMS}.`, documented, 'noSignature'],
    ['with padding', `${DOCUMENTED_TOKEN}==`, documented, 'standardBase64'],
  ] as const) {
    it(`finds one ${name} ${verdict}`, async () => {
      const found = await checkSignature(token, [key]);
      assert.equal(found.kind === 'unchecked' ? found.reason : found.kind, verdict);
    });
  }
  for (const [name, token] of [
    ['an id', jwt({}, { alg: 'RS256' })],
    ['an id that is text', jwt({ kid: 7 }, { alg: 'RS256', kid: {} })],
    ['an id that is not empty', jwt({ kid: '' }, { alg: 'RS256', kid: '' })],
    ['a readable part', 'a.b.c'],
    ['anything', ''],
    ['an end', 'A'.repeat(16_385)],
  ] as const) {
    it(`does not check a token without ${name}`, async () =>
      assert.deepEqual(await checkSignature(token, [documented]), { kind: 'unchecked', reason: 'noKeyId' }));
  }
  const lengths: readonly [number, string][] = [
    [1, 'cut'],
    [341, 'cut'],
    [342, 'unknownKey'],
    [343, 'wrongLength'],
    [511, 'wrongLength'],
    [512, 'unknownKey'],
    [682, 'wrongLength'],
    [683, 'unknownKey'],
    [684, 'wrongLength'],
  ];
  for (const [length, reason] of lengths) {
    it(`finds a signature of ${length} characters, by a key that is not known, ${reason}`, async () =>
      assert.deepEqual(await checkSignature(`${HEADER}.${CLAIMS}.${'A'.repeat(length)}`, [other]), {
        kind: 'unchecked',
        reason,
      }));
  }
  it('does not check with a key that is none', async () =>
    assert.deepEqual(await checkSignature(DOCUMENTED_TOKEN, [{ ...documented, n: '' }]), {
      kind: 'unchecked',
      reason: 'unusableKey',
    }));
});

interface Wycheproof {
  readonly testGroups: readonly {
    readonly public: JsonWebKey & VerifyingKey;
    readonly tests: readonly { readonly tcId: number; readonly jws: string; readonly result: 'valid' | 'invalid' }[];
  }[];
}

describe('verifySignature and Wycheproof', () => {
  it('agree about all 235 RS256 signatures', async function () {
    const vectors = sharedJson('vectors/wycheproof-rs256-jws.json.gz') as Wycheproof | undefined;
    if (vectors === undefined) this.skip();
    const wrong: number[] = [];
    let count = 0;
    for (const { public: key, tests } of vectors.testGroups) {
      for (const { tcId, jws, result } of tests) {
        count++;
        if (((await verifySignature(jws, key)) === 'valid') !== (result === 'valid')) wrong.push(tcId);
      }
    }
    assert.deepEqual([count, wrong], [235, []]);
  });
});
