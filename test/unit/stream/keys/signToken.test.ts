import assert from 'node:assert/strict';
import { createVerify } from 'node:crypto';
import fc from 'fast-check';
import { parseKey } from '../../../../src/stream/keys/parseKey';
import { withId } from '../../../../src/stream/keys/signingKey';
import { importKey, signClaims, signToken, signTokens, tokenClaims } from '../../../../src/stream/keys/signToken';
import type { TokenOptions } from '../../../../src/stream/token/options';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';
import { VIDEO_ID } from '../token/jwt';
import { KEY_ID, testKey } from './testKeys';

const NOW = 1_800_000_000.75;
const { jwk, publicKey } = testKey();

/** What Node's own verifier makes of a token. */
function verifies(token: string): boolean {
  const [header, claims, signature = ''] = token.split('.');
  return createVerify('sha256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url');
}
const textOf = (token: string, part: 0 | 1) => Buffer.from(token.split('.')[part] ?? '', 'base64url').toString();

describe('signToken', () => {
  const rows: readonly [string, TokenOptions, string][] = [
    ['nothing set: an hour', {}, '"exp":1800003600'],
    ['a lifetime', { expiry: { kind: 'fromNow', seconds: 90 } }, '"exp":1800000090'],
    ['a moment', { expiry: { kind: 'at', seconds: 1_900_000_000 } }, '"exp":1900000000'],
    ['a broken second', { expiry: { kind: 'at', seconds: 1_900_000_000.9 } }, '"exp":1900000000'],
    ['a week, as asked for', { expiry: { kind: 'fromNow', seconds: 604_800 } }, '"exp":1800604800'],
    ['a start', { notBefore: { kind: 'fromNow', seconds: -60 } }, '"exp":1800003600,"nbf":1799999940'],
    ['downloads', { downloadable: true }, '"exp":1800003600,"downloadable":true'],
    ['no downloads, said so', { downloadable: false }, '"exp":1800003600,"downloadable":false'],
    ['the original', { original: true }, '"exp":1800003600,"flags":{"original":true}'],
    [
      'rules',
      {
        accessRules: [
          { type: 'ip.geoip.country', action: 'allow', country: ['GB'] },
          { type: 'any', action: 'block' },
        ],
      },
      '"exp":1800003600,"accessRules":[{"type":"ip.geoip.country","action":"allow","country":["GB"]},{"type":"any","action":"block"}]',
    ],
    [
      'everything, in order',
      {
        original: false,
        accessRules: [],
        downloadable: true,
        notBefore: { kind: 'at', seconds: 5 },
        expiry: { kind: 'at', seconds: 9 },
      },
      '"exp":9,"nbf":5,"downloadable":true,"accessRules":[],"flags":{"original":false}',
    ],
  ];
  for (const [name, options, claims] of rows) {
    it(name, async () => {
      const token = await signToken(jwk, VIDEO_ID, options, NOW);
      assert.equal(textOf(token, 0), `{"alg":"RS256","kid":"${KEY_ID}"}`);
      assert.equal(textOf(token, 1), `{"sub":"${VIDEO_ID}","kid":"${KEY_ID}",${claims}}`);
      assert.ok(verifies(token));
    });
  }

  it('is the same every time', async () => {
    const once = await signToken(jwk, VIDEO_ID, {}, NOW);
    assert.equal(await signToken(jwk, VIDEO_ID, {}, NOW), once);
  });

  it('verifies with WebCrypto', async () => {
    const [header, claims, signature = ''] = (await signToken(jwk, VIDEO_ID, {}, NOW)).split('.');
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const imported = await crypto.subtle.importKey('jwk', publicKey.export({ format: 'jwk' }), algorithm, false, [
      'verify',
    ]);
    const signed = new TextEncoder().encode(`${header}.${claims}`);
    assert.ok(await crypto.subtle.verify(algorithm, imported, Buffer.from(signature, 'base64url'), signed));
  });

  it('writes no padding and no other alphabet, whatever stands in it', async () => {
    const key = await importKey(jwk);
    const claims = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }));
    await fc.assert(
      fc.asyncProperty(claims, async (given) => {
        const token = await signClaims(key, KEY_ID, JSON.stringify(given));
        assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]{342}$/);
        assert.equal(textOf(token, 1), JSON.stringify(given));
      }),
      { numRuns: Math.min(RUNS, 2000) },
    );
  });

  it('says nothing of the key when the engine does not take it', async () => {
    await assert.rejects(signToken({ ...jwk, d: '' }, VIDEO_ID, {}, NOW), (error: Error) => {
      for (const secret of [jwk.p, jwk.q, jwk.dp])
        assert.ok(!`${error.stack}${error.message}`.includes(secret.slice(0, 12)));
      return true;
    });
  });
});

