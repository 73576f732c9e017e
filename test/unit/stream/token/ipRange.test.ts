import assert from 'node:assert/strict';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { isNeverPublic, isWithin, parseRange, readRange } from '../../../../src/stream/token/ipRange';
import { parseList } from '../../../../src/stream/token/parseList';
import { RUNS } from '../../support/properties';
import { sharedJson } from '../../support/shared';

/** `10.0.0.0/8 network`, or the problem behind a `!`. */
function read(text: string): string {
  const result = parseRange(text);
  if (result.ok) return [result.value, ...result.notes].join(' ');
  const { code, ...more } = result.problem;
  return `!${[code, ...Object.values(more)].join(' ')}`;
}

describe('parseRange', () => {
  const rows: readonly [string, string][] = [
    ['198.51.100.7', '198.51.100.7'],
    ['198.51.100.7/32', '198.51.100.7/32'],
    ['198.51.100.0/24', '198.51.100.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['2606:4700::1', '2606:4700::1'],
    ['2606:4700::/32', '2606:4700::/32'],
    ['::/0', '::/0'],
    ['::1/128', '::1/128'],
    ['2606:4700:0:0:0:0:0:1', '2606:4700::1'],
    ['2606:4700::ABCD', '2606:4700::abcd'],

    ['198.51.100.7/24', '198.51.100.0/24 network'],
    ['10.1.2.3/0', '0.0.0.0/0 network'],
    ['2606:4700::1/32', '2606:4700::/32 network'],
    ['2606:4700:abcd::/33', '2606:4700:8000::/33 network'],
    ['::ffff:198.51.100.7', '198.51.100.7 mapped'],
    ['::FFFF:c633:6407', '198.51.100.7 mapped'],
    ['::ffff:198.51.100.7/120', '198.51.100.0/24 network mapped'],
    ['::ffff:0:0/96', '0.0.0.0/0 mapped'],
    ['::ffff:0:0/95', '::fffe:0:0/95 network'],
    ['fe80::1%eth0', 'fe80::1 zone'],
    ['fe80::1%25eth0/64', 'fe80::/64 zone network'],
    ['[2606:4700::1]', '2606:4700::1 brackets'],
    ['[2606:4700::1]:443', '2606:4700::1 brackets port'],
    ['198.51.100.7:8080', '198.51.100.7 port'],

    ['198.051.100.7', '!leadingZero'],
    ['010.0.0.1', '!leadingZero'],
    ['198.51.100', '!octets 3'],
    ['198.51.100.7.9', '!octets 5'],
    ['198.51.100/24', '!octets 3'],
    ['198.51.100.256', '!octetTooLarge'],
    ['198.51.100.1000', '!octetTooLarge'],
    ['198.51.100.0/33', '!prefix 32'],
    ['198.51.100.0/08', '!prefix 32'],
    ['198.51.100.0/', '!prefix 32'],
    ['198.51.100.0/24/24', '!prefix 32'],
    ['198.51.100.0/2e1', '!prefix 32'],
    ['198.51.100.0/255.255.255.0', '!prefix 32'],
    ['2606:4700::/129', '!prefix 128'],
    ['2606:4700::/-1', '!span'],
    ['198.51.100.1-198.51.100.9', '!span'],
    ['198.51.100.1–9', '!span'],
    ['-', '!span'],
    ['198.51.100.*', '!wildcard'],
    ['*', '!wildcard'],
    ['0xc6.0x33.0x64.7', '!unreadable'],
    ['0xc6336407', '!unreadable'],
    ['3325256711', '!unreadable'],
    ['１９８.51.100.7', '!unreadable'],
    ['1:2:3:4:5:6:7:8:9', '!unreadable'],
    ['2606::4700::1', '!unreadable'],
    ['::ffff:198.051.100.7', '!unreadable'],
    ['2606:4700::1%', '!unreadable'],
    ['/', '!unreadable'],
    ['/24', '!unreadable'],
    ['', '!unreadable'],
    ['localhost', '!unreadable'],
    ['example.com', '!unreadable'],
    ['[', '!unreadable'],
    ['[]', '!unreadable'],
  ];
  for (const [text, expected] of rows)
    it(`${JSON.stringify(text)} → ${expected}`, () => assert.equal(read(text), expected));

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.ipV4Extended(),
    fc.ipV6(),
    fc
      .array(fc.constantFrom('1', '0', '255', 'f', '.', ':', '::', '/', '%', '[', ']', 'ffff', '24', '-', '*', 'x'), {
        maxLength: 14,
      })
      .map((parts) => parts.join('')),
  );

  it('never throws, and what it gives stays as it is', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const result = parseRange(typed);
        if (result.ok) assert.deepEqual(parseRange(result.value), { ...result, notes: [] });
      }),
      { numRuns: RUNS },
    );
  });

  it('takes no hostile string for a range that is none (skipped without ../shared/vectors/blns.json.gz)', function () {
    const strings = sharedJson('vectors/blns.json.gz') as readonly string[] | undefined;
    if (strings === undefined) return this.skip();
    assert.ok(strings.length > 500);
    for (const text of strings) {
      const result = parseRange(text);
      assert.ok(!result.ok || readRange(result.value) !== undefined, text);
      parseList(text, parseRange);
    }
  });

  it('agrees with Node about what is an address', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const isAddress = isIPv4(typed) || (isIPv6(typed) && !typed.includes('%'));
        assert.equal(!typed.includes('/') && readRange(typed) !== undefined, isAddress);
      }),
      { numRuns: RUNS },
    );
  });

  it('gets through 256 KB', () => {
    for (const unit of ['1.', ':', '[', '1/', '%', 'f:']) assert.equal(parseRange(unit.repeat(131_072)).ok, false);
  });
});

