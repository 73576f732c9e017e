import type { Outcome } from '../failure';
import { failed, succeeded } from '../failure';
import type { TokenRequest, TokenRequestWithKey } from '../token/options';
import type { DownloadFile, DownloadState } from '../token/verdict';
import {
  accountsAnswer,
  createdKeyAnswer,
  deletedKeyAnswer,
  keysAnswer,
  tokenAnswer,
  tokenStatusAnswer,
} from './answers';
import { type ApiCallParts, createApiCall } from './apiCall';
import { createEditCalls, type EditCalls } from './editCalls';
import type { HttpRequest } from './http';
import { createLiveInputCalls, type LiveInputCalls } from './liveInputCalls';
import { downloadsAnswer, liveInputAnswer } from './playbackAnswers';
import { checkedId, tokenCall } from './tokenCall';
import { tokenFlaw } from './usableToken';
import { readVideos, type Video, videoDetailsAnswer, videosAnswer } from './video';

export interface VisibleAccount {
  readonly id: string;
  readonly name: string;
}

/** A signing key as the account lists it: without its private half. */
export interface ListedKey {
  readonly id: string;
  /** RFC 3339, as Cloudflare sent it; empty when it was not there. */
  readonly created: string;
}

export interface KeyList {
  readonly keys: readonly ListedKey[];
  /** False when an entry could not be read: then a key that is not in the list may exist all the same. */
  readonly complete: boolean;
}

/**
 * A signing key as Cloudflare shows it once: both private forms in base64, each absent when it was not in the answer; the id
 * is empty when it was not there.
 */
export interface CreatedKey extends ListedKey {
  readonly pem?: string;
  readonly jwk?: string;
}

