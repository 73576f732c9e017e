const RFC_3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/i;

/** Microseconds since the epoch, the resolution of the API; `undefined` for a text that is no RFC 3339 date-time. */
export function microseconds(text: string): number | undefined {
  const [, seconds, fraction = '', zone] = RFC_3339.exec(text) ?? [];
  const whole = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(whole) ? undefined : whole * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}
