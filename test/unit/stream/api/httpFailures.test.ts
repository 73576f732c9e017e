import assert from 'node:assert/strict';
import { createHttp } from '../../../../src/stream/api/http';
import { mayBeDone } from '../../../../src/stream/failure';
import { createFakeClock } from '../../support/fakeClock';

/** What a request ends in when fetch throws this. */
function reject(error: unknown) {
  const http = createHttp({
    origin: 'https://api.example',
    clock: createFakeClock(0),
    fetch: () => () => Promise.reject(error),
  });
  return http({ method: 'GET', path: '/accounts', headers: {} }, new AbortController().signal);
}

describe('http, when fetch fails', () => {
  const coded = (code: string, cause?: unknown) => Object.assign(new Error(`message of ${code}`, { cause }), { code });
  const during = (syscall: string, code: string) => Object.assign(coded(code), { syscall });
  const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });
  const happyEyeballs = (...codes: string[]) =>
    Object.assign(new AggregateError(codes.map((code) => during('connect', code))), { code: codes[0] });
  const errors: readonly [string, unknown, string][] = [
    ['no such host', fetchFailed(coded('ENOTFOUND')), 'offline'],
    ['no name server', fetchFailed(coded('EAI_AGAIN')), 'offline'],
    ['no network, for all addresses', fetchFailed(happyEyeballs('ENETUNREACH', 'ENETUNREACH')), 'offline'],
    ['no network, in Electron', new Error('net::ERR_INTERNET_DISCONNECTED'), 'offline'],
    ['refused', fetchFailed(coded('ECONNREFUSED')), 'unreachable ECONNREFUSED'],
    [
      'refused, for all addresses',
      fetchFailed(happyEyeballs('ECONNREFUSED', 'ECONNREFUSED')),
      'unreachable ECONNREFUSED',
    ],
    [
      'no IPv6 here, and IPv4 refused',
      fetchFailed(happyEyeballs('ENETUNREACH', 'ECONNREFUSED')),
      'unreachable ECONNREFUSED',
    ],
    [
      'IPv4 timed out, and no IPv6 here',
      fetchFailed(happyEyeballs('ETIMEDOUT', 'ENETUNREACH')),
      'unreachable ETIMEDOUT',
    ],
    [
      'a dead proxy, in Electron',
      new Error('net::ERR_PROXY_CONNECTION_FAILED'),
      'unreachable ERR_PROXY_CONNECTION_FAILED',
    ],
    ['an expired certificate', fetchFailed(coded('CERT_HAS_EXPIRED')), 'certificate CERT_HAS_EXPIRED'],
    [
      'another host’s certificate',
      fetchFailed(coded('ERR_TLS_CERT_ALTNAME_INVALID')),
      'certificate ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    [
      'a self-signed certificate',
      fetchFailed(coded('DEPTH_ZERO_SELF_SIGNED_CERT')),
      'certificate DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    [
      'an unknown authority',
      fetchFailed(coded('UNABLE_TO_GET_ISSUER_CERT_LOCALLY')),
      'certificate UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    ],
    [
      'an unknown authority, in Electron',
      new Error('net::ERR_CERT_AUTHORITY_INVALID'),
      'certificate ERR_CERT_AUTHORITY_INVALID',
    ],
    ['no TLS at all', fetchFailed(coded('EPROTO')), 'certificate EPROTO'],
    ['the innermost of several reasons', fetchFailed(coded('OUTER', coded('INNER'))), 'connectionLost INNER'],
    ['a cause that is its own', Object.assign(new Error('x'), { cause: undefined }), 'connectionLost UNKNOWN'],
    ['no error', 'text', 'connectionLost UNKNOWN'],
    ['nothing', undefined, 'connectionLost UNKNOWN'],
    ['a code that is no code', fetchFailed(coded('Bearer secret')), 'connectionLost UNKNOWN'],
  ];
  for (const [name, error, expected] of errors) {
    it(`failure: ${name} → ${expected}`, async () => {
      const outcome = await reject(error);
      assert.ok(!outcome.ok);
      const { code, reason } = outcome.failure as { code: string; reason?: string };
      assert.equal([code, reason ?? []].flat().join(' '), expected);
    });
  }

  const sent: readonly [string, unknown, 'no' | 'maybe'][] = [
    ['no such host', fetchFailed(coded('ENOTFOUND')), 'no'],
    ['no name server', fetchFailed(during('getaddrinfo', 'EAI_AGAIN')), 'no'],
    ['refused', fetchFailed(coded('ECONNREFUSED')), 'no'],
    ['no route, while connecting', fetchFailed(during('connect', 'EHOSTUNREACH')), 'no'],
    ['no route, while reading', fetchFailed(during('read', 'EHOSTUNREACH')), 'maybe'],
    ['no network', fetchFailed(coded('ENETUNREACH')), 'maybe'],
    ['no time to connect', fetchFailed(coded('UND_ERR_CONNECT_TIMEOUT')), 'no'],
    ['reset', fetchFailed(during('read', 'ECONNRESET')), 'maybe'],
    ['the other side closed', fetchFailed(coded('UND_ERR_SOCKET')), 'maybe'],
    ['every address refused', fetchFailed(happyEyeballs('ECONNREFUSED', 'ECONNREFUSED')), 'no'],
    ['one address refused, one reset at once', fetchFailed(happyEyeballs('ECONNREFUSED', 'ECONNRESET')), 'no'],
    ['a certificate of somebody else', fetchFailed(coded('ERR_TLS_CERT_ALTNAME_INVALID')), 'no'],
    ['a server without TLS', fetchFailed(coded('ERR_SSL_WRONG_VERSION_NUMBER')), 'no'],
    ['an alert, at any time', fetchFailed(coded('EPROTO')), 'maybe'],
    ['the network changed, in Electron', new Error('net::ERR_NETWORK_CHANGED'), 'maybe'],
    ['no error', 'text', 'maybe'],
  ];
  for (const [name, error, expected] of sent) {
    it(`sent: ${name} → ${expected}`, async () => {
      const outcome = await reject(error);
      assert.ok(!outcome.ok);
      assert.equal(mayBeDone(outcome.failure) ? 'maybe' : 'no', expected);
    });
  }

  it('survives an error that is its own cause', async () => {
    const error = coded('ECONNRESET');
    error.cause = error;
    const outcome = await reject(error);
    assert.deepEqual(outcome, { ok: false, failure: { code: 'connectionLost', reason: 'ECONNRESET' } });
  });
});
