import assert from 'node:assert/strict';
import fc from 'fast-check';
import { claimsHtml } from '../../../src/editor/claimsHtml';
import type { ClaimsReport } from '../../../src/flows/claimsReport';
import { RUNS } from '../support/properties';
import { sharedJson } from '../support/shared';

const words = {
  claims: 'Claims',
  claim: 'Claim',
  value: 'Value',
  meaning: 'Meaning',
  rules: 'Who may watch',
  oddities: 'Worth a look',
  raw: 'As JSON',
  copyJson: 'Copy as JSON',
  decodeAnother: 'Decode another token…',
};
const frame = { language: 'en', cspSource: 'https://webview.test', styleUri: 'https://webview.test/claims.css', words };

/** A page on which every single text is the same one. */
function pageOf(text: string): string {
  const report: ClaimsReport = {
    title: text,
    status: { tone: 'bad', headline: text, detail: text },
    signature: text,
    oddities: [text],
    claims: [{ name: text, value: text, meaning: text }],
    rules: [text, text],
    json: text,
  };
  return claimsHtml(report, frame);
}

/** The tags of a page; hostile text must add none. */
const tags = (page: string) => page.match(/<[^>]*>/g);
const decodeEntities = (escaped: string) =>
  escaped.replace(
    /&(amp|lt|gt|quot|#39|#96);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`' })[name] ?? '',
  );

function assertHarmless(text: string): void {
  const page = pageOf(text);
  assert.deepEqual(tags(page), tags(pageOf('x')));
  assert.equal(decodeEntities(/<pre tabindex="0">([\s\S]*)<\/pre>/.exec(page)?.[1] ?? ''), text);
}

describe('claims page', () => {
  it('allows its own stylesheet and nothing else', () => {
    const page = pageOf('x');
    const csp = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    assert.equal(
      decodeEntities(csp),
      "default-src 'none'; style-src https://webview.test; base-uri 'none'; form-action 'none'; frame-src 'none'; connect-src 'none'",
    );
    assert.doesNotMatch(page, /<script|<style|style=|\son\w+=|javascript:/i);
    assert.deepEqual(page.match(/(?<=href=")[^"]*/g), [
      'https://webview.test/claims.css',
      'command:streamSigner.copyClaims',
      'command:streamSigner.decodeToken',
    ]);
  });

  it('is a real table with headings', () => {
    const page = pageOf('x');
    assert.match(page, /<th scope="col">Claim<\/th>/);
    assert.match(page, /<th scope="row">x<\/th>/);
    assert.match(page, /<html lang="en">/);
    assert.match(page, /<main>/);
  });

  const hostile = [
    '<img src=x onerror=alert(1)>',
    '</title><script>alert(1)</script>',
    '"><a href="command:workbench.action.quit">',
    "' onmouseover='x",
    '`backticks`',
    '&lt;b&gt;',
    '<!--',
    ']]>',
  ];
  for (const text of hostile) it(`shows ${text} as text`, () => assertHarmless(text));

  it('shows any text as text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), assertHarmless), { numRuns: RUNS });
  });

  it('shows the big list of naughty strings as text (skipped without ../shared)', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) return this.skip();
    assert.ok(strings.length > 500);
    strings.forEach(assertHarmless);
  });
});
