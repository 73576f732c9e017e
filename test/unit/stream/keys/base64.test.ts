import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeBase64 } from '../../../../src/stream/keys/base64';
import { RUNS } from '../../support/properties';

describe('decodeBase64', () => {
  const good: readonly [string, string][] = [
    ['-_-_', 'fbffbf'],
    ['+/+/', 'fbffbf'],
    ['AQAB', '010001'],
    ['AQ==', '01'],
    ['AQ', '01'],
    ['AQA=', '0100'],
    ['AQA', '0100'],
  ];
  for (const [text, hex] of good) {
    it(`takes ${text}`, () => assert.equal(Buffer.from(decodeBase64(text) ?? []).toString('hex'), hex));
  }

  for (const text of [
    '',
    '=',
    '==',
    'A',
    'AAAAA',
    'AQ=',
    'AQA==',
    'AQAB=',
    'A=Q=',
    'AQ==AQ==',
    'AR==',
    'AQF',
    ' AQ',
    'A Q',
    'AQ\n',
    'AQ!',
    'é',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(decodeBase64(text), undefined));
  }

  it('is the inverse of what encodes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.constantFrom('base64', 'base64url'),
        (bytes, kind) => {
          assert.deepEqual(Uint8Array.from(decodeBase64(Buffer.from(bytes).toString(kind)) ?? []), bytes);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
