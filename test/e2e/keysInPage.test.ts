import assert from 'node:assert/strict';
import { createVerify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { parseKey } from '../../src/stream/keys/parseKey';
import type { proveKey } from '../../src/stream/keys/proveKey';
import { publicHalf } from '../../src/stream/keys/signingKey';
import { signToken } from '../../src/stream/keys/signToken';
import type { VerifyingKey, verifySignature } from '../../src/stream/keys/verifySignature';
import { launchBrowser } from '../host/browser';
import { repositoryRoot } from '../host/repository';
import { apiAnswer, testKey } from '../unit/stream/keys/testKeys';
import { VIDEO_ID } from '../unit/stream/token/jwt';
import { sharedJson } from '../unit/support/shared';

/** What the bundle below leaves in the page. */
declare const keys: {
  readonly parseKey: typeof parseKey;
  readonly proveKey: typeof proveKey;
  readonly signToken: typeof signToken;
  readonly verifySignature: typeof verifySignature;
};

const NOW = 1_800_000_000;
const MEMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] as const;

/** The engine of the browser is not Node's: it takes other keys for broken, and so the verdict has to be ours. */
describe('signing keys in a page of a browser', () => {
  const key = testKey();
  let browser: Browser;
  let page: Page;
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end('<title>keys</title>');
  });

  before(async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `
          export { parseKey } from './src/stream/keys/parseKey';
          export { proveKey } from './src/stream/keys/proveKey';
          export { signToken } from './src/stream/keys/signToken';
          export { verifySignature } from './src/stream/keys/verifySignature';`,
        resolveDir: repositoryRoot(),
        loader: 'ts',
      },
      bundle: true,
      format: 'iife',
      globalName: 'keys',
      platform: 'browser',
      target: 'es2024',
      write: false,
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  });
  after(async () => {
    await browser?.close();
    server.close();
  });

  it('verifies what Node signed, with the page’s own WebCrypto', async () => {
    const token = await signToken(key.jwk, VIDEO_ID, {}, NOW);
    const jwk = key.publicKey.export({ format: 'jwk' });
    const verified = await page.evaluate(
      async ([signed, publicKey]) => {
        const [header, claims, signature = ''] = signed.split('.');
        const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
        const imported = await crypto.subtle.importKey('jwk', publicKey, algorithm, false, ['verify']);
        const bytes = Uint8Array.from(atob(signature.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
          c.charCodeAt(0),
        );
        return crypto.subtle.verify(algorithm, imported, bytes, new TextEncoder().encode(`${header}.${claims}`));
      },
      [token, jwk as JsonWebKey] as const,
    );
    assert.equal(verified, true);
  });

  it('signs the same token as Node, byte for byte', async () => {
    const token = await page.evaluate(([jwk, id, now]) => keys.signToken(jwk, id, {}, now), [
      key.jwk,
      VIDEO_ID,
      NOW,
    ] as const);
    assert.equal(token, await signToken(key.jwk, VIDEO_ID, {}, NOW));
    const [header, claims, signature = ''] = token.split('.');
    assert.ok(createVerify('sha256').update(`${header}.${claims}`).verify(key.publicKey, signature, 'base64url'));
  });

  it('reads the same key from each of its forms', async () => {
    const texts = [key.pkcs1, key.pkcs8, JSON.stringify(key.jwk), apiAnswer(key)];
    const results = await page.evaluate((given) => given.map((text) => keys.parseKey(text)), texts);
    const { n, e, d, p, q, dp, dq, qi } = key.jwk;
    for (const result of results) assert.deepEqual(result.ok && result.key, { n, e, d, p, q, dp, dq, qi });
  });

  it('proves good keys, and no altered one', async () => {
    const good = [key.jwk, testKey('a', 3072).jwk, testKey('a', 2048, 3).jwk];
    assert.deepEqual(await page.evaluate(proveAll, good), [null, null, null]);
    const other = testKey('b').jwk;
    const altered = MEMBERS.flatMap((member) => {
      const middle = Math.floor(key.jwk[member].length / 2);
      const digit = key.jwk[member][middle] === 'A' ? 'B' : 'A';
      const changed = `${key.jwk[member].slice(0, middle)}${digit}${key.jwk[member].slice(middle + 1)}`;
      return [changed, other[member] === key.jwk[member] ? 'Aw' : other[member], '', 'AQ'].map((value) => ({
        ...key.jwk,
        [member]: value,
      }));
    });
    const verdicts = await page.evaluate(proveAll, altered);
    assert.equal(verdicts.length, 32);
    assert.ok(
      verdicts.every((code) => code === 'damaged' || code === 'tooShort' || code === 'exponent'),
      `${verdicts}`,
    );
  });

  it('agrees with Wycheproof about all 235 RS256 signatures', async function () {
    const vectors = sharedJson('vectors/wycheproof-rs256-jws.json.gz') as
      | { testGroups: { public: VerifyingKey; tests: { jws: string; result: string }[] }[] }
      | undefined;
    if (vectors === undefined) this.skip();
    const cases = vectors.testGroups.flatMap(({ public: publicKey, tests }) =>
      tests.map(({ jws, result }) => ({ jws, result, publicKey })),
    );
    const found = await page.evaluate(
      (given) => Promise.all(given.map(({ jws, publicKey }) => keys.verifySignature(jws, publicKey))),
      cases,
    );
    assert.equal(found.length, 235);
    assert.deepEqual(
      found.map((verdict) => verdict === 'valid'),
      cases.map(({ result }) => result === 'valid'),
    );
  });

  it('says so in a page without a secure context', async () => {
    const insecure = await browser.newPage();
    // The name has no address: the answer is given here.
    await insecure.route('http://insecure.example/', (route) =>
      route.fulfill({ body: '<title>keys</title>', contentType: 'text/html' }),
    );
    await insecure.goto('http://insecure.example/');
    assert.equal(await insecure.evaluate(() => isSecureContext), false);
    await insecure.addScriptTag({ content: await page.locator('script').innerHTML() });
    const token = await signToken(key.jwk, VIDEO_ID, {}, NOW);
    const [proof, verdict] = await insecure.evaluate(
      async ([jwk, signed, publicKey]) =>
        [await keys.proveKey(jwk), await keys.verifySignature(signed, publicKey)] as const,
      [key.jwk, token, publicHalf(key.jwk)] as const,
    );
    assert.deepEqual([proof, verdict], [{ code: 'noCrypto' }, 'noCrypto']);
  });
});

/** Runs in the page. */
async function proveAll(jwks: readonly Parameters<typeof proveKey>[0][]): Promise<readonly (string | null)[]> {
  return Promise.all(jwks.map(async (jwk) => (await keys.proveKey(jwk))?.code ?? null));
}
