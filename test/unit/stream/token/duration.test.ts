import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../../../src/stream/token/duration';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';

/** Seconds, or what is wrong. */
function read(text: string): number | string {
  const result = parseDuration(text);
  if (result.ok) return result.seconds;
  const { problem } = result;
  if (problem.code === 'noUnit') return `noUnit ${problem.number}`;
  return problem.code === 'instant' ? `instant ${problem.unit} ${problem.seconds}` : problem.code;
}

describe('formatDuration', () => {
  for (const [seconds, text] of [
    [1, '1s'],
    [5400, '1h30m'],
    [3661, '1h1m1s'],
    [86_340, '23h59m'],
  ] as const) {
    it(`writes ${seconds} s as ${text}`, () => assert.equal(formatDuration(seconds), text));
  }
  it('is read again as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (seconds) => {
        assert.deepEqual(parseDuration(formatDuration(seconds)), { ok: true, seconds });
      }),
      { numRuns: RUNS },
    );
  });
});

describe('parseDuration', () => {
  const rows: readonly [string, number | string][] = [
    ['90s', 90],
    ['15m', 900],
    ['2h', 7200],
    ['1d', 86_400],
    ['1h30m', 5400],
    ['1d2h3m4s', 93_784],
    ['90 m', 5400],
    ['1 h 30 min', 5400],
    ['45 minutes', 2700],
    ['1 hour 1 second', 3601],
    ['2 hrs', 7200],
    ['3 days', 259_200],
    [' 2H\n', 7200],
    ['2\u00a0h', 7200],
    ['01:30:00', 5400],
    ['24:00:00', 86_400],
    ['PT2H', 7200],
    ['P1D', 86_400],
    ['P1DT2H30M', 95_400],
    ['24h1s', 86_401],
    ['99999h', 359_996_400],

    ['', 'empty'],
    [' \u00a0\t', 'empty'],
    ['0', 'zero'],
    ['0m', 'zero'],
    ['00:00:00', 'zero'],
    ['-1h', 'negative'],
    ['−15m', 'negative'],
    ['15', 'noUnit 15'],
    ['90', 'noUnit 90'],
    ['12345678', 'noUnit 12345678'],
    ['123456789', 'instant seconds 123456789'],
    ['99999999999', 'instant seconds 99999999999'],
    ['100000000000', 'instant milliseconds 100000000'],
    ['1800000000', 'instant seconds 1800000000'],
    ['1800000000000', 'instant milliseconds 1800000000'],

    ['m', 'unreadable'],
    ['h1', 'unreadable'],
    ['+1h', 'unreadable'],
    ['1.5h', 'unreadable'],
    ['1.5.h', 'unreadable'],
    ['1,5h', 'unreadable'],
    ['1y', 'unreadable'],
    ['1e3s', 'unreadable'],
    ['0x10s', 'unreadable'],
    ['1H 1H', 'unreadable'],
    ['1m1h', 'unreadable'],
    ['1h30', 'unreadable'],
    ['1 30m', 'unreadable'],
    ['1 000 s', 'unreadable'],
    ['01:30', 'unreadable'],
    ['01:60:00', 'unreadable'],
    ['PT', 'unreadable'],
    ['P', 'unreadable'],
    ['P1M', 'unreadable'],
    ['PT1D', 'unreadable'],
    ['tomorrow', 'unreadable'],
    ['2027-01-15', 'unreadable'],
    ['١٢m', 'unreadable'],
    ['１５m', 'unreadable'],
    ['999999d', 'unreadable'],
    ['1h\u200f', 'unreadable'],
    ['NaN', 'unreadable'],
    ['Infinity', 'unreadable'],
  ];
  it('gets through 8 MB of hours', () => assert.equal(read(`PT${'1H'.repeat(4e6)}`), 'unreadable'));
  for (const [text, expected] of rows)
    it(`${JSON.stringify(text)} → ${expected}`, () => assert.equal(read(text), expected));

  it('reads what it would write', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 * 86_400 }), (seconds) => {
        const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
        assert.equal(read(`${h}h${m}m${s}s`), seconds);
        assert.equal(read(`PT${h}H${m}M${s}S`), seconds);
        assert.equal(read(`${h} hours ${m} min ${s} sec`), seconds);
      }),
      { numRuns: RUNS },
    );
  });

  it('never throws, and never gives anything but whole seconds', () => {
    const typed = fc.array(
      fc.constantFrom('1', '9', '0', 'd', 'h', 'm', 's', 'p', 't', ':', ' ', '-', '.', 'e', 'ms', 'days', '\u00a0'),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          typed.map((parts) => parts.join('')),
        ),
        (text) => {
          const result = parseDuration(text);
          if (result.ok) assert.ok(Number.isSafeInteger(result.seconds) && result.seconds > 0);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('takes no hostile string for anything but whole seconds (skipped without ../shared/vectors/blns.json.gz)', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) return this.skip();
    assert.ok(strings.length > 500);
    for (const text of strings) {
      const result = parseDuration(text);
      assert.ok(!result.ok || (Number.isSafeInteger(result.seconds) && result.seconds > 0), text);
    }
  });

  for (const unit of ['1', ' ', '1h', 'p1', 'day', ':', '1 ', 'h ']) {
    it(`gets through 256 KB of ${JSON.stringify(unit)}`, () =>
      assert.equal(parseDuration(`x${unit.repeat(262_144 / unit.length)}`).ok, false));
  }
});
