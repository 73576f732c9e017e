import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanLabel, cleanMessage, cleanText } from '../../../src/source/cleanText';
import { RUNS } from '../support/properties';
import { sharedJson } from '../support/shared';

/** C0, DEL, C1, line and paragraph separator, and what reorders text. */
const HARMFUL = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2000 }),
  fc
    .array(
      fc.constantFrom('\n', '\u001b[31m', '\u009b', '\u202e', '\u2066', '\ud800', 'a', '$(', '](', '://', '👩‍👧'),
      { maxLength: 900 },
    )
    .map((parts) => parts.join('')),
);

describe('cleanText', () => {
  const rows: readonly [string, string, string][] = [
    ['leaves a name alone', 'Öl & Wasser – Teil 2 日本', 'Öl & Wasser – Teil 2 日本'],
    ['makes one line of many', 'a\r\nb\tc\u2028d\u0085e', 'a b c d e'],
    ['joins blanks and trims', '  a \u00a0  b ', 'a b'],
    ['drops terminal escapes', 'a\u001b[31mred\u009b0m', 'a [31mred 0m'],
    ['drops what reorders', 'gpj.\u202eexe\u2066x\u2069\u200f\u061c', 'gpj. exe x'],
    ['drops what has no width', '\ufeffa\u200bb\u00adc\u2060d\u180e', 'a b c d'],
    ['drops hidden tags', `ok${String.fromCodePoint(0xe0001, 0xe0069, 0xe0067)}`, 'ok'],
    ['drops fillers that look like nothing', 'a\u3164\u115fb', 'a b'],
    ['keeps an emoji whole', '👩‍👩‍👧 ❤️', '👩‍👩‍👧 ❤️'],
    ['is empty when nothing can be seen', '\u200b \u200d\u200c\ufe0f\u3164', ''],
    ['replaces half a character', 'a\ud83d', 'a\ufffd'],
  ];
  for (const [name, text, expected] of rows) it(name, () => assert.equal(cleanText(text), expected));

  it('cuts at whole characters and says so', () => {
    assert.equal(cleanText('abcdef', 6), 'abcdef');
    assert.equal(cleanText('abcdefg', 6), 'abcde…');
    assert.equal(cleanText('😀😀😀😀', 3), '😀😀…');
    assert.equal([...cleanText('x'.repeat(1_000_000))].length, 200);
  });

  it('lets nothing harmful through, whatever comes', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 300 }), (text, limit) => {
        const cleaned = cleanText(text, limit);
        assert.doesNotMatch(cleaned, HARMFUL);
        assert.ok([...cleaned].length <= limit);
        assert.ok(cleaned.isWellFormed());
        assert.equal(cleanText(cleaned, limit), cleaned, 'cleaning twice changes nothing');
      }),
      { numRuns: RUNS },
    );
  });

  it('lets nothing harmful of the hostile strings through', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    for (const text of strings) {
      for (const cleaned of [cleanText(text), cleanLabel(text), cleanMessage(text)])
        assert.doesNotMatch(cleaned, HARMFUL);
    }
  });
});

describe('cleanLabel', () => {
  it('makes no icons', () => {
    assert.doesNotMatch(cleanLabel('$(trash) $($(x))'), /\$\(/);
    fc.assert(
      fc.property(hostile, (text) => !cleanLabel(text).includes('$(')),
      { numRuns: RUNS },
    );
  });
});

describe('cleanMessage', () => {
  it('makes no links', () => {
    assert.doesNotMatch(cleanMessage('[free](command:x) https://evil.example [a]](file:x)'), /\]\(|:\/\//);
    fc.assert(
      fc.property(hostile, (text) => !/\]\(|:\/\//.test(cleanMessage(text))),
      { numRuns: RUNS },
    );
  });
});
