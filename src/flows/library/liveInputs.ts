import type { LiveInput, StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { ListedLiveInput, LiveInputDetails } from '../../stream/api/liveInputCalls';
import { customerCodeAmong, type Video } from '../../stream/api/video';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Account, Accounts } from '../accounts/accounts';
import type { Log } from '../log';
import { createKeptAnswers, type Kept } from './keptAnswers';
import { FRESH_MS, replaced, type VideoLibrary } from './videoLibrary';

/** A live input, with what it was when Cloudflare was last asked for it alone: the list tells nothing of its state. */
export interface KnownLiveInput extends ListedLiveInput {
  readonly seen?: LiveInput;
}

/** The live inputs of every account and what was recorded from them, as far as somebody asked for them. */
export interface LiveInputs {
  /** What is known now of the live inputs of an account, without asking Cloudflare; newest first. */
  known(accountKey: string): readonly KnownLiveInput[];
  open(accountKey: string): Promise<Kept<readonly KnownLiveInput[]>>;
  /** What was recorded from a live input, and the broadcast that is running. */
  recordings(accountKey: string, inputId: string): Promise<Kept<readonly Video[]>>;
  /** A recording that is known, without asking Cloudflare. */
  recording(accountKey: string, videoId: string): Video | undefined;
  /** Asks Cloudflare for one live input: all that is no secret. */
  read(accountKey: string, inputId: string, signal: AbortSignal): Promise<Outcome<LiveInputDetails>>;
  /** Has everything asked for anew the next time; of one account, or of all. */
  refresh(accountKey?: string): void;
  /** Forgets an account that was removed. */
  forget(accountKey: string): void;
  /** Calls back with the key of an account when something of it is known anew, or (`anew`) wanted anew. */
  onChange(listener: (accountKey: string, anew: boolean) => void): () => void;
}

export interface LiveInputsParts {
  readonly accounts: Accounts;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly videos: Pick<VideoLibrary, 'onChange'>;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export function createLiveInputs({ accounts, openApi, videos, log, now }: LiveInputsParts): LiveInputs {
  const lists = createKeptAnswers<readonly ListedLiveInput[]>(FRESH_MS, now);
  const recorded = createKeptAnswers<readonly Video[]>(FRESH_MS, now);
  const seen = new Map<string, LiveInput>();
  const listed = new Set<string>();
  /** Of which inputs recordings are kept, by account. */
  const asked = new Map<string, Set<string>>();
  const listeners = new Set<(accountKey: string, anew: boolean) => void>();
  const keyOf = (accountKey: string, inputId: string) => `${accountKey}/${inputId}`;
  const isOf = (accountKey: string) => (key: string) => key.startsWith(`${accountKey}/`);
  const tell = (accountKey: string, anew = false) => {
    for (const listener of listeners) listener(accountKey, anew);
  };

  // A recording is a video like any other, and what is changed of one there shows here.
  videos.onChange((accountKey, changed) => {
    if (changed.length === 0) return;
    const byId = new Map(changed.map((video) => [video.id, video]));
    let shown = false;
    for (const inputId of asked.get(accountKey) ?? []) {
      const key = keyOf(accountKey, inputId);
      if (!recorded.peek(key)?.value?.some(({ id }) => byId.has(id))) continue;
      recorded.change(key, (known) => replaced(known, byId));
      shown = true;
    }
    if (shown) tell(accountKey);
  });

  async function calling<T>(
    accountKey: string,
    work: (api: StreamApi, account: Account) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const opened = await accounts.open(accountKey);
    return opened.ok ? work(openApi(opened.value.credential), opened.value) : opened;
  }

  async function learnCustomerCode({ key, customerCode: known }: Account, customerCode: string | undefined) {
    if (customerCode === undefined || customerCode === known) return;
    try {
      await accounts.setCustomerCode(key, customerCode);
    } catch {
      log.warn('The customer code could not be stored.');
    }
  }

  function withSeen(accountKey: string, inputs: readonly ListedLiveInput[]): readonly KnownLiveInput[] {
    return inputs.map((input) => {
      const state = seen.get(keyOf(accountKey, input.id));
      return state === undefined ? input : { ...input, seen: state };
    });
  }

  return {
    known: (accountKey) => withSeen(accountKey, lists.peek(accountKey)?.value ?? []),
    async open(accountKey) {
      listed.add(accountKey);
      const { value, ...rest } = await lists.open(accountKey, () =>
        calling(accountKey, async (api, { accountId }) => {
          const answer = await api.listLiveInputs(accountId, new AbortController().signal);
          return answer.ok ? succeeded(newestFirst(answer.value)) : answer;
        }),
      );
      return { ...rest, ...(value !== undefined && { value: withSeen(accountKey, value) }) };
    },
    async recordings(accountKey, inputId) {
      asked.set(accountKey, (asked.get(accountKey) ?? new Set()).add(inputId));
      return recorded.open(keyOf(accountKey, inputId), () =>
        calling(accountKey, async (api, account) => {
          const listed = await api.listRecordings(account.accountId, inputId, new AbortController().signal);
          if (listed.ok) await learnCustomerCode(account, customerCodeAmong(listed.value));
          return listed;
        }),
      );
    },
    recording(accountKey, videoId) {
      const kept = [...(asked.get(accountKey) ?? [])].flatMap(
        (inputId) => recorded.peek(keyOf(accountKey, inputId))?.value ?? [],
      );
      return kept.find(({ id }) => id === videoId);
    },
    async read(accountKey, inputId, signal) {
      const read = await calling(accountKey, async (api, account) => {
        const answer = await api.readLiveInputDetails(account.accountId, inputId, signal);
        if (answer.ok) await learnCustomerCode(account, answer.value.customerCode);
        return answer;
      });
      if (signal.aborted) return failed({ code: 'cancelled' });
      if (!read.ok) return read;
      const key = keyOf(accountKey, inputId);
      const before = seen.get(key);
      seen.set(key, read.value.input);
      if (JSON.stringify(before) === JSON.stringify(read.value.input)) return read;
      // A broadcast began or ended, so there is another recording.
      if (before !== undefined && before.connected !== read.value.input.connected) recorded.age((kept) => kept === key);
      tell(accountKey);
      return read;
    },
    refresh(accountKey) {
      lists.age((key) => accountKey === undefined || key === accountKey);
      recorded.age((key) => accountKey === undefined || isOf(accountKey)(key));
      for (const key of accountKey === undefined ? listed : [accountKey]) tell(key, true);
    },
    forget(accountKey) {
      lists.forget((key) => key === accountKey);
      recorded.forget(isOf(accountKey));
      for (const key of [...seen.keys()].filter(isOf(accountKey))) seen.delete(key);
      asked.delete(accountKey);
      listed.delete(accountKey);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function newestFirst(inputs: readonly ListedLiveInput[]): readonly ListedLiveInput[] {
  return inputs.toSorted((a, b) => (a.created < b.created ? 1 : a.created > b.created ? -1 : 0));
}