describe('signTokens', () => {
  const ids = Array.from({ length: 50 }, (_, at) => at.toString(16).padStart(32, '0'));

  it('signs for each video, in their order', async () => {
    const tokens = await signTokens(jwk, ids, {}, NOW);
    assert.deepEqual(
      tokens.map((token) => JSON.parse(textOf(token, 1)).sub),
      ids,
    );
    assert.ok(tokens.every(verifies));
    assert.equal(tokens[7], await signToken(jwk, ids[7] ?? '', {}, NOW));
  });

  it('signs nothing for nobody', async () => assert.deepEqual(await signTokens(jwk, [], {}, NOW), []));

  it('has at most four signatures under way, and imports the key once', async () => {
    const { importKey: reallyImport, sign: reallySign } = crypto.subtle;
    let [imports, underway, most] = [0, 0, 0];
    crypto.subtle.importKey = (...given: unknown[]) => {
      imports++;
      return Reflect.apply(reallyImport, crypto.subtle, given);
    };
    crypto.subtle.sign = async (...given) => {
      most = Math.max(most, ++underway);
      const signature = await Reflect.apply(reallySign, crypto.subtle, given);
      underway--;
      return signature;
    };
    try {
      await signTokens(jwk, ids, {}, NOW);
    } finally {
      Object.assign(crypto.subtle, { importKey: reallyImport, sign: reallySign });
    }
    assert.deepEqual({ imports, most }, { imports: 1, most: 4 });
  });
});

describe('tokenClaims', () => {
  it('is what is signed', async () => {
    const options: TokenOptions = { downloadable: true };
    const token = await signToken(jwk, VIDEO_ID, options, NOW);
    assert.equal(textOf(token, 1), JSON.stringify(tokenClaims(KEY_ID, VIDEO_ID, options, NOW)));
  });
});

interface TokenVectors {
  readonly kid: string;
  readonly pem_base64_as_api_returns_it: string;
  readonly jwk_base64_as_api_would_return_it: string;
  readonly vectors: readonly {
    readonly name: string;
    readonly header: object;
    readonly payload: object;
    readonly token: string;
  }[];
}

describe('the key of Cloudflare’s documentation', () => {
  const vectors = sharedJson('vectors/token-vectors.json.gz') as TokenVectors | undefined;

  it('signs the documented token, byte for byte', async function () {
    if (vectors === undefined) this.skip();
    const parsed = parseKey(vectors.pem_base64_as_api_returns_it);
    assert.ok(parsed.ok);
    const key = await importKey(withId(parsed.key, vectors.kid));
    const claims = { sub: 'ea95132c15732412d22c1476fa83f27a', kid: vectors.kid, exp: '1537460365', nbf: '1537453165' };
    assert.equal(await signClaims(key, vectors.kid, JSON.stringify(claims)), DOCUMENTED_TOKEN);
  });

  it('is the same as pem and as jwk', function () {
    if (vectors === undefined) this.skip();
    const [pem, jwk] = [vectors.pem_base64_as_api_returns_it, vectors.jwk_base64_as_api_would_return_it].map(parseKey);
    assert.ok(pem?.ok && jwk?.ok);
    assert.deepEqual(pem.key, jwk.key);
    assert.deepEqual([pem.id, jwk.id], [undefined, vectors.kid]);
  });

  it('signs the other known tokens that have Stream’s header', async function () {
    if (vectors === undefined) this.skip();
    const parsed = parseKey(vectors.jwk_base64_as_api_would_return_it);
    assert.ok(parsed.ok && parsed.id);
    const key = await importKey(withId(parsed.key, parsed.id));
    const known = vectors.vectors.filter(({ header }) => Object.keys(header).join() === 'alg,kid');
    assert.ok(known.length > 1);
    for (const { name, payload, token } of known) {
      assert.equal(await signClaims(key, vectors.kid, JSON.stringify(payload)), token, name);
    }
  });
});
