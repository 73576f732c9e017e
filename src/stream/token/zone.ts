/** The calendar and clock of one place. Instants are epoch seconds; a wall time is what the clock there shows, counted as if it were UTC. */
export interface Zone {
  /** What the clock shows at an instant. */
  toWall(seconds: number): number;
  /** When the clock shows a wall time. */
  fromWall(wall: number): WallReading;
}

export interface WallReading {
  readonly seconds: number;
  /**
   * Whether the clock shows that time `once`; `twice`, when it is set back (the first is taken); or never, because it is
   * `skipped` when the clock is set forward (as much later is taken).
   */
  readonly fit: 'once' | 'twice' | 'skipped';
}

const DAY = 86_400;
/** By zone. Making a format takes a hundred times as long as using it. */
const formats = new Map<string | undefined, Intl.DateTimeFormat>();

/** The zone with an IANA name; without one, the machine's own. Throws a RangeError for a name that Intl does not know. */
export function createZone(timeZone?: string): Zone {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const offsetAt = (seconds: number) =>
    offsetOf(format.formatToParts(seconds * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? '');
  return {
    toWall: (seconds) => seconds + offsetAt(seconds),
    fromWall(wall) {
      // Offsets reach from -12 h to +14 h, so a day to either side lies before and behind any change of that night.
      const [before, after] = [offsetAt(wall - DAY), offsetAt(wall + DAY)];
      const fitting = [...new Set([wall - before, wall - after])].filter(
        (seconds) => seconds + offsetAt(seconds) === wall,
      );
      const [first] = fitting.sort((a, b) => a - b);
      if (first === undefined) return { seconds: wall - before, fit: 'skipped' };
      return { seconds: first, fit: fitting.length > 1 ? 'twice' : 'once' };
    },
  };
}

/** `GMT`, `GMT+05:30`, before 1972 also `GMT-00:44:30`; in seconds. */
function offsetOf(name: string): number {
  const [, sign, hours, minutes, seconds] = /^GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(name) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -size : size;
}
