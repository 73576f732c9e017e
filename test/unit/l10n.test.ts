import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';

/** Every text that the code hands to `l10n.t`, as written there. */
function textsInCode(): Set<string> {
  const call = /\bl10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g;
  const texts = globSync('src/**/*.ts').flatMap((file) => [...readFileSync(file, 'utf8').matchAll(call)]);
  return new Set(texts.map(([, text = '']) => text.replace(/\\(.)/g, '$1')));
}

describe('translation', () => {
  const bundle: Record<string, unknown> = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8'));

  it('has every text of the code in the bundle (npm run l10n writes it)', () => {
    assert.deepEqual([...textsInCode()].sort(), Object.keys(bundle).sort());
  });

  it('gets only literal texts', () => {
    const computed = globSync('src/**/*.ts').filter((file) => /\bl10n\.t\(\s*[^'\s]/.test(readFileSync(file, 'utf8')));
    assert.deepEqual(computed, []);
  });

  it('numbers its placeholders from 0 without a gap', () => {
    for (const text of textsInCode()) {
      const numbers = new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, number]) => Number(number)));
      assert.deepEqual(
        [...numbers].sort(),
        [...numbers].map((_, at) => at),
        text,
      );
    }
  });
});
