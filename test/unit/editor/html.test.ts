import assert from 'node:assert/strict';
import { html } from '../../../src/editor/html';

describe('markup', () => {
  for (const [character, escaped] of [
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
    ['"', '&quot;'],
    ["'", '&#39;'],
    ['`', '&#96;'],
  ] as const)
    it(`has ${character} of a value as ${escaped}`, () => {
      const value = `a${character}${character}b`;
      assert.equal(
        html`<p title="${value}">${value}</p>`.text,
        `<p title="a${escaped}${escaped}b">a${escaped}${escaped}b</p>`,
      );
    });

  it('stays as it is inside other markup, alone and in a list', () => {
    const inner = html`<b>${'&'}</b>`;
    assert.equal(html`<p>${inner}${[inner, inner]}</p>`.text, `<p>${'<b>&amp;</b>'.repeat(3)}</p>`);
  });
});
