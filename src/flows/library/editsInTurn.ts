import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import { failed } from '../../stream/failure';
import { createTurns } from '../inTurn';

/** The edits of one video: those that wait, and the one that is under way. */
interface Queue {
  readonly inTurn: ReturnType<typeof createTurns>;
  open: number;
}

/**
 * The same API, but a change of a video waits until the earlier ones of that video have ended, with all their repetitions:
 * one that is repeated late would undo what was changed since. One that waits can be cancelled; then it is never sent.
 */
export function withEditsInTurn(openApi: (credential: Credential) => StreamApi): (credential: Credential) => StreamApi {
  const queues = new Map<string, Queue>();

  async function inTurn<T>(videoId: string, signal: AbortSignal, edit: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const queue = queues.get(videoId) ?? { inTurn: createTurns(), open: 0 };
    queues.set(videoId, queue);
    queue.open++;
    const waited = new AbortController();
    const turn = queue
      .inTurn(async () => {
        waited.abort();
        return signal.aborted ? failed({ code: 'cancelled' }) : edit();
      })
      .finally(() => {
        if (--queue.open === 0) queues.delete(videoId);
      });
    const cancelled = new Promise<Outcome<T>>((resolve) => {
      const listening = { once: true, signal: waited.signal };
      signal.addEventListener('abort', () => resolve(failed({ code: 'cancelled' })), listening);
    });
    return Promise.race([turn, cancelled]);
  }

  return (credential) => {
    const api = openApi(credential);
    return {
      ...api,
      editVideo: (accountId, videoId, change, signal) =>
        inTurn(videoId, signal, () => api.editVideo(accountId, videoId, change, signal)),
    };
  };
}
