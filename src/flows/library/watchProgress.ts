import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Clock } from '../../stream/api/http';
import type { Video } from '../../stream/api/video';
import type { Accounts } from '../accounts/accounts';
import type { VideoLibrary } from './videoLibrary';
import { isUnderWay } from './videoState';

export interface WatchProgressParts {
  readonly accounts: Accounts;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly videos: Pick<VideoLibrary, 'state' | 'update' | 'onChange'>;
  readonly clock: Clock;
}

/** Keeps an eye on videos that are being processed, as long as somebody can see them. */
export interface ProgressWatch {
  /** The accounts whose videos are in sight now; for all others nothing is asked. */
  watch(accountKeys: readonly string[]): void;
}

/** Pauses between looks in milliseconds: longer each time that nothing changed, and from the start when something did. */
export const PAUSES = [5_000, 10_000, 20_000, 40_000, 60_000] as const;
/** No more videos than these are asked for at a time. Cloudflare encodes at most 120 of an account at once. */
const MOST = 120;

export function createProgressWatch({ accounts, openApi, videos, clock }: WatchProgressParts): ProgressWatch {
  const running = new Map<string, AbortController>();
  let wanted = new Set<string>();
  // Videos may be loaded after their line came into sight, or processed again.
  videos.onChange((accountKey) => {
    if (wanted.has(accountKey)) start(accountKey);
  });

  function underWay(accountKey: string): readonly Video[] {
    return (videos.state(accountKey)?.videos ?? []).filter(isUnderWay).slice(0, MOST);
  }

  function start(accountKey: string): void {
    if (running.has(accountKey) || underWay(accountKey).length === 0) return;
    const stop = new AbortController();
    running.set(accountKey, stop);
    void look(accountKey, stop.signal).finally(() => {
      if (running.get(accountKey) === stop) running.delete(accountKey);
    });
  }

  async function look(accountKey: string, signal: AbortSignal): Promise<void> {
    for (let round = 0; ; ) {
      await clock.wait(PAUSES[Math.min(round, PAUSES.length - 1)] ?? 0, signal);
      const before = underWay(accountKey);
      if (signal.aborted || before.length === 0) return;
      const now = await ask(accountKey, before, signal);
      if (signal.aborted) return;
      const changed = now.filter((video) => isOther(video, before));
      if (changed.length > 0) await videos.update(accountKey, ...changed);
      round = changed.length > 0 ? 0 : round + 1;
    }
  }

  /** What became of them; nothing when that can't be known at the moment. */
  async function ask(accountKey: string, which: readonly Video[], signal: AbortSignal): Promise<readonly Video[]> {
    const opened = await accounts.open(accountKey);
    if (!opened.ok) return [];
    const { credential, accountId } = opened.value;
    const page = { ids: which.map(({ id }) => id), limit: which.length };
    const listed = await openApi(credential).listVideos(accountId, signal, page);
    return listed.ok ? listed.value.videos : [];
  }

  return {
    watch(accountKeys) {
      wanted = new Set(accountKeys);
      for (const [accountKey, stop] of running) {
        if (wanted.has(accountKey)) continue;
        running.delete(accountKey);
        stop.abort();
      }
      for (const accountKey of wanted) start(accountKey);
    },
  };
}

function isOther(video: Video, before: readonly Video[]): boolean {
  const known = before.find(({ id }) => id === video.id);
  return known === undefined || known.state !== video.state || known.progress !== video.progress;
}
