import assert from 'node:assert/strict';
import { rememberedForm, rememberForm } from '../../../../src/flows/signing/formMemory';
import { memoryCache } from '../../support/memory';

describe('the remembered form', () => {
  it('is HLS at first', () => {
    for (const language of [undefined, 'html', '__proto__', ''])
      assert.equal(rememberedForm(memoryCache(), language), 'hls');
  });

  it('is the language’s own, else the last one anywhere', async () => {
    const cache = memoryCache();
    await rememberForm(cache, 'typescriptreact', 'reactCode');
    await rememberForm(cache, 'html', 'iframeCode');
    await rememberForm(cache, undefined, 'token');
    const rows: readonly [string | undefined, string][] = [
      ['typescriptreact', 'reactCode'],
      ['html', 'iframeCode'],
      ['go', 'token'],
      [undefined, 'token'],
      ['toString', 'token'],
    ];
    for (const [language, form] of rows) assert.equal(rememberedForm(cache, language), form, language);
  });

  const damaged: readonly [string, unknown, unknown, string][] = [
    ['a form of a newer version', 'hologram', { html: 'hologram' }, 'hls'],
    ['one such among others', 'token', { html: 'hologram', css: 'dash' }, 'token'],
    ['something else', 7, ['x'], 'hls'],
    ['nothing', null, null, 'hls'],
  ];
  for (const [name, last, languages, expected] of damaged) {
    it(`takes ${name} for not there`, async () => {
      const cache = memoryCache();
      await cache.write('lastResultForm', last);
      await cache.write('resultFormOfLanguage', languages);
      assert.equal(rememberedForm(cache, 'html'), expected);
      await rememberForm(cache, 'html', 'dash');
      assert.equal(rememberedForm(cache, 'html'), 'dash');
    });
  }
});
