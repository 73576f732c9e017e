import { type Disposable, type Event, EventEmitter, FileType, Uri, workspace } from 'vscode';
import type { VideoShelf } from '../flows/videoLibrary';
import { type KnownVideo, readKnownVideos } from '../source/knownVideos';

/** What lenses and hovers may know of an id without a request and without a secret. */
export interface KnownVideos {
  /** Undefined for an unknown id, and for every id until the files were read. */
  find(id: string): (KnownVideo & { readonly accountKey: string }) | undefined;
  readonly onDidChange: Event<void>;
}

export interface EditorShelf extends VideoShelf, KnownVideos, Disposable {}

const FILE = /^videos-([0-9a-f]{32})\.json$/;

/** The known videos as files in the extension's own folder. They are read when an id is first looked for. */
export function createVideoShelf(folder: Uri): EditorShelf {
  const changed = new EventEmitter<void>();
  const known = new Map<string, ReadonlyMap<string, KnownVideo>>();
  let reading: Promise<void> | undefined;

  function learn(accountKey: string, text: string): void {
    known.set(accountKey, new Map(readKnownVideos(text).map((video) => [video.id, video])));
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
        // What was written meanwhile is newer.
        if (!known.has(accountKey)) learn(accountKey, new TextDecoder().decode(bytes));
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
    async write(accountKey, text) {
      learn(accountKey, text);
      changed.fire();
      await workspace.fs.createDirectory(folder);
      await workspace.fs.writeFile(Uri.joinPath(folder, `videos-${accountKey}.json`), new TextEncoder().encode(text));
    },
    async remove(accountKey) {
      if (known.delete(accountKey)) changed.fire();
      await workspace.fs.delete(Uri.joinPath(folder, `videos-${accountKey}.json`)).then(
        () => {},
        // Nothing was kept of it.
        () => {},
      );
    },
    dispose: () => changed.dispose(),
  };
}
