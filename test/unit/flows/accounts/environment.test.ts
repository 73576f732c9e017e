import assert from 'node:assert/strict';
import { type Found, readEnvironment, VARIABLES } from '../../../../src/flows/accounts/environment';

const TOKEN = 'cfut_abcdefghijklmnopqrstuvwxyz0123456789';
const KEY = '0123456789abcdef0123456789abcdef01234';
const ID = '0f3c2a9d8b7e41c6a5d4e3f2b1c09a87';

describe('what an environment holds', () => {
  const token = (name: string): Found => ({
    kind: 'credential',
    names: [name],
    credential: { kind: 'apiToken', token: TOKEN },
  });
  const rows: readonly [string, Record<string, string>, readonly Found[]][] = [
    ['nothing', { PATH: '/bin', CLOUDFLARE_API_TOKEN: ' ' }, []],
    ['an API token', { CLOUDFLARE_API_TOKEN: `${TOKEN}\n` }, [token('CLOUDFLARE_API_TOKEN')]],
    ['the older name for it', { CF_API_TOKEN: TOKEN }, [token('CF_API_TOKEN')]],
    [
      'a key with its e-mail address',
      { CLOUDFLARE_EMAIL: 'dev@example.com', CLOUDFLARE_API_KEY: KEY },
      [
        {
          kind: 'credential',
          names: ['CLOUDFLARE_EMAIL', 'CLOUDFLARE_API_KEY'],
          credential: { kind: 'globalKey', email: 'dev@example.com', key: KEY },
        },
      ],
    ],
    [
      'a key without one',
      { CLOUDFLARE_API_KEY: KEY },
      [{ kind: 'unusable', names: ['CLOUDFLARE_API_KEY'], problem: { of: 'noEmail' } }],
    ],
    ['an e-mail address without a key', { CLOUDFLARE_EMAIL: 'dev@example.com' }, []],
    [
      'broken ones',
      {
        CLOUDFLARE_API_TOKEN: KEY,
        CLOUDFLARE_EMAIL: 'dev',
        CLOUDFLARE_API_KEY: KEY,
        CLOUDFLARE_ACCOUNT_ID: 'acme',
      },
      [
        { kind: 'unusable', names: ['CLOUDFLARE_API_TOKEN'], problem: { of: 'apiToken', problem: 'globalKey' } },
        { kind: 'unusable', names: ['CLOUDFLARE_EMAIL'], problem: { of: 'email', problem: 'noAt' } },
        { kind: 'unusable', names: ['CLOUDFLARE_ACCOUNT_ID'], problem: { of: 'accountId' } },
      ],
    ],
    [
      'an account and a signing key',
      { CLOUDFLARE_ACCOUNT_ID: ID.toUpperCase(), STREAM_KEY_ID: ID, STREAM_KEY_JWK: 'eyJ1', STREAM_KEY_PEM: 'LS0t' },
      [
        { kind: 'accountId', names: ['CLOUDFLARE_ACCOUNT_ID'], accountId: ID },
        {
          kind: 'signingKey',
          names: ['STREAM_KEY_ID', 'STREAM_KEY_JWK'],
          text: `STREAM_KEY_ID=${ID}\nSTREAM_KEY_JWK=eyJ1`,
        },
      ],
    ],
    [
      'a signing key that names itself',
      { STREAM_KEY_JWK: 'eyJ1' },
      [{ kind: 'signingKey', names: ['STREAM_KEY_JWK'], text: 'STREAM_KEY_JWK=eyJ1' }],
    ],
    ['an id of a key alone', { STREAM_KEY_ID: ID }, []],
  ];
  for (const [title, environment, found] of rows)
    it(title, () => assert.deepEqual(readEnvironment(environment), found));

  it('looks at no other variable', () => {
    const read: string[] = [];
    const environment = new Proxy<Record<string, string>>(
      {},
      {
        get(_, name) {
          read.push(String(name));
        },
        ownKeys: () => assert.fail('listed the environment'),
      },
    );
    readEnvironment(environment);
    assert.deepEqual(
      [...new Set(read)].filter((name) => !VARIABLES.includes(name)),
      [],
    );
  });
});
