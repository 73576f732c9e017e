import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { joinBytes, TAG, writeElement, writeInteger } from '../../../../src/stream/keys/der';
import { parseKey } from '../../../../src/stream/keys/parseKey';
import type { KeyProblem } from '../../../../src/stream/keys/signingKey';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';
import { sharedJson } from '../../support/shared';
import { apiAnswer, base64, OTHER_ID, pem, testKey } from './testKeys';

const key = testKey();
const { jwk, pkcs1, pkcs8 } = key;
const other = testKey('b');
const rsa = createPrivateKey(pkcs1);
const PEM = base64(pkcs1);
const JWK = base64(JSON.stringify(jwk));

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;

function der(from: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1' | 'spki'): Buffer {
  return from.export({ type, format: 'der' } as { type: 'pkcs8'; format: 'der' });
}
function text(from: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1' | 'spki', options = {}): string {
  return from.export({ type, format: 'pem', ...options } as { type: 'pkcs8'; format: 'pem' }).toString();
}
/** A file of bytes as it is read: for a text. */
const bytes = (file: Uint8Array) => new TextDecoder().decode(file);
const locked = { cipher: 'aes-256-cbc', passphrase: 'x' };
const json = (over: object) => JSON.stringify({ ...jwk, ...over });

/** A DER file of a kind that Node does not write, with as much in it as tells the kind. */
const sequence = (...parts: readonly Uint8Array[]) => writeElement(TAG.sequence, joinBytes(parts));
const filler = writeElement(TAG.octetString, new Uint8Array(300));
const number = (...bytes: number[]) => writeInteger(Uint8Array.from(bytes));
const bits = writeElement(TAG.bitString, new Uint8Array(300));
const PKCS12 = sequence(number(3), sequence(filler));
const VERSION_3 = writeElement(TAG.context0, number(2));
const CERTIFICATE = sequence(
  sequence(VERSION_3, number(9), ...[1, 2, 3, 4, 5].map(() => sequence(filler))),
  sequence(),
  bits,
);
const REQUEST = sequence(
  sequence(number(), sequence(filler), sequence(filler), writeElement(TAG.context0, new Uint8Array())),
  sequence(),
  bits,
);
const MULTI_PRIME = sequence(number(1), ...Array.from({ length: 8 }, () => number(5)), sequence(filler));

