import ipaddr from 'ipaddr.js';

/** An address, or all that begin with the same bits. An IPv4 address mapped into IPv6 (`::ffff:…`) is an IPv4 one. */
export interface IpRange {
  readonly family: 4 | 6;
  /** 4 or 16 bytes; behind the prefix they may be anything. */
  readonly bytes: readonly number[];
  readonly prefix: number;
}

/** What was changed in a typed address or range. */
export type RangeRepair =
  /** Bits behind the prefix were set: it is now the network that the address lies in. */
  | 'network'
  /** An IPv4 address that was written as an IPv6 one. */
  | 'mapped'
  | 'zone'
  | 'brackets'
  | 'port';

export type RangeProblem =
  | { readonly code: 'octets'; readonly count: number }
  /** `010.0.0.1`: some programs read it as 8. */
  | { readonly code: 'leadingZero' }
  | { readonly code: 'octetTooLarge' }
  /** The number behind the slash. */
  | { readonly code: 'prefix'; readonly max: 32 | 128 }
  | { readonly code: 'span' }
  | { readonly code: 'wildcard' }
  | { readonly code: 'unreadable' };

export type RangeResult =
  | { readonly ok: true; readonly value: string; readonly notes: readonly RangeRepair[] }
  | { readonly ok: false; readonly problem: RangeProblem };

const DOTTED = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/;
/** The bits in front of an IPv4 address that is mapped into IPv6. */
const MAPPED_BITS = 96;
/** The longest address with brackets, zone, prefix and port has fewer. */
const MAX_CHARACTERS = 100;

/** Reads an address or a CIDR range exactly as it may stand in a rule; undefined for anything else. */
export function readRange(text: string): IpRange | undefined {
  const [address = '', prefixText, ...more] = text.split('/');
  const bytes = bytesOf(address);
  if (bytes === undefined || more.length > 0) return undefined;
  const max = bytes.length * 8;
  const prefix = prefixText === undefined ? max : prefixOf(prefixText, max);
  if (prefix === undefined) return undefined;
  if (bytes.length === 4) return { family: 4, bytes, prefix };
  const mapped = prefix >= MAPPED_BITS && bytes.slice(0, 12).every((byte, at) => byte === (at < 10 ? 0 : 255));
  return mapped ? { family: 4, bytes: bytes.slice(12), prefix: prefix - MAPPED_BITS } : { family: 6, bytes, prefix };
}

/** Whether all of a range lies in another one. Ranges of different families never do. */
export function isWithin(inner: IpRange, outer: IpRange): boolean {
  if (inner.family !== outer.family || inner.prefix < outer.prefix) return false;
  return outer.bytes.every((byte, at) => {
    const mask = maskAt(at, outer.prefix);
    return (byte & mask) === ((inner.bytes[at] ?? 0) & mask);
  });
}

/** Whether Cloudflare never sees a viewer come from there: private, link-local, documentation, multicast, … */
export function isNeverPublic({ family, bytes, prefix }: IpRange): boolean {
  const first = bytes.map((byte, at) => byte & maskAt(at, prefix));
  const last = bytes.map((byte, at) => byte | (~maskAt(at, prefix) & 255));
  const kind = kindOf(first);
  const reachable = family === 4 ? ['unicast'] : ['unicast', 'rfc6052', '6to4', 'teredo'];
  return !reachable.includes(kind) && kind === kindOf(last);
}

/** Reads an address or range as people type it, repairs what is clear, and writes it in its shortest usual form. */
export function parseRange(text: string): RangeResult {
  if (text.length > MAX_CHARACTERS) return { ok: false, problem: { code: 'unreadable' } };
  const notes: RangeRepair[] = [];
  const stripped = text
    .replace(/^\[([^\]]*)\](:\d+)?/, (_, inner: string, port?: string) => {
      notes.push('brackets', ...(port === undefined ? [] : (['port'] as const)));
      return inner;
    })
    .replace(/^([\d.]+):\d{1,5}$/, (_, address: string) => {
      notes.push('port');
      return address;
    })
    .replace(/(:[^/%]*)%[\w.-]+/, (_, address: string) => {
      notes.push('zone');
      return address;
    });
  const range = readRange(stripped);
  if (range === undefined) return { ok: false, problem: problemOf(stripped) };
  const { family, bytes, prefix } = range;
  const network = bytes.map((byte, at) => byte & maskAt(at, prefix));
  if (network.some((byte, at) => byte !== bytes[at])) notes.push('network');
  if (family === 4 && stripped.includes(':')) notes.push('mapped');
  const address = family === 4 ? network.join('.') : new ipaddr.IPv6(network).toRFC5952String();
  return { ok: true, value: stripped.includes('/') ? `${address}/${prefix}` : address, notes };
}

function problemOf(text: string): RangeProblem {
  if (/[*?]/.test(text)) return { code: 'wildcard' };
  if (/[-–—]/.test(text)) return { code: 'span' };
  const [address = '', ...prefixes] = text.split('/');
  if (prefixes.length > 0 && bytesOf(address) !== undefined)
    return { code: 'prefix', max: address.includes(':') ? 128 : 32 };
  if (!/^\d+(?:\.\d+)*$/.test(address)) return { code: 'unreadable' };
  const octets = address.split('.');
  if (octets.length !== 4)
    return octets.length === 1 ? { code: 'unreadable' } : { code: 'octets', count: octets.length };
  return { code: octets.some((octet) => /^0\d/.test(octet)) ? 'leadingZero' : 'octetTooLarge' };
}

function bytesOf(address: string): readonly number[] | undefined {
  if (DOTTED.test(address)) {
    const bytes = address.split('.').map(Number);
    return bytes.every((byte) => byte <= 255) ? bytes : undefined;
  }
  if (!/^[\da-f:.]{2,45}$/i.test(address)) return undefined;
  // The library also takes zone ids and leading zeros in a dotted part, and takes "::1.2.3.4" for a mapped address.
  const dotted = /:([\d.]*\.[\d.]*)$/.exec(address)?.[1];
  const tail = dotted === undefined ? undefined : bytesOf(dotted);
  if (dotted !== undefined && tail === undefined) return undefined;
  const spelt = dotted === undefined ? address : `${address.slice(0, -dotted.length)}${groups(tail)}`;
  return ipaddr.IPv6.isValid(spelt) ? ipaddr.IPv6.parse(spelt).toByteArray() : undefined;
}

/** Four bytes as the two groups of an IPv6 address. */
function groups([a = 0, b = 0, c = 0, d = 0]: readonly number[] = []): string {
  return [a * 256 + b, c * 256 + d].map((group) => group.toString(16)).join(':');
}

function prefixOf(text: string, max: number): number | undefined {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= max ? Number(text) : undefined;
}

/** The part of a byte that belongs to the prefix. */
function maskAt(byte: number, prefix: number): number {
  const bits = Math.min(8, Math.max(0, prefix - byte * 8));
  return (0xff00 >> bits) & 0xff;
}

function kindOf(bytes: readonly number[]): string {
  return ipaddr.fromByteArray([...bytes]).range();
}
