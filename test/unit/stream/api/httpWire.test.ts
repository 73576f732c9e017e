import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { createHttp, type Http, type HttpRequest } from '../../../../src/stream/api/http';
import { createFakeClock } from '../../support/fakeClock';
import { type LocalServer, startServer } from './localServer';

const NOW = Date.UTC(2027, 0, 15, 8);
const GET: HttpRequest = { method: 'GET', path: '/accounts', headers: { Authorization: 'Bearer secret' } };
const POST: HttpRequest = {
  method: 'POST',
  path: '/accounts',
  headers: { 'X-Auth-Key': 'secret', 'X-Auth-Email': 'me' },
};
const never = new AbortController().signal;

describe('http, to a server', () => {
  let open: LocalServer[] = [];
  afterEach(async () => {
    await Promise.all(open.map((server) => server.close()));
    open = [];
  });
  async function serve(answer: (response: ServerResponse) => void): Promise<LocalServer> {
    const server = await startServer(answer);
    open.push(server);
    return server;
  }
  function client(server: LocalServer, clock = createFakeClock(NOW)): Http {
    return createHttp({ origin: server.origin, clock, fetch: () => globalThis.fetch });
  }

  it('sends what was asked, and nothing that was not', async () => {
    const server = await serve((response) => {
      response.sendDate = false;
      response.setHeader('content-type', 'application/json').end('{"a":1}');
    });
    const answer = await client(server)(
      { ...GET, query: { before: '2026-01-01T00:00:00+02:00', limit: '5', name: 'a&b=ü /?#', none: undefined } },
      never,
    );
    assert.deepEqual(answer, { ok: true, value: { status: 200, contentType: 'application/json', text: '{"a":1}' } });
    const [request] = server.received;
    assert.equal(request?.method, 'GET');
    assert.equal(
      request.url,
      '/client/v4/accounts?before=2026-01-01T00%3A00%3A00%2B02%3A00&limit=5&name=a%26b%3D%C3%BC+%2F%3F%23',
    );
    assert.equal(request.headers.authorization, 'Bearer secret');
    assert.equal(request.headers.accept, 'application/json');
    assert.equal(request.headers.cookie, undefined);
  });

  const bodies: readonly [string, unknown, string, string | undefined][] = [
    ['without body', undefined, '', undefined],
    ['with an empty object', {}, '{}', 'application/json'],
    ['with fields', { exp: 1, downloadable: false }, '{"exp":1,"downloadable":false}', 'application/json'],
  ];
  for (const [name, body, text, contentType] of bodies) {
    it(`posts ${name}: Content-Type ${contentType}`, async () => {
      const server = await serve((response) => response.end());
      await client(server)({ ...POST, ...(body !== undefined && { body }) }, never);
      assert.deepEqual([server.received[0]?.body, server.received[0]?.headers['content-type']], [text, contentType]);
    });
  }

  it('refuses a redirect to itself and one without an address', async () => {
    const server = await serve((response) =>
      response.writeHead(302, server.received.length > 1 ? {} : { location: '/' }).end(),
    );
    for (let count = 1; count <= 2; count++) {
      assert.deepEqual(await client(server)(GET, never), { ok: false, failure: { code: 'redirected', status: 302 } });
      assert.equal(server.received.length, count);
    }
  });

  it('stops at the limit of the unpacked body', async () => {
    const bomb = gzipSync(Buffer.alloc(48 * 1_048_576));
    assert.ok(bomb.length < 100_000);
    const server = await serve((response) => response.setHeader('content-encoding', 'gzip').end(bomb));
    assert.deepEqual(await client(server)(GET, never), { ok: false, failure: { code: 'tooLarge', bytes: 1_048_576 } });
  });

  it('hangs up on a body without end', async () => {
    const closed = Promise.withResolvers<void>();
    const server = await serve((response) => {
      const pump = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', pump).on('close', closed.resolve);
      pump();
    });
    assert.deepEqual(await client(server)(GET, never), { ok: false, failure: { code: 'tooLarge', bytes: 1_048_576 } });
    await closed.promise;
  });

  it('takes a body of exactly the limit, sixteen times as much for a list', async () => {
    for (const [request, bytes] of [
      [GET, 1_048_576],
      [{ ...GET, list: true }, 16_777_216],
    ] as const) {
      const server = await serve((response) => response.end('x'.repeat(bytes)));
      const answer = await client(server)(request, never);
      assert.equal(answer.ok && answer.value.text.length, bytes);
    }
  });

  it('reads a BOM and broken UTF-8 like a browser', async () => {
    const server = await serve((response) => response.end(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff])));
    const answer = await client(server)(GET, never);
    assert.ok(answer.ok && answer.value.text === 'a\ufffd');
  });

  it('times out when no headers come, and hangs up', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const server = await serve(asked.resolve);
    const clock = createFakeClock(NOW);
    const outcome = client(server, clock)(GET, never);
    const closed = once(await asked.promise, 'close');
    await clock.advance(29_999);
    await clock.advance(1);
    assert.deepEqual(await outcome, { ok: false, failure: { code: 'timeout', seconds: 20, sent: 'maybe' } });
    await closed;
  });

  it('can be cancelled before: nothing is sent', async () => {
    const server = await serve((response) => response.end('{}'));
    assert.deepEqual(await client(server)(GET, AbortSignal.abort()), { ok: false, failure: { code: 'cancelled' } });
    assert.equal(server.connections(), 0);
  });

  it('can be cancelled while waiting for headers', async () => {
    const asked = Promise.withResolvers<ServerResponse>();
    const server = await serve(asked.resolve);
    const cancel = new AbortController();
    const outcome = client(server)(GET, cancel.signal);
    const closed = once(await asked.promise, 'close');
    cancel.abort();
    assert.deepEqual(await outcome, { ok: false, failure: { code: 'cancelled', sent: 'maybe' } });
    await closed;
  });

  const broken: readonly [string, (response: ServerResponse) => void, string][] = [
    ['a reset before the headers', (response) => response.destroy(), 'connectionLost UND_ERR_SOCKET'],
    [
      'a body that is cut off',
      (response) => response.writeHead(200, { 'content-length': '10' }).write('abc', () => response.destroy()),
      'connectionLost UND_ERR_SOCKET',
    ],
    ['no HTTP at all', (response) => response.socket?.end('SSH-2.0-OpenSSH\r\n\r\n'), 'brokenAnswer HTTP'],
    [
      'bad gzip',
      (response) => response.setHeader('content-encoding', 'gzip').end('no gzip'),
      'brokenAnswer Z_DATA_ERROR',
    ],
    [
      'a huge header',
      (response) => response.setHeader('x', 'x'.repeat(40_000)).end(),
      'brokenAnswer UND_ERR_HEADERS_OVERFLOW',
    ],
  ];
  for (const [name, answer, expected] of broken) {
    it(`names ${name}: ${expected}`, async () => {
      const server = await serve(answer);
      const outcome = await client(server)(GET, never);
      assert.equal(outcome.ok ? 'ok' : Object.values(outcome.failure).join(' '), expected);
    });
  }

  it('names a closed port', async () => {
    const server = await serve(() => {});
    await server.close();
    assert.deepEqual(await client(server)(GET, never), {
      ok: false,
      failure: { code: 'unreachable', reason: 'ECONNREFUSED' },
    });
  });

  for (const secret of ['sec\nret', 'sec\0ret', 'sécret\u2028', 'ERR secret']) {
    it(`repeats no credential that does not fit into a header: ${JSON.stringify(secret)}`, async () => {
      const server = await serve((response) => response.end('{}'));
      const outcome = await client(server)({ ...GET, headers: { Authorization: `Bearer ${secret}` } }, never);
      assert.doesNotMatch(JSON.stringify(outcome), /s.cret|sec|ret/);
    });
  }
});
