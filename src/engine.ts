import * as l10n from '@vscode/l10n';
import { createAccounts } from './flows/accounts/accountStore';
import type { Accounts, Cache, Vault } from './flows/accounts/accounts';
import type { AccountDraft } from './flows/accounts/accountWizard';
import { addAccount } from './flows/accounts/addAccount';
import { addEmulatedAccount } from './flows/accounts/addEmulatedAccount';
import { setCustomerCode } from './flows/accounts/customerCode';
import { setDefaultAccount } from './flows/accounts/defaultAccount';
import { removeAccount } from './flows/accounts/removeAccount';
import { renameAccount } from './flows/accounts/renameAccount';
import { replaceCredential } from './flows/accounts/replaceCredential';
import { storeSelection } from './flows/accounts/storeSelection';
import { createHovers, type Hovers } from './flows/documents/hovers';
import { createThumbnails } from './flows/documents/hoverThumbnail';
import { refreshVideo } from './flows/documents/refreshVideo';
import { createSourceTokens, type SourceTokens } from './flows/documents/sourceTokens';
import { createTokenOwner } from './flows/documents/tokenOwner';
import { createDraft } from './flows/draft';
import type { Excerpt } from './flows/excerpt';
import { documentationOf, failureSentence, refusalLines } from './flows/failureSentence';
import { createInspector, type Inspector } from './flows/inspector/inspector';
import { tokenAge } from './flows/inspector/tokenAge';
import { createKeyActions, type KeyActions } from './flows/keys/keyActions';
import { createKeyLibrary } from './flows/keys/keyLibrary';
import { createSigningKeys } from './flows/keys/keys';
import { createPendingKeys } from './flows/keys/pendingKeys';
import { withEditsInTurn } from './flows/library/editsInTurn';
import type { VideoShelf } from './flows/library/keepVideos';
import { createLibraryActions, type LibraryActions } from './flows/library/libraryActions';
import { createLibraryTree, type LibraryTree } from './flows/library/libraryTree';
import { createLiveInputs, type LiveInputs } from './flows/library/liveInputs';
import { liveNote } from './flows/library/liveNote';
import { showVideo, type VideoPage } from './flows/library/showVideo';
import type { NamedVideo } from './flows/library/videoAccount';
import { createVideoKnowledge } from './flows/library/videoKnowledge';
import { createVideoLibrary, type VideoLibrary } from './flows/library/videoLibrary';
import { createVideoSearch } from './flows/library/videoSearch';
import { createVideoViews, type VideoViews } from './flows/library/videoViews';
import { createLiveInputWatch } from './flows/library/watchLiveInputs';
import { createProgressWatch } from './flows/library/watchProgress';
import type { Log } from './flows/log';
import { createPace } from './flows/pace';
import type { Prompter } from './flows/prompter';
import { listUrls, type NamedUrl } from './flows/signing/listUrls';
import type { Output } from './flows/signing/output';
import type { SignSettings } from './flows/signing/presets';
import type { Recalled } from './flows/signing/recalled';
import { createRecentSignings, type RecentSignings } from './flows/signing/recentSignings';
import { signRecent } from './flows/signing/signRecent';
import { type SignRequest, signVideo } from './flows/signing/signVideo';
import type { TimeStyle } from './flows/times';
import { cleanText } from './source/cleanText';
import { createStreamApi } from './stream/api/client';
import { type Credential, unloggedOf } from './stream/api/credential';
import { API_ORIGIN, type Clock } from './stream/api/http';
import { createWire } from './stream/api/wire';
import { createProbe } from './stream/delivery/probe';
import { type Failure, failed, type Outcome } from './stream/failure';

/** What the flows need of the editor. */
export interface EngineParts {
  readonly vault: Vault;
  readonly cache: Cache;
  readonly workspaceCache: Cache;
  readonly shelf: VideoShelf;
  readonly prompter: Prompter;
  readonly log: Log;
  readonly showLog: () => void;
  readonly clock: Clock;
  readonly times: TimeStyle;
  /** False in the browser, where Cloudflare's API can't be called. */
  readonly canCallApi: boolean;
  /** Read only when a person chooses to import a credential from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly settings: SignSettings;
  /** Development only: an emulator in place of Cloudflare's API. */
  readonly apiOrigin?: string;
  readonly deliveryOrigin?: string;
  /** The strings of the display language; absent for English. */
  readonly translations?: Record<string, string | { message: string; comment: string[] }>;
}

