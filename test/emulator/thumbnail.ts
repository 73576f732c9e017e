import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 16;
const HEIGHT = 9;

/** A picture for a video: a small PNG of one colour that follows from the id. */
export function thumbnail(uid: string): Buffer {
  const color = Buffer.from(uid.slice(0, 6), 'hex');
  // Filter byte 0, then the pixels of the row as RGB.
  const row = Buffer.concat([Buffer.of(0), ...Array.from({ length: WIDTH }, () => color)]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: HEIGHT }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, check]);
}
