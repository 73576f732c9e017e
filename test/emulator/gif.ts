/** Bits of a pixel: four colours. */
const BITS = 2;
const CLEAR = 1 << BITS;
const END = CLEAR + 1;
const MOST_CODES = 4096;

/**
 * An animated GIF that plays for ever.
 *
 * @param palette four colours of three bytes
 * @param frames each `width` × `height` numbers of colours
 * @param delay of every frame, in hundredths of a second
 */
export function gif(width: number, height: number, palette: Buffer, frames: readonly Buffer[], delay: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const pause = Buffer.alloc(2);
  pause.writeUInt16LE(delay);
  // Frames repeat, and packing is what takes time.
  const packed = new Map(frames.map((frame) => [frame, pack(frame)]));
  const images = frames.flatMap((frame) => [
    Buffer.concat([Buffer.of(0x21, 0xf9, 4, 0), pause, Buffer.of(0, 0)]),
    Buffer.concat([Buffer.of(0x2c, 0, 0, 0, 0), size, Buffer.of(0)]),
    packed.get(frame) ?? Buffer.alloc(0),
  ]);
  const forEver = [Buffer.of(0x21, 0xff, 11), Buffer.from('NETSCAPE2.0', 'latin1'), Buffer.of(3, 1, 0, 0, 0)];
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    size,
    Buffer.of(0x80 | (BITS - 1), 0, 0),
    palette,
    ...forEver,
    ...images,
    Buffer.of(0x3b),
  ]);
}

/** The pixels as GIF wants them: LZW codes in blocks of at most 255 bytes. */
function pack(pixels: Buffer): Buffer {
  const bytes = lzw(pixels);
  const blocks: Buffer[] = [Buffer.of(BITS)];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.subarray(at, at + 255);
    blocks.push(Buffer.of(block.length), block);
  }
  return Buffer.concat([...blocks, Buffer.of(0)]);
}

function lzw(pixels: Buffer): Buffer {
  const bytes: number[] = [];
  let pending = 0;
  let pendingBits = 0;
  let width = BITS + 1;
  let next = END + 1;
  // By a code and the pixel after it, the code of both together; 0 where there is none yet.
  const known = new Uint16Array(MOST_CODES << BITS);
  const emit = (code: number) => {
    pending |= code << pendingBits;
    pendingBits += width;
    for (; pendingBits >= 8; pendingBits -= 8, pending >>>= 8) bytes.push(pending & 0xff);
  };
  emit(CLEAR);
  let run = pixels[0] ?? 0;
  for (const pixel of pixels.subarray(1)) {
    const longer = (run << BITS) | pixel;
    const code = known[longer] ?? 0;
    if (code !== 0) {
      run = code;
      continue;
    }
    emit(run);
    if (next === MOST_CODES) {
      emit(CLEAR);
      known.fill(0);
      width = BITS + 1;
      next = END + 1;
    } else {
      if (next >= 1 << width) width += 1;
      known[longer] = next;
      next += 1;
    }
    run = pixel;
  }
  emit(run);
  emit(END);
  if (pendingBits > 0) bytes.push(pending & 0xff);
  return Buffer.from(bytes);
}
