const MAX_CHARACTERS = 120;

/**
 * The name under which a download is saved, made of a video's name: only what Cloudflare allows (at most 120 of
 * `A-Za-z0-9_-`), accents dropped, anything else an underscore. The server appends the extension, so the name's own goes.
 * `undefined` when nothing is left, as of a name in Chinese: then the server's name is better.
 *
 * Source: https://developers.cloudflare.com/stream/viewing-videos/download-videos/
 */
export function downloadName(videoName: string): string | undefined {
  const name = videoName
    .slice(0, 1000)
    .trim()
    .replace(/\.(?:mp4|m4[av]|mov|mkv|webm|avi|mpe?g|ts|flv|mp3|wav)$/i, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w-]+/g, '_')
    .replace(/^[_-]+|[_-]+$/g, '')
    .slice(0, MAX_CHARACTERS)
    .replace(/[_-]+$/, '');
  return name === '' ? undefined : name;
}