/** The calls of Cloudflare's API that this extension makes, with one credential. Every one can be cancelled, and none throws for what the network or Cloudflare does. */
export interface StreamApi extends EditCalls, LiveInputCalls {
  /** The accounts the credential can see (`GET /accounts`). A token for Stream alone may be refused here. */
  listAccounts(signal: AbortSignal): Promise<Outcome<readonly VisibleAccount[]>>;
  /** Whether a user's API token is active (`GET /user/tokens/verify`). */
  verifyUserToken(signal: AbortSignal): Promise<Outcome<'active' | 'inactive'>>;
  /** Whether an API token that an account owns is active there (`GET /accounts/{id}/tokens/verify`). */
  verifyAccountToken(accountId: string, signal: AbortSignal): Promise<Outcome<'active' | 'inactive'>>;
  /** One page of videos (`GET …/stream`), newest first unless said. */
  listVideos(accountId: string, signal: AbortSignal, page?: VideoPage): Promise<Outcome<VideoList>>;
  /** One video (`GET …/stream/{id}`): as far as we use it, and everything Cloudflare says of it. */
  readVideo(accountId: string, videoId: string, signal: AbortSignal): Promise<Outcome<VideoDetails>>;
  /** Which files were made of a video to be downloaded (`GET …/stream/{id}/downloads`). */
  readDownloads(accountId: string, videoId: string, signal: AbortSignal): Promise<Outcome<Downloads>>;
  /** A live input (`GET …/stream/live_inputs/{id}`). */
  readLiveInput(accountId: string, inputId: string, signal: AbortSignal): Promise<Outcome<LiveInput>>;
  /** Makes a token (`POST …/stream/{id}/token`) with exactly the fields of the request; without one, with no body. */
  createToken(
    accountId: string,
    videoId: string,
    request: TokenRequest | TokenRequestWithKey | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<string>>;
  /** The signing keys of an account (`GET …/stream/keys`). */
  listKeys(accountId: string, signal: AbortSignal): Promise<Outcome<KeyList>>;
  /** Makes a signing key (`POST …/stream/keys`). Every call that arrives leaves a key behind, so it is not repeated. */
  createKey(accountId: string, signal: AbortSignal): Promise<Outcome<CreatedKey>>;
  /** Deletes a signing key (`DELETE …/stream/keys/{id}`): no token that was signed with it is good any more. */
  deleteKey(accountId: string, keyId: string, signal: AbortSignal): Promise<Outcome<void>>;
}

/** A live input as far as viewers are concerned. */
export interface LiveInput {
  readonly name: string;
  /** Whether somebody broadcasts; absent when Cloudflare does not say. */
  readonly connected?: boolean;
  /** Nobody broadcast through it so far. */
  readonly neverConnected?: true;
  /** What holds for viewers who come by the id of the input. */
  readonly requireSignedUrls: boolean;
  readonly allowedOrigins: readonly string[];
}

export type Downloads = Readonly<Record<DownloadFile, DownloadState>>;

export interface VideoDetails {
  readonly video: Video;
  /** The answer as it came. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Which videos, of those of an account. */
export interface VideoPage {
  /** At most 1,000, which it is unless said. */
  readonly limit?: number;
  /** RFC 3339. Cloudflare does not say whether the bounds themselves are included. */
  readonly before?: string;
  readonly after?: string;
  readonly oldestFirst?: boolean;
  /** Asks how many there are in all. */
  readonly counted?: boolean;
  /** A part of the name. Cloudflare says that it is slow, and may be switched off for very large libraries. */
  readonly search?: string;
  /** Only these. */
  readonly ids?: readonly string[];
}

export interface VideoList {
  readonly videos: readonly Video[];
  /** Whether there is nothing behind this page. */
  readonly complete: boolean;
  /** How many there are in all, when that was asked and Cloudflare says it. */
  readonly total?: number;
}

/** The most that Cloudflare lists in one answer. */
export const PAGE_OF_VIDEOS = 1000;
const PAGE_OF_ACCOUNTS = 50;
/** More accounts than anyone picks from a list. */
const MAX_ACCOUNT_PAGES = 20;

export function createStreamApi(parts: ApiCallParts): StreamApi {
  const { pace } = parts;
  const { send, read, call } = createApiCall(parts);

  async function verify(path: HttpRequest['path'], signal: AbortSignal): Promise<Outcome<'active' | 'inactive'>> {
    const answer = await call({ method: 'GET', path }, tokenStatusAnswer, signal);
    return answer.ok ? succeeded(answer.value.status === 'active' ? 'active' : 'inactive') : answer;
  }

  return {
    ...createEditCalls(call),
    ...createLiveInputCalls(call, pace),

    async listAccounts(signal) {
      const accounts: VisibleAccount[] = [];
      for (let page = 1; page <= MAX_ACCOUNT_PAGES; page++) {
        const query = { page: String(page), per_page: String(PAGE_OF_ACCOUNTS) };
        const answer = await call({ method: 'GET', path: '/accounts', query }, accountsAnswer, signal);
        if (!answer.ok) return answer;
        accounts.push(...answer.value.map(({ id, name }) => ({ id, name: name ?? '' })));
        if (answer.value.length < PAGE_OF_ACCOUNTS) break;
      }
      return succeeded(accounts);
    },

    verifyUserToken: (signal) => verify('/user/tokens/verify', signal),
    verifyAccountToken: async (accountId, signal) => verify(`/accounts/${checkedId(accountId)}/tokens/verify`, signal),

    async listVideos(accountId, signal, page = {}) {
      const { limit = PAGE_OF_VIDEOS, before, after, oldestFirst, counted, search, ids } = page;
      const query = {
        limit: String(limit),
        before,
        ...(after !== undefined && { after }),
        ...(search !== undefined && { search }),
        ...(ids !== undefined && { id: ids.map(checkedId).join(',') }),
        ...(oldestFirst && { asc: 'true' }),
        ...(counted && { include_counts: 'true' }),
      };
      let total: number | undefined;
      const answer = await call(
        { method: 'GET', path: `/accounts/${checkedId(accountId)}/stream`, query, list: true },
        videosAnswer,
        signal,
        (count) => {
          total = count;
        },
      );
      if (!answer.ok) return answer;
      const entries = answer.value;
      return succeeded({
        videos: await readVideos(entries, pace),
        complete: entries.length < limit,
        ...(total !== undefined && { total }),
      });
    },

    async readVideo(accountId, videoId, signal) {
      const path = `/accounts/${checkedId(accountId)}/stream/${checkedId(videoId)}` as const;
      return call({ method: 'GET', path }, videoDetailsAnswer, signal);
    },

    async readDownloads(accountId, videoId, signal) {
      const path = `/accounts/${checkedId(accountId)}/stream/${checkedId(videoId)}/downloads` as const;
      return call({ method: 'GET', path }, downloadsAnswer, signal);
    },

    async readLiveInput(accountId, inputId, signal) {
      const path = `/accounts/${checkedId(accountId)}/stream/live_inputs/${checkedId(inputId)}` as const;
      return call({ method: 'GET', path }, liveInputAnswer, signal);
    },

    async createToken(accountId, videoId, body, signal) {
      const key = body !== undefined && 'pem' in body ? body : undefined;
      // Its base64 and what that stands for.
      const sent = await send(tokenCall(accountId, videoId, body), signal, key && [key.pem, atob(key.pem)]);
      if (!sent.ok) return sent;
      const answer = read(sent.value, tokenAnswer);
      if (!answer.ok) return answer;
      const { token } = answer.value;
      const now = parts.clock.now() / 1000 - (sent.value.clockAhead ?? 0);
      const flaw = tokenFlaw(token, videoId, now, key?.id);
      return flaw === undefined ? succeeded(token) : failed({ code: 'unusableToken', flaw });
    },

    async listKeys(accountId, signal) {
      const path = `/accounts/${checkedId(accountId)}/stream/keys` as const;
      const answer = await call({ method: 'GET', path }, keysAnswer, signal);
      if (!answer.ok) return answer;
      const { keys, complete } = answer.value;
      return succeeded({ keys: keys.map(({ id, created }) => ({ id, created: created ?? '' })), complete });
    },

    async createKey(accountId, signal) {
      const path = `/accounts/${checkedId(accountId)}/stream/keys` as const;
      const answer = await call({ method: 'POST', path, repeat: 'ifUnsent' }, createdKeyAnswer, signal);
      if (!answer.ok) return answer;
      const { id, created, pem, jwk } = answer.value;
      return succeeded({ id, created: created ?? '', ...(pem && { pem }), ...(jwk && { jwk }) });
    },

    async deleteKey(accountId, keyId, signal) {
      const path = `/accounts/${checkedId(accountId)}/stream/keys/${checkedId(keyId)}` as const;
      const answer = await call({ method: 'DELETE', path }, deletedKeyAnswer, signal);
      const done = answer.ok || (answer.failure.code === 'notFound' && answer.failure.repeated === true);
      return done ? succeeded(undefined) : answer;
    },
  };
}
