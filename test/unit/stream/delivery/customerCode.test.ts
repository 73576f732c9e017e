import assert from 'node:assert/strict';
import fc from 'fast-check';
import { customerCodeOf, parseCustomerCode } from '../../../../src/stream/delivery/customerCode';
import { DOCUMENTED_TOKEN as T } from '../../support/exampleToken';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';
import { VIDEO_ID as ID } from '../token/jwt';

const CODE = 'f33zs165nr7gyfy4';

/** The code, or what is wrong, e.g. `! tooLong 33`. */
function outcome(text: string): string {
  const result = parseCustomerCode(text);
  return result.ok ? result.customerCode : `! ${Object.values(result.problem).join(' ')}`;
}

describe('parseCustomerCode', () => {
  const codes: readonly string[] = [
    CODE,
    ` ${CODE}\n`,
    `"${CODE}",`,
    CODE.toUpperCase(),
    `customer-${CODE}`,
    `Customer-${CODE.toUpperCase()}`,
    `customer-${CODE}.cloudflarestream.com`,
    `customer-${CODE}.cloudflarestream.com/`,
    `//customer-${CODE}.cloudflarestream.com/${ID}/watch`,
    `https://customer-${CODE}.cloudflarestream.com`,
    `HTTPS://CUSTOMER-${CODE.toUpperCase()}.CLOUDFLARESTREAM.COM/`,
    `http://customer-${CODE}.cloudflarestream.com/${ID}/manifest/video.m3u8?protocol=llhls`,
    `https://customer-${CODE}.cloudflarestream.com/${T}/iframe`,
    `'https://customer-${CODE}.cloudflarestream.com/${ID}/watch';`,
  ];
  for (const text of codes) it(`takes ${JSON.stringify(text.slice(0, 80))}`, () => assert.equal(outcome(text), CODE));

  const refused: readonly [string, string][] = [
    ['', '! empty'],
    [' \t\n', '! empty'],
    ['""', '! empty'],
    [ID, '! id'],
    [ID.toUpperCase(), '! id'],
    [`customer-${ID}`, '! id'],
    [`https://customer-${ID}.cloudflarestream.com/`, '! id'],
    ['videodelivery.net', '! sharedHost'],
    [`https://videodelivery.net/${ID}/manifest/video.m3u8`, '! sharedHost'],
    [`https://iframe.cloudflarestream.com/${ID}`, '! sharedHost'],
    ['cloudflarestream.com', '! sharedHost'],
    [`https://customer-${CODE}.cloudflarestream.com.evil.example/`, '! otherHost'],
    [`https://customer-${CODE}.cloudflarestream.com@evil.example/`, '! otherHost'],
    [`https://evil.example/customer-${CODE}.cloudflarestream.com`, '! otherHost'],
    [`https://dash.cloudflare.com/${ID}/stream`, '! otherHost'],
    [T, '! otherHost'],
    ['customer-', '! characters'],
    [`customer-customer-${CODE}`, '! characters'],
    [`${CODE}/`, '! characters'],
    [`/${CODE}`, '! characters'],
    ['https://', '! characters'],
    ['f33z-s165', '! characters'],
    ['f33z s165', '! characters'],
    ['cfut_0123456789abcdef', '! characters'],
    ['..', '! otherHost'],
    ['ключ', '! characters'],
    [`${CODE}\u200b`, '! characters'],
    ['a'.repeat(33), '! tooLong 33'],
    // What a legacy API token and a Global API Key look like.
    ['Ab3'.padEnd(40, 'x'), '! tooLong 40'],
    [`${ID}01234`, '! tooLong 37'],
    ['a'.repeat(16_385), '! tooLong 16385'],
  ];
  for (const [text, expected] of refused)
    it(`refuses ${JSON.stringify(text.slice(0, 80))}: ${expected}`, () => assert.equal(outcome(text), expected));

  it('gives a code that may enter a host name, or none, and never throws', () => {
    const piece = fc.constantFrom(
      CODE,
      'customer-',
      '.cloudflarestream.com',
      'https://',
      '/',
      '@',
      ID,
      '..',
      '\u202e',
      ' ',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const result = parseCustomerCode(text);
        assert.ok(!result.ok || /^[a-z0-9]{1,32}$/.test(result.customerCode));
      }),
      { numRuns: RUNS },
    );
  });

  it('takes no hostile string for more than letters and digits', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) this.skip();
    for (const text of strings) {
      const result = parseCustomerCode(text);
      assert.ok(!result.ok || /^[a-z0-9]{1,32}$/.test(result.customerCode), text);
    }
  });
});

describe('customerCodeOf', () => {
  const rows: readonly [string, string | undefined][] = [
    ['https://customer-f33zs165nr7gyfy4.cloudflarestream.com/x/watch', 'f33zs165nr7gyfy4'],
    ['https://CUSTOMER-ABC.cloudflarestream.com', 'abc'],
    ['https://customer-.cloudflarestream.com/', undefined],
    ['https://customer-a-b.cloudflarestream.com/', undefined],
    ['https://customer-abc.cloudflarestream.com.evil.example/', undefined],
    ['https://customer-abc.cloudflarestream.com@evil.example/', undefined],
    ['https://x.customer-abc.cloudflarestream.com/', undefined],
    ['https://videodelivery.net/', undefined],
    ['customer-abc.cloudflarestream.com', undefined],
    ['', undefined],
  ];
  for (const [url, code] of rows) it(`${url} → ${code}`, () => assert.equal(customerCodeOf(url), code));
});
