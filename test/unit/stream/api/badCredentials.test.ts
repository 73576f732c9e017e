import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { MockAgent, fetch as undiciFetch } from 'undici';
import { failureText } from '../../../../src/flows/failureSentence';
import { createStreamApi } from '../../../../src/stream/api/client';
import { type Credential, cleanApiToken } from '../../../../src/stream/api/credential';
import { cleanEmail, cleanGlobalKey } from '../../../../src/stream/api/globalKey';
import { createWire } from '../../../../src/stream/api/wire';
import { createFakeClock } from '../../support/fakeClock';
import { RUNS } from '../../support/properties';
import { ACCOUNT, VIDEO } from './faultServer/success';

const CANARY = 'CaNaRy7391';
const ORIGIN = 'https://api.example';
const never = new AbortController().signal;

/** Texts around a canary that make headers, JSON and messages go wrong. */
const secrets = fc
  .tuple(nasty(), nasty(), fc.constantFrom('', 'Bearer ', 'ERR_', '{"', 'net::ERR_', '\n', 'Proxy response (407) '))
  .map(([before, after, prefix]) => `${prefix}${before}${CANARY}${after}`);

function nasty() {
  const piece = fc.constantFrom(
    '\n',
    '\r\n',
    '\0',
    '\t',
    ' ',
    '"',
    '\\',
    '{',
    '}',
    ':',
    'é',
    'ÿ',
    '\u2028',
    '😀',
    '\ud800',
    '%0a',
  );
  return fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 4 }).map((parts) => parts.join(''));
}

const credentials = secrets.chain((secret) =>
  fc.constantFrom<Credential>(
    { kind: 'apiToken', token: secret },
    { kind: 'globalKey', email: 'dev@example.com', key: secret },
    { kind: 'globalKey', email: secret, key: secret },
  ),
);

type Fetch = (input: string, init: RequestInit) => Promise<Response>;
const secretsIn = (init: RequestInit) => Object.values(init.headers as Record<string, string>).join(' ');

/** What a fetch can do with what it is given, from the real thing to the worst. */
function fetches(agent: MockAgent): readonly [string, Fetch][] {
  return [
    ['the real Headers', async (input, init) => new Response(new Request(input, init).method)],
    [
      'a mock that quotes what it did not expect',
      (input, init) => undiciFetch(input, { ...init, dispatcher: agent } as never) as unknown as Promise<Response>,
    ],
    [
      'an error that quotes the headers',
      async (_input, init) => {
        const said = secretsIn(init);
        throw Object.assign(
          new TypeError(said, { cause: Object.assign(new Error(said), { code: said, syscall: said }) }),
          { code: said, errors: [new Error(said)] },
        );
      },
    ],
    [
      'an answer that repeats them and is no JSON',
      async (_input, init) => new Response(`{"token": ${secretsIn(init)}`),
    ],
    [
      'a refusal that repeats them in JSON',
      async (_input, init) => {
        const errors = [{ code: 1, message: secretsIn(init), source: { pointer: secretsIn(init) } }];
        return new Response(JSON.stringify({ success: false, errors, messages: errors }), { status: 400 });
      },
    ],
    [
      'a refusal that repeats them',
      async (_input, init) =>
        new Response(`<p>${secretsIn(init)}`, { status: 400, headers: { 'content-type': 'text/html' } }),
    ],
  ];
}

describe('a bad credential', () => {
  let agent: MockAgent;
  before(() => {
    agent = new MockAgent();
    agent.disableNetConnect();
    agent
      .get(ORIGIN)
      .intercept({ path: '/never', headers: { authorization: 'expected' } })
      .reply(200, '{}')
      .persist();
  });
  after(() => agent.close());

  it('reaches no error, no sentence and no log', async () => {
    let tried = 0;
    const property = fc.asyncProperty(credentials, fc.nat(5), async (credential, which) => {
      const [name, fetch] = fetches(agent)[which] ?? [];
      assert.ok(fetch);
      tried++;
      const clock = createFakeClock(1_800_000_000_000);
      const { http } = createWire({ origin: ORIGIN, clock, fetch: () => fetch as unknown as typeof globalThis.fetch });
      const heard: unknown[] = [];
      const api = createStreamApi({ http, clock, credential, onMessage: (message) => void heard.push(message) });
      const calls = [api.verifyUserToken(never), api.createToken(ACCOUNT, VIDEO, undefined, never)];
      await clock.advance(5000);
      for (const outcome of await Promise.all(calls)) {
        assert.ok(!outcome.ok && outcome.failure.code !== 'cancelled');
        const sentence = failureText(outcome.failure, { locale: 'en', timeZone: 'UTC' });
        const all = inspect([outcome, heard, sentence], { depth: 10, showHidden: true });
        assert.ok(!all.includes(CANARY), `${name}: ${all}`);
      }
    });
    await fc.assert(property, { numRuns: RUNS });
    assert.ok(tried >= RUNS);
  }).timeout(600_000);

  it('is refused before it becomes a header, without a word of it', () => {
    const property = fc.property(secrets, (secret) => {
      for (const cleaned of [cleanApiToken(secret), cleanGlobalKey(secret), cleanEmail(secret)]) {
        if (!cleaned.ok) assert.ok(!inspect(cleaned).includes(CANARY));
        // What was accepted fits into a header.
        else for (const text of Object.values(cleaned)) new Headers({ Authorization: `Bearer ${text}` });
      }
    });
    fc.assert(property, { numRuns: RUNS });
  });
});
