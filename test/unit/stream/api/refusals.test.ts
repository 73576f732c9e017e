import assert from 'node:assert/strict';
import { readAnswer, tokenAnswer } from '../../../../src/stream/api/answers';
import type { HttpAnswer } from '../../../../src/stream/api/http';
import { type Failure, refusalOf } from '../../../../src/stream/failure';
import { DOCUMENTED_TOKEN } from '../../support/exampleToken';

/** Why an answer is a failure (an object becomes JSON): the failure's fields, then what Cloudflare said. */
function refused(status: number, body: unknown, more: Partial<HttpAnswer> = {}): readonly string[] {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const outcome = readAnswer({ status, contentType: '', text, ...more }, tokenAnswer, 1_800_000_000_500);
  assert.ok(!outcome.ok);
  return [
    line(outcome.failure),
    ...(refusalOf(outcome.failure)?.errors ?? []).map((error) => Object.values(error).join(' ')),
  ];
}

function line(failure: Failure): string {
  const { errors: _, ...fields } = { errors: [], ...failure };
  return Object.values(fields).join(' ');
}

const no = (...errors: unknown[]) => ({ success: false, errors, messages: [], result: null });
const AUTH = { code: 10000, message: 'Authentication error' };
const PAGE = '<!DOCTYPE html><html><title>Attention Required!</title></html>';
const OK = { success: true, errors: [], messages: [], result: { token: DOCUMENTED_TOKEN } };

describe('refusals', () => {
  const statuses: readonly [number, unknown, Partial<HttpAnswer>, readonly string[]][] = [
    [400, no({ code: 10005, message: 'Bad Request' }), {}, ['rejected 400', '10005 Bad Request']],
    [401, no(AUTH), {}, ['unauthorized 401', '10000 Authentication error']],
    [403, no(AUTH), { ray: '8f-VIE' }, ['forbidden 403 8f-VIE', '10000 Authentication error']],
    [404, no({ code: 10003, message: 'Not Found' }), {}, ['notFound 404', '10003 Not Found']],
    [407, PAGE, {}, ['proxyLogin']],
    [409, no(), {}, ['rejected 409']],
    [429, no({ code: 971, message: 'Please wait' }), {}, ['rateLimited 429', '971 Please wait']],
    [429, no(), { retryAfter: 300 }, ['rateLimited 429 1800000301']],
    [429, PAGE, {}, ['rateLimited 429']],
    [500, no(), {}, ['serverTrouble 500']],
    [503, '', {}, ['serverTrouble 503']],
    [522, PAGE, { ray: '8f-VIE' }, ['serverTrouble 522 8f-VIE']],
    [999, '', {}, ['serverTrouble 999']],
  ];
  for (const [status, body, more, expected] of statuses) {
    it(`${status} → ${expected.join(', ')}`, () => assert.deepEqual(refused(status, body, more), expected));
  }

  const blocks: readonly [string, unknown][] = [
    ['a page', PAGE],
    ['nothing', ''],
    ['JSON of someone else', { error: 'denied' }],
  ];
  for (const [name, body] of blocks) {
    it(`403 with ${name}: not Cloudflare’s API`, () => {
      assert.deepEqual(refused(403, body, { ray: '8f-VIE' }), ['blocked 403 8f-VIE']);
    });
  }

  for (const status of [400, 401, 404, 511]) {
    it(`${status} with a page: somebody else answered`, () =>
      assert.deepEqual(refused(status, PAGE), [`notCloudflare ${status}`]));
  }

  it('believes success: false with 200', () => {
    assert.deepEqual(refused(200, no(AUTH)), ['rejected 200', '10000 Authentication error']);
  });
  it('does not believe success: true with 400', () => assert.deepEqual(refused(400, OK), ['rejected 400']));

  it('takes a malformed Authorization header for what it is', () => {
    const error_chain = [{ code: 6111, message: 'Invalid format for Authorization header' }];
    assert.deepEqual(refused(400, no({ code: 6003, message: 'Invalid request headers', error_chain })), [
      'unauthorized 400',
      '6003 Invalid request headers',
      '6111 Invalid format for Authorization header',
    ]);
  });

  const errors: readonly [string, unknown, readonly string[]][] = [
    ['with a pointer', [{ code: 1, message: 'exp', source: { pointer: '/exp' } }], ['1 exp /exp']],
    ['with a page', [{ code: 1, message: 'x', documentation_url: 'https://a.example' }], ['1 x https://a.example']],
    ['of nulls', [{ code: 1, message: 'x', source: null, documentation_url: null, error_chain: null }], ['1 x']],
    [
      'several',
      [
        { code: 1, message: 'x' },
        { code: 2, message: 'y' },
      ],
      ['1 x', '2 y'],
    ],
    ['without anything', [{}], ['0 ']],
    ['as text', ['denied'], ['0 denied']],
    ['of wrong types', [{ code: '10000', message: 1, source: 'x' }], ['0 ']],
    ['with a damaged chain', [{ code: 1, message: 'x', error_chain: [{ code: 2 }, 'y', null] }], ['1 x', '2 ', '0 y']],
    ['with damaged ones among them', [null, 7, { code: 1, message: 'x' }], ['1 x']],
    ['null', null, []],
    ['not a list', 'denied', []],
  ];
  for (const [name, list, expected] of errors) {
    it(`errors ${name}`, () => assert.deepEqual(refused(403, { ...no(), errors: list }).slice(1), expected));
  }

  it('survives a chain in a chain in a chain', () => {
    const depth = 100_000;
    const chain = '{"code":1,"error_chain":['.repeat(depth) + ']}'.repeat(depth);
    assert.deepEqual(refused(403, `{"success":false,"errors":[${chain}]}`).slice(1), ['1 ', '1 ']);
  });
});