/** Everything a command can do, in one object: the border between the two bundles. */
export interface Engine {
  readonly accounts: Pick<Accounts, 'list'>;
  readonly tree: LibraryTree;
  readonly keys: KeyActions;
  readonly videos: Pick<VideoLibrary, 'more' | 'refreshAll' | 'onChange'>;
  readonly views: Pick<VideoViews, 'onChange'>;
  readonly library: LibraryActions;
  readonly liveInputs: Pick<LiveInputs, 'refresh' | 'onChange'>;
  /** What changes by itself and can be seen now; for all else nothing is asked. */
  watch(inSight: InSight): void;
  /** Asks Cloudflare about one video. */
  refreshVideo(video: NamedVideo): Promise<Outcome<void>>;
  showVideo(video: NamedVideo): Promise<Outcome<VideoPage>>;
  addAccount(): Promise<Outcome<void>>;
  addEmulatedAccount(offer: unknown): Promise<Outcome<void>>;
  replaceCredential(key: string | undefined): Promise<Outcome<void>>;
  renameAccount(key: string | undefined): Promise<Outcome<void>>;
  setCustomerCode(key: string | undefined): Promise<Outcome<void>>;
  setDefaultAccount(key: string | undefined): Promise<Outcome<void>>;
  storeSelection(excerpt: Excerpt): Promise<Outcome<void>>;
  removeAccount(key: string | undefined): Promise<Outcome<void>>;
  signVideo(request: SignRequest, output: Output): Promise<Outcome<void>>;
  /** Takes up one of the last signings, at once or in the hub; without an id it asks which. */
  signRecent(id: string | undefined, change: boolean, output: Output): Promise<Outcome<void>>;
  readonly recent: Pick<RecentSignings, 'clear' | 'onChange'>;
  readonly inspector: Inspector;
  readonly hovers: Hovers;
  readonly sourceTokens: SourceTokens;
  /** What time says about a token, in a few words. */
  tokenAge(token: string): string;
  /** Every delivery URL for an id or token; those of the account's own host only with its customer code. */
  urlForms(idOrToken: string, customerCode?: string): readonly NamedUrl[];
  explain(failure: Exclude<Failure, { code: 'cancelled' }>): Explanation;
}

/** The accounts whose videos, and whose live inputs, are in sight. */
export interface InSight {
  readonly videos: readonly string[];
  readonly liveInputs: readonly string[];
}

/** A failure in words, for a notification and for the log. */
export interface Explanation {
  readonly sentence: string;
  /** What Cloudflare said. */
  readonly details: readonly string[];
  readonly documentation?: string;
}

