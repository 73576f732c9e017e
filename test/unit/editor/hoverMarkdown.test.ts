import assert from 'node:assert/strict';
import fc from 'fast-check';
import { writeHover } from '../../../src/editor/hoverMarkdown';
import type { HoverCard } from '../../../src/flows/documents/hoverCard';
import { markdownText } from '../support/markdownText';
import { RUNS } from '../support/properties';
import { sharedJson } from '../support/shared';

const card = (fields: Partial<HoverCard>): HoverCard => ({
  headline: 'Tour',
  sentences: [],
  lines: [],
  rules: [],
  notes: [],
  actions: [],
  ...fields,
});
const linkOf = (act: string) => (act === 'copyId' ? undefined : `command:x.${act}`);

function written(fields: Partial<HoverCard>): string {
  const markdown = markdownText();
  writeHover(card(fields), markdown, linkOf);
  return markdown.value;
}

/** What a text becomes: it must be one line in which nothing but words, blanks and what is escaped stands. */
function said(text: string): string {
  const value = written({ headline: 'H', sentences: [text] });
  assert.ok(value.startsWith('**H**\n\n') && value.endsWith('\n\n'));
  return value.slice('**H**\n\n'.length, -2);
}
const HARMLESS =
  /^(?:\\[\\`*_{}[\]()#+\-!~>]|&(?:amp|lt|colon|period|commat|vert|equals|dollar|Hat);|[^\\`*_{}[\]()#+\-!~<>&:.@|=$^\r\n\t])*$/u;

describe('the markdown of a hover', () => {
  it('has the headline, sentences, links, lines, rules and notes, in this order', () => {
    assert.equal(
      written({
        sentences: ['One.', 'Two'],
        thumbnail: 'https://videodelivery.net/a/thumbnails/thumbnail.jpg?height=120',
        lines: [{ subject: 'Time', text: 'Until noon' }],
        rules: ['Allow Germany', 'Block everyone else'],
        notes: ['Odd'],
        actions: [
          { act: 'signVideo', label: 'Sign…' },
          { act: 'copyId', label: 'Copy id' },
          { act: 'showVideo', label: 'Show details' },
        ],
      }),
      [
        '**Tour**',
        '',
        'One&period;',
        '',
        'Two',
        '',
        '![](https://videodelivery.net/a/thumbnails/thumbnail.jpg?height=120)',
        '',
        '[Sign…](command:x.signVideo) | [Show details](command:x.showVideo)',
        '',
        '- **Time** · Until noon',
        '',
        '1. Allow Germany',
        '2. Block everyone else',
        '',
        'Odd',
        '',
        '',
      ].join('\n'),
    );
  });

  const rows: readonly [string, string, string][] = [
    ['a link', '[x](command:y)', '\\[x\\]\\(command&colon;y\\)'],
    [
      'an address',
      'https://evil.example www.evil.example',
      'https&colon;//evil&period;example www&period;evil&period;example',
    ],
    ['an e-mail address', 'a@b.example', 'a&commat;b&period;example'],
    ['an element', '<img src=x onerror=alert(1)>', '&lt;img src&equals;x onerror&equals;alert\\(1\\)\\>'],
    ['an entity', '&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['line ends of three systems', 'a\nb\r\nc\rd', 'a b c d'],
    ['a fence', '```\nx', '\\`\\`\\` x'],
    ['the number of a list', '1. x', '1&period; x'],
    ['an icon', '$(bug)', '&dollar;\\(bug\\)'],
    ['what reorders text', 'a\u202eb', 'a b'],
    ['nothing', '', ''],
  ];
  for (const [what, text, markdown] of rows) it(`shows ${what} as text`, () => assert.equal(said(text), markdown));

  it('cuts what is too long', () => assert.equal([...said('x'.repeat(5000))].length, 1200));

  it('leaves nothing of any text that means something', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '[',
        '](',
        ')',
        '<',
        '>',
        '`',
        '*',
        '_',
        'http://',
        'www.',
        '&',
        ';',
        '|',
        '\r',
        '\n',
        ' ',
        '\\',
        '1.',
        '- ',
        '#',
        '![',
        '$(',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => assert.match(said(pieces.join('')), HARMLESS)),
      { numRuns: RUNS * 5 },
    );
  });

  it('leaves nothing of 515 hostile strings that means something', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    assert.equal(strings.length, 515);
    for (const text of strings) assert.match(said(text), HARMLESS, text);
  });

  it('lets no address of a picture end it', () => {
    assert.equal(written({ thumbnail: 'https://x/a)](b "c' }), '**Tour**\n\n![](https://x/a%5Db%20%22c)\n\n');
  });
});
