import { gif } from './gif';
import { png } from './png';

/** What a link to a thumbnail may say. Lengths are pixels, times seconds. */
interface ThumbnailOptions {
  readonly time: number;
  readonly width: number;
  readonly height: number;
  readonly fit: (typeof FITS)[number];
  readonly duration: number;
  readonly framesPerSecond: number;
}

const FITS = ['crop', 'clip', 'scale', 'fill'] as const;
const LARGEST = 2000;
/** Every video is 16:9. */
const RATIO = 16 / 9;
const BLACK = 0;
const COLOR = 1;
const OTHER_COLOR = 2;

/** A still picture for a video: one colour that follows from its id and the time. `undefined` for options that are none. */
export function thumbnail(uid: string, query: URLSearchParams): Buffer | undefined {
  const options = read(query);
  if (options === undefined) return undefined;
  const { width, pixels } = draw(options, COLOR);
  const colors = palette(uid, options.time);
  const painted = new Map<string, Buffer>();
  const rows = Array.from({ length: pixels.length / width }, (_, y) => {
    const row = pixels.subarray(y * width, (y + 1) * width);
    // Rows are of two kinds at most.
    const kind = row.toString('latin1');
    const rgb = painted.get(kind) ?? Buffer.concat([...row].map((color) => colors.subarray(color * 3, color * 3 + 3)));
    painted.set(kind, rgb);
    return rgb;
  });
  return png(width, rows);
}

/** A moving one: two colours in turn. */
export function animatedThumbnail(uid: string, query: URLSearchParams): Buffer | undefined {
  const options = read(query);
  if (options === undefined) return undefined;
  const { duration, framesPerSecond, time } = options;
  const [one, other] = [draw(options, COLOR), draw(options, OTHER_COLOR)];
  const count = Math.max(1, Math.round(duration * framesPerSecond));
  const frames = Array.from({ length: count }, (_, index) => (index % 2 === 0 ? one : other).pixels);
  return gif(one.width, one.pixels.length / one.width, palette(uid, time), frames, Math.round(100 / framesPerSecond));
}

/** The defaults are the documented ones; that a value which makes no sense is refused is inferred. */
function read(query: URLSearchParams): ThumbnailOptions | undefined {
  const given = (name: string, fallback: string) => query.get(name) || fallback;
  const fit = FITS.find((name) => name === given('fit', 'crop'));
  const time = seconds(given('time', '0s'));
  const duration = seconds(given('duration', '5s'));
  const lengths = ['width', 'height'].map((name) => whole(given(name, '640'), LARGEST));
  const framesPerSecond = whole(given('fps', '8'), 30);
  const [width, height] = lengths;
  if (!fit || time === undefined || !duration || duration > 60 || !width || !height || !framesPerSecond)
    return undefined;
  return { time, width, height, fit, duration, framesPerSecond };
}

/** `8m`, `5m2s`, `1h12m27s` */
function seconds(text: string): number | undefined {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(text);
  const [, hours = '0', minutes = '0', rest = '0'] = parts ?? [];
  return parts === null || text === '' ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}

function whole(text: string, most: number): number | undefined {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : undefined;
}

/** Numbers of colours, row by row: the whole frame in one colour, between black bars where it has to fill a size. */
function draw({ width, height, fit }: ThumbnailOptions, color: number): { width: number; pixels: Buffer } {
  const inside = {
    width: Math.max(1, Math.min(width, Math.round(height * RATIO))),
    height: Math.max(1, Math.min(height, Math.round(width / RATIO))),
  };
  if (fit === 'clip') return { width: inside.width, pixels: Buffer.alloc(inside.width * inside.height, color) };
  if (fit !== 'fill') return { width, pixels: Buffer.alloc(width * height, color) };
  const pixels = Buffer.alloc(width * height, BLACK);
  const left = Math.floor((width - inside.width) / 2);
  const top = Math.floor((height - inside.height) / 2);
  for (let y = top; y < top + inside.height; y++) {
    pixels.fill(color, y * width + left, y * width + left + inside.width);
  }
  return { width, pixels };
}

function palette(uid: string, time: number): Buffer {
  const [red = 0, green = 0, blue = 0] = Buffer.from(uid.slice(0, 6), 'hex');
  const later = (blue + Math.floor(time)) & 0xff;
  return Buffer.of(0, 0, 0, red, green, later, red, green, later ^ 0x40, 255, 255, 255);
}
