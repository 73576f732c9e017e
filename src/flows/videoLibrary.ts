import { type KnownVideo, writeKnownVideos } from '../source/knownVideos';
import { customerCodeAmong, PAGE_OF_VIDEOS, type StreamApi, type Video, type VideoPage } from '../stream/api/client';
import type { Credential } from '../stream/api/credential';
import type { Failure, Outcome } from '../stream/failure';
import type { Accounts } from './accounts';
import { type AllVideos, listAllVideos } from './listAllVideos';
import type { Log } from './log';
import { olderVideos } from './olderVideos';

/** What is known of the videos of one account. */
export interface LibraryState {
  /** Newest first, no id twice. */
  readonly videos: readonly Video[];
  /** Whether there is nothing older behind them. */
  readonly complete: boolean;
  /** Why the last demand failed; the videos are from before. */
  readonly failure?: Exclude<Failure, { code: 'cancelled' }>;
  /** Set when asking anew failed, so that what is there may no longer be true. */
  readonly stale?: true;
}

/** Files with the slim records of videos, one per account; rebuilt whenever they are lost. */
export interface VideoShelf {
  write(accountKey: string, text: string): Promise<void>;
  remove(accountKey: string): Promise<void>;
  /** The record of a video, in whichever account it is. */
  lookUp(videoId: string): Promise<(KnownVideo & { readonly accountKey: string }) | undefined>;
}

/**
 * The videos of every account, as far as somebody asked for them. Whoever asks while an answer is on its way shares
 * it, and a failure leaves what was known before.
 */
export interface VideoLibrary {
  /** What is known now, without asking Cloudflare. */
  state(accountKey: string): LibraryState | undefined;
  /** The newest videos: what is known, if that is not long ago (a failure counts too), else Cloudflare is asked once. */
  open(accountKey: string): Promise<LibraryState>;
  /** Asks for the next older videos. */
  more(accountKey: string): Promise<LibraryState>;
  /** Asks anew for as many videos as are known. */
  refresh(accountKey: string): Promise<LibraryState>;
  /** The same for every account whose videos were asked for before. */
  refreshAll(): Promise<void>;
  /** What is known, then more and more until it is complete, {@link MAX_LISTED} are there, something fails or nobody wants it any more. */
  listing(accountKey: string, signal: AbortSignal): AsyncIterable<LibraryState>;
  /** Lists everything there is, many answers side by side; `onProgress` hears how many are known, and of how many. */
  all(
    accountKey: string,
    signal: AbortSignal,
    onProgress?: (known: number, total: number | undefined) => void,
  ): Promise<LibraryState>;
  /** Puts a changed video in the place of the one that is known. */
  update(accountKey: string, video: Video): Promise<void>;
  /** Forgets an account that was removed. */
  forget(accountKey: string): Promise<void>;
  /** Calls back with the key of an account whenever its videos change; the answer ends it. */
  onChange(listener: (accountKey: string) => void): () => void;
}

/** More videos than anyone looks through by eye. */
export const MAX_LISTED = 20_000;
/** Listing is reading: more than other calls may be on their way at once. */
const LISTINGS_IN_FLIGHT = 8;
/** How long an answer or a failure is good for, in milliseconds. */
const FRESH_MS = 5 * 60 * 1000;

