import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { createStreamApi } from '../../../../src/stream/api/client';
import type { Credential } from '../../../../src/stream/api/credential';
import { CREDENTIAL_VARIABLES, curlText } from '../../../../src/stream/api/curlText';
import { createHttp, type HttpRequest } from '../../../../src/stream/api/http';
import { tokenCall } from '../../../../src/stream/api/tokenCall';
import type { TokenRequest } from '../../../../src/stream/token/options';
import { createFakeClock } from '../../support/fakeClock';
import { RUNS } from '../../support/properties';
import { startServer } from './localServer';

const ACCOUNT = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';
const VIDEO = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const URL = `https://api.cloudflare.com/client/v4/accounts/${ACCOUNT}/stream/${VIDEO}/token`;

/** What a shell makes of the command: the arguments that curl would get. */
function argumentsOf(command: string, environment: Readonly<Record<string, string>> = {}): readonly string[] {
  const stub = 'curl() { for a in "$@"; do printf "%s\\0" "$a"; done; }\n';
  const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', stub + command], {
    env: environment,
    encoding: 'utf8',
  });
  assert.deepEqual([status, stderr], [0, '']);
  return stdout.split('\0').slice(0, -1);
}

const withShell = existsSync('/bin/sh') ? it : it.skip;

describe('curlText', () => {
  it('is the request as a person writes it', () => {
    const request: TokenRequest = { exp: 1_800_003_600, downloadable: true };
    assert.equal(
      curlText(tokenCall(ACCOUNT, VIDEO, request), 'apiToken'),
      `curl --request POST \\
  --url '${URL}' \\
  --header 'Accept: application/json' \\
  --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" \\
  --header 'Content-Type: application/json' \\
  --data-raw '{"exp":1800003600,"downloadable":true}'
`,
    );
    assert.equal(
      curlText(tokenCall(ACCOUNT, VIDEO, undefined), 'globalKey', 'http://127.0.0.1:8080'),
      `curl --request POST \\
  --url '${URL.replace('https://api.cloudflare.com', 'http://127.0.0.1:8080')}' \\
  --header 'Accept: application/json' \\
  --header "X-Auth-Email: $CLOUDFLARE_EMAIL" \\
  --header "X-Auth-Key: $CLOUDFLARE_API_KEY"
`,
    );
  });

  const bodies: readonly (TokenRequest | undefined)[] = [
    undefined,
    { exp: 1 },
    {
      exp: 2,
      nbf: 1,
      downloadable: false,
      accessRules: [
        { type: 'ip.geoip.country', action: 'allow', country: ['DE', 'AT'] },
        { type: 'ip.src', action: 'allow', ip: ['2001:db8::/32'] },
        { type: 'any', action: 'block' },
      ],
      flags: { original: true },
    },
  ];
  const credentials: readonly Credential[] = [
    { kind: 'apiToken', token: 'cfut_0123456789abcdefghij' },
    { kind: 'globalKey', email: 'me@example.com', key: '0123456789abcdef0123456789abcdef01234' },
  ];
  for (const credential of credentials) {
    for (const body of bodies) {
      withShell(
        `asks what signing asks, with ${credential.kind} and ${JSON.stringify(body) ?? 'no body'}`,
        async () => {
          const server = await startServer((response) => response.end('{}'));
          try {
            const clock = createFakeClock(0);
            const http = createHttp({ origin: server.origin, clock, fetch: () => globalThis.fetch });
            const api = createStreamApi({ http, clock, credential, onMessage: () => {} });
            await api.createToken(ACCOUNT, VIDEO, body, new AbortController().signal);
            const [sent] = server.received;
            assert.ok(sent);
            const command = curlText(tokenCall(ACCOUNT, VIDEO, body), credential.kind, server.origin);
            const [token, ...more] = Object.values(credential).slice(1);
            const values = [token, ...more];
            const environment = Object.fromEntries(
              CREDENTIAL_VARIABLES[credential.kind].map((name, at) => [name, values[at] ?? '']),
            );
            for (const secret of values) assert.ok(!command.includes(secret ?? ''));
            const parsed = parseArguments(argumentsOf(command, environment));
            assert.deepEqual(
              [parsed.method, parsed.url, parsed.body],
              [sent.method, server.origin + sent.url, sent.body],
            );
            for (const [name, value] of Object.entries(parsed.headers)) assert.equal(sent.headers[name], value);
            // What fetch adds by itself says nothing about the request.
            const own = Object.keys(sent.headers).filter((name) =>
              /^(?:accept|authorization|content-type|x-)/.test(name),
            );
            assert.deepEqual(Object.keys(parsed.headers).sort(), own.filter((name) => !/^accept-/.test(name)).sort());
          } finally {
            await server.close();
          }
        },
      );
    }
  }

  withShell('lets a shell run and expand nothing of it', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        "'",
        '"',
        '\\',
        '$',
        '`',
        '!',
        '$(id)',
        '$HOME',
        '\n',
        ';',
        '&',
        '|',
        '>',
        '#',
        ' ',
        'é',
        '\u202e',
        '\0',
        '\ud800',
        '*',
        '~',
        '%',
        'a',
      ),
      maxLength: 20,
    });
    fc.assert(
      fc.property(nasty, nasty, (text, name) => {
        const request: Omit<HttpRequest, 'headers'> = {
          method: 'POST',
          path: '/x',
          query: { q: text },
          body: { [name]: text },
        };
        const { url, body } = parseArguments(argumentsOf(curlText(request, 'apiToken')));
        assert.equal(body, JSON.stringify(request.body));
        assert.equal(new globalThis.URL(url).searchParams.get('q'), text.toWellFormed());
      }),
      // Each starts a shell.
      { numRuns: Math.min(RUNS, 2000) / 4 },
    );
  });
});

function parseArguments(given: readonly string[]) {
  const values = (name: string) => given.flatMap((argument, at) => (argument === name ? [given[at + 1] ?? ''] : []));
  const headers = values('--header').map((header) => {
    const at = header.indexOf(': ');
    return [header.slice(0, at).toLowerCase(), header.slice(at + 2)] as const;
  });
  const [method = ''] = values('--request');
  const [url = ''] = values('--url');
  const [body = ''] = values('--data-raw');
  return { method, url, headers: Object.fromEntries(headers), body };
}
