import assert from 'node:assert/strict';
import { type Failure, mayBeDone } from '../../../src/stream/failure';

describe('a failure tells whether the thing asked for may be done', () => {
  const said = { errors: [] };
  const rows: readonly [Failure, boolean][] = [
    [{ code: 'cancelled' }, false],
    [{ code: 'cancelled', sent: 'maybe' }, true],
    [{ code: 'offline' }, false],
    [{ code: 'offline', sent: 'maybe' }, true],
    [{ code: 'unreachable', reason: 'ECONNREFUSED' }, false],
    [{ code: 'connectionLost', reason: 'ECONNRESET' }, true],
    [{ code: 'brokenAnswer', reason: 'JSON' }, true],
    [{ code: 'proxyRefused', status: 403 }, false],
    [{ code: 'timeout', seconds: 20, sent: 'maybe' }, true],
    [{ code: 'certificate', reason: 'CERT_HAS_EXPIRED' }, false],
    [{ code: 'proxyLogin' }, false],
    [{ code: 'redirected', status: 302 }, true],
    [{ code: 'notCloudflare', status: 200 }, true],
    [{ code: 'blocked', status: 403 }, false],
    [{ code: 'tooLarge', bytes: 1 }, true],
    [{ code: 'unexpectedAnswer', detail: 'result' }, true],
    [{ code: 'unusableToken', flaw: 'expired' }, true],
    [{ code: 'unauthorized', status: 401, ...said }, false],
    [{ code: 'forbidden', status: 403, ...said }, false],
    [{ code: 'notFound', status: 404, ...said }, false],
    [{ code: 'rejected', status: 400, ...said }, false],
    [{ code: 'rejected', status: 408, ...said }, true],
    [{ code: 'rateLimited', status: 429, ...said }, false],
    [{ code: 'serverTrouble', status: 522, ...said }, true],
    [{ code: 'credentialMissing', account: 'A' }, false],
  ];
  for (const [failure, expected] of rows)
    it(`${JSON.stringify(failure)} → ${expected}`, () => assert.equal(mayBeDone(failure), expected));
});
