import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { readElements, readInteger, TAG, writeElement, writeInteger } from '../../../../src/stream/keys/der';
import { readKeyDer } from '../../../../src/stream/keys/keyDer';
import { RUNS } from '../../support/properties';
import { testKey } from './testKeys';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (given: Uint8Array | undefined) => (given === undefined ? undefined : Buffer.from(given).toString('hex'));

describe('readElements', () => {
  for (const [hex, contents] of [
    ['', []],
    ['02 01 05', ['05']],
    ['05 00 02 01 05', ['', '05']],
    [`04 81 80 ${'aa'.repeat(128)}`, ['aa'.repeat(128)]],
  ] as const) {
    it(`reads ${hex.slice(0, 20) || 'nothing'}`, () =>
      assert.deepEqual(
        readElements(bytes(hex))?.map(({ content }) => hexOf(content)),
        contents,
      ));
  }
  for (const [name, hex] of [
    ['no length', '02'],
    ['too little', '02 02 05'],
    ['something left over', '02 01 05 00'],
    ['an indefinite length', '30 80 05 00 00 00'],
    ['a length longer than need be', '02 81 01 05'],
    ['a length with zeros', `04 82 00 80 ${'aa'.repeat(128)}`],
    ['a length of four bytes', '04 84 00 00 00 01 05'],
    ['a length cut off', '04 82 01'],
    ['a tag of two bytes', '1f 81 01 00'],
  ] as const) {
    it(`refuses ${name}`, () => assert.equal(readElements(bytes(hex)), undefined));
  }

  it('reads back what was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000 }), (content) => {
        assert.deepEqual(readElements(writeElement(TAG.octetString, content)), [{ tag: TAG.octetString, content }]);
      }),
      { numRuns: Math.min(RUNS, 1000) },
    );
  });
});

describe('readInteger', () => {
  for (const [hex, expected] of [
    ['02 01 00', ''],
    ['02 01 7f', '7f'],
    ['02 02 00 80', '80'],
    ['02 01 80', undefined],
    ['02 02 00 7f', undefined],
    ['02 00', undefined],
    ['04 01 05', undefined],
  ] as const) {
    it(`${hex} → ${expected ?? 'nothing'}`, () => {
      const [element] = readElements(bytes(hex)) ?? [];
      assert.ok(element);
      assert.equal(hexOf(readInteger(element)), expected);
      if (expected !== undefined) assert.equal(hexOf(writeInteger(bytes(expected))), hex.replaceAll(' ', ''));
    });
  }
});

describe('readKeyDer', () => {
  const key = createPrivateKey(testKey().pkcs8);
  const forms = (['pkcs1', 'pkcs8'] as const).map((type) => ({ type, der: key.export({ type, format: 'der' }) }));

  for (const { type, der } of forms) {
    it(`reads ${type}`, () => assert.equal(readKeyDer(der).ok && 'read', 'read'));
    it(`refuses ${type} cut off anywhere`, () => {
      for (let length = 0; length < der.length; length++) assert.ok(!readKeyDer(der.subarray(0, length)).ok);
    });
  }

  it('takes any bytes without an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.boolean(), (given, wrapped) => {
        assert.ok(!readKeyDer(wrapped ? writeElement(TAG.sequence, given) : given).ok);
      }),
      { numRuns: RUNS },
    );
  });
});
