import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { LIBRARY_ID, STUDIO_ID } from '../../emulator/accounts';
import { type Emulator, startEmulator } from '../../emulator/server';
import { MOST_KEYS, type ShownKey } from '../../emulator/signingKeys';
import { createSigningKey, parseToken, type SigningKey, signParts } from '../../emulator/token';
import { call } from './call';

const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const TRAILER = '2c7a1e3b5d9f48e4ab6c8d7f90a12345';
const KEYS = `/accounts/${STUDIO_ID}/stream/keys`;
const NOW = Date.parse('2026-11-23T12:00:00.123Z');
const SECONDS = Math.floor(NOW / 1000);

describe('emulator: signing keys', () => {
  let emulator: Emulator;
  let stranger: SigningKey;
  before(async () => {
    emulator = await startEmulator({ now: () => NOW });
    stranger = await createSigningKey('ab'.repeat(16));
  });
  beforeEach(() => {
    for (const { id } of emulator.keys.list(STUDIO_ID)) emulator.keys.revoke(STUDIO_ID, id);
  });
  after(() => emulator.close());

  const create = async (): Promise<ShownKey> => {
    const { status, body } = await call(emulator, 'POST', KEYS);
    assert.equal(status, 200);
    return body.result as ShownKey;
  };
  const listed = async () => (await call(emulator, 'GET', KEYS)).body.result;
  const privateKeyOf = ({ pem }: ShownKey) => createPrivateKey(Buffer.from(pem, 'base64').toString());
  const sign = (kid: string, key: KeyObject, claims: object = {}, header: object = {}) =>
    signParts({ alg: 'RS256', kid, ...header }, { sub: TOUR, kid, exp: SECONDS + 60, ...claims }, key);
  const watch = async (token: string) => (await fetch(`${emulator.edge}/${token}/manifest/video.m3u8`)).status;

  it('shows a new key once, as PKCS#1 and as JWK, both in base64', async () => {
    const { id, pem, jwk, created, ...rest } = await create();
    assert.match(id, /^[0-9a-f]{32}$/);
    assert.equal(created, '2026-11-23T12:00:00.123000Z');
    assert.deepEqual(rest, {});
    const text = Buffer.from(pem, 'base64').toString();
    assert.match(text, /^-----BEGIN RSA PRIVATE KEY-----\n[\s\S]+\n-----END RSA PRIVATE KEY-----\n$/);
    const inside = JSON.parse(Buffer.from(jwk, 'base64').toString());
    const names = ['use', 'kty', 'kid', 'alg', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
    assert.deepEqual(Object.keys(inside), names);
    assert.deepEqual([inside.use, inside.kid, inside.alg], ['sig', id, 'RS256']);
    assert.ok(createPrivateKey({ key: inside, format: 'jwk' }).equals(createPrivateKey(text)));
    assert.deepEqual(await listed(), [{ id, created, key_id: id }]);
  });

  it('plays what such a key signs until it is revoked, and what the API signs for ever', async () => {
    const [one, other] = [await create(), await create()];
    const token = sign(one.id, privateKeyOf(one));
    const made = (await call(emulator, 'POST', `/accounts/${STUDIO_ID}/stream/${TOUR}/token`)).body.result as {
      readonly token: string;
    };
    assert.equal(await watch(token), 200);
    assert.equal((await call(emulator, 'DELETE', `${KEYS}/${one.id}`)).status, 200);
    assert.deepEqual(
      [await watch(token), await watch(sign(other.id, privateKeyOf(other))), await watch(made.token)],
      [401, 200, 200],
    );
    assert.equal((await call(emulator, 'DELETE', `${KEYS}/${one.id}`)).status, 404);
  });

  it('lets the API sign with a key of the account', async () => {
    const { id, pem } = await create();
    const path = `/accounts/${STUDIO_ID}/stream/${TOUR}/token`;
    const { token } = (await call(emulator, 'POST', path, { body: { id, pem } })).body.result as { token: string };
    assert.deepEqual([parseToken(token)?.claims.kid, await watch(token)], [id, 200]);
    assert.equal((await call(emulator, 'POST', path, { body: { id } })).status, 400);
    assert.equal((await call(emulator, 'POST', path, { body: { pem } })).status, 400);
  });

  const now = SECONDS;
  const blocked = [{ type: 'any', action: 'block' }];
  const tokens: readonly (readonly [string, (id: string, key: KeyObject) => string, number])[] = [
    ['times as numbers', (id, key) => sign(id, key, { nbf: now - 60 }), 200],
    ['times as text', (id, key) => sign(id, key, { exp: `${now + 60}`, nbf: `${now - 60}` }), 200],
    ['no kid in the claims', (id, key) => sign(id, key, { kid: undefined }), 200],
    ['one bit of the signature turned', (id, key) => turned(sign(id, key)), 401],
    ['other claims under its signature', (id, key) => mixed(sign(id, key), sign(id, key, { sub: TRAILER })), 401],
    ['another kid in the header', (id, key) => sign(id, key, {}, { kid: 'f'.repeat(32) }), 401],
    ['another kid in the claims', (id, key) => sign(id, key, { kid: 'f'.repeat(32) }), 401],
    ['another key under its kid', (id) => sign(id, stranger.privateKey), 401],
    ['an exp that has passed', (id, key) => sign(id, key, { exp: now - 1 }), 401],
    ['an nbf to come', (id, key) => sign(id, key, { nbf: now + 30 }), 401],
    ['a rule that blocks', (id, key) => sign(id, key, { accessRules: blocked }), 403],
  ];
  for (const [what, make, status] of tokens) {
    it(`answers a token with ${what} with ${status}`, async () => {
      const shown = await create();
      assert.equal(await watch(make(shown.id, privateKeyOf(shown))), status);
    });
  }

  it('knows a key for its own account only', async () => {
    const shown = await emulator.keys.create(LIBRARY_ID);
    assert.ok(shown);
    assert.equal(await watch(sign(shown.id, privateKeyOf(shown))), 404);
    assert.equal((await call(emulator, 'DELETE', `${KEYS}/${shown.id}`)).status, 404);
  });

  it('takes over a key that was made elsewhere', async () => {
    const { kid, privateKey } = stranger;
    assert.equal(await watch(sign(kid, privateKey)), 401);
    assert.ok(emulator.keys.add(STUDIO_ID, kid, createPublicKey(privateKey)));
    assert.equal(await watch(sign(kid, privateKey)), 200);
  });

  it('has room for 1,000 keys', async () => {
    const publicKey = createPublicKey(stranger.privateKey);
    for (let number = 1; number < MOST_KEYS; number++)
      emulator.keys.add(STUDIO_ID, `${number}`.padStart(32, '0'), publicKey);
    await create();
    const full = await call(emulator, 'POST', KEYS);
    assert.deepEqual([full.status, full.body.success], [400, false]);
    assert.equal(emulator.keys.list(STUDIO_ID).length, 1000);
  });

  it('makes and revokes none for a credential that may only read', async () => {
    const { id } = await create();
    const token = emulator.credentials.readToken;
    assert.equal((await call(emulator, 'POST', KEYS, { token })).status, 403);
    assert.equal((await call(emulator, 'DELETE', `${KEYS}/${id}`, { token })).status, 403);
    assert.equal((await call(emulator, 'GET', KEYS, { token })).status, 200);
    assert.deepEqual(
      emulator.keys.list(STUDIO_ID).map((key) => key.id),
      [id],
    );
  });

  it('can make a key whose answer is lost', async () => {
    emulator.failNext(/^POST .*\/keys$/, 'lose');
    await assert.rejects(call(emulator, 'POST', KEYS), TypeError);
    assert.equal(((await listed()) as readonly unknown[]).length, 1);
    await create();
    assert.equal(emulator.keys.list(STUDIO_ID).length, 2);
  });
});

/** The same token with the first bit of its signature turned. */
function turned(token: string): string {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 0x80;
  return `${header}.${claims}.${bytes.toString('base64url')}`;
}

/** The first token's header and signature around the second one's claims. */
function mixed(one: string, other: string): string {
  const [header, , signature] = one.split('.');
  return [header, other.split('.')[1], signature].join('.');
}
