/** A point in time as it stands in a claim. */
export type Instant =
  | { readonly kind: 'seconds'; readonly seconds: number; readonly asString: boolean }
  /** So large that it must have been meant in milliseconds; `seconds` is what was meant. */
  | { readonly kind: 'milliseconds'; readonly seconds: number }
  /** No time as Stream writes it; `number` where it is a number all the same: negative, or with a fraction. */
  | { readonly kind: 'unreadable'; readonly number?: number };

/** 100,000,000,000 s is the year 5138; read as milliseconds it is 1973. Nobody means the former. */
const MILLISECONDS_FROM = 100_000_000_000;
/** The last second a Date can print. */
const LAST_SECOND = 8_640_000_000_000;

/**
 * Reads `exp` or `nbf`: integer epoch seconds, or the decimal string in which the API's own tokens carry them. `Number()`
 * is not asked: it takes `""`, `" 1 "`, `"0x10"` and `"1e9"`.
 */
export function readInstant(value: unknown): Instant {
  const asString = typeof value === 'string';
  if (asString && !/^(?:0|[1-9]\d{0,15})$/.test(value)) return { kind: 'unreadable' };
  if (!asString && typeof value !== 'number') return { kind: 'unreadable' };
  // Plus zero makes zero of JSON's -0.
  const number = Number(value) + 0;
  if (!Number.isFinite(number)) return { kind: 'unreadable' };
  if (number < 0) return { kind: 'unreadable', number };
  if (number >= MILLISECONDS_FROM) {
    const seconds = Math.floor(number / 1000);
    return seconds <= LAST_SECOND ? { kind: 'milliseconds', seconds } : { kind: 'unreadable' };
  }
  return Number.isInteger(number) ? { kind: 'seconds', seconds: number, asString } : { kind: 'unreadable', number };
}
