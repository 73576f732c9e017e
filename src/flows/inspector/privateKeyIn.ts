import { findSecrets } from '../../source/findSecrets';
import { parseKey } from '../../stream/keys/parseKey';
import { plainText } from '../../stream/token/plainText';

/** Also of a key that is encrypted, or that was not copied as a whole. */
const PEM = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-/m;

/** Which private key stands in a text: one that signs for Stream, or any other. */
export function privateKeyIn(text: string): 'signingKey' | 'otherKey' | undefined {
  if (findSecrets(text).some(({ kind }) => kind === 'signingKey') || parseKey(text).ok) return 'signingKey';
  return PEM.test(plainText(text)) ? 'otherKey' : undefined;
}
