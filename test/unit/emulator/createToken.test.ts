import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createToken } from '../../emulator/createToken';
import { createSigningKey, isSignedBy, parseToken, type SigningKey } from '../../emulator/token';

const UID = '1b6f0d2a4c8e47d39a5b7c6e8f901234';
const KID = 'af71151f9df4c6b1641a7b451de86114';
const NOW = 1_790_000_000;
const DAY = 86_400;

describe('emulator: POST …/token', () => {
  let key: SigningKey;
  before(async () => {
    key = await createSigningKey(KID);
  });

  function make(body?: Readonly<Record<string, unknown>>): string {
    const answer = createToken(UID, body, key, NOW);
    assert.equal(answer.status, 200, String(answer.body));
    return JSON.parse(String(answer.body)).result.token;
  }

  it('makes a token that looks like Cloudflare’s own', () => {
    const token = make();
    const [header = '', claims = ''] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    assert.equal(header, `{"alg":"RS256","kid":"${KID}"}`);
    assert.equal(claims, `{"sub":"${UID}","kid":"${KID}","exp":"${NOW + 3600}","nbf":"${NOW - 3600}"}`);
    const parts = parseToken(token);
    assert.ok(parts !== undefined && isSignedBy(parts, key.privateKey));
  });

  it('takes over every field, in Cloudflare’s order', () => {
    const accessRules = [
      { type: 'ip.geoip.country', action: 'block', country: ['US', 'MX'] },
      { type: 'any', action: 'allow' },
    ];
    const token = make({ flags: { original: true }, accessRules, downloadable: true, nbf: NOW, exp: NOW + DAY });
    assert.deepEqual(Object.entries(parseToken(token)?.claims ?? {}), [
      ['sub', UID],
      ['kid', KID],
      ['exp', String(NOW + DAY)],
      ['nbf', String(NOW)],
      ['downloadable', true],
      ['accessRules', accessRules],
      ['flags', { original: true }],
    ]);
  });

  it('signs with the key of the caller when one is sent', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = Buffer.from(privateKey.export({ type: 'pkcs1', format: 'pem' })).toString('base64');
    const parts = parseToken(make({ id: 'own', pem }));
    assert.equal(parts?.claims.kid, 'own');
    assert.ok(parts && isSignedBy(parts, privateKey) && !isSignedBy(parts, key.privateKey));
  });

  const any = { type: 'any', action: 'allow' };
  const rule = (more: object) => ({ accessRules: [any, { action: 'block', ...more }] });
  const wrong: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ exp: NOW }, '/exp'],
    [{ exp: NOW + DAY + 1 }, '/exp'],
    [{ exp: (NOW + 60) * 1000 }, '/exp'],
    [{ exp: String(NOW + 60) }, '/exp'],
    [{ exp: NOW + 0.5 }, '/exp'],
    [{ exp: null }, '/exp'],
    [{ nbf: 'now' }, '/nbf'],
    [{ nbf: -1 }, '/nbf'],
    [{ nbf: NOW + 3600 }, '/nbf'],
    [{ exp: NOW + 60, nbf: NOW + 60 }, '/nbf'],
    [{ downloadable: 'true' }, '/downloadable'],
    [{ accessRules: any }, '/accessRules'],
    [{ accessRules: Array(6).fill(any) }, '/accessRules'],
    [{ accessRules: ['any'] }, '/accessRules/0'],
    [{ accessRules: [{ type: 'any' }] }, '/accessRules/0/action'],
    [{ accessRules: [{ action: 'allow' }] }, '/accessRules/0/type'],
    [rule({ type: 'ip.src' }), '/accessRules/1/ip'],
    [rule({ type: 'ip.src', ip: ['10.0.0.0/8', '10.0.0.0/33'] }), '/accessRules/1/ip/1'],
    [rule({ type: 'ip.src', ip: ['2400:cb00::/129'] }), '/accessRules/1/ip/0'],
    [rule({ type: 'ip.src', ip: ['example.com'] }), '/accessRules/1/ip/0'],
    [rule({ type: 'ip.geoip.country', country: [] }), '/accessRules/1/country'],
    [rule({ type: 'ip.geoip.country', country: ['USA'] }), '/accessRules/1/country/0'],
    [{ flags: true }, '/flags'],
    [{ flags: { original: 1 } }, '/flags/original'],
    [{ id: 'own' }, '/pem'],
    [{ pem: 'LS0t' }, '/id'],
    [{ id: 'own', pem: 'LS0t' }, '/pem'],
    [{ id: 7, pem: 'LS0t' }, '/id'],
  ];
  for (const [body, pointer] of wrong) {
    it(`refuses ${JSON.stringify(body).slice(0, 80)} at ${pointer}`, () => {
      const answer = createToken(UID, body, key, NOW);
      const [error] = JSON.parse(String(answer.body)).errors;
      assert.deepEqual([answer.status, error.code, error.source.pointer], [400, 10005, pointer]);
      assert.match(error.documentation_url, /^https:/);
    });
  }

  it('accepts a token for exactly a day, and no flags at all', () => {
    make({ exp: NOW + DAY });
    make({ flags: {} });
    make({ accessRules: [] });
  });
});
