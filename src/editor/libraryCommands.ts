import { window } from 'vscode';
import type { Engine } from '../engine';
import type { LibrarySubject } from '../flows/library/libraryNodes';
import type { NamedVideo } from '../flows/library/videoAccount';
import type { Outcome } from '../stream/failure';
import type { CommandTable } from './commands';
import type { EditorFinder } from './findInEditor';
import { LIBRARY_VIEW, type Library } from './library';
import type { ResultDocuments } from './resultDocuments';

type LibraryCommandId =
  | 'streamSigner.showVideo'
  | 'streamSigner.refreshVideo'
  | 'streamSigner.copyVideoId'
  | 'streamSigner.copyVideoUrl'
  | 'streamSigner.copyDownloadUrl'
  | 'streamSigner.openWatchPage'
  | 'streamSigner.requireSignedUrls'
  | 'streamSigner.stopRequiringSignedUrls'
  | 'streamSigner.editAllowedOrigins'
  | 'streamSigner.renameVideo'
  | 'streamSigner.createDownload'
  | 'streamSigner.filterVideos'
  | 'streamSigner.clearVideoFilter'
  | 'streamSigner.goToVideo'
  | 'streamSigner.listAllVideos'
  | 'streamSigner.loadMoreVideos'
  | 'streamSigner.refreshVideos'
  | 'streamSigner.refreshLiveInputs'
  | 'streamSigner.refreshLibrary';

export interface LibraryCommandParts {
  readonly engine: () => Engine;
  readonly documents: ResultDocuments;
  readonly library: Library;
  readonly finder: Pick<EditorFinder, 'idAtCursor'>;
}

const done: Outcome<void> = { ok: true, value: undefined };

/** The commands about videos in the sidebar. */
export function libraryCommands(
  { engine, documents, library, finder }: LibraryCommandParts,
  read: {
    readonly accountKey: (argument: unknown) => string | undefined;
    readonly subject: (argument: unknown) => LibrarySubject | undefined;
    readonly video: (argument: unknown) => NamedVideo;
  },
): Pick<CommandTable, LibraryCommandId> {
  const { accountKey } = read;
  const actions = () => engine().library;
  /** What is selected, when the line that the menu was opened on is part of it. */
  const subjects = (argument: unknown, selection?: unknown): readonly LibrarySubject[] => {
    const one = read.subject(argument);
    const all = (Array.isArray(selection) ? selection : []).flatMap((line) => read.subject(line) ?? []);
    const named = all.filter(({ videoId }) => videoId !== undefined);
    return named.length > 1 ? named : one?.videoId === undefined ? [] : [one];
  };
  /** A live input is no video. */
  const videos = (argument: unknown, selection?: unknown): readonly LibrarySubject[] =>
    isLiveInput(argument)
      ? []
      : subjects(argument, Array.isArray(selection) && selection.filter((line) => !isLiveInput(line)));
  const onOne = (work: (subject: LibrarySubject) => Promise<Outcome<void>>) => ({
    read: read.subject,
    run: async (subject: LibrarySubject | undefined) => (subject?.videoId === undefined ? done : work(subject)),
  });
  const require = (required: boolean) => ({
    read: videos,
    async run(which: readonly LibrarySubject[]) {
      if (which.length === 0) return done;
      const changed = await actions().requireSigned(which, required);
      if (!changed.ok) return changed;
      if (changed.value !== undefined) await documents.show(changed.value.title, changed.value.text);
      return done;
    },
  });
  return {
    'streamSigner.showVideo': {
      read: read.video,
      async run(video) {
        const { videoId } = video;
        if (videoId === undefined) return done;
        const shown = await inLibrary(() => engine().showVideo(video));
        if (!shown.ok) return shown;
        await documents.preview(videoId, `${shown.value.title}.json`, shown.value.json);
        return done;
      },
    },
    'streamSigner.refreshVideo': { read: read.video, run: (video) => engine().refreshVideo(video) },
    'streamSigner.copyVideoId': {
      read: subjects,
      async run(which) {
        const id = which.length > 0 ? undefined : (await finder.idAtCursor())?.id;
        await actions().copyIds(id === undefined ? which : [{ accountKey: '', videoId: id }]);
        return done;
      },
    },
    'streamSigner.copyVideoUrl': onOne((subject) => actions().copyUrl(subject)),
    'streamSigner.copyDownloadUrl': onOne((subject) => actions().copyDownloadUrl(subject)),
    'streamSigner.openWatchPage': onOne((subject) => actions().openWatchPage(subject)),
    'streamSigner.requireSignedUrls': require(true),
    'streamSigner.stopRequiringSignedUrls': require(false),
    'streamSigner.editAllowedOrigins': onOne((subject) => actions().editOrigins(subject)),
    'streamSigner.renameVideo': onOne((subject) => actions().rename(subject)),
    'streamSigner.createDownload': onOne((subject) => actions().createDownload(subject)),
    'streamSigner.filterVideos': { read: accountKey, run: (key) => actions().filter(key) },
    'streamSigner.clearVideoFilter': {
      read: accountKey,
      async run(key) {
        actions().clearFilter(key);
        return done;
      },
    },
    'streamSigner.goToVideo': {
      read: accountKey,
      async run(key) {
        const account = await actions().goTo(key);
        if (!account.ok) return account;
        await library.revealVideos(account.value);
        return done;
      },
    },
    'streamSigner.listAllVideos': {
      read: accountKey,
      async run(key) {
        const account = await actions().listAll(key);
        if (!account.ok) return account;
        await library.revealVideos(account.value);
        return done;
      },
    },
    'streamSigner.loadMoreVideos': {
      read: accountKey,
      async run(key) {
        if (key === undefined) return done;
        await inLibrary(() => engine().videos.more(key));
        await library.revealLastGroup(key);
        return done;
      },
    },
    'streamSigner.refreshVideos': {
      read: accountKey,
      async run(key) {
        if (key !== undefined) await inLibrary(() => actions().refresh(key));
        return done;
      },
    },
    'streamSigner.refreshLiveInputs': {
      read: accountKey,
      async run(key) {
        if (key !== undefined) engine().liveInputs.refresh(key);
        return done;
      },
    },
    'streamSigner.refreshLibrary': {
      read: () => undefined,
      async run() {
        engine().liveInputs.refresh();
        await inLibrary(() => engine().videos.refreshAll());
        library.refresh();
        return done;
      },
    },
  };
}

function isLiveInput(line: unknown): boolean {
  return typeof line === 'object' && line !== null && 'kind' in line && line.kind === 'liveInput';
}

/** Shows the sidebar busy while something is on its way for it. */
function inLibrary<T>(work: () => Promise<T>): Thenable<T> {
  return window.withProgress({ location: { viewId: LIBRARY_VIEW } }, work);
}
