import assert from 'node:assert/strict';
import fc from 'fast-check';
import { claimsHtml, emptyHtml, PAGE_COMMANDS } from '../../../src/editor/claimsHtml';
import { partOf } from '../../../src/editor/claimsParts';
import type { ClaimsReport } from '../../../src/flows/inspector/claimsReport';
import { elements, FRAME, shape } from '../support/claimsPage';
import { HOSTILE_TEXTS } from '../support/hostileTexts';
import { RUNS } from '../support/properties';
import { sharedJson } from '../support/shared';

/** A report in which every single text is the same one. */
function reportOf(text: string): ClaimsReport {
  return {
    given: { token: text, url: text },
    tone: 'bad',
    headline: text,
    advice: [text],
    lines: [
      { subject: text, tone: 'good', text },
      { subject: text, tone: 'unsure', text, action: 'askVideo' },
      { subject: text, tone: 'neutral', text, action: 'testViewer' },
    ],
    judgedAt: text,
    oddities: [text],
    claims: [{ part: 'header', name: text, value: text, meaning: text, oddities: [text], raw: text }],
    rules: {
      rules: [
        { sentence: text, warnings: [text] },
        { sentence: text, warnings: [] },
      ],
      warnings: [text],
    },
    urls: [{ form: 'hls', url: text, label: text }],
    json: text,
    playback: {
      conclusion: text,
      tone: 'good',
      asked: text,
      rows: [{ what: text, by: text, answer: text, tone: 'bad', meaning: text }],
    },
    videoId: text,
  };
}
const pageOf = (text: string) => claimsHtml(reportOf(text), FRAME);

/** What a parser makes of any text: one kind of line break, and no null characters. */
const parsed = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '');

const plain = shape(elements(pageOf('x')));

function assertHarmless(text: string): void {
  const seen = elements(pageOf(text));
  assert.deepEqual(shape(seen), plain);
  assert.equal(seen.find(({ name }) => name === 'h1')?.text, parsed(text));
  // A line break right after the tag is not part of the text.
  assert.equal(seen.find(({ name }) => name === 'pre')?.text, parsed(text.replace(/^(?:\r\n?|\n)/, '')));
}

