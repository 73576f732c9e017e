/**
 * What a name says about the 32 hex digits beside it: `video`, that they are a video's or live input's id; `other`, that
 * they are something else; `bare`, nothing by itself (`id`, `uid`, `src`), so that whoever holds it decides; `unknown`.
 */
export type NameVerdict = 'video' | 'other' | 'bare' | 'unknown';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const VIDEOS = set('video videos vod vods clip clips recording recordings trailer trailers livestream livestreams');
const STREAMS = set('stream streams');
const IDS = set('id ids uid uids identifier identifiers src ref');
const BARE = set('id ids uid uids identifier identifiers src ref value default content data');
/** May stand between the two: `videoAssetId`. */
const BETWEEN = set('asset media source public external playback remote provider cloudflare cf');
/** Streams of another kind. */
const FOREIGN_STREAMS = set('log logs event events data audio change activity kinesis byte');
const BRANDS = set('cloudflare cf');
/** Identities of something else, and digests. */
const OTHERS = set(
  'account accounts acct zone zones key keys kid signing secret secrets token tokens tenant hash hashes md5 sha sha1 sha256 ' +
    'checksum checksums digest digests etag etags fingerprint signature signatures nonce salt password commit revision ' +
    'rev integrity crc webhook uuid guid session trace span request user users owner creator author customer customers ' +
    'playlist category channel room namespace database bucket image images avatar poster watermark build cache ' +
    'blob chunk segment job task profile policy app device organization org team member',
);

/** Judges a name of any convention: `videoId`, `VIDEO_ID`, `data-video-id`, `video.uid`, `Video ID`. */
export function judgeName(name: string): NameVerdict {
  const words = wordsOf(name);
  const pair = endOfPair(words);
  if (pair !== undefined) return words.slice(pair).some((word) => OTHERS.has(word)) ? 'other' : 'video';
  if (words.some((word) => OTHERS.has(word))) return 'other';
  if (words.some((word) => VIDEOS.has(word))) return 'video';
  if (words.some((word) => STREAMS.has(word)) && words.some((word) => BRANDS.has(word))) return 'video';
  return words.length > 0 && words.every((word) => BARE.has(word)) ? 'bare' : 'unknown';
}

/** Whether a name says that what it holds are videos or streams of Stream, in any way: `videos`, `Stream`, `VideoPlayer`. */
export function namesVideos(name: string): boolean {
  const words = wordsOf(name);
  if (words.some((word) => OTHERS.has(word) || FOREIGN_STREAMS.has(word))) return false;
  return words.some((word, at) => VIDEOS.has(word) || STREAMS.has(word) || isLiveInput(words, at));
}

/** Whether a name stands for several videos or their ids, whatever their own names are: `videos`, `VIDEO_IDS`, `videoIdsByCourse`. */
export function listsVideos(name: string): boolean {
  const words = wordsOf(name);
  return judgeName(name) === 'video' && words.some((word) => word.endsWith('s') && (VIDEOS.has(word) || IDS.has(word)));
}

/** Where the first "video … id" in the words ends. */
function endOfPair(words: readonly string[]): number | undefined {
  for (const [at, word] of words.entries()) {
    const stream = STREAMS.has(word) && !FOREIGN_STREAMS.has(words[at - 1] ?? '');
    if (!(VIDEOS.has(word) || stream || isLiveInput(words, at))) continue;
    let next = at + 1;
    while (BETWEEN.has(words[next] ?? '')) next++;
    if (IDS.has(words[next] ?? '')) return next + 1;
  }
  return undefined;
}

function isLiveInput(words: readonly string[], at: number): boolean {
  return words[at] === 'input' && words[at - 1] === 'live';
}

/** In lower case and without numbers. `VIDEOID` comes apart too. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/^(?::|v-bind:)?data-/, '')
    .replace(/IDs(?![a-z])/g, 'Ids')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase()
    .replace(/\b(cf|cloudflare|)(video|stream)(u?ids?)\b/g, '$1 $2 $3')
    .split(' ')
    .map((word) => (DIGEST.test(word) ? word : word.replace(/\d+$/, '')))
    .filter((word) => word !== '');
}

const DIGEST = /^(?:md|sha)\d+$/;
