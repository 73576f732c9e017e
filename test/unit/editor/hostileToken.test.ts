import assert from 'node:assert/strict';
import { claimsHtml } from '../../../src/editor/claimsHtml';
import { elements, FRAME, shape } from '../support/claimsPage';
import { HOSTILE_TEXTS } from '../support/hostileTexts';
import { sharedJson } from '../support/shared';
import { SOME_SIGNATURE } from '../support/someSignature';
import { testInspector } from '../support/testInspector';

const ID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const KID = '8f926b2b01f3835170025a78a4dcbf6a';
const part = (json: string) => Buffer.from(json).toString('base64url');

interface Written {
  /** JSON, since it may name things as no object literal can. */
  readonly header?: string;
  readonly claims?: string;
}

/** Tokens with a text (as JSON) in many places at once; together they have it in every place. */
const PLACES: Readonly<Record<string, (text: string) => Written>> = {
  'in names and free values': (text) => ({
    header: `{"alg":"RS256","kid":${text},"typ":${text},"crit":[${text}],${text}:${text}}`,
    claims: `{"sub":"${ID}","kid":${text},"exp":4000000000,"flags":{${text}:${text}},"note":[{${text}:${text}}],${text}:${text}}`,
  }),
  'where Stream wants something else': (text) => ({
    header: `{"alg":${text},"kid":"${KID}"}`,
    // Numbers would be times.
    claims: `{"sub":${text},"exp":["x",${text}],"nbf":{"x":${text}},"downloadable":${text},"accessRules":${text}}`,
  }),
  'in rules': (text) => ({
    claims: `{"sub":"${ID}","exp":4000000000,"accessRules":[${[
      text,
      `{"type":${text},"action":"allow"}`,
      `{"type":"any","action":${text}}`,
      `{"type":"ip.geoip.country","action":"allow","country":[${text}]}`,
      `{"type":"ip.src","action":"block","ip":[${text}]}`,
      '{"type":"any","action":"block"}',
    ].join()}]}`,
  }),
};

describe('the claims page of a hostile token', () => {
  /** What the page is made of, in no order: names that are numbers come first in any object. */
  async function pageOf(write: (text: string) => Written, text: string) {
    const { header = `{"alg":"RS256","kid":"${KID}"}`, claims = '' } = write(JSON.stringify(text));
    const { inspector } = await testInspector({});
    const report = await inspector.again({ token: `${part(header)}.${part(claims)}.${SOME_SIGNATURE}` });
    return report.ok ? shape(elements(claimsHtml(report.value, FRAME))).sort() : undefined;
  }

  const naughty = (sharedJson('vectors/blns.json.gz') as readonly string[] | undefined) ?? [];
  // An empty text breaks out of nothing, but it is no key id.
  const texts = [...HOSTILE_TEXTS, ...naughty].filter((text) => text !== '');
  for (const [place, write] of Object.entries(PLACES)) {
    it(`has not one element more: ${texts.length} texts ${place}`, async () => {
      const plain = await pageOf(write, 'plain');
      assert.ok(plain);
      for (const text of texts) assert.deepEqual(await pageOf(write, text), plain, text);
    });
  }
});
