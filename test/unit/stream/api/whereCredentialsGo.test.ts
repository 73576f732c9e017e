import assert from 'node:assert/strict';
import { originsOf } from '../../../../src/editor/origins';
import { type Credential, credentialHeaders } from '../../../../src/stream/api/credential';
import { API_ORIGIN, type HttpRequest } from '../../../../src/stream/api/http';
import { createWire } from '../../../../src/stream/api/wire';
import { createFakeClock } from '../../support/fakeClock';
import { type LocalServer, startServer } from './localServer';

const never = new AbortController().signal;
const CREDENTIALS: readonly Credential[] = [
  { kind: 'apiToken', token: 'cfut_canary_0123456789abcdefghij' },
  { kind: 'globalKey', email: 'canary@example.com', key: 'cfk_canary_0123456789abcdefghij' },
];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;

/** Every address that fetch is asked for. */
function recordingFetch() {
  const asked: string[] = [];
  const fetch = async (input: unknown) => {
    asked.push(String(input));
    return new Response('{}');
  };
  return { asked, fetch: () => fetch };
}

describe('where credentials go', () => {
  describe('with a server that redirects to another host', () => {
    let first: LocalServer;
    let second: LocalServer;
    let answer: { readonly status: number; readonly location: string } = { status: 302, location: '' };
    before(async () => {
      first = await startServer((response) =>
        response.writeHead(answer.status, { location: answer.location, refresh: `0;url=${answer.location}` }).end(),
      );
      second = await startServer((response) => response.end('{}'));
    });
    after(() => Promise.all([first.close(), second.close()]));

    for (const status of [301, 302, 303, 307, 308]) {
      for (const method of METHODS) {
        for (const credential of CREDENTIALS) {
          it(`${status} to a ${method} with ${credential.kind}: to the first host only`, async () => {
            const host = second.origin.slice('http://'.length);
            const locations = [second.origin, `//${host}/client/v4/accounts`, `${first.origin}@${host}/`];
            const before = first.received.length;
            for (const location of locations) {
              answer = { status, location };
              const wire = createWire({
                origin: first.origin,
                clock: createFakeClock(0),
                fetch: () => globalThis.fetch,
              });
              const request: HttpRequest = { method, path: '/accounts', headers: credentialHeaders(credential) };
              const body = method === 'GET' ? {} : { body: { exp: 1 } };
              const outcome = await wire.http({ ...request, ...body }, never);
              assert.deepEqual(outcome, { ok: false, failure: { code: 'redirected', status } });
            }
            assert.deepEqual([first.received.length - before, second.connections()], [locations.length, 0]);
            const names = Object.keys(first.received.at(-1)?.headers ?? {}).filter((name) =>
              /^(?:auth|x-auth)/.test(name),
            );
            assert.deepEqual(
              names.sort(),
              credential.kind === 'apiToken' ? ['authorization'] : ['x-auth-email', 'x-auth-key'],
            );
          });
        }
      }
    }
  });

  describe('with an environment that names another host', () => {
    let other: LocalServer;
    const kept = { ...process.env };
    before(async () => {
      other = await startServer((response) => response.end('{}'));
    });
    after(async () => {
      process.env = kept;
      await other.close();
    });
    const names = [
      'CLOUDFLARE_BASE_URL',
      'CLOUDFLARE_API_BASE_URL',
      'CLOUDFLARE_API_URL',
      'CF_API_BASE_URL',
      'STREAM_SIGNER_API_ORIGIN',
      'STREAM_SIGNER_DELIVERY_ORIGIN',
    ];

    it('an installed extension calls Cloudflare and nobody else', async () => {
      const environment = Object.fromEntries(names.map((name) => [name, other.origin]));
      process.env = { ...kept, ...environment };
      const origins = originsOf(true, process.env);
      const { asked, fetch } = recordingFetch();
      const wire = createWire({ origin: origins.api ?? API_ORIGIN, clock: createFakeClock(0), fetch });
      for (const credential of CREDENTIALS)
        await wire.http({ method: 'GET', path: '/accounts', headers: credentialHeaders(credential) }, never);
      assert.deepEqual(asked, [
        'https://api.cloudflare.com/client/v4/accounts',
        'https://api.cloudflare.com/client/v4/accounts',
      ]);
      assert.equal(other.connections(), 0);
    });

    const lookAlikes = [
      'https://api.cloudflare.com.evil.example',
      'https://api.cloudflare.com@evil.example',
      'https://api.cloudflare.com:8443',
      'http://api.cloudflare.com',
      'https://api-cloudflare.com',
      'https://api.cloudflare.com%2eevil.example',
      'https://аpi.cloudflare.com',
      'http://127.0.0.1.evil.example',
      'http://localhost.evil.example',
      'http://127.0.0.1:80@evil.example',
      'http://[::1]@evil.example',
      'http://127.0.0.1#@evil.example',
      'http://127.0.0.1\\@evil.example',
      'http://2130706433.evil.example',
    ];
    for (const lookAlike of lookAlikes) {
      it(`one under development does not fall for ${lookAlike}`, async () => {
        const origins = originsOf(false, { STREAM_SIGNER_API_ORIGIN: lookAlike });
        const { asked, fetch } = recordingFetch();
        const wire = createWire({ origin: origins.api ?? API_ORIGIN, clock: createFakeClock(0), fetch });
        await wire.http({ method: 'GET', path: '/accounts', headers: {} }, never);
        assert.deepEqual(asked, ['https://api.cloudflare.com/client/v4/accounts']);
      });
    }
  });

  const paths = [
    '//evil.example/x',
    '/@evil.example',
    '/..//evil.example',
    '/\\evil.example',
    '/%2f%2fevil.example',
    '/a?b#c',
  ];
  for (const path of paths) {
    it(`the path ${path} stays at its host`, async () => {
      const { asked, fetch } = recordingFetch();
      const wire = createWire({ origin: API_ORIGIN, clock: createFakeClock(0), fetch });
      await wire.http({ method: 'GET', path: path as `/${string}`, headers: {} }, never);
      assert.equal(new URL(asked[0] ?? '').origin, API_ORIGIN);
    });
  }
});
