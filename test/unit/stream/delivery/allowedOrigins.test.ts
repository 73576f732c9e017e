import assert from 'node:assert/strict';
import { mayShow } from '../../../../src/stream/delivery/allowedOrigins';

describe('mayShow', () => {
  const rows: readonly [readonly string[], string, boolean][] = [
    [[], 'https://example.com', true],
    [[], 'file:///home/me/page.html', true],
    [['example.com'], 'https://example.com', true],
    [['example.com'], 'https://example.com/a/page.html?b#c', true],
    [['example.com'], 'http://example.com', true],
    [['Example.COM'], 'https://EXAMPLE.com', true],
    [['example.com'], 'https://www.example.com', false],
    [['www.example.com'], 'https://example.com', false],
    [['*.example.com'], 'https://www.example.com', true],
    [['*.example.com'], 'https://a.b.example.com', true],
    [['*.example.com'], 'https://example.com', false],
    [['*.example.com'], 'https://badexample.com', false],
    [['localhost'], 'http://localhost:3000', false],
    [['localhost:3000'], 'http://localhost:3000', true],
    [['example.com'], 'https://example.com:443', true],
    [['example.com'], 'https://example.com:8443', false],
    [['a.com', 'b.com'], 'https://b.com', true],
    [['example.com'], 'https://example.com.evil.test', false],
    [['example.com'], 'file:///home/me/example.com', false],
    [['example.com'], 'vscode-webview://example.com', false],
    [['example.com'], 'example.com', false],
    [['example.com'], '', false],
  ];
  for (const [allowed, page, expected] of rows) {
    it(`${page || 'no page'} ${expected ? 'may' : 'may not'} show what is for ${allowed.join(', ') || 'all'}`, () =>
      assert.equal(mayShow(allowed, page), expected));
  }
});
