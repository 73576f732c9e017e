/** What is known of a video without asking anyone. */
export interface KnownVideo {
  readonly id: string;
  readonly name: string;
  /** Seconds; absent while Cloudflare does not know it. */
  readonly duration?: number;
  /** Whether it needs a token. */
  readonly signed: boolean;
}

/** Writes videos for {@link readKnownVideos}. */
export function writeKnownVideos(videos: readonly KnownVideo[]): string {
  return JSON.stringify({ version: 1, videos });
}

/** Reads the cached videos of an account. The file may be of another version or damaged: what can't be read is left out. */
export function readKnownVideos(text: string): readonly KnownVideo[] {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return [];
  }
  const videos = isObject(root) && root.version === 1 && Array.isArray(root.videos) ? root.videos : [];
  return videos.flatMap((video: unknown) => {
    if (!isObject(video)) return [];
    const { id, name, duration, signed } = video;
    if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id) || typeof name !== 'string') return [];
    return [{ id, name, signed: signed === true, ...(typeof duration === 'number' && duration >= 0 && { duration }) }];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
