import assert from 'node:assert/strict';
import { checkAnswer, checkExchange, checkRequest, loadContract } from './contract';
import { CONTRACT_FILE } from './document';
import { compileContract } from './operations';

const ACCOUNT = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const VIDEO = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const headers = { authorization: 'Bearer x' };

/** The contract gives these answers no schema, so nothing about them can be noticed. */
const BLIND = [
  'POST /accounts/{account_id}/stream',
  'DELETE /accounts/{account_id}/stream/live_inputs/{live_input_identifier}',
  'DELETE /accounts/{account_id}/stream/live_inputs/{live_input_identifier}/outputs/{output_identifier}',
  'DELETE /accounts/{account_id}/stream/{identifier}',
].flatMap((name) => [`${name} 200`, `${name} 4XX`]);

describe(`published contract (skipped: all of it, without ../shared/${CONTRACT_FILE})`, () => {
  before(function () {
    // Compiling the contract takes its time.
    this.timeout(10_000);
    if (loadContract() === undefined) this.skip();
  });

  it('compiles whole, every operation', () => {
    assert.equal(loadContract()?.operations.length, 52);
  });

  it('had these repairs, so that nonsense is noticed', () => {
    const kinds = Map.groupBy(loadContract()?.repairs ?? [], (repair) => repair.split(': ').slice(1).join(': '));
    assert.deepEqual(Object.fromEntries([...kinds].map(([kind, places]) => [kind, places.length])), {
      'type: object added': 32,
      'result made required': 26,
      'minLength became minItems': 2,
      'null added to enum': 1,
    });
  });

  it('notices a nonsense answer of every operation that describes its answers', () => {
    const envelope = { success: true, errors: [], messages: [] };
    const nonsense = [7, null, [], {}, { success: 'yes', errors: 1, messages: 'x', result: 7 }];
    const nonsenseOf: Readonly<Record<string, readonly unknown[]>> = {
      '200': [...nonsense, envelope, { ...envelope, result: 7 }, { ...envelope, result: [7] }],
      '4XX': [...nonsense, { success: false, errors: [], messages: [], result: null }],
    };
    const blind = (loadContract()?.operations ?? []).flatMap(({ name, answers }) =>
      ['200', '4XX']
        .filter((status) => {
          const check = answers.get(status)?.check;
          return check === undefined || nonsenseOf[status]?.some((body) => check(body));
        })
        .map((status) => `${name} ${status}`),
    );
    assert.deepEqual(blind, BLIND);
  });

  const results: readonly (readonly [string, string, unknown])[] = [
    ['GET', '/accounts', { id: ACCOUNT }],
    ['GET', '/user/tokens/verify', { id: 'x', status: 'perhaps' }],
    ['GET', `/accounts/${ACCOUNT}/tokens/verify`, { status: 'active' }],
    ['GET', `/accounts/${ACCOUNT}/stream`, [{ uid: 7 }]],
    ['GET', `/accounts/${ACCOUNT}/stream/${VIDEO}`, { created: 'yesterday' }],
    ['POST', `/accounts/${ACCOUNT}/stream/${VIDEO}`, { status: { state: 'done' } }],
    ['POST', `/accounts/${ACCOUNT}/stream/${VIDEO}/token`, { token: 7 }],
    ['GET', `/accounts/${ACCOUNT}/stream/storage-usage`, { videoCount: '3' }],
    ['GET', `/accounts/${ACCOUNT}/stream/keys`, [{ id: VIDEO, created: 'today' }]],
    ['POST', `/accounts/${ACCOUNT}/stream/keys`, { id: 7 }],
    ['DELETE', `/accounts/${ACCOUNT}/stream/keys/${VIDEO}`, { id: VIDEO }],
    ['GET', `/accounts/${ACCOUNT}/stream/${VIDEO}/downloads`, { default: { status: 'done', percentComplete: 100 } }],
    [
      'POST',
      `/accounts/${ACCOUNT}/stream/${VIDEO}/downloads/audio`,
      { audio: { status: 'ready', percentComplete: 101 } },
    ],
    ['DELETE', `/accounts/${ACCOUNT}/stream/${VIDEO}/downloads/audio`, null],
    ['GET', `/accounts/${ACCOUNT}/stream/live_inputs`, [{ uid: VIDEO }]],
    ['GET', `/accounts/${ACCOUNT}/stream/live_inputs/${VIDEO}`, { recording: { mode: 'on' } }],
    ['PUT', `/accounts/${ACCOUNT}/stream/live_inputs/${VIDEO}`, { status: 'asleep' }],
    ['GET', `/accounts/${ACCOUNT}/stream/live_inputs/${VIDEO}/videos`, { videos: [] }],
  ];
  for (const [method, url, result] of results) {
    it(`notices a wrong field in ${method} ${url.replace(/[0-9a-f]{32}/g, '…')}`, () => {
      const body = { success: true, errors: [], messages: [], result };
      assert.notDeepEqual(checkAnswer({ method, url, headers }, { status: 200, body }), []);
    });
  }

  const token = `/accounts/${ACCOUNT}/stream/${VIDEO}/token`;
  const json = { ...headers, 'content-type': 'application/json' };
  const requests: readonly (readonly [string, Parameters<typeof checkRequest>[0], RegExp | undefined])[] = [
    ['no body where it is optional', { method: 'POST', url: token, headers }, undefined],
    [
      'a full body, as text',
      {
        method: 'POST',
        url: `https://api.cloudflare.com/client/v4${token}`,
        headers: json,
        body: '{"exp":1790000000,"accessRules":[{"type":"any","action":"block"}]}',
      },
      undefined,
    ],
    [
      'a name Cloudflare does not know',
      { method: 'POST', url: token, headers: json, body: { access_rules: [] } },
      /access_rules/,
    ],
    [
      'such a name further inside',
      {
        method: 'POST',
        url: token,
        headers: json,
        body: { accessRules: [{ type: 'any', action: 'block', countries: [] }] },
      },
      /countries/,
    ],
    ['a time with a fraction', { method: 'POST', url: token, headers: json, body: { exp: 1.5 } }, /\/exp/],
    ['a body without its type', { method: 'POST', url: token, headers, body: {} }, /sent as ""/],
    ['a body that is no JSON', { method: 'POST', url: token, headers: json, body: '{' }, /not JSON/],
    [
      'no body where it is needed',
      { method: 'POST', url: `/accounts/${ACCOUNT}/stream/${VIDEO}`, headers },
      /is missing/,
    ],
    ['a body where there is none', { method: 'GET', url: '/accounts', headers: json, body: {} }, /has none/],
    ['no credential', { method: 'GET', url: '/accounts', headers: {} }, /credentials/],
    [
      'email without key',
      { method: 'GET', url: '/accounts', headers: { 'X-Auth-Email': 'a@example.com' } },
      /credentials/,
    ],
    [
      'email and key',
      { method: 'GET', url: '/accounts', headers: { 'X-Auth-Email': 'a@example.com', 'X-Auth-Key': 'k' } },
      undefined,
    ],
    [
      'a good query',
      { method: 'GET', url: `/accounts/${ACCOUNT}/stream?limit=20&asc=true&before=2026-11-01T00:00:00.123Z`, headers },
      undefined,
    ],
    ['a limit over 1,000', { method: 'GET', url: `/accounts/${ACCOUNT}/stream?limit=1001`, headers }, /limit/],
    ['a date alone', { method: 'GET', url: `/accounts/${ACCOUNT}/stream?before=2026-11-01`, headers }, /before/],
    ['an unknown parameter', { method: 'GET', url: `/accounts/${ACCOUNT}/stream?page=2`, headers }, /page/],
    ['an id that is too long', { method: 'GET', url: `/accounts/${ACCOUNT}0/stream`, headers }, /account_id/],
    ['an operation that is not there', { method: 'PATCH', url: token, headers }, /no such operation/],
  ];
  for (const [what, request, complaint] of requests) {
    it(`${complaint === undefined ? 'accepts' : 'notices'} ${what} in a request`, () => {
      const complaints = checkRequest(request).join('\n');
      if (complaint === undefined) assert.equal(complaints, '');
      else assert.match(complaints, complaint);
    });
  }

  it('checks both sides of an exchange', () => {
    const complaints = checkExchange({ method: 'GET', url: '/accounts?page=0', headers }, { status: 200, body: '{}' });
    assert.ok(
      complaints.some((line) => line.includes('query')) && complaints.some((line) => line.includes('answer 200')),
    );
    assert.match(
      checkAnswer({ method: 'GET', url: '/accounts', headers }, { status: 503, body: '' }).join(),
      /no such status/,
    );
  });
});

describe('contract compiler', () => {
  const withSchema = (schema: object) => ({
    components: { schemas: {} },
    paths: { '/x': { get: { responses: { '200': { content: { 'application/json': { schema: { ...schema } } } } } } } },
  });
  for (const schema of [
    { type: 'text' },
    { type: 'string', format: 'colour' },
    { typ: 'string' },
    { $ref: '#/components/schemas/none' },
  ]) {
    it(`refuses ${JSON.stringify(schema)} instead of skipping it`, () => {
      assert.throws(() => compileContract(withSchema(schema)));
    });
  }
});
