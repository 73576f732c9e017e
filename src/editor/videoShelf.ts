import { type Disposable, type Event, EventEmitter, FileType, Uri, workspace } from 'vscode';
import type { KeptVideo, VideoShelf } from '../flows/library/keepVideos';
import { type KnownVideo, readKnownVideos, writeKnownVideos } from '../source/knownVideos';

/** What lenses and hovers may know of an id without a request and without a secret. */
export interface KnownVideos {
  /** Undefined for an unknown id, and for every id until the files were read. */
  find(id: string): KeptVideo | undefined;
  readonly onDidChange: Event<void>;
}

export interface EditorShelf extends VideoShelf, KnownVideos, Disposable {}

const FILE = /^videos-([0-9a-f]{32})\.json$/;

/**
 * The known videos as files in the extension's own folder. They are read when an id is first looked for. There may be
 * tens of thousands, so they are read and written piece by piece.
 */
export function createVideoShelf(folder: Uri): EditorShelf {
  const changed = new EventEmitter<void>();
  const known = new Map<string, ReadonlyMap<string, KnownVideo>>();
  let reading: Promise<void> | undefined;

  const fileOf = (accountKey: string) => Uri.joinPath(folder, `videos-${accountKey}.json`);

  async function byId(pieces: Iterable<readonly KnownVideo[]>): Promise<ReadonlyMap<string, KnownVideo>> {
    const videos = new Map<string, KnownVideo>();
    for (const piece of pieces) {
      for (const video of piece) videos.set(video.id, video);
      await turn();
    }
    return videos;
  }
  const read = () => {
    reading ??= readAll();
    return reading;
  };
  const find = (id: string) => {
    for (const [accountKey, videos] of known) {
      const video = videos.get(id);
      if (video !== undefined) return { ...video, accountKey };
    }
    return undefined;
  };
  async function readAll(): Promise<void> {
    const files = await workspace.fs.readDirectory(folder).then(
      (entries) => entries,
      // Nothing was kept yet.
      () => [],
    );
    for (const [name, type] of files) {
      const accountKey = FILE.exec(name)?.[1];
      if (type !== FileType.File || accountKey === undefined || known.has(accountKey)) continue;
      try {
        const bytes = await workspace.fs.readFile(Uri.joinPath(folder, name));
        const videos = await byId(readKnownVideos(new TextDecoder().decode(bytes)));
        // What was written meanwhile is newer.
        if (!known.has(accountKey)) known.set(accountKey, videos);
      } catch {
        // Another window removed it.
      }
    }
    changed.fire();
  }

  return {
    onDidChange: changed.event,
    find(id) {
      void read();
      return find(id);
    },
    async lookUp(id) {
      await read();
      return find(id);
    },
    async write(accountKey, videos) {
      known.set(accountKey, await byId(piecesOf(videos)));
      changed.fire();
      let text = '';
      for (const line of writeKnownVideos(videos)) {
        text += line;
        await turn();
      }
      await workspace.fs.createDirectory(folder);
      await workspace.fs.writeFile(fileOf(accountKey), new TextEncoder().encode(text));
    },
    async remove(accountKey) {
      if (known.delete(accountKey)) changed.fire();
      await workspace.fs.delete(fileOf(accountKey)).then(
        () => {},
        // Nothing was kept of it.
        () => {},
      );
    },
    dispose: () => changed.dispose(),
  };
}

const PIECE = 5000;

function* piecesOf(videos: readonly KnownVideo[]): Generator<readonly KnownVideo[], void, void> {
  for (let at = 0; at < videos.length; at += PIECE) yield videos.slice(at, at + PIECE);
}

/** Lets everything else in the host have its turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
