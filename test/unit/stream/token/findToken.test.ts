import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findToken } from '../../../../src/stream/token/findToken';
import { DOCUMENTED_TOKEN as T } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';

/** What Cloudflare's local simulator returns: one JSON object in base64, no dots. */
const SIMULATED = btoa('{"sub":"0b6f7c1e-1111-4222-8333-444455556666","kid":"local-mode-key","exp":1537460365}');
/** With a signature of no known length. */
const SHORT = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIifQ.c2ln';
const URL = `https://customer-f33zs165nr7gyfy4.cloudflarestream.com/${T}/iframe?poster=x`;

describe('findToken', () => {
  const found: readonly [string, string, string][] = [
    ['bare', T, 'bare'],
    ['with blanks around', ` \t${T}\n`, 'bare'],
    ['Bearer', `Bearer ${T}`, 'bare'],
    ['in quotes', `"${T}",`, 'bare'],
    ['in backticks', `\`${T}\`;`, 'bare'],
    ['broken over lines', T.replace(/.{64}/g, '$&\r\n  '), 'bare'],
    ['broken by blanks', T.replace(/.{64}/g, '$& '), 'bare'],
    ['broken everywhere', T.replace(/.{3}/g, '$& '), 'bare'],
    ['broken behind its first character', `TOKEN=${T.replace('e', 'e\n')}`, 'text'],
    ['broken in a URL', URL.replace(/.{64}/g, '$&\n'), 'url'],
    ['in a URL', URL, 'url'],
    ['in HTML', `<iframe src="${URL}"></iframe>`, 'url'],
    ['in a URL after another URL', `see https://example.com or ${URL}`, 'url'],
    ['in an encoded URL', encodeURIComponent(URL), 'url'],
    ['in an address inside a query', `https://example.com/?poster=${encodeURIComponent(URL)}`, 'url'],
    ['with encoded dots', `https://videodelivery.net/${T.replaceAll('.', '%2E')}/watch`, 'url'],
    ['in an answer of the API', JSON.stringify({ success: true, result: { token: T } }, null, 2), 'text'],
    ['in a curl command', `curl -H "Authorization: Bearer ${T}" https://example.com`, 'text'],
    ['behind a URL', `https://example.com ${T}`, 'text'],
    ['in encoded quotes', `%22${T}%22`, 'bare'],
    ['with words behind', `${T} and more`, 'text'],
    ['in an assignment', `const token=${T};`, 'text'],
  ];
  for (const [name, text, source] of found) it(name, () => assert.deepEqual(findToken(text), { text: T, source }));

  const asTheyAre: [string, string][] = [
    ['the simulator’s', SIMULATED],
    ['two parts', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIifQ'],
    ['without signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIifQ.'],
    ['four parts', 'eyJh.eyJz.a.b'],
    ['five parts, encrypted', 'eyJh.a.b.c.d'],
    ['a header printed with blanks', `${btoa('{ "alg": "RS256" }').replace(/=+$/, '')}.eyJz.a`],
    ['a header printed over lines', `${btoa('{\n"alg":"RS256"}').replace(/=+$/, '')}.eyJz.a`],
  ];
  const standard = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/');
  asTheyAre.push(['padded', `${T}==`], ['in the other alphabet', `${standard(T)}==`]);
  for (const [name, text] of asTheyAre)
    it(`bare, ${name}`, () => assert.deepEqual(findToken(text), { text, source: 'bare' }));

  const notSwallowed: readonly [string, string, string][] = [
    ['a word behind', `${SHORT} works`, SHORT],
    ['a line behind', `see: ${SHORT}\nworks`, SHORT],
    ['a broken one and words behind', `${T.replace(/.{64}/g, '$& ')} works now`, T],
    ['the end of a sentence', `I have ${T}. It works.`, T],
  ];
  for (const [name, text, token] of notSwallowed) it(name, () => assert.equal(findToken(text)?.text, token));

  const padded: readonly [string, string, string][] = [
    ['in a URL', `https://videodelivery.net/${T}==/manifest/video.m3u8`, `${T}==`],
    ['in JSON', JSON.stringify({ token: `${T}==` }), `${T}==`],
    ['percent-encoded', `https://videodelivery.net/${T}%3D%3D/iframe`, `${T}==`],
    ['in each part', `see ${T.replaceAll('.', '==.')}==`, `${T.replaceAll('.', '==.')}==`],
    ['not, a path behind it', `${T}/watch`, T],
    ['not, a longer path behind it', `${T}/manifest/video.m3u8`, T],
  ];
  for (const [name, text, token] of padded) it(`padded, ${name}`, () => assert.equal(findToken(text)?.text, token));

  it('takes the first of two', () => assert.equal(findToken(`a ${T} b ${T}x`)?.text, T));

  for (const text of [
    '',
    ' ',
    'eyJ',
    'hello',
    '1b6f5a3c9d2e4f708192a3b4c5d6e7f8',
    'a.b.c',
    `x${T}`,
    'https://example.com/a.b.c',
  ]) {
    it(`finds none in ${text.slice(0, 40)}`, () => assert.equal(findToken(text), undefined));
  }

  it('never throws, and finds only what is there', () => {
    const piece = fc.constantFrom('eyJ', '.', T, ' ', '\n', '"', '%2e', '%2F', 'https://', 'Bearer ', '=', 'x');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const token = findToken(text);
          if (token === undefined) return;
          assert.match(token.text, /^[\w+/=.-]+$/);
          // An equals sign is padding, or the mark of a line that goes on.
          const spelled = text
            .replace(/%2e/gi, '.')
            .replace(/%2f/gi, '/')
            .replace(/[\s"=]+/g, '');
          assert.ok(spelled.includes(token.text.replaceAll('=', '')));
        },
      ),
      { numRuns: RUNS },
    );
  });

  const MAX = 262_144;
  it('does not look at more than 256 KB', () => {
    assert.equal(findToken(T.padEnd(MAX))?.text, T);
    assert.equal(findToken(T.padEnd(MAX + 1)), undefined);
  });
  for (const unit of [
    ',',
    '"',
    ' ',
    '.',
    '=',
    'eyJ',
    'eyJ.x.',
    'eyJ eyJ',
    'http://',
    'https://x ',
    '%2FeyJ',
    'Bearer ',
    '\n',
    'e ',
    'eyJ.\n',
    'eyJh.eyA.x a b ',
    '%25',
    '\\',
    '" ',
    '" + "',
    '> ',
    '...',
    'eyJhbGciOi...',
  ]) {
    it(`gets through 256 KB of ${JSON.stringify(unit)}`, () => {
      const filler = unit.repeat(Math.floor((MAX - T.length - 2) / unit.length));
      assert.equal(findToken(`(${filler}(`), undefined);
      assert.equal(findToken(`(${filler} ${T}`)?.text, T);
    });
  }
});
