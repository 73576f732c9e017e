import { PAGE_OF_VIDEOS, type StreamApi, type VideoPage } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import { customerCodeAmong, type Video } from '../../stream/api/video';
import type { Failure, Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import type { Account, Accounts } from '../accounts/accounts';
import type { Log } from '../log';
import type { Pace } from '../pace';
import { createVideoKeeper, type VideoShelf } from './keepVideos';
import { listAllVideos } from './listAllVideos';
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

/** Told how many videos are known, and of how many if Cloudflare says it. */
export type OnListed = (known: number, total: number | undefined) => void;

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
  /** Lists everything there is, many answers side by side. */
  all(accountKey: string, signal: AbortSignal, onListed?: OnListed): Promise<LibraryState>;
  /** Puts changed videos in the place of those that are known. */
  update(accountKey: string, ...videos: readonly Video[]): Promise<void>;
  /** Forgets an account that was removed. */
  forget(accountKey: string): Promise<void>;
  /** Calls back with the key of an account, and with what changed of it, whenever its videos change; the answer ends it. */
  onChange(listener: (accountKey: string, changed: readonly Video[]) => void): () => void;
}

/** More videos than anyone looks through by eye. */
export const MAX_LISTED = 20_000;
/** Listing is reading: more than other calls may be on their way at once. */
const LISTINGS_IN_FLIGHT = 8;
/** From so many answers on, asking anew side by side pays. */
const MANY_PAGES = 3;
/** How long an answer or a failure is good for, in milliseconds. */
export const FRESH_MS = 5 * 60 * 1000;

