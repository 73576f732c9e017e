import assert from 'node:assert/strict';
import fc from 'fast-check';
import { COUNTRY_CODES, parseCountry } from '../../../../src/stream/token/countries';
import { parseList } from '../../../../src/stream/token/parseList';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';

/** `GB alias`, or the problem behind a `!`. */
function read(text: string): string {
  const result = parseCountry(text);
  return result.ok ? [result.value, ...result.notes].join(' ') : `!${result.problem.code}`;
}

describe('COUNTRY_CODES', () => {
  it('are the 249 of ISO 3166-1, in order and each once', () => {
    assert.equal(COUNTRY_CODES.length, 249);
    assert.deepEqual([...new Set(COUNTRY_CODES)].sort(), COUNTRY_CODES);
  });

  it('all have a name', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    assert.deepEqual(
      COUNTRY_CODES.filter((code) => names.of(code) === undefined),
      [],
    );
  });
});

describe('parseCountry', () => {
  const rows: readonly [string, string][] = [
    ['DE', 'DE'],
    ['AT', 'AT'],
    ['de', 'DE raised'],
    ['dE', 'DE raised'],
    ['GB', 'GB'],
    ['UK', 'GB alias'],
    ['uk', 'GB alias'],
    ['EL', 'GR alias'],
    ['XK', 'XK unofficial'],
    ['xk', 'XK raised unofficial'],

    ['EU', '!union'],
    ['UN', '!union'],
    ['XX', '!noCountry'],
    ['T1', '!noCountry'],
    ['ZZ', '!noCountry'],
    ['SU', '!withdrawn'],
    ['AN', '!withdrawn'],
    ['YU', '!withdrawn'],
    ['USA', '!threeLetters'],
    ['deu', '!threeLetters'],
    ['001', '!unknown'],
    ['ÜS', '!unknown'],
    ['ＤＥ', '!unknown'],
    ['D', '!unknown'],
    ['A1', '!unknown'],
    ['QQ', '!unknown'],
    ['Germany', '!unknown'],
    ['', '!unknown'],
    ['D E', '!unknown'],
    ['DE\u200b', '!unknown'],
    ['__proto__', '!unknown'],
  ];
  for (const [text, expected] of rows)
    it(`${JSON.stringify(text)} → ${expected}`, () => assert.equal(read(text), expected));

  it('gives a known code or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4 }), (text) => {
        const result = parseCountry(text);
        if (result.ok) assert.ok(COUNTRY_CODES.includes(result.value) || result.value === 'XK');
      }),
      { numRuns: RUNS },
    );
  });

  it('takes no hostile string for a country (skipped without ../shared/vectors/blns.json.gz)', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) return this.skip();
    assert.ok(strings.length > 500);
    // Some are two letters, which may well be one.
    for (const text of strings) {
      const result = parseCountry(text);
      assert.ok(!result.ok || COUNTRY_CODES.includes(result.value), text);
      parseList(text, parseCountry);
    }
  });
});

describe('a list of countries', () => {
  const list = (text: string) => parseList(text, parseCountry);
  it('takes commas, semicolons, blanks and lines', () =>
    assert.deepEqual(list(' DE, AT;CH\nFR \u00a0').values, ['DE', 'AT', 'CH', 'FR']));
  it('is empty when there is nothing in it', () =>
    assert.deepEqual(list(' , ;'), { values: [], notes: [], problems: [] }));
  it('drops doubles and says so', () =>
    assert.deepEqual(list('DE UK de gb'), {
      values: ['DE', 'GB'],
      notes: [
        { entry: 'UK', value: 'GB', note: 'alias' },
        { entry: 'de', value: 'DE', note: 'duplicate' },
        { entry: 'gb', value: 'GB', note: 'duplicate' },
      ],
      problems: [],
    }));
  it('names every entry that is none', () =>
    assert.deepEqual(list('DE EU USA').problems, [
      { entry: 'EU', problem: { code: 'union' } },
      { entry: 'USA', problem: { code: 'threeLetters' } },
    ]));
  it('never has more than all countries', () =>
    assert.equal(list(`${COUNTRY_CODES.join()},${COUNTRY_CODES.join()}`).values.length, 249));
});
