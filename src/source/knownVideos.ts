/** What is known of a video without asking anyone. */
export interface KnownVideo {
  readonly id: string;
  readonly name: string;
  /** Seconds; absent while Cloudflare does not know it. */
  readonly duration?: number;
  /** Whether it needs a token. */
  readonly signed: boolean;
  /** Set for one that can be played, which it then stays; what else a video is goes by. */
  readonly ready?: true;
}

const VERSION = 2;
/** So many videos are written and read in one go; between them others may have their turn. */
const IN_ONE_LINE = 1000;

/** Writes videos for {@link readKnownVideos}, line by line. */
export function* writeKnownVideos(videos: readonly KnownVideo[]): Generator<string, void, void> {
  yield `${JSON.stringify({ version: VERSION })}\n`;
  for (let at = 0; at < videos.length; at += IN_ONE_LINE)
    yield `${JSON.stringify(videos.slice(at, at + IN_ONE_LINE))}\n`;
}

/**
 * Reads the cached videos of an account, some at a time. The file may be of another version or damaged: what can't be
 * read is left out.
 */
export function* readKnownVideos(text: string): Generator<readonly KnownVideo[], void, void> {
  let end = text.indexOf('\n');
  const head = parse(text.slice(0, Math.max(0, end)));
  if (!isObject(head) || head.version !== VERSION) return;
  while (end >= 0) {
    const start = end + 1;
    end = text.indexOf('\n', start);
    const videos = parse(text.slice(start, end < 0 ? undefined : end));
    if (Array.isArray(videos)) yield videos.flatMap(readVideo);
  }
}

function readVideo(video: unknown): readonly KnownVideo[] {
  if (!isObject(video)) return [];
  const { id, name, duration, signed, ready } = video;
  if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id) || typeof name !== 'string') return [];
  return [
    {
      id,
      name,
      signed: signed === true,
      ...(typeof duration === 'number' && duration >= 0 && { duration }),
      ...(ready === true && { ready }),
    },
  ];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
