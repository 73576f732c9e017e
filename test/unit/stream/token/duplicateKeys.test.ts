import assert from 'node:assert/strict';
import fc from 'fast-check';
import { duplicateKeys } from '../../../../src/stream/token/duplicateKeys';
import { RUNS } from '../../support/properties';

const NONE = { outer: [], inner: [] };

describe('duplicateKeys', () => {
  const rows: readonly [string, readonly string[], (readonly string[])?][] = [
    ['{}', []],
    ['{"a":1,"b":2}', []],
    ['{"a":1,"a":2}', ['a']],
    ['{"a":1,"a":2,"a":3}', ['a']],
    ['{"a":{"a":{"a":1}}}', []],
    ['[{"a":1},{"a":1}]', []],
    ['{"x":[{"a":1,"a":1}],"y":{"b":1,"b":1}}', [], ['a', 'b']],
    ['{"a":1,"x":{"a":1,"a":1},"a":2}', ['a'], ['a']],
    ['{"x":{"a":1},"a":1,"a":2}', ['a']],
    ['{"a":["a","a"],"b":"a"}', []],
    ['{"a":"\\"a\\":","b":1}', []],
    ['{"sub":1,"\\u0073ub":2}', ['sub']],
    ['{"":1,"":2}', ['']],
    ['{ "a" : 1 , "b" : {"c":[]} , "a" : 2 }', ['a']],
    ['{"__proto__":1,"__proto__":2}', ['__proto__']],
    ['"a"', []],
  ];
  for (const [json, outer, inner = []] of rows) it(json, () => assert.deepEqual(duplicateKeys(json), { outer, inner }));

  it('finds none in what was written from values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => assert.deepEqual(duplicateKeys(JSON.stringify(value)), NONE)),
      { numRuns: RUNS },
    );
  });

  it('finds any name that is written once more', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, at) => {
        const names = Object.keys(value);
        const name = names[at % names.length] ?? '';
        const twice = `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(name)}:0}`;
        assert.deepEqual(duplicateKeys(twice), { outer: [name], inner: [] });
      }),
      { numRuns: RUNS },
    );
  });
});