describe('claims page', () => {
  const seen = elements(pageOf('x'));

  it('allows its own stylesheet and nothing else', () => {
    for (const page of [pageOf('x'), emptyHtml(FRAME)]) {
      const all = elements(page);
      assert.equal(
        all.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')?.attributes.content,
        "default-src 'none'; style-src 'nonce-n0nce'; base-uri 'none'; form-action 'none'; frame-src 'none'; connect-src 'none'",
      );
      const names = new Set(all.map(({ name }) => name));
      assert.deepEqual(
        all.filter(({ name }) => name === 'style' || name === 'link').map(({ attributes }) => attributes),
        [{ nonce: 'n0nce' }],
      );
      for (const name of ['script', 'img', 'iframe', 'object', 'form', 'base', 'svg'])
        assert.ok(!names.has(name), name);
      for (const { attributes } of all)
        for (const name of Object.keys(attributes)) assert.doesNotMatch(name, /^on|^style$|^srcdoc$|^src$/);
    }
  });

  it('has links only to its own commands, and no token in any', () => {
    const hrefs = elements(claimsHtml({ ...reportOf('x'), given: { token: 'eyJ.eyJ.x' } }, FRAME)).flatMap(
      ({ attributes }) => attributes.href ?? [],
    );
    assert.ok(hrefs.length > 8);
    for (const href of hrefs) {
      const [, command = '', argument] = /^command:([\w.]+)(?:\?(.*))?$/.exec(href) ?? [];
      assert.ok((PAGE_COMMANDS as readonly string[]).includes(command), href);
      if (argument !== undefined) assert.match(decodeURIComponent(argument), /^\["(?:token|claims\/\d+|urls\/\d+)"\]$/);
    }
  });

  it('links to every one of them', () => {
    const used = new Set(seen.flatMap(({ attributes }) => /^command:([\w.]+)/.exec(attributes.href ?? '')?.[1] ?? []));
    assert.deepEqual([...used].sort(), [...PAGE_COMMANDS].sort());
  });

  it('copies every value by a link with a name of its own, to the very text', () => {
    const report = { ...reportOf('x'), claims: claims('sub', 'exp'), urls: urls('HLS URL', 'Watch page') };
    const links = elements(claimsHtml(report, FRAME)).filter(({ attributes }) =>
      attributes.href?.startsWith('command:streamSigner.copyTokenPart'),
    );
    const copied = links.map(({ attributes, text }) => {
      assert.ok(attributes['aria-label']?.includes(text));
      const [part] = JSON.parse(decodeURIComponent(attributes.href?.split('?')[1] ?? ''));
      return [attributes['aria-label'], partOf(report, part)?.text];
    });
    assert.deepEqual(copied, [
      ['Copy: sub', 'raw sub'],
      ['Copy: exp', 'raw exp'],
      ['Copy: Token', 'x'],
      ['Copy: HLS URL', 'https://HLS URL'],
      ['Copy: Watch page', 'https://Watch page'],
    ]);
  });

  it('shows of the token in a URL just its ends, and copies all of it', () => {
    const token = `eyJ${'x'.repeat(300)}$&PiQ`;
    const urls = [{ form: 'iframe' as const, label: 'Player', url: `https://a/${token}/iframe` }];
    const report = { ...reportOf('x'), given: { token }, urls };
    const shown = elements(claimsHtml(report, FRAME)).filter(({ text }) => text.startsWith('https:'));
    assert.deepEqual(
      shown.map(({ text }) => text),
      ['https://a/eyJx…&PiQ/iframe'],
    );
    assert.equal(partOf(report, 'urls/0')?.text, urls[0]?.url);
  });

  for (const part of ['', 'x', 'claims/', 'claims/9', 'claims/-1', 'claims/length', 'urls/1e9', '__proto__/0', 'given'])
    it(`copies nothing for ${JSON.stringify(part)}`, () => assert.equal(partOf(reportOf('x'), part), undefined));

  it('is a page with one heading, headings below it, and real tables', () => {
    assert.equal(seen.find(({ name }) => name === 'html')?.attributes.lang, 'en');
    assert.equal(seen.filter(({ name }) => name === 'h1').length, 1);
    assert.ok(seen.filter(({ name }) => name === 'h2').length >= 5);
    const tables = seen.filter(({ name }) => name === 'table');
    assert.equal(tables.length, 3);
    assert.deepEqual(
      seen.filter(({ attributes }) => attributes.scope === 'col').map(({ text }) => text),
      ['Asked for', 'With', 'Answer', 'Meaning', 'Claim', 'Value', 'Meaning', 'Form', 'URL'],
    );
    assert.equal(seen.filter(({ attributes }) => attributes.scope === 'row').length, 4);
  });

  it('says in words what it shows by signs and colours', () => {
    assert.deepEqual(
      seen.filter(({ attributes }) => attributes.class === 'spoken').map(({ text }) => text),
      ['Fine.', 'Doubtful.', 'Note.', 'Fine.', 'Wrong.'],
    );
    for (const { text } of seen.filter(({ attributes }) => attributes.class === 'mark'))
      assert.equal([...text].length, 1);
  });

  for (const text of HOSTILE_TEXTS) it(`shows ${JSON.stringify(text)} as text`, () => assertHarmless(text));

  it('shows any text as text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), assertHarmless), {
      numRuns: RUNS,
      examples: [['\u0000\n'], ['\n\n'], ['\r\n'], ['\r\r\n'], ['\n\u0000']],
    });
  });

  it('shows any text of tags and quotes as text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '"',
      "'",
      '`',
      '=',
      '&',
      ';',
      '!--',
      'script',
      'a ',
      'href',
      '\r',
      '#x3c',
    );
    const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));
    fc.assert(fc.property(text, assertHarmless), { numRuns: RUNS });
  });

  it('shows the big list of naughty strings as text (skipped without ../shared)', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) return this.skip();
    assert.ok(strings.length > 500);
    strings.forEach(assertHarmless);
  });
});

function claims(...names: string[]): ClaimsReport['claims'] {
  return names.map((name) => ({ part: 'claims', name, value: name, meaning: '', oddities: [], raw: `raw ${name}` }));
}
function urls(...labels: string[]): ClaimsReport['urls'] {
  return labels.map((label) => ({ form: 'hls', label, url: `https://${label}` }));
}