describe('isWithin', () => {
  const rows: readonly [string, string, boolean][] = [
    ['198.51.100.7', '198.51.100.0/24', true],
    ['198.51.101.7', '198.51.100.0/24', false],
    ['198.51.100.7', '198.51.100.99/24', true],
    ['198.51.100.0/25', '198.51.100.0/24', true],
    ['198.51.100.0/23', '198.51.100.0/24', false],
    ['198.51.100.7', '0.0.0.0/0', true],
    ['2606:4700::1', '::/0', true],
    ['198.51.100.7', '::/0', false],
    ['::192.0.2.1', '::/96', true],
    ['192.0.2.1', '::192.0.2.1', false],
    ['192.0.2.1', '::ffff:192.0.2.1', true],
    ['2606:4700::1', '0.0.0.0/0', false],
    ['::ffff:198.51.100.7', '198.51.100.0/24', true],
    ['198.51.100.7', '::ffff:198.51.100.0/120', true],
    ['::ffff:198.51.100.7', '::/0', false],
    ['2606:4700:8000::', '2606:4700:8000::/33', true],
    ['2606:4700:7fff::', '2606:4700:8000::/33', false],
  ];
  for (const [inner, outer, expected] of rows) {
    it(`${inner} is ${expected ? '' : 'not '}within ${outer}`, () => {
      const [a, b] = [readRange(inner), readRange(outer)];
      assert.ok(a && b);
      assert.equal(isWithin(a, b), expected);
    });
  }

  it('agrees with Node’s block list', () => {
    const network = fc.oneof(
      fc.tuple(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(fc.ipV6(), fc.ipV6(), fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(network, fc.boolean(), ([base, other, prefix], same) => {
        // Two random addresses share a network too seldom.
        const address = same ? base : other;
        const family = isIPv4(base) ? 'ipv4' : 'ipv6';
        const [inner, outer] = [readRange(address), readRange(`${base}/${prefix}`)];
        assert.ok(inner && outer);
        // Mapped addresses are of the other family here.
        if (inner.family !== outer.family || (family === 'ipv6' && inner.family === 4)) return;
        const list = new BlockList();
        list.addSubnet(base, prefix, family);
        assert.equal(isWithin(inner, outer), list.check(address, family));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('isNeverPublic', () => {
  const rows: readonly [string, boolean][] = [
    ['10.0.0.0/8', true],
    ['172.16.0.1', true],
    ['172.32.0.1', false],
    ['192.168.1.0/24', true],
    ['127.0.0.1', true],
    ['169.254.0.0/16', true],
    ['100.64.0.0/10', true],
    ['203.0.113.0/24', true],
    ['224.0.0.1', true],
    ['fe80::/10', true],
    ['fd00::/8', true],
    ['::1', true],
    ['2001:db8::/32', true],
    ['8.8.8.8', false],
    ['198.41.128.0/17', false],
    ['2606:4700::/32', false],
    ['2002::/16', false],
    // Partly public.
    ['10.0.0.0/7', false],
    ['192.168.0.0/15', false],
    ['0.0.0.0/0', false],
    ['::/0', false],
  ];
  for (const [text, expected] of rows) {
    it(`${text}: ${expected ? 'never seen' : 'can be seen'}`, () => {
      const range = readRange(text);
      assert.ok(range);
      assert.equal(isNeverPublic(range), expected);
    });
  }
});
