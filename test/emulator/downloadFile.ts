import type { Answer } from './exchange';

const KINDS = {
  'default.mp4': { extension: '.mp4', type: 'video/mp4', brand: 'isom' },
  'audio.m4a': { extension: '.m4a', type: 'audio/mp4', brand: 'M4A ' },
} as const;

export type DownloadName = keyof typeof KINDS;

/**
 * A file that begins like what it says it is. `filename` names it: at most 120 of `A-Z a-z 0-9 _ -`; the extension is put
 * on, and may be there already, as Cloudflare's own example has it. `undefined` for another name.
 */
export function downloadFile(name: DownloadName, query: URLSearchParams): Answer | undefined {
  const { extension, type, brand } = KINDS[name];
  const asked = query.get('filename') ?? name;
  const base = asked.endsWith(extension) ? asked.slice(0, -extension.length) : asked;
  if (!/^[A-Za-z0-9_-]{1,120}$/.test(base)) return undefined;
  const disposition = `attachment; filename="${base}${extension}"`;
  const headers = { 'content-type': type, 'content-disposition': disposition };
  return { status: 200, headers, body: fileTypeBox(brand) };
}

/** The box that an MPEG-4 file begins with. */
function fileTypeBox(brand: string): Buffer {
  const box = Buffer.alloc(20);
  box.writeUInt32BE(box.length, 0);
  box.write(`ftyp${brand}`, 4, 'latin1');
  box.writeUInt32BE(0x200, 12);
  box.write(brand, 16, 'latin1');
  return box;
}
