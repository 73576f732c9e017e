import assert from 'node:assert/strict';
import { documentationOf, failureSentence, refusalLines } from '../../../src/flows/failureSentence';
import type { ApiError, Failure } from '../../../src/stream/failure';

const times = { locale: 'en-US', timeZone: 'UTC' };
const said = { status: 400, errors: [] };

describe('failures in words', () => {
  const rows: readonly [Exclude<Failure, { code: 'cancelled' }>, RegExp][] = [
    [{ code: 'offline' }, /seems to be offline/],
    [{ code: 'unreachable', reason: 'ECONNREFUSED' }, /can’t be reached \(ECONNREFUSED\)/],
    [{ code: 'connectionLost', reason: 'ECONNRESET' }, /broke off \(ECONNRESET\)/],
    [{ code: 'proxyRefused', status: 403 }, /proxy refused .* \(403\)/],
    [{ code: 'brokenAnswer', reason: 'Z_DATA_ERROR' }, /arrived broken \(Z_DATA_ERROR\)/],
    [{ code: 'timeout', seconds: 30 }, /did not answer within 30 seconds/],
    [{ code: 'certificate', reason: 'SELF_SIGNED_CERT_IN_CHAIN' }, /not trusted \(SELF_SIGNED_CERT_IN_CHAIN\)/],
    [{ code: 'certificate', reason: 'CERT_HAS_EXPIRED' }, /not valid today .* Check the date of this machine/],
    [{ code: 'certificate', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' }, /another server’s/],
    [{ code: 'certificate', reason: 'ERR_SSL_WRONG_VERSION_NUMBER' }, /does not speak TLS/],
    [{ code: 'unusableToken', flaw: 'unreadable' }, /token that can’t be read/],
    [{ code: 'unusableToken', flaw: 'otherKey' }, /that another key signed.*dropped/],
    [{ code: 'unusableToken', flaw: 'otherVideo' }, /token for another video/],
    [{ code: 'unusableToken', flaw: 'expired' }, /has expired already/],
    [{ code: 'proxyLogin' }, /proxy asks for a user name/],
    [{ code: 'redirected', status: 302 }, /redirect \(302\)/],
    [{ code: 'notCloudflare', status: 200 }, /web page came back/],
    [{ code: 'blocked', status: 403, ray: '8a1-FRA' }, /blocked before it reached .* Ray id: 8a1-FRA/],
    [{ code: 'tooLarge', bytes: 16 * 1_048_576 }, /too large \(16 MB/],
    [{ code: 'unexpectedAnswer', detail: 'result.token' }, /unexpected form \(result.token\)/],
    [{ code: 'unauthorized', ...said, status: 401 }, /does not accept the credential \(401\)/],
    [{ code: 'forbidden', ...said, status: 403 }, /is not allowed to do this \(403\).*Account → Stream → Edit/],
    [{ code: 'notFound', ...said, status: 404 }, /can’t find this in the account \(404\)/],
    [{ code: 'rejected', ...said }, /refused the request \(400\)/],
    [{ code: 'rateLimited', ...said, status: 429 }, /limit is reached. Try again in five minutes/],
    [{ code: 'rateLimited', ...said, status: 429, retryAt: 1_800_000_000 }, /Try again at Jan 15, 2027, 08:00:00/],
    [{ code: 'serverTrouble', ...said, status: 522, ray: 'r' }, /trouble at the moment \(522\).*Ray id: r/],
    [{ code: 'credentialMissing', account: 'A\u202e\nB' }, /credential of "A B" is no longer on this machine/],
    [{ code: 'noCredential', account: 'A\nB' }, /account "A B" has no credential and signs only/],
    [{ code: 'accountGone' }, /was removed/],
    [{ code: 'writtenByNewer' }, /newer version .* was not changed/],
    [{ code: 'secretsUnavailable', reason: 'x' }, /secret storage .* nothing was stored/],
    [{ code: 'apiUnavailable' }, /In the browser/],
  ];
  for (const [failure, sentence] of rows)
    it(failure.code, () => assert.match(failureSentence(failure, times), sentence));

  it('has a sentence of its own for each', () => {
    const sentences = rows.map(([failure]) => failureSentence(failure, times));
    assert.equal(new Set(sentences).size, rows.length);
    for (const sentence of sentences) assert.doesNotMatch(sentence, /undefined|\{\d\}|\[object/);
  });

  const refused = (...errors: ApiError[]): Failure => ({ code: 'rejected', status: 400, errors });

  it('repeats Cloudflare’s words, cleaned', () => {
    assert.deepEqual(refusalLines(refused({ code: 10005, message: 'Bad\n\u202erequest ' }, { code: 0, message: '' })), [
      '10005: Bad request',
      'no message',
    ]);
    assert.deepEqual(refusalLines({ code: 'offline' }), []);
  });

  const links: readonly [string, string | undefined][] = [
    ['https://developers.cloudflare.com/stream/', 'https://developers.cloudflare.com/stream/'],
    ['http://developers.cloudflare.com/', undefined],
    ['https://cloudflare.com@evil.example/', undefined],
    ['https://notcloudflare.com/', undefined],
    ['command:x', undefined],
    ['//', undefined],
  ];
  for (const [documentationUrl, expected] of links) {
    it(`${expected === undefined ? 'refuses' : 'takes'} the documentation ${documentationUrl}`, () =>
      assert.equal(documentationOf(refused({ code: 1, message: '', documentationUrl })), expected));
  }
});