export interface VideoLibraryParts {
  readonly accounts: Accounts;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly shelf: VideoShelf;
  readonly log: Log;
  readonly pace: Pace;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Demand {
  readonly kind: 'refresh' | 'more' | 'all';
  readonly result: Promise<LibraryState>;
}

interface Entry {
  state: LibraryState;
  /** How many answers the state is made of. */
  pages: number;
  /** Epoch milliseconds of the last time all of it was asked for, with or without success; -Infinity before that. */
  askedAt: number;
  /** The demand that is on its way. */
  pending: Demand | undefined;
  /** What was changed since it set out: its answer may be from before that. */
  readonly changed: Map<string, Video>;
}

interface Loaded {
  readonly state: LibraryState;
  readonly pages: number;
}

const UNKNOWN: LibraryState = { videos: [], complete: false };

export function createVideoLibrary({ accounts, openApi, shelf, log, pace, now }: VideoLibraryParts): VideoLibrary {
  const entries = new Map<string, Entry>();
  const listeners = new Set<(accountKey: string, changed: readonly Video[]) => void>();
  const keep = createVideoKeeper(shelf, log);

  function entryOf(accountKey: string): Entry {
    let entry = entries.get(accountKey);
    if (entry === undefined) {
      const never = Number.NEGATIVE_INFINITY;
      entry = { state: UNKNOWN, pages: 0, askedAt: never, pending: undefined, changed: new Map() };
      entries.set(accountKey, entry);
    }
    return entry;
  }

  /** Whether the account was removed while an answer was on its way. */
  function isGone(accountKey: string, entry: Entry): boolean {
    return entries.get(accountKey) !== entry;
  }

  async function settle(
    accountKey: string,
    entry: Entry,
    state: LibraryState,
    changed: readonly Video[] = [],
  ): Promise<LibraryState> {
    entry.state = state;
    for (const listener of listeners) listener(accountKey, changed);
    if (state.failure === undefined) await keep(accountKey, state.videos);
    return state;
  }

  /** Asks for so many answers, each older than the one before, beginning behind the videos given. */
  async function load(accountKey: string, from: readonly Video[], pages: number): Promise<Loaded> {
    const opened = await accounts.open(accountKey);
    const failWith = (failure: Failure, videos: readonly Video[], loaded: number): Loaded => ({
      state: { videos, complete: false, ...(failure.code !== 'cancelled' && { failure }) },
      pages: loaded,
    });
    if (!opened.ok) return failWith(opened.failure, from, 0);
    const api = openApi(opened.value.credential);
    const listed = new Map(from.map((video) => [video.id, video]));
    const list = (page: VideoPage) => api.listVideos(opened.value.accountId, new AbortController().signal, page);
    let oldest = from.at(-1);
    for (let page = 0; page < pages; page++) {
      const answer = await olderVideos(oldest, list);
      if (!answer.ok) return failWith(answer.failure, [...listed.values()], page);
      const { videos, complete } = answer.value;
      // One that is there already keeps its place.
      for (const video of videos) {
        if (!listed.has(video.id)) oldest = video;
        listed.set(video.id, video);
      }
      await learnCustomerCode(opened.value, videos);
      if (complete) return { state: { videos: [...listed.values()], complete }, pages: page + 1 };
    }
    return { state: { videos: [...listed.values()], complete: false }, pages };
  }

  /** Asks for everything. */
  async function loadAll(accountKey: string, signal: AbortSignal, onListed: OnListed): Promise<Outcome<Loaded>> {
    const opened = await accounts.open(accountKey);
    if (!opened.ok) return opened;
    const { credential, accountId } = opened.value;
    const api = openApi(credential);
    const listed = await listAllVideos({
      list: (page) => api.listVideos(accountId, signal, page),
      inFlight: LISTINGS_IN_FLIGHT,
      limit: PAGE_OF_VIDEOS,
      onProgress: onListed,
      pace,
    });
    if (!listed.ok) return listed;
    const { videos, complete } = listed.value;
    if (!complete) log.warn('Some videos share one instant with too many others to be listed.');
    await learnCustomerCode(opened.value, videos);
    const pages = Math.max(1, Math.ceil(videos.length / PAGE_OF_VIDEOS));
    return succeeded({ state: { videos, complete: true }, pages });
  }

  async function learnCustomerCode({ key, customerCode: known }: Account, videos: readonly Video[]): Promise<void> {
    const customerCode = customerCodeAmong(videos);
    if (customerCode === undefined || customerCode === known) return;
    try {
      await accounts.setCustomerCode(key, customerCode);
    } catch {
      log.warn('The customer code could not be stored.');
    }
  }

  /** One demand of an account at a time, so that answers can't cross; the same demand twice is one. */
  function demand(
    accountKey: string,
    kind: Demand['kind'],
    work: (entry: Entry) => Promise<LibraryState>,
  ): Promise<LibraryState> {
    const entry = entryOf(accountKey);
    if (entry.pending?.kind === kind) return entry.pending.result;
    const earlier = entry.pending?.result;
    const result = (async () => {
      // Its asker hears how it went.
      await earlier?.catch(() => {});
      entry.changed.clear();
      return work(entry);
    })().finally(() => {
      if (entry.pending?.result === result) entry.pending = undefined;
    });
    entry.pending = { kind, result };
    return result;
  }

  /** What came back, but with what was changed while it was on its way. */
  function withChanged({ changed }: Entry, state: LibraryState): LibraryState {
    return changed.size === 0 ? state : { ...state, videos: replaced(state.videos, changed) };
  }

  function take(accountKey: string, entry: Entry, { state, pages }: Loaded): Promise<LibraryState> {
    entry.pages = pages;
    return settle(accountKey, entry, withChanged(entry, state));
  }

  function refresh(accountKey: string): Promise<LibraryState> {
    return demand(accountKey, 'refresh', async (entry) => {
      const many = entry.state.complete && entry.pages >= MANY_PAGES;
      const loaded = many
        ? await loadAll(accountKey, new AbortController().signal, () => {})
        : succeeded(await load(accountKey, [], Math.max(1, entry.pages)));
      if (isGone(accountKey, entry)) return entry.state;
      entry.askedAt = now();
      const failure = loaded.ok ? loaded.value.state.failure : loaded.failure;
      if (loaded.ok && failure === undefined) return take(accountKey, entry, loaded.value);
      if (failure === undefined || failure.code === 'cancelled') return entry.state;
      return settle(accountKey, entry, { ...entry.state, failure, stale: true });
    });
  }

  function more(accountKey: string): Promise<LibraryState> {
    return demand(accountKey, 'more', async (entry) => {
      if (entry.state.complete) return entry.state;
      const { state, pages } = await load(accountKey, entry.state.videos, 1);
      if (isGone(accountKey, entry)) return entry.state;
      return take(accountKey, entry, { state, pages: entry.pages + pages });
    });
  }

  function all(accountKey: string, signal: AbortSignal, onListed: OnListed = () => {}): Promise<LibraryState> {
    return demand(accountKey, 'all', async (entry) => {
      const loaded = await loadAll(accountKey, signal, onListed);
      if (isGone(accountKey, entry)) return entry.state;
      if (loaded.ok) {
        entry.askedAt = now();
        return take(accountKey, entry, loaded.value);
      }
      const { failure } = loaded;
      if (failure.code === 'cancelled') return entry.state;
      return settle(accountKey, entry, { ...entry.state, failure, stale: true });
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
    async update(accountKey, ...videos) {
      const entry = entries.get(accountKey);
      if (entry?.pending !== undefined) for (const video of videos) entry.changed.set(video.id, video);
      if (entry === undefined || entry.state === UNKNOWN) {
        for (const listener of listeners) listener(accountKey, videos);
        return;
      }
      const changed = new Map(videos.map((video) => [video.id, video]));
      await settle(accountKey, entry, { ...entry.state, videos: replaced(entry.state.videos, changed) }, videos);
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

/** The same videos, some of them as they are now. */
export function replaced(videos: readonly Video[], changed: ReadonlyMap<string, Video>): readonly Video[] {
  return videos.map((video) => changed.get(video.id) ?? video);
}
