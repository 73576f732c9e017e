import fc from 'fast-check';
import type { Viewer } from '../../../../src/stream/token/firstMatch';
import type { AccessRule } from '../../../../src/stream/token/rules';

// Few countries, and addresses with few different bits, so that rules and viewers meet.
const country = fc.constantFrom('DE', 'AT', 'CH', 'US');
/** Also what is written by mistake: small letters, and what no viewer's country is. */
const entry = fc.oneof(
  { weight: 6, arbitrary: country },
  { weight: 1, arbitrary: fc.constantFrom('de', 'At', 'Germany', 'UK', 'EU', 'XX', '') },
);
const octet = fc.constantFrom(0, 1, 127, 128, 255);
const address4 = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
const group = fc.constantFrom('0', '1', '7fff', '8000', 'ffff', 'FFFF');
const address6 = fc.oneof(
  fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':')),
  fc.tuple(group, group).map(([a, b]) => `${a}::${b}`),
  address4.map((address) => `::ffff:${address}`),
);
const range = fc.oneof(
  fc.constantFrom('0.0.0.0/0', '::/0', '::ffff:0.0.0.0/96', '1.2.3', 'fe80::%1'),
  address4,
  address6,
  fc.tuple(address4, fc.integer({ min: 0, max: 32 })).map((parts) => parts.join('/')),
  fc.tuple(address6, fc.integer({ min: 0, max: 128 })).map((parts) => parts.join('/')),
);
const action = fc.constantFrom('allow' as const, 'block' as const);
const someOf = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 });
/** Rules as they may stand in a token. */
export const randomRules = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: action.map((what): AccessRule => ({ type: 'any', action: what })) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(action, someOf(entry))
        .map(([what, list]): AccessRule => ({ type: 'ip.geoip.country', action: what, country: list })),
    },
    {
      weight: 6,
      arbitrary: fc
        .tuple(action, someOf(range))
        .map(([what, list]): AccessRule => ({ type: 'ip.src', action: what, ip: list })),
    },
  ),
  { maxLength: 5 },
);
export const randomViewer = fc.record(
  { country, ip: fc.oneof(address4, address6) },
  { requiredKeys: [] },
) as fc.Arbitrary<Viewer>;
