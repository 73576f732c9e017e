import * as v from 'valibot';
import type { Outcome } from '../failure';
import { succeeded } from '../failure';
import { isId } from '../id';
import type { ApiCall } from './apiCall';
import { lenient, text } from './lenient';
import { checkedId } from './tokenCall';
import { readVideos, type Video, videosAnswer } from './video';

/** A live input as the list has it. */
export interface ListedLiveInput {
  readonly id: string;
  readonly name: string;
  /** RFC 3339, or empty. */
  readonly created: string;
  readonly enabled: boolean;
  /** Days after which its recordings are deleted. */
  readonly deleteRecordingAfterDays?: number;
}

export interface LiveInputCalls {
  /** The live inputs of an account (`GET …/stream/live_inputs`). */
  listLiveInputs(accountId: string, signal: AbortSignal): Promise<Outcome<readonly ListedLiveInput[]>>;
  /** What was recorded from a live input, and the broadcast that is running (`GET …/stream/live_inputs/{id}/videos`). */
  listRecordings(accountId: string, inputId: string, signal: AbortSignal): Promise<Outcome<readonly Video[]>>;
}

// The answers also hold stream keys, with which anybody could broadcast: only the fields named here are taken over, so
// that nothing behind this file ever sees one.
const listedInput = v.object({
  uid: v.pipe(v.string(), v.check(isId)),
  created: text,
  enabled: lenient(v.boolean()),
  deleteRecordingAfterDays: lenient(v.number()),
  meta: lenient(v.object({ name: text })),
});
const inputsAnswer = v.pipe(
  v.object({ liveInputs: v.array(v.unknown()) }),
  v.transform(({ liveInputs }) =>
    liveInputs.flatMap((entry) => {
      const input = v.safeParse(listedInput, entry);
      return input.success ? [toInput(input.output)] : [];
    }),
  ),
);
function toInput(input: v.InferOutput<typeof listedInput>): ListedLiveInput {
  const days = input.deleteRecordingAfterDays;
  return {
    id: input.uid,
    name: input.meta?.name ?? '',
    created: input.created ?? '',
    enabled: input.enabled !== false,
    ...(days != null && { deleteRecordingAfterDays: days }),
  };
}

export function createLiveInputCalls(call: ApiCall['call'], pace?: () => Promise<void>): LiveInputCalls {
  const all = (accountId: string) => `/accounts/${checkedId(accountId)}/stream/live_inputs` as const;
  return {
    listLiveInputs: async (accountId, signal) =>
      call({ method: 'GET', path: all(accountId), list: true }, inputsAnswer, signal),
    async listRecordings(accountId, inputId, signal) {
      const path = `${all(accountId)}/${checkedId(inputId)}/videos` as const;
      const answer = await call({ method: 'GET', path, list: true }, videosAnswer, signal);
      return answer.ok ? succeeded(await readVideos(answer.value, pace)) : answer;
    },
  };
}