describe('parseKey refuses', () => {
  const rows: readonly [string, string, string][] = [
    ['nothing', '', 'empty'],
    ['blanks', ' \r\n\t\u00a0\ufeff', 'empty'],
    ['quotes', '""', 'empty'],
    ['64 KB and a character', 'a'.repeat(65_537), 'tooLarge'],
    ['a word', 'hello', 'noKey'],
    ['an address', 'https://api.cloudflare.com/client/v4/accounts', 'noKey'],
    ['an id', OTHER_ID, 'noKey'],
    ['an API token', 'Zq3_-9fK2mX7pL0aB4cD8eF6gH1iJ5kN7oQ2rS3t', 'noKey'],
    ['JSON of something else', '{"name":"stream"}', 'noKey'],
    ['JSON of something deep', '{"a":{"b":{"c":[{"d":{}}]}}}', 'noKey'],
    ['a number in JSON', '{"jwk":7}', 'noKey'],
    ['TOML of something else', '[vars]\nKEY_ID = "a"\n', 'noKey'],
    ['base64 of something else', base64('hello, hello, hello'), 'noKey'],
    ['base64 of bytes', base64(Uint8Array.of(1, 2, 255, 254)), 'noKey'],
    ['a signed token', DOCUMENTED_TOKEN, 'signedToken'],
    ['a variable without value', 'STREAM_KEY_JWK=', 'noKey'],
    ['a file of bytes', `\u0000\u0001${'\ufffd'.repeat(9)}`, 'binary'],
    ['a file of bytes with braces', `\u0000\u0001{}${'\ufffd'.repeat(9)}`, 'binary'],
    ['a DER file', bytes(der(rsa, 'pkcs1')), 'binary'],

    ['the list of keys', '{"result":[{"id":"a","created":"b"}],"success":true}', 'answerWithoutKey'],
    ['an answer that is no', '{"result":null,"success":false,"errors":[{"code":10000}]}', 'answerWithoutKey'],
    ['an answer without halves', apiAnswer(key, { pem: undefined, jwk: undefined }), 'answerWithoutKey'],
    ['an answer with empty halves', apiAnswer(key, { pem: '', jwk: null }), 'answerWithoutKey'],
    ['a set of keys', JSON.stringify({ keys: [jwk, other.jwk] }), 'severalKeys'],
    ['an empty set', JSON.stringify({ keys: [] }), 'answerWithoutKey'],
    ['two PEMs', pkcs1 + other.pkcs1, 'severalKeys'],
    ['the same PEM twice', pkcs1 + pkcs8, 'severalKeys'],

    ['PKCS#8, encrypted', text(rsa, 'pkcs8', locked), 'encrypted'],
    ['PKCS#1, encrypted', text(rsa, 'pkcs1', locked), 'encrypted'],
    ['PKCS#1, encrypted, on one line', text(rsa, 'pkcs1', locked).replaceAll('\n', ' '), 'encrypted'],
    ['encrypted DER', base64(rsa.export({ type: 'pkcs8', format: 'der', ...locked })), 'encrypted'],
    ['encrypted DER, bytes', bytes(rsa.export({ type: 'pkcs8', format: 'der', ...locked })), 'encrypted'],
    [
      'encrypted under the wrong label',
      pem('PRIVATE KEY', rsa.export({ type: 'pkcs8', format: 'der', ...locked })),
      'encrypted',
    ],
    ['EC, SEC1', text(ec, 'sec1'), 'ec'],
    ['EC with its parameters', pem('EC PARAMETERS', 'BggqhkjOPQMBBw==') + text(ec, 'sec1'), 'ec'],
    ['EC, PKCS#8', text(ec, 'pkcs8'), 'ec'],
    ['EC under the wrong label', pem('RSA PRIVATE KEY', der(ec, 'sec1')), 'ec'],
    ['EC, JWK', JSON.stringify(ec.export({ format: 'jwk' })), 'ec'],
    ['Ed25519', text(ed25519, 'pkcs8'), 'ed25519'],
    ['Ed25519, JWK', JSON.stringify(ed25519.export({ format: 'jwk' })), 'ed25519'],
    ['X25519', text(generateKeyPairSync('x25519').privateKey, 'pkcs8'), 'otherKeyType'],
    ['RSA-PSS', text(pss, 'pkcs8'), 'rsaPss'],
    ['RSA-PSS, base64', base64(text(pss, 'pkcs8')), 'rsaPss'],
    ['DSA', pem('DSA PRIVATE KEY', 'MIIB'), 'otherKeyType'],
    ['DSA in DER', base64(sequence(...[0, 1, 2, 3, 4].map((byte) => number(byte + 1)), filler, number(9))), 'damaged'],
    ['a secret in a JWK', '{"kty":"oct","k":"c2VjcmV0"}', 'secretKey'],
    ['a JWK of another type', '{"kty":"AKP"}', 'otherKeyType'],
    ['OpenSSH', pem('OPENSSH PRIVATE KEY', 'b3BlbnNzaA=='), 'openssh'],
    ['OpenSSH, base64', base64(pem('OPENSSH PRIVATE KEY', 'b3BlbnNzaA==')), 'openssh'],
    ['PuTTY', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none', 'putty'],
    ['age', '# created: 2026\nAGE-SECRET-KEY-1QQQ', 'age'],
    ['encrypted with age', 'age-encryption.org/v1\n-> X25519 a', 'age'],
    ['encrypted with age, PEM', pem('AGE ENCRYPTED FILE', 'YWdl'), 'age'],
    ['PGP', pem('PGP PRIVATE KEY BLOCK', 'YWdl'), 'otherKeyType'],
    ['PKCS#7', pem('PKCS7', 'YWdl'), 'otherKeyType'],
    ['a public key', text(key.publicKey, 'spki'), 'publicKey'],
    ['a public key, base64', base64(text(key.publicKey, 'spki')), 'publicKey'],
    ['a public key, PKCS#1', text(key.publicKey, 'pkcs1'), 'publicKey'],
    ['a public key, DER', base64(der(key.publicKey, 'spki')), 'publicKey'],
    ['a public key, DER, PKCS#1', base64(der(key.publicKey, 'pkcs1')), 'publicKey'],
    ['a public key, JWK', JSON.stringify(key.publicKey.export({ format: 'jwk' })), 'publicKey'],
    ['a public key, SSH', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ me@host', 'publicKey'],
    ['a public key, SSH, Ed25519', `ssh-ed25519 AAAAC3Nz me@host`, 'publicKey'],
    ['a certificate', pem('CERTIFICATE', 'MIIB'), 'certificate'],
    ['a certificate, DER', base64(CERTIFICATE), 'certificate'],
    ['a certificate, bytes', bytes(CERTIFICATE), 'certificate'],
    ['a certificate request', pem('CERTIFICATE REQUEST', 'MIIB'), 'certificateRequest'],
    ['a certificate request, DER', base64(REQUEST), 'certificateRequest'],
    ['PKCS#12, base64', base64(PKCS12), 'pkcs12'],
    ['PKCS#12, bytes', bytes(PKCS12), 'pkcs12'],
    ['several primes', base64(MULTI_PRIME), 'multiPrime'],
    ['several primes, JWK', json({ oth: [{ r: 'AQ', d: 'AQ', t: 'AQ' }] }), 'multiPrime'],

    ['1024 bits', testKey('a', 1024).pkcs1, 'tooShort'],
    ['1024 bits, JWK', JSON.stringify(testKey('a', 1024).jwk), 'tooShort'],
    ['9000 bits', json({ n: Buffer.alloc(1125, 0xff).toString('base64url') }), 'tooLong'],
    ['e = 1', json({ e: 'AQ' }), 'exponent'],
    ['e = 2', json({ e: 'Ag' }), 'exponent'],
    ['an even e', json({ e: 'AQAA' }), 'exponent'],
    ['a long e', json({ e: 'AQAAAAE' }), 'exponent'],
    ['use: enc', json({ use: 'enc' }), 'otherUse'],
    ['a use that is no text', json({ use: 5 }), 'otherUse'],
    ['alg: PS256', json({ alg: 'PS256' }), 'otherAlgorithm'],
    ['alg: RS512', json({ alg: 'RS512' }), 'otherAlgorithm'],
    ['key_ops: verify', json({ key_ops: ['verify'] }), 'cannotSign'],
    ['key_ops that is no list', json({ key_ops: 'sign' }), 'cannotSign'],
    ['only n, e and d', json({ p: undefined, q: undefined, dp: undefined, dq: undefined, qi: undefined }), 'noFactors'],

    ['half a PEM', pkcs1.slice(0, 900), 'cutOff'],
    ['half a PEM, base64', PEM.slice(0, 900), 'cutOff'],
    ['the end of a PEM', pkcs1.slice(900), 'cutOff'],
    ['the shortened pem of a tutorial', `${PEM.slice(0, 52)}...`, 'cutOff'],
    ['the shortened answer of a tutorial', apiAnswer(key, { jwk: `${JWK.slice(0, 52)}...` }), 'cutOff'],
    ['half a jwk', JWK.slice(0, 900), 'cutOff'],
    ['a jwk without its middle', base64(JSON.stringify(key.jwk).replace('"d":', '')), 'damaged'],
    ['an encrypted key of SSH2', '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nAAAA\n', 'encrypted'],
    ['half an answer', apiAnswer(key).slice(0, 900), 'damaged'],
    ['half an answer behind its request', `curl -d '{}' …\n${apiAnswer(key).slice(0, 900)}`, 'damaged'],
    ['an answer without its last brace', apiAnswer(key).slice(0, -1), 'damaged'],
    ['half a JWK', json({}).slice(0, 900), 'damaged'],
    ['JSON with a comment', `// mine\n${json({})}`.replace('{', '{ /* mine */'), 'damaged'],
    ['labels that differ', pkcs1.replace('END RSA', 'END'), 'damaged'],
    ['labels only', pem('RSA PRIVATE KEY', ''), 'damaged'],
    ['a body that is not base64', pkcs1.replace(/.{9}\n-----END/, '?$&'), 'damaged'],
    ['a header in the body', pkcs1.replace('\n', '\nComment: mine\n\n'), 'damaged'],
    ['PKCS#8 with the label of PKCS#1', pkcs8.replaceAll('PRIVATE', 'RSA PRIVATE'), 'labelDiffers'],
    ['PKCS#1 with the label of PKCS#8', pkcs1.replaceAll('RSA PRIVATE', 'PRIVATE'), 'labelDiffers'],
    ['a byte too many', pem('RSA PRIVATE KEY', Buffer.concat([der(rsa, 'pkcs1'), Buffer.of(0)])), 'damaged'],
    ['a number that is no text', json({ p: 7 }), 'damaged'],
    ['an empty number', json({ p: '' }), 'damaged'],
    ['a number missing', json({ qi: undefined }), 'damaged'],
    ['no d, but all else', json({ d: undefined }), 'damaged'],
    ['the factor of another key', json({ p: other.jwk.p }), 'damaged'],
  ];
  for (const [name, given, code] of rows) it(`${name} → ${code}`, () => assert.equal(problemOf(given)?.code, code));

  // A public modulus that begins like the sample's is enough to know it by; both its blobs hold bytes that no text has.
  const damagedPem = `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAzkGmxBzAF2pH1DbZh2Tj2KnvvPUNFfQkMysBo2eg5jzdJNda`;
  const damagedJwk = '{"use":"sig","kty":"RSA","kid":"8f926b2b01f3835170025a78a4dcbf6a","n":"zkGmxBzAF2pH1DbZh2Tj2Kn';
  const broken = (start: string) => base64(Buffer.concat([Buffer.from(start), Buffer.of(0xc7, 0x6a, 0x37, 0xfc)]));
  for (const [name, given] of [
    ['pem', broken(damagedPem)],
    ['jwk', broken(damagedJwk)],
    [
      'answer',
      apiAnswer(key, { id: '8f926b2b01f383510025a78a4dcbf6a', pem: broken(damagedPem), jwk: broken(damagedJwk) }),
    ],
    ['pem, decoded', `${damagedPem}\ufffdj7\ufffd`],
    ['jwk, decoded', `${damagedJwk}\ufffdj7\ufffd"`],
  ] as const) {
    it(`the damaged sample of the documentation: its ${name}`, () =>
      assert.equal(problemOf(given)?.code, 'documentationSample'));
  }

  it('and says how large or short it is', () => {
    assert.deepEqual(problemOf('a'.repeat(70_000)), { code: 'tooLarge', kilobytes: 69 });
    assert.deepEqual(problemOf(testKey('a', 1024).pkcs1), { code: 'tooShort', bits: 1024 });
    assert.deepEqual(problemOf(pkcs1.repeat(3)), { code: 'severalKeys', count: 3 });
  });

  it('every hostile string', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    for (const given of strings) assert.ok(problemOf(given), given);
  });

  for (const unit of [
    '"',
    ',',
    ' ',
    '=',
    '{',
    '[',
    '\\',
    '\\n',
    '-----BEGIN A-----',
    'a=',
    'A= ',
    '" + ',
    'eyJ.',
    '\0',
    '{"keys":',
    '{"',
    '{"\\',
    '{}',
    '{"a":{}}',
    '{"pem":"MII"}',
    'a=eyJ9 ',
    '{\\"',
    '\nSTREAM_KEY_JWK=',
    'A_STREAM_KEY_ID=',
    "A='",
    'A=|\n',
    ' #',
    '-----END A----- -----BEGIN A-----',
  ]) {
    it(`64 KB of ${JSON.stringify(unit)}, at once`, () => {
      // Other work on the machine does not count.
      const started = process.cpuUsage();
      const filled = unit.repeat(Math.floor(65_000 / unit.length));
      assert.ok(problemOf(filled));
      assert.ok(problemOf(`${pkcs1.slice(0, 60)}${filled}`.slice(0, 65_536)));
      assert.ok(process.cpuUsage(started).user < 1_000_000);
    });
  }
});

function problemOf(given: string): KeyProblem | undefined {
  const result = parseKey(given);
  return result.ok ? undefined : result.problem;
}
