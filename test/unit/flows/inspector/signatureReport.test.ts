import assert from 'node:assert/strict';
import {
  provenSignature,
  type SignatureReport,
  signatureReport,
} from '../../../../src/flows/inspector/signatureReport';
import { signToken } from '../../../../src/stream/keys/signToken';
import { KEY_ID, OTHER_ID, testKey } from '../../stream/keys/testKeys';
import { memoryKeys, memoryVault } from '../../support/memory';

const NOW = 1_800_000_000;
const TOUR = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const { jwk } = testKey();

/** What the claims page says about the signature of a token, when this key is stored. */
async function said(token: string, change: (keys: ReturnType<typeof memoryKeys>) => Promise<void> = async () => {}) {
  const vault = memoryVault();
  const keys = memoryKeys(vault);
  await keys.add('a1', jwk, '');
  await change(keys);
  const read = vault.read;
  let secretsRead = 0;
  vault.read = (key) => {
    secretsRead++;
    return read(key);
  };
  const { tone, sentence } = await signatureReport(token, keys);
  assert.equal(secretsRead, 0);
  return `${tone}: ${sentence}`;
}

describe('what is said about a signature', () => {
  const signed = (options = {}) => signToken(jwk, TOUR, options, NOW);

  it('valid', async () => assert.equal(await said(await signed()), `good: Signature valid for key ${KEY_ID}.`));

  it('valid, and the times are another question', async () => {
    const expired = await signToken(jwk, TOUR, {}, NOW - 7200);
    assert.equal(await said(expired), `good: Signature valid for key ${KEY_ID}.`);
  });

  it('not valid, when a claim was changed', async () => {
    const [header, , signature] = (await signed()).split('.');
    const [, claims] = (await signed({ downloadable: true })).split('.');
    const sentence = `bad: Signature NOT valid for key ${KEY_ID}: the token was changed, or another key signed it. Stream refuses it.`;
    assert.equal(await said(`${header}.${claims}.${signature}`), sentence);
  });

  it('not valid, when another key signed it under this id', async () => {
    assert.match(await said(await signToken(testKey('b').jwk, TOUR, {}, NOW)), /^bad: Signature NOT valid/);
  });

  it('valid for a key that is revoked', async () => {
    const revoked = await said(await signed(), (keys) => keys.revoke({ accountKey: 'a1', kid: KEY_ID }));
    assert.match(revoked, /^bad: Signature valid .*, but that key was revoked, so Stream refuses the token/);
  });

  const ELSEWHERE: readonly [string, (keys: ReturnType<typeof memoryKeys>) => Promise<unknown>][] = [
    ['an account that never had it', ({ add, compare }) => add('a2', jwk, '').then(() => compare('a2', [], 1))],
    ['other numbers', ({ add }) => add('a2', { ...testKey('b').jwk, kid: KEY_ID }, '')],
  ];
  for (const [what, store] of ELSEWHERE)
    it(`valid, also when its id is stored with another account too: ${what}`, async () => {
      const sentence = await said(await signed(), async (keys) => void (await store(keys)));
      assert.equal(sentence, `good: Signature valid for key ${KEY_ID}.`);
    });

  it('not checked, when the key is not here', async () => {
    const sentence = 'unsure: Decoded, signature not checked: the key is not on this machine.';
    assert.equal(await said(await signToken({ ...jwk, kid: OTHER_ID }, TOUR, {}, NOW)), sentence);
    const forgotten = await said(await signed(), (keys) => keys.forget({ accountKey: 'a1', kid: KEY_ID }));
    assert.equal(forgotten, sentence);
  });

  it('not checked, when the key is not here and the end of the token neither', async () => {
    const token = await signToken({ ...jwk, kid: OTHER_ID }, TOUR, {}, NOW);
    assert.equal(await said(token.slice(0, -1)), 'bad: Signature too short: the end of the token is missing.');
    assert.equal(await said(`${token}A`), 'bad: No key of Stream makes signatures of this length.');
  });

  it('not checked, when the token names no key', async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const anonymous = `${part({ alg: 'RS256' })}.${part({ sub: TOUR, exp: NOW + 60 })}.c2ln`;
    assert.match(await said(anonymous), /not checked: the token names no key/);
  });

  it('still checked, when the secret storage does not answer', async () => {
    const vault = memoryVault();
    const keys = memoryKeys(vault);
    await keys.add('a1', jwk, '');
    vault.keys = () => Promise.reject(new Error('locked'));
    assert.match((await signatureReport(await signed(), keys)).sentence, /^Signature valid/);
  });
});

describe('what is said about a signature after Stream let the token in', () => {
  const checkedHere: readonly SignatureReport['verdict'][] = [
    { kind: 'valid', kid: KEY_ID },
    { kind: 'valid', kid: KEY_ID, revoked: true },
    { kind: 'invalid', kid: KEY_ID },
    { kind: 'cut', kid: KEY_ID },
  ];
  for (const verdict of checkedHere) {
    it(`the same as before, where it was checked here: ${Object.values(verdict).join(' ')}`, () => {
      const report: SignatureReport = { tone: 'bad', sentence: 'Checked here.', verdict };
      assert.deepEqual(provenSignature(report, KEY_ID, { asked: 'Asked.' }), report);
    });
  }

  const unchecked: SignatureReport = {
    tone: 'unsure',
    sentence: 'Not checked.',
    verdict: { kind: 'unchecked', reason: 'unknownKey' },
  };
  it('that it accepted the token, where it could not be checked', () => {
    assert.deepEqual(provenSignature(unchecked, KEY_ID, { asked: 'Asked.' }), {
      tone: 'good',
      sentence: 'Stream accepted it. Asked.',
      verdict: { kind: 'valid', kid: KEY_ID },
    });
  });

  it('nothing more, where no key is named', () =>
    assert.deepEqual(provenSignature(unchecked, undefined, { asked: 'Asked.' }), unchecked));
});
