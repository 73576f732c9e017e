import type { Clock } from '../../stream/api/http';
import type { LiveInputs } from './liveInputs';

export interface WatchLiveInputsParts {
  readonly liveInputs: Pick<LiveInputs, 'known' | 'read' | 'onChange'>;
  readonly clock: Clock;
}

/** Keeps an eye on who broadcasts, as long as somebody can see it. */
export interface LiveInputWatch {
  /** The accounts whose live inputs are in sight now; for all others nothing is asked. */
  watch(accountKeys: readonly string[]): void;
}

/**
 * Pauses between looks in milliseconds: the first soon, since the list tells no state; then longer each time that nothing
 * changed.
 */
export const LOOKS = [1_000, 20_000, 40_000, 60_000, 120_000] as const;
/** Each costs a request, so of more than these the state is only known once somebody opens one. */
export const MOST_WATCHED = 20;

export function createLiveInputWatch({ liveInputs, clock }: WatchLiveInputsParts): LiveInputWatch {
  const running = new Map<string, AbortController>();
  let wanted = new Set<string>();
  liveInputs.onChange((accountKey, anew) => {
    if (!anew || !wanted.has(accountKey)) return;
    stop(accountKey);
    start(accountKey);
  });

  function stop(accountKey: string): void {
    running.get(accountKey)?.abort();
    running.delete(accountKey);
  }

  function start(accountKey: string): void {
    if (running.has(accountKey) || liveInputs.known(accountKey).length === 0) return;
    const controller = new AbortController();
    running.set(accountKey, controller);
    void look(accountKey, controller.signal).finally(() => {
      if (running.get(accountKey) === controller) running.delete(accountKey);
    });
  }

  async function look(accountKey: string, signal: AbortSignal): Promise<void> {
    for (let round = 0; ; ) {
      await clock.wait(LOOKS[Math.min(round, LOOKS.length - 1)] ?? 0, signal);
      if (signal.aborted) return;
      const before = stateOf(accountKey);
      for (const { id } of liveInputs.known(accountKey).slice(0, MOST_WATCHED)) {
        await liveInputs.read(accountKey, id, signal);
        if (signal.aborted) return;
      }
      round = round > 0 && stateOf(accountKey) !== before ? 1 : round + 1;
    }
  }

  function stateOf(accountKey: string): string {
    return JSON.stringify(liveInputs.known(accountKey).map(({ seen }) => seen?.connected));
  }

  return {
    watch(accountKeys) {
      wanted = new Set(accountKeys);
      for (const accountKey of [...running.keys()]) if (!wanted.has(accountKey)) stop(accountKey);
      for (const accountKey of wanted) start(accountKey);
    },
  };
}
