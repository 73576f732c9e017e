import { type IpRange, isWithin, readRange } from './ipRange';

/** Whether a list of addresses and ranges holds all of a range in one of its entries. */
export function isHeldBy(entries: readonly string[], range: IpRange): boolean {
  return entries.some((entry) => {
    const other = readRange(entry);
    return other !== undefined && isWithin(range, other);
  });
}

/** Whether every viewer's address is in a list, because all of IPv4 and all of IPv6 are. */
export function holdsEveryAddress(entries: readonly string[]): boolean {
  const whole = entries.map(readRange).filter((range) => range?.prefix === 0);
  return new Set(whole.map((range) => range?.family)).size === 2;
}