export interface VideoLibraryParts {
  readonly accounts: Accounts;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly shelf: VideoShelf;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Entry {
  state: LibraryState;
  /** How many answers the state is made of. */
  pages: number;
  /** Epoch milliseconds of the last time all of it was asked for, with or without success; -Infinity before that. */
  askedAt: number;
  /** The demand that is on its way. */
  pending: { readonly kind: 'refresh' | 'more' | 'all'; readonly result: Promise<LibraryState> } | undefined;
}

const UNKNOWN: LibraryState = { videos: [], complete: false };

export function createVideoLibrary({ accounts, openApi, shelf, log, now }: VideoLibraryParts): VideoLibrary {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(accountKey: string) => void>();

  function entryOf(accountKey: string): Entry {
    let entry = entries.get(accountKey);
    if (entry === undefined) {
      entry = { state: UNKNOWN, pages: 0, askedAt: Number.NEGATIVE_INFINITY, pending: undefined };
      entries.set(accountKey, entry);
    }
    return entry;
  }

  /** Whether the account was removed while an answer was on its way. */
  function isGone(accountKey: string, entry: Entry): boolean {
    return entries.get(accountKey) !== entry;
  }

  async function settle(accountKey: string, entry: Entry, state: LibraryState): Promise<LibraryState> {
    entry.state = state;
    for (const listener of listeners) listener(accountKey);
    if (state.failure === undefined) await keep(accountKey, state.videos);
    return state;
  }

  /** What lenses and hovers know of videos comes from here. Losing it costs them names, so a failure is only logged. */
  async function keep(accountKey: string, videos: readonly Video[]): Promise<void> {
    try {
      await shelf.write(accountKey, writeKnownVideos(videos.map(toKnown)));
    } catch {
      log.warn('The list of known videos could not be kept.');
    }
  }

  /** Asks for so many answers, each older than the one before, beginning behind the videos given. */
  async function load(
    accountKey: string,
    from: readonly Video[],
    pages: number,
  ): Promise<{ readonly state: LibraryState; readonly pages: number }> {
    const opened = await accounts.open(accountKey);
    const failWith = (failure: Failure, videos: readonly Video[], loaded: number) => ({
      state: { videos, complete: false, ...(failure.code !== 'cancelled' && { failure }) },
      pages: loaded,
    });
    if (!opened.ok) return failWith(opened.failure, from, 0);
    const { credential, accountId, customerCode } = opened.value;
    const api = openApi(credential);
    const listed = new Map(from.map((video) => [video.id, video]));
    const list = (page: VideoPage) => api.listVideos(accountId, new AbortController().signal, page);
    for (let page = 0; page < pages; page++) {
      const answer = await olderVideos([...listed.values()].at(-1), list);
      if (!answer.ok) return failWith(answer.failure, [...listed.values()], page);
      const { videos, complete } = answer.value;
      for (const video of videos) listed.set(video.id, video);
      await learnCustomerCode(accountKey, customerCode, videos);
      if (complete) return { state: { videos: [...listed.values()], complete }, pages: page + 1 };
    }
    return { state: { videos: [...listed.values()], complete: false }, pages };
  }

  async function learnCustomerCode(accountKey: string, known: string | undefined, videos: readonly Video[]) {
    const customerCode = customerCodeAmong(videos);
    if (customerCode === undefined || customerCode === known) return;
    try {
      await accounts.setCustomerCode(accountKey, customerCode);
    } catch {
      log.warn('The customer code could not be stored.');
    }
  }

  /** One demand of an account at a time, so that answers can't cross; the same demand twice is one. */
  function demand(
    accountKey: string,
    kind: 'refresh' | 'more' | 'all',
    work: (entry: Entry) => Promise<LibraryState>,
  ): Promise<LibraryState> {
    const entry = entryOf(accountKey);
    if (entry.pending?.kind === kind) return entry.pending.result;
    const earlier = entry.pending?.result;
    const result = (async () => {
      // Its asker hears how it went.
      await earlier?.catch(() => {});
      return work(entry);
    })().finally(() => {
      if (entry.pending?.result === result) entry.pending = undefined;
    });
    entry.pending = { kind, result };
    return result;
  }

  function refresh(accountKey: string): Promise<LibraryState> {
    return demand(accountKey, 'refresh', async (entry) => {
      const { state, pages } = await load(accountKey, [], Math.max(1, entry.pages));
      if (isGone(accountKey, entry)) return entry.state;
      entry.askedAt = now();
      if (state.failure !== undefined)
        return settle(accountKey, entry, { ...entry.state, failure: state.failure, stale: true });
      entry.pages = pages;
      return settle(accountKey, entry, state);
    });
  }

  function more(accountKey: string): Promise<LibraryState> {
    return demand(accountKey, 'more', async (entry) => {
      if (entry.state.complete) return entry.state;
      const { state, pages } = await load(accountKey, entry.state.videos, 1);
      if (isGone(accountKey, entry)) return entry.state;
      entry.pages += pages;
      return settle(accountKey, entry, state);
    });
  }

  async function listAll(
    accountKey: string,
    signal: AbortSignal,
    onProgress: (known: number, total: number | undefined) => void,
  ): Promise<Outcome<AllVideos>> {
    const opened = await accounts.open(accountKey);
    if (!opened.ok) return opened;
    const { credential, accountId } = opened.value;
    const api = openApi(credential);
    return listAllVideos({
      list: (page) => api.listVideos(accountId, signal, page),
      inFlight: LISTINGS_IN_FLIGHT,
      limit: PAGE_OF_VIDEOS,
      onProgress,
    });
  }

  function all(
    accountKey: string,
    signal: AbortSignal,
    onProgress: (known: number, total: number | undefined) => void = () => {},
  ): Promise<LibraryState> {
    return demand(accountKey, 'all', async (entry) => {
      const listed = await listAll(accountKey, signal, onProgress);
      if (isGone(accountKey, entry)) return entry.state;
      if (!listed.ok) {
        const { failure } = listed;
        if (failure.code === 'cancelled') return entry.state;
        return settle(accountKey, entry, { ...entry.state, failure, stale: true });
      }
      const { videos, complete } = listed.value;
      if (!complete) log.warn('Some videos share one instant with too many others to be listed.');
      entry.askedAt = now();
      entry.pages = Math.ceil(videos.length / PAGE_OF_VIDEOS);
      return settle(accountKey, entry, { videos, complete: true });
    });
  }

  async function open(accountKey: string): Promise<LibraryState> {
    const { state, askedAt, pending } = entryOf(accountKey);
    if (pending !== undefined) return pending.result;
    return now() - askedAt < FRESH_MS ? state : refresh(accountKey);
  }

  return {
    state: (accountKey) => entries.get(accountKey)?.state,
    open,
    more,
    refresh,
    all,
    async refreshAll() {
      await Promise.all([...entries.keys()].map(refresh));
    },
    async *listing(accountKey, signal) {
      const failedBefore = entries.get(accountKey)?.state.failure !== undefined;
      let state = await (failedBefore ? refresh(accountKey) : open(accountKey));
      for (;;) {
        if (signal.aborted) return;
        yield state;
        const known = state.videos.length;
        if (state.complete || state.failure !== undefined || known >= MAX_LISTED) return;
        state = await more(accountKey);
      }
    },
    async update(accountKey, video) {
      const entry = entries.get(accountKey);
      if (entry === undefined || !entry.state.videos.some(({ id }) => id === video.id)) return;
      const videos = entry.state.videos.map((known) => (known.id === video.id ? video : known));
      await settle(accountKey, entry, { ...entry.state, videos });
    },
    async forget(accountKey) {
      entries.delete(accountKey);
      await shelf.remove(accountKey);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function toKnown({ id, name, duration, requireSignedUrls }: Video): KnownVideo {
  return { id, name, signed: requireSignedUrls, ...(duration !== undefined && { duration }) };
}