export function createEngine(parts: EngineParts): Engine {
  if (parts.translations !== undefined) l10n.config({ contents: parts.translations });
  const { prompter, log, showLog, clock, times, deliveryOrigin } = parts;
  const delivery = deliveryOrigin === undefined ? {} : { deliveryOrigin };
  const deliveredFrom = deliveryOrigin === undefined ? {} : { origin: deliveryOrigin };
  const now = () => clock.now();
  const randomId = () => crypto.randomUUID().replaceAll('-', '');
  const accounts = createAccounts({
    vault: parts.vault,
    cache: parts.cache,
    workspaceCache: parts.workspaceCache,
    log,
    randomId,
    now,
  });
  const { http, skewSeconds } = createWire({
    origin: parts.apiOrigin ?? API_ORIGIN,
    clock,
    fetch: () => globalThis.fetch,
  });
  const pace = createPace(clock);
  const openApi = withEditsInTurn((credential: Credential) => {
    for (const text of unloggedOf(credential)) log.hide(text);
    return createStreamApi({
      http,
      clock,
      credential,
      pace,
      onMessage: ({ code, message }) => log.info(cleanText(`Cloudflare says: ${code ?? ''} ${message}`, 500)),
    });
  });
  const keys = createSigningKeys({ vault: parts.vault, cache: parts.cache, log, randomId, now });
  const pending = createPendingKeys({ vault: parts.vault, randomId, now, wait: clock.wait });
  const { canCallApi, environment } = parts;
  const keyLibrary = createKeyLibrary({ accounts, keys, pending, openApi, canCallApi, now });
  const keyActions = createKeyActions({
    prompter,
    accounts,
    keys,
    pending,
    library: keyLibrary,
    openApi,
    log,
    times,
    canCallApi,
    now,
  });
  const videos = createVideoLibrary({ accounts, openApi, shelf: parts.shelf, log, pace, now });
  const search = createVideoSearch({ accounts, openApi, library: videos, now });
  const views = createVideoViews(videos, search, pace);
  const liveInputs = createLiveInputs({ accounts, openApi, videos, log, now });
  const recent = createRecentSignings({
    cache: parts.cache,
    enabled: () => parts.settings.remembersRecent(),
    log,
    randomId,
    now,
  });
  const library = createLibraryActions({
    prompter,
    recent,
    liveInputs,
    accounts,
    openApi,
    videos,
    views,
    search,
    keys,
    preferences: parts.cache,
    canCallApi,
    log,
    clock,
    times,
    now,
    ...delivery,
  });
  const knowledge = createVideoKnowledge({ accounts, keys, videos, shelf: parts.shelf, openApi });
  const progress = createProgressWatch({ accounts, openApi, videos, clock });
  const broadcasts = createLiveInputWatch({ liveInputs, clock });
  const draft = createDraft<AccountDraft>();
  const signDraft = createDraft<Recalled>();
  const unavailable = () => Promise.resolve(failed({ code: 'apiUnavailable' }));
  const wizard = {
    prompter,
    accounts,
    openApi,
    log,
    times,
    draft,
    environment,
    canCallApi,
    storeKey: keyActions.store,
  };
  const add = () => addAccount(wizard);
  const replace = (key: string | undefined) => replaceCredential(key, wizard);

  const sign = (request: SignRequest, output: Output) =>
    signVideo(request, {
      prompter,
      accounts,
      addAccount: add,
      replaceCredential: replace,
      openApi,
      keys,
      keyActions,
      canCallApi,
      videos,
      liveNote: (accountKey, videoId) => liveNote(accountKey, videoId, { liveInputs, videos }),
      knowledge,
      requireSigned: (video) => library.requireSigned([video], true),
      output,
      log,
      showLog,
      times,
      clockAhead: skewSeconds,
      now,
      preferences: parts.cache,
      workspacePreferences: parts.workspaceCache,
      settings: parts.settings,
      draft: signDraft,
      ...(parts.apiOrigin !== undefined && { apiOrigin: parts.apiOrigin }),
      ...delivery,
      recent,
    });
  const tokenParts = {
    prompter,
    accounts,
    keys,
    knowledge,
    owner: createTokenOwner({ prompter, accounts, keys, knowledge }),
    openApi,
    canCallApi,
    probe: createProbe({
      fetch: () => globalThis.fetch,
      clock,
      ...deliveredFrom,
    }),
    log,
    preferences: parts.cache,
    settings: parts.settings,
    recent,
    clockAhead: skewSeconds,
    times,
    now,
    ...delivery,
  };
  const inspector = createInspector(tokenParts);
  const thumbnails = createThumbnails({
    accounts,
    keys,
    openApi,
    canCallApi,
    log,
    now,
    ...delivery,
  });

  return {
    accounts,
    tree: createLibraryTree({ accounts, views, liveInputs, keys: keyLibrary, recent, now, times, canCallApi }),
    keys: keyActions,
    videos,
    views,
    library,
    liveInputs,
    watch(inSight) {
      progress.watch(inSight.videos);
      broadcasts.watch(inSight.liveInputs);
    },
    showVideo: (video) => showVideo(video, { prompter, accounts, shelf: parts.shelf, openApi, videos, liveInputs }),
    refreshVideo: (video) => refreshVideo(video, { prompter, accounts, shelf: parts.shelf, knowledge, canCallApi }),
    addAccount: async () => done(await add()),
    addEmulatedAccount: (offer) => addEmulatedAccount(offer, { accounts, openApi, prompter }),
    replaceCredential: parts.canCallApi ? replace : unavailable,
    renameAccount: (key) => renameAccount(key, { prompter, accounts }),
    setCustomerCode: (key) => setCustomerCode(key, { prompter, accounts }),
    storeSelection: (excerpt) => storeSelection(excerpt, wizard),
    setDefaultAccount: (key) => setDefaultAccount(key, { prompter, accounts }),
    removeAccount: (key) => removeAccount(key, { prompter, accounts, videos, liveInputs, recent, keys, pending }),
    signVideo: sign,
    async signRecent(id, change, output) {
      const request = await signRecent(id, change, { prompter, accounts, recent, times, now });
      return request.ok ? sign(request.value, output) : request;
    },
    recent,
    tokenAge: (token) => tokenAge(token, now() / 1000, times),
    inspector,
    hovers: createHovers({ accounts, knowledge, inspector, thumbnails, canCallApi }),
    sourceTokens: createSourceTokens(tokenParts),
    urlForms: (idOrToken, customerCode) =>
      listUrls(idOrToken, {
        ...(customerCode !== undefined && { customerCode }),
        ...deliveredFrom,
      }),
    explain(failure) {
      const documentation = documentationOf(failure);
      return {
        sentence: failureSentence(failure, times),
        details: refusalLines(failure),
        ...(documentation !== undefined && { documentation }),
      };
    },
  };
}

function done<T>(outcome: Outcome<T>): Outcome<void> {
  return outcome.ok ? { ok: true, value: undefined } : outcome;
}
