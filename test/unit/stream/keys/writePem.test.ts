import assert from 'node:assert/strict';
import { parseKey } from '../../../../src/stream/keys/parseKey';
import { writePem } from '../../../../src/stream/keys/writePem';
import { sharedJson } from '../../support/shared';
import { base64, testKey } from './testKeys';

describe('writePem', () => {
  for (const [name, key] of [
    ['2048 bits', testKey()],
    ['3072 bits', testKey('a', 3072)],
    ['e = 3', testKey('a', 2048, 3)],
  ] as const) {
    it(`writes what Node writes: ${name}`, () => assert.equal(writePem(key.jwk), base64(key.pkcs1)));
  }

  it('writes what the API returned', function () {
    const vectors = sharedJson('vectors/token-vectors.json.gz') as { pem_base64_as_api_returns_it: string } | undefined;
    if (vectors === undefined) this.skip();
    const parsed = parseKey(vectors.pem_base64_as_api_returns_it);
    assert.equal(parsed.ok && writePem(parsed.key), vectors.pem_base64_as_api_returns_it);
  });
});
