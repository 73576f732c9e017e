import type { Video } from '../../stream/api/video';
import type { Pace } from '../pace';
import { filterVideos, isFiltering, type SmallNames, smallNames, type VideoFilter } from './videoFilter';
import type { LibraryState, VideoLibrary } from './videoLibrary';
import type { VideoSearch } from './videoSearch';

/** What the sidebar shows of the videos of an account. */
export interface ShownVideos extends LibraryState {
  /** How many there are to filter. */
  readonly loaded: number;
  readonly filter: VideoFilter;
}

/** The filter of each account, for as long as the window is open, and what passes it. */
export interface VideoViews {
  filter(accountKey: string): VideoFilter;
  setFilter(accountKey: string, filter: VideoFilter): void;
  /** Opens the videos, asking Cloudflare only for what is not known. */
  shown(accountKey: string): Promise<ShownVideos>;
  /** Calls back with the key of an account when its filter changed. */
  onChange(listener: (accountKey: string) => void): () => void;
}

interface Made {
  readonly videos: readonly Video[];
  readonly filter: VideoFilter;
  readonly result: Promise<readonly Video[]>;
}

const EVERYTHING: VideoFilter = {};

export function createVideoViews(library: VideoLibrary, search: VideoSearch, pace: Pace): VideoViews {
  const filters = new Map<string, VideoFilter>();
  const listeners = new Set<(accountKey: string) => void>();
  const made = new Map<string, Made>();
  const names = new WeakMap<readonly Video[], Promise<SmallNames>>();

  function namesOf(videos: readonly Video[]): Promise<SmallNames> {
    const known = names.get(videos) ?? smallNames(videos, pace);
    names.set(videos, known);
    return known;
  }

  function filtered(accountKey: string, videos: readonly Video[], filter: VideoFilter): Promise<readonly Video[]> {
    if (!isFiltering(filter)) return Promise.resolve(videos);
    const known = made.get(accountKey);
    if (known?.videos === videos && known.filter === filter) return known.result;
    const result = namesOf(videos).then((small) => filterVideos(videos, small, filter, pace));
    made.set(accountKey, { videos, filter, result });
    return result;
  }

  async function opened(accountKey: string, { search: text, videoId }: VideoFilter): Promise<LibraryState> {
    if (videoId !== undefined) return search.open(accountKey, { videoId });
    return text === undefined ? library.open(accountKey) : search.open(accountKey, { search: text });
  }

  return {
    filter: (accountKey) => filters.get(accountKey) ?? EVERYTHING,
    setFilter(accountKey, filter) {
      filters.set(accountKey, filter);
      for (const listener of listeners) listener(accountKey);
    },
    async shown(accountKey) {
      const filter = filters.get(accountKey) ?? EVERYTHING;
      const state = await opened(accountKey, filter);
      const videos = await filtered(accountKey, state.videos, filter);
      return { ...state, videos, loaded: state.videos.length, filter };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
