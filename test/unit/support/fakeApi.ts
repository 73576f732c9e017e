import type {
  CreatedKey,
  Downloads,
  KeyList,
  ListedKey,
  LiveInput,
  StreamApi,
  VideoDetails,
  VideoPage,
  VisibleAccount,
} from '../../../src/stream/api/client';
import type { DownloadProgress, VideoChange } from '../../../src/stream/api/editCalls';
import type { ListedLiveInput } from '../../../src/stream/api/liveInputCalls';
import type { Video } from '../../../src/stream/api/video';
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
  /** What a video is after a change of it. */
  readonly edited?: (videoId: string, change: VideoChange) => Answer<Video>;
  readonly downloads?: Answer<Downloads>;
  /** One per call; the last one stays. */
  readonly progress?: Answer<DownloadProgress>[];
  liveInputs?: Answer<readonly ListedLiveInput[]>;
  liveInput?: Answer<LiveInput>;
  recordings?: Answer<readonly Video[]>;
  /** One per call; the last one stays. */
  readonly tokens?: Answer<string>[];
  /** One per call; the last one stays. */
  readonly keys?: Answer<readonly ListedKey[] | KeyList>[];
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
  const progress = [...(script.progress ?? [])];
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
      const { before, search, ids } = page;
      const asked = [
        'videos',
        before && `before ${before}`,
        search && `with ${search}`,
        ids && `named ${ids.map((id) => id.slice(-4)).join(',')}`,
      ];
      const all = answer(asked.filter(Boolean).join(' '), script.videos);
      if (!all.ok) return all;
      const wanted = all.value.filter(
        ({ id, name }) => (ids === undefined || ids.includes(id)) && (search === undefined || name.includes(search)),
      );
      return answerPage(wanted, page, 1000, { after: false, before: false });
    },
    readVideo: async (_accountId, videoId) => answer(`video ${videoId}`, script.video),
    editVideo: async (_accountId, videoId, change) =>
      answer(`edit ${videoId} ${JSON.stringify(change)}`, script.edited?.(videoId, change)),
    readDownloads: async (_accountId, videoId) => answer(`downloads ${videoId}`, script.downloads),
    readDownloadProgress: async (_accountId, videoId) => answer(`progress ${videoId}`, nextOf(progress)),
    createDownload: async (_accountId, videoId, kind) => answer(`create ${kind} ${videoId}`, nextOf(progress)),
    listLiveInputs: async () => answer('live inputs', script.liveInputs),
    readLiveInput: async (_accountId, inputId) => answer(`live input ${inputId}`, script.liveInput),
    async readLiveInputDetails(_accountId, inputId) {
      const input = answer(`live input ${inputId}`, script.liveInput);
      return input.ok ? { ok: true, value: { input: input.value, details: { uid: inputId } } } : input;
    },
    listRecordings: async (_accountId, inputId) => answer(`recordings ${inputId}`, script.recordings),
    async createToken(_accountId: string, videoId: string, request: TokenRequest | undefined) {
      const token = nextOf(tokens);
      return answer(`token ${videoId} ${request === undefined ? 'no body' : JSON.stringify(request)}`, token);
    },
    async listKeys() {
      const listed = answer('keys', nextOf(keys));
      if (!listed.ok) return listed;
      return { ok: true, value: 'complete' in listed.value ? listed.value : { keys: listed.value, complete: true } };
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
