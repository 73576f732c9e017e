import { BlockList, isIP, isIPv4 } from 'node:net';
import { isObject } from './jsonBody';

/** Who wants to watch. */
export interface Viewer {
  readonly ip: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** What is wrong with a rule of a token request; `pointer` starts at the rule. */
export function ruleProblem(rule: unknown): { readonly pointer: string; readonly message: string } | undefined {
  if (!isObject(rule)) return { pointer: '', message: 'A rule must be an object' };
  const { type, action, country, ip } = rule;
  if (type !== 'any' && type !== 'ip.src' && type !== 'ip.geoip.country') {
    return { pointer: '/type', message: 'type must be any, ip.src or ip.geoip.country' };
  }
  if (action !== 'allow' && action !== 'block') return { pointer: '/action', message: 'action must be allow or block' };
  if (type === 'ip.geoip.country') return listProblem('country', country, isCountry);
  if (type === 'ip.src') return listProblem('ip', ip, isNetwork);
  return undefined;
}

/** Whether the rules let a viewer in: the first one that fits decides, and without one everybody may watch. */
export function letsIn(rules: readonly unknown[], who: Viewer): boolean {
  const viewer = { ...who, ip: plainAddress(who.ip) };
  const first = rules.filter(isObject).find((rule) => {
    if (rule.type === 'any') return true;
    if (rule.type === 'ip.geoip.country')
      return strings(rule.country).some((code) => code.toUpperCase() === viewer.country);
    return rule.type === 'ip.src' && strings(rule.ip).some((network) => holds(network, viewer.ip));
  });
  return first?.action !== 'block';
}

function listProblem(name: string, list: unknown, isGood: (entry: unknown) => boolean) {
  if (!Array.isArray(list) || list.length === 0)
    return { pointer: `/${name}`, message: `${name} must be a list with at least one entry` };
  const wrong = list.findIndex((entry) => !isGood(entry));
  return wrong < 0 ? undefined : { pointer: `/${name}/${wrong}`, message: `${name} has an entry that is none` };
}

function isCountry(entry: unknown): boolean {
  return typeof entry === 'string' && /^[A-Z][A-Z0-9]$/i.test(entry);
}

function isNetwork(entry: unknown): boolean {
  if (typeof entry !== 'string') return false;
  const [address = '', prefix, ...more] = entry.split('/');
  if (isIP(address) === 0 || address.includes('%') || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIPv4(address) ? 32 : 128));
}

/** An IPv4 viewer whose address was written as an IPv6 one (`::ffff:10.1.2.3`) is still an IPv4 viewer. */
function plainAddress(ip: string): string {
  if (isIP(ip) !== 6 || ip.includes('%')) return ip;
  // URL writes every spelling of an address in the one short way.
  const [, high, low] = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(new URL(`http://[${ip}]`).hostname) ?? [];
  if (high === undefined || low === undefined) return ip;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16BE(Number.parseInt(high, 16), 0);
  bytes.writeUInt16BE(Number.parseInt(low, 16), 2);
  return bytes.join('.');
}

/** An IPv4 network never holds an IPv6 viewer, nor the reverse. */
function holds(network: string, ip: string): boolean {
  const [address = '', prefix] = network.split('/');
  if (!isNetwork(network) || isIP(ip) !== isIP(address)) return false;
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
  return list.check(ip, family);
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
