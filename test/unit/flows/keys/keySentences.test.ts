import assert from 'node:assert/strict';
import { keyProblemSentence, keyWarningSentence } from '../../../../src/flows/keys/keySentences';
import type { KeyProblem, KeyWarning } from '../../../../src/stream/keys/signingKey';

describe('keyProblemSentence', () => {
  const rows: readonly [KeyProblem, RegExp][] = [
    [{ code: 'empty' }, /Paste the key/],
    [{ code: 'tooLarge', kilobytes: 70 }, /70 KB/],
    [{ code: 'binary' }, /not a text/],
    [{ code: 'noKey' }, /no private key/],
    [{ code: 'severalKeys', count: 3 }, /3 keys.*one by one/],
    [{ code: 'answerWithoutKey' }, /shows it once/],
    [{ code: 'damaged', part: 'base64' }, /base64.*Copy it again/],
    [{ code: 'damaged', part: 'json' }, /JSON/],
    [{ code: 'damaged', part: 'pem' }, /PEM.*BEGIN and END/],
    [{ code: 'damaged', part: 'numbers' }, /do not fit each other/],
    [{ code: 'cutOff' }, /cut off.*Copy all/],
    [{ code: 'labelDiffers' }, /PKCS#1 or PKCS#8/],
    [{ code: 'documentationSample' }, /sample key/],
    [{ code: 'halvesDiffer' }, /two different keys/],
    [{ code: 'idsDiffer' }, /two different ids/],
    [{ code: 'noFactors' }, /p, q, dp, dq and qi/],
    [{ code: 'multiPrime' }, /two primes/],
    [{ code: 'tooShort', bits: 1024 }, /1024 bits.*at least 2048/],
    [{ code: 'tooLong', bits: 9000 }, /9000 bits/],
    [{ code: 'exponent' }, /exponent/],
    [{ code: 'otherUse' }, /"use"/],
    [{ code: 'otherAlgorithm' }, /RS256/],
    [{ code: 'cannotSign' }, /"key_ops"/],
    [{ code: 'selfTest' }, /does not verify/],
    [{ code: 'noCrypto' }, /https/],
    [{ code: 'encrypted' }, /password.*openssl/],
    [{ code: 'ec' }, /elliptic curve/],
    [{ code: 'ed25519' }, /Ed25519/],
    [{ code: 'rsaPss' }, /RSA-PSS/],
    [{ code: 'openssh' }, /OpenSSH/],
    [{ code: 'putty' }, /PuTTY/],
    [{ code: 'publicKey' }, /public key/],
    [{ code: 'certificate' }, /certificate\./],
    [{ code: 'certificateRequest' }, /certificate request/],
    [{ code: 'pkcs12' }, /PKCS#12/],
    [{ code: 'age' }, /age/],
    [{ code: 'secretKey' }, /shared secret/],
    [{ code: 'otherKeyType' }, /another kind/],
    [{ code: 'signedToken' }, /Decode Token/],
  ];
  for (const [problem, expected] of rows) {
    it(JSON.stringify(problem), () => {
      const sentence = keyProblemSentence(problem);
      assert.match(sentence, expected);
      assert.match(sentence, /^[A-Z"].*[.a-z]$/);
      assert.ok(sentence.length <= 140, `${sentence.length}`);
    });
  }
});

describe('keyWarningSentence', () => {
  const rows: readonly [KeyWarning, RegExp][] = [
    [{ code: 'size', bits: 3072 }, /3072 bits.*2048/],
    [{ code: 'exponent' }, /65537/],
    [{ code: 'strangeId' }, /32 hex digits/],
  ];
  for (const [warning, expected] of rows) {
    it(warning.code, () => assert.match(keyWarningSentence(warning), expected));
  }
});
