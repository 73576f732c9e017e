import * as l10n from '@vscode/l10n';
import { failed, type Outcome } from '../../stream/failure';
import { type AskVideoFilterParts, askVideoFilter, goToVideo } from './askVideoFilter';
import { createDownload } from './createDownload';
import { editOrigins } from './editOrigins';
import type { LibrarySubject } from './libraryNodes';
import { listAllNow } from './listAllNow';
import { renameVideo } from './renameVideo';
import { type ResultPage, requireSigned } from './requireSigned';
import type { VideoLibrary } from './videoLibrary';
import { copyDownloadUrl, copyUrl, openWatchPage, type VideoLinkParts } from './videoLinks';
import type { VideoSearch } from './videoSearch';
import type { VideoViews } from './videoViews';

/** What can be done with the videos in the sidebar. Nothing here deletes one. */
export interface LibraryActions {
  /** Where no account is given, each of these asks for one. Those that answer with an account have changed what it shows. */
  filter(accountKey: string | undefined): Promise<Outcome<void>>;
  clearFilter(accountKey: string | undefined): void;
  goTo(accountKey: string | undefined): Promise<Outcome<string>>;
  listAll(accountKey: string | undefined): Promise<Outcome<string>>;
  refresh(accountKey: string): Promise<void>;
  copyIds(subjects: readonly LibrarySubject[]): Promise<void>;
  copyUrl(subject: LibrarySubject): Promise<Outcome<void>>;
  copyDownloadUrl(subject: LibrarySubject): Promise<Outcome<void>>;
  openWatchPage(subject: LibrarySubject): Promise<Outcome<void>>;
  rename(subject: LibrarySubject): Promise<Outcome<void>>;
  editOrigins(subject: LibrarySubject): Promise<Outcome<void>>;
  createDownload(subject: LibrarySubject): Promise<Outcome<void>>;
  /** A page when not all of several worked out. */
  requireSigned(subjects: readonly LibrarySubject[], required: boolean): Promise<Outcome<ResultPage | undefined>>;
}

export interface LibraryActionsParts extends VideoLinkParts, Omit<AskVideoFilterParts, 'library' | 'views'> {
  readonly videos: VideoLibrary;
  readonly views: VideoViews;
  readonly search: VideoSearch;
}

export function createLibraryActions(parts: LibraryActionsParts): LibraryActions {
  const { prompter, videos, views, search, canCallApi } = parts;
  const filtering = { ...parts, library: videos };
  /** Where Cloudflare can't be called nothing is asked first. */
  const calling = <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    canCallApi ? work() : Promise.resolve(failed({ code: 'apiUnavailable' }));
  return {
    filter: (accountKey) => calling(() => askVideoFilter(accountKey, filtering)),
    clearFilter(accountKey) {
      if (accountKey !== undefined) views.setFilter(accountKey, {});
    },
    goTo: (accountKey) => calling(() => goToVideo(accountKey, filtering)),
    listAll: (accountKey) => calling(() => listAllNow(accountKey, parts)),
    async refresh(accountKey) {
      const { search: text, videoId } = views.filter(accountKey);
      if (text === undefined && videoId === undefined) return void (await videos.refresh(accountKey));
      search.forget(accountKey);
      views.setFilter(accountKey, views.filter(accountKey));
    },
    async copyIds(subjects) {
      const ids = subjects.flatMap(({ videoId }) => videoId ?? []);
      if (ids.length === 0) return;
      await prompter.writeClipboard(ids.join('\n'));
      prompter.mention(ids.length === 1 ? l10n.t('Copied: the video id') : l10n.t('Copied: {0} ids', ids.length));
    },
    copyUrl: (subject) => copyUrl(subject, parts),
    copyDownloadUrl: (subject) => calling(() => copyDownloadUrl(subject, parts)),
    openWatchPage: (subject) => openWatchPage(subject, parts),
    rename: (subject) => calling(() => renameVideo(subject, parts)),
    editOrigins: (subject) => calling(() => editOrigins(subject, parts)),
    createDownload: (subject) => calling(() => createDownload(subject, parts)),
    requireSigned: (subjects, required) => calling(() => requireSigned(subjects, required, parts)),
  };
}
