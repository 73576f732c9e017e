import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findStreamUrl } from '../../../../src/stream/delivery/findStreamUrl';
import { DOCUMENTED_TOKEN as T } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';
import { VIDEO_ID as ID } from '../token/jwt';

const HOST = 'https://customer-f33zs165nr7gyfy4.cloudflarestream.com';
const URL = `${HOST}/${ID}/iframe?muted=true`;

/** The URL and, in it, the subject, as they stand in the text. */
function outcome(text: string): readonly [string, string] | undefined {
  const found = findStreamUrl(text);
  if (found === undefined) return undefined;
  const { at, subjectAt } = found;
  assert.ok(at.start <= subjectAt.start && subjectAt.end <= at.end);
  return [text.slice(at.start, at.end), text.slice(subjectAt.start, subjectAt.end)];
}

describe('findStreamUrl', () => {
  const around: readonly string[] = [
    URL,
    `See ${URL}.`,
    `See ${URL}, or not`,
    `Is it ${URL}?`,
    `[watch](${URL})`,
    `[a](${URL})[b](https://example.com)`,
    `<iframe src="${URL}" allowfullscreen></iframe>`,
    `const src = \`${URL}\`;`,
    `background: url(${URL});`,
    `{"src":"${URL}","x":1}`,
    `https://example.com https://videodelivery.net/x ${URL}`,
    `<${URL}>`,
    `(${URL})`,
    `\u202e${URL}\n`,
  ];
  for (const text of around) it(JSON.stringify(text), () => assert.deepEqual(outcome(text), [URL, ID]));

  const encoded = encodeURIComponent(URL);
  const inJson = URL.replaceAll('/', '\\/');
  const rows: readonly [string, string, readonly [string, string] | undefined][] = [
    ['the first of two', `${URL} ${HOST}/${T}/watch`, [URL, ID]],
    ['a token', `x ${HOST}/${T}/watch y`, [`${HOST}/${T}/watch`, T]],
    ['percent-encoded', `https://x.example/?u=1 ${encoded}`, [encoded, ID]],
    ['percent-encoded as a parameter', `src=${encoded}&x=1`, [`${encoded}&x=1`, ID]],
    [
      'a token, percent-encoded',
      encodeURIComponent(`${HOST}/${T}/watch`),
      [encodeURIComponent(`${HOST}/${T}/watch`), T],
    ],
    ['slashes escaped in JSON', `{"hls":"${inJson}"}`, [inJson, ID]],
    ['the player before its poster', `${URL}&poster=${encoded}`, [`${URL}&poster=${encoded}`, ID]],
    ['no scheme', `go to ${URL.slice(8)} now`, [URL.slice(8), ID]],
    ['no id', 'https://videodelivery.net/', undefined],
    ['a script of the player', 'https://embed.cloudflarestream.com/embed/sdk.latest.js', undefined],
    ['inside another site’s address', `https://evil.example/?u=${URL}`, undefined],
    ['encoded inside another site’s address', `https://evil.example/?u=${encoded}`, undefined],
    ['a longer name', `notcloudflarestream.com/${ID}/watch`, undefined],
    ['a placeholder', 'https://videodelivery.net/{id}/watch', undefined],
    ['no address', 'hello', undefined],
    ['nothing', '', undefined],
  ];
  for (const [name, text, expected] of rows) it(name, () => assert.deepEqual(outcome(text), expected));

  it('says the same of a URL wherever it stands', () => {
    const padding = fc.string({
      unit: fc.constantFrom(' ', '\n', '"', 'é', '\u{1f3ac}', '(', '%2', '\\/'),
      maxLength: 8,
    });
    const subjects = fc.constantFrom(ID, T);
    const spellings = fc.constantFrom<(url: string) => string>(
      (url) => url,
      encodeURIComponent,
      (url) => url.replaceAll('/', '\\/'),
    );
    fc.assert(
      fc.property(padding, subjects, spellings, (before, subject, spell) => {
        const text = `${before} ${spell(`${HOST}/${subject}/manifest/video.m3u8?dvrEnabled=true`)}`;
        const found = findStreamUrl(text);
        assert.ok(found);
        assert.equal(text.slice(found.subjectAt.start, found.subjectAt.end), subject);
        assert.equal(found.form, 'hls');
        assert.deepEqual(found.options, { dvrEnabled: 'true' });
      }),
      { numRuns: RUNS },
    );
  });
});
