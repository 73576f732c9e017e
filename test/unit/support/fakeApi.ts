import type {
  CreatedKey,
  Downloads,
  ListedKey,
  LiveInput,
  StreamApi,
  Video,
  VideoDetails,
  VideoPage,
  VisibleAccount,
} from '../../../src/stream/api/client';
import type { Failure, Outcome } from '../../../src/stream/failure';
import type { TokenRequest } from '../../../src/stream/token/options';
import { answerPage } from './datedVideos';

type Answer<T> = T | Failure;

/** What Cloudflare answers in a test: a value, or a failure. */
export interface ApiScript {
  readonly accounts?: Answer<readonly VisibleAccount[]>;
  readonly verify?: Answer<'active' | 'inactive'>;
  readonly verifyInAccount?: Answer<'active' | 'inactive'>;
  /** Looked up per call, so that a test can change it. */
  videos?: Answer<readonly Video[]>;
  readonly video?: Answer<VideoDetails>;
  readonly downloads?: Answer<Downloads>;
  readonly liveInput?: Answer<LiveInput>;
  /** One per call; the last one stays. */
  readonly tokens?: Answer<string>[];
  /** One per call; the last one stays. */
  readonly keys?: Answer<readonly ListedKey[]>[];
  readonly createdKey?: Answer<CreatedKey>;
  readonly deletedKey?: Answer<'ok'>;
}

export interface FakeApi extends StreamApi {
  /** One line per call, e.g. `token 1b6f… {"exp":1}`. */
  readonly calls: string[];
}

export function fakeApi(script: ApiScript): FakeApi {
  const calls: string[] = [];
  const tokens = [...(script.tokens ?? [])];
  const keys = [...(script.keys ?? [])];
  const answer = <T>(name: string, value: Answer<T> | undefined): Outcome<T> => {
    calls.push(name);
    if (value === undefined) throw new Error(`Nobody expected the call ${name}`);
    return isFailure(value) ? { ok: false, failure: value } : { ok: true, value };
  };
  return {
    calls,
    listAccounts: async () => answer('accounts', script.accounts),
    verifyUserToken: async () => answer('verify', script.verify),
    verifyAccountToken: async (accountId: string) =>
      answer(`verify in ${accountId.slice(0, 4)}`, script.verifyInAccount),
    async listVideos(_accountId: string, _signal: AbortSignal, page: VideoPage = {}) {
      const all = answer(`videos${page.before === undefined ? '' : ` before ${page.before}`}`, script.videos);
      if (!all.ok) return all;
      return answerPage(all.value, page, 1000, { after: false, before: false });
    },
    readVideo: async (_accountId, videoId) => answer(`video ${videoId}`, script.video),
    readLiveInput: async (_accountId, inputId) => answer(`live input ${inputId}`, script.liveInput),
    readDownloads: async (_accountId, videoId) => answer(`downloads ${videoId}`, script.downloads),
    async createToken(_accountId: string, videoId: string, request: TokenRequest | undefined) {
      const token = nextOf(tokens);
      return answer(`token ${videoId} ${request === undefined ? 'no body' : JSON.stringify(request)}`, token);
    },
    async listKeys() {
      const listed = answer('keys', nextOf(keys));
      return listed.ok ? { ok: true, value: { keys: listed.value, complete: true } } : listed;
    },
    createKey: async () => answer('create key', script.createdKey),
    async deleteKey(_accountId: string, keyId: string) {
      const deleted = answer(`delete key ${keyId}`, script.deletedKey);
      return deleted.ok ? { ok: true, value: undefined } : deleted;
    },
  };
}

function nextOf<T>(script: T[]): T | undefined {
  return script.length > 1 ? script.shift() : script[0];
}

function isFailure<T>(value: Answer<T>): value is Failure {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}
