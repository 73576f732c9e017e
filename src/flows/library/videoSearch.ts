import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Video } from '../../stream/api/video';
import type { Failure } from '../../stream/failure';
import type { Accounts } from '../accounts/accounts';
import { FRESH_MS, type LibraryState, replaced, type VideoLibrary } from './videoLibrary';

/** What Cloudflare is asked for apart from the list: a part of a name, or one video. */
export type Wanted = { readonly search: string } | { readonly videoId: string };

/** Videos that need not be among the ones that are loaded. Of each account the last answer is remembered for a while. */
export interface VideoSearch {
  open(accountKey: string, wanted: Wanted): Promise<LibraryState>;
  /** Has Cloudflare asked anew the next time. */
  forget(accountKey: string): void;
}

export interface VideoSearchParts {
  readonly accounts: Accounts;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly library: Pick<VideoLibrary, 'state' | 'onChange'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Answer {
  readonly wanted: Wanted;
  readonly askedAt: number;
  state: Promise<LibraryState>;
}

export function createVideoSearch({ accounts, openApi, library, now }: VideoSearchParts): VideoSearch {
  const answers = new Map<string, Answer>();
  library.onChange((accountKey, changed) => {
    const answer = answers.get(accountKey);
    if (answer === undefined || changed.length === 0) return;
    const byId = new Map(changed.map((video) => [video.id, video]));
    answer.state = answer.state.then((state) => ({ ...state, videos: replaced(state.videos, byId) }));
  });

  async function ask(accountKey: string, wanted: Wanted): Promise<LibraryState> {
    const opened = await accounts.open(accountKey);
    if (!opened.ok) return failing(opened.failure);
    const { credential, accountId } = opened.value;
    const api = openApi(credential);
    const { signal } = new AbortController();
    if ('videoId' in wanted) {
      const read = await api.readVideo(accountId, wanted.videoId, signal);
      return read.ok ? { videos: [read.value.video], complete: true } : failing(read.failure);
    }
    const found = await api.listVideos(accountId, signal, { search: wanted.search });
    return found.ok ? found.value : failing(found.failure);
  }

  return {
    async open(accountKey, wanted) {
      const known = answers.get(accountKey);
      if (known !== undefined && isSame(known.wanted, wanted) && now() - known.askedAt < FRESH_MS) return known.state;
      const loaded = 'videoId' in wanted ? find(library.state(accountKey), wanted.videoId) : undefined;
      const state =
        loaded === undefined ? ask(accountKey, wanted) : Promise.resolve({ videos: [loaded], complete: true });
      const answer = { wanted, askedAt: now(), state };
      answers.set(accountKey, answer);
      await state;
      return answer.state;
    },
    forget: (accountKey) => void answers.delete(accountKey),
  };
}

function find(state: LibraryState | undefined, videoId: string): Video | undefined {
  return state?.videos.find(({ id }) => id === videoId);
}

function failing(failure: Failure): LibraryState {
  return { videos: [], complete: false, ...(failure.code !== 'cancelled' && { failure }) };
}

function isSame(a: Wanted, b: Wanted): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
