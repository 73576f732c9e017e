import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type OriginProblem, parseAllowedOrigins } from '../../../src/stream/allowedOrigins';
import { RUNS } from '../support/properties';

describe('parseAllowedOrigins', () => {
  const good: readonly [string, string, readonly string[]][] = [
    ['none', '', []],
    ['blanks', ' , ;\n', []],
    ['one', 'example.com', ['example.com']],
    ['several, however they are separated', 'a.com, b.com;c.com\n d.com', ['a.com', 'b.com', 'c.com', 'd.com']],
    ['twice the same', 'a.com,A.com', ['a.com']],
    ['all below a host', '*.example.com', ['*.example.com']],
    ['localhost with its port', 'localhost:3000', ['localhost:3000']],
    ['an address', '127.0.0.1:8080', ['127.0.0.1:8080']],
    ['a port elsewhere', 'dev.example.com:8443', ['dev.example.com:8443']],
    ['letters beyond ASCII', 'bücher.example', ['xn--bcher-kva.example']],
    ['the same below a star', '*.bücher.example', ['*.xn--bcher-kva.example']],
  ];
  for (const [title, text, origins] of good)
    it(`takes ${title}`, () => assert.deepEqual(parseAllowedOrigins(text), { ok: true, origins }));

  const bad: readonly [string, OriginProblem['code']][] = [
    ['https://example.com', 'scheme'],
    ['HTTP://example.com', 'scheme'],
    ['//example.com', 'scheme'],
    ['example.com/', 'path'],
    ['example.com/videos', 'path'],
    ['example.com?x', 'path'],
    ['example.com#x', 'path'],
    ['*', 'wildcard'],
    ['www.*.com', 'wildcard'],
    ['*example.com', 'wildcard'],
    ['*.*.com', 'wildcard'],
    ['*.localhost:1', 'wildcard'],
    ['localhost', 'localhostPort'],
    ['localhost:', 'port'],
    ['example.com:0', 'port'],
    ['example.com:65536', 'port'],
    ['example.com:http', 'port'],
    ['example', 'host'],
    ['example..com', 'host'],
    ['-a.com', 'host'],
    ['a_b.com', 'host'],
    ['.com', 'host'],
    ['::1', 'port'],
  ];
  for (const [entry, code] of bad)
    it(`refuses ${entry}: ${code}`, () =>
      assert.deepEqual(parseAllowedOrigins(`ok.com, ${entry}`), { ok: false, problem: { code, entry } }));

  it('lets nothing through that is no host, and reads what it made', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain(), fc.webUrl(), fc.stringMatching(/^[*.:a-z0-9/-]*$/)), (text) => {
        const read = parseAllowedOrigins(text);
        if (!read.ok) return;
        for (const origin of read.origins) assert.match(origin, /^(\*\.)?[a-z0-9.-]+(:\d{1,5})?$/);
        assert.deepEqual(parseAllowedOrigins(read.origins.join(', ')), read);
      }),
      { numRuns: RUNS },
    );
  });
});
