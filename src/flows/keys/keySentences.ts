import * as l10n from '@vscode/l10n';
import type { KeyProblem, KeyWarning, OtherKind } from '../../stream/keys/signingKey';

/** Why a text is no key to sign with, and what to do. Nothing of the text is repeated. */
export function keyProblemSentence(problem: KeyProblem): string {
  switch (problem.code) {
    case 'empty':
      return l10n.t('Paste the key as Cloudflare returned it: the value of "jwk" or "pem", or the whole answer.');
    case 'tooLarge':
      return l10n.t(
        'This is far too large for a key ({0} KB). Paste only the key, or choose another file.',
        problem.kilobytes,
      );
    case 'binary':
      return l10n.t('This is not a text. Choose a file with a PEM or a JWK in it.');
    case 'noKey':
      return l10n.t(
        'There is no private key in this text. Paste the value of "jwk" or "pem", or the whole answer of the API.',
      );
    case 'severalKeys':
      return l10n.t('There are {0} keys in this text. Import them one by one.', problem.count);
    case 'answerWithoutKey':
      return l10n.t(
        'This answer of the API has no private key in it. Only the one that creates a key has, and Cloudflare shows it once.',
      );
    case 'damaged':
      return damageSentence(problem.part);
    case 'cutOff':
      return l10n.t('This key is cut off. Copy all of it, to the last character.');
    case 'labelDiffers':
      return l10n.t(
        'The lines around this key name another format than the one inside. Export it again as PKCS#1 or PKCS#8.',
      );
    case 'documentationSample':
      return l10n.t(
        'This is the sample key of Cloudflare’s documentation, which everyone knows. Create a key of your own.',
      );
    case 'halvesDiffer':
      return l10n.t('"pem" and "jwk" are two different keys. Paste one answer of the API, unchanged.');
    case 'idsDiffer':
      return l10n.t('This text names two different ids for the key. Paste one answer of the API, unchanged.');
    case 'noFactors':
      return l10n.t(
        'This JWK has only n, e and d. Browsers and Node need p, q, dp, dq and qi too: export the key with all of them.',
      );
    case 'multiPrime':
      return l10n.t('This key has more than two primes, which Stream keys never have. Create one at Cloudflare.');
    case 'tooShort':
      return l10n.t('This key has {0} bits, and RS256 needs at least 2048. Create one at Cloudflare.', problem.bits);
    case 'tooLong':
      return l10n.t(
        'This key has {0} bits, and at most 8192 can be used here. Create one at Cloudflare.',
        problem.bits,
      );
    case 'exponent':
      return l10n.t('The public exponent of this key is not safe to use. Create one at Cloudflare.');
    case 'otherUse':
      return l10n.t('This JWK is not for signing: "use" is something else than "sig".');
    case 'otherAlgorithm':
      return l10n.t('This JWK is for another algorithm. Stream tokens are signed with RS256.');
    case 'cannotSign':
      return l10n.t('This JWK is not for signing: "key_ops" does not have "sign".');
    case 'selfTest':
      return l10n.t(
        'What this key signs does not verify with its own public half. Copy the key again, or create a new one.',
      );
    case 'noCrypto':
      return l10n.t(
        'This page has no cryptography, because it was not opened over https. Open VS Code over https or on a desktop.',
      );
    default:
      return otherKindSentence(problem.code);
  }
}

function damageSentence(part: 'base64' | 'json' | 'pem' | 'numbers'): string {
  switch (part) {
    case 'base64':
      return l10n.t('This key is damaged: its base64 has lost or changed characters. Copy it again in one piece.');
    case 'json':
      return l10n.t('This is damaged or incomplete JSON. Copy all of it, from the first brace to the last.');
    case 'pem':
      return l10n.t('This PEM is damaged. Copy it again with the BEGIN and END lines and all between them.');
    case 'numbers':
      return l10n.t('This key is damaged: the numbers in it do not fit each other. Copy it again in one piece.');
  }
}

function otherKindSentence(kind: OtherKind): string {
  switch (kind) {
    case 'encrypted':
      return l10n.t('This key is encrypted with a password. Decrypt it first: openssl rsa -in key.pem -out plain.pem');
    case 'ec':
      return l10n.t('This is an elliptic curve key. Stream needs an RSA key that was created at Cloudflare.');
    case 'ed25519':
      return l10n.t('This is an Ed25519 key. Stream needs an RSA key that was created at Cloudflare.');
    case 'rsaPss':
      return l10n.t(
        'This is an RSA-PSS key, which can’t sign RS256. Stream needs a key that was created at Cloudflare.',
      );
    case 'openssh':
      return l10n.t(
        'This is an OpenSSH key, for logging in to servers. Stream needs a key that was created at Cloudflare.',
      );
    case 'putty':
      return l10n.t(
        'This is a PuTTY key, for logging in to servers. Stream needs a key that was created at Cloudflare.',
      );
    case 'publicKey':
      return l10n.t(
        'This is a public key. Signing needs the private one, which Cloudflare shows once when it creates it.',
      );
    case 'certificate':
      return l10n.t('This is a certificate. Signing needs a private key that was created at Cloudflare.');
    case 'certificateRequest':
      return l10n.t('This is a certificate request. Signing needs a private key that was created at Cloudflare.');
    case 'pkcs12':
      return l10n.t('This is a PKCS#12 file (.p12, .pfx). Signing needs a private key that was created at Cloudflare.');
    case 'age':
      return l10n.t('This is made with age. Decrypt the file first, or create a key at Cloudflare.');
    case 'secretKey':
      return l10n.t('This JWK is a shared secret. Stream needs an RSA key that was created at Cloudflare.');
    case 'otherKeyType':
      return l10n.t('This is a key of another kind. Stream needs an RSA key that was created at Cloudflare.');
    case 'signedToken':
      return l10n.t('This is a signed token, not a key. Use "Decode Token…" to read it.');
  }
}

/** What is unusual about a key that is taken all the same. */
export function keyWarningSentence(warning: KeyWarning): string {
  switch (warning.code) {
    case 'size':
      return l10n.t('This key has {0} bits; Cloudflare’s have 2048. Was it created there?', warning.bits);
    case 'exponent':
      return l10n.t('This key has another public exponent than Cloudflare’s (65537). Was it created there?');
    case 'strangeId':
      return l10n.t('The id in this text is not one of Cloudflare’s (32 hex digits), so it was not taken.');
  }
}
