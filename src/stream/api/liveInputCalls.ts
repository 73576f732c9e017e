import * as v from 'valibot';
import { customerCodeOf } from '../delivery/customerCode';
import type { Outcome } from '../failure';
import { succeeded } from '../failure';
import { isId } from '../id';
import type { ApiCall } from './apiCall';
import type { LiveInput } from './client';
import { lenient, text } from './lenient';
import { liveInputAnswer } from './playbackAnswers';
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

export interface LiveInputDetails {
  readonly input: LiveInput;
  /** The answer without what only a broadcaster needs. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Of the account, as the addresses of the input tell it. */
  readonly customerCode?: string;
}

export interface LiveInputCalls {
  /** The live inputs of an account (`GET …/stream/live_inputs`). */
  listLiveInputs(accountId: string, signal: AbortSignal): Promise<Outcome<readonly ListedLiveInput[]>>;
  /** What was recorded from a live input, and the broadcast that is running (`GET …/stream/live_inputs/{id}/videos`). */
  listRecordings(accountId: string, inputId: string, signal: AbortSignal): Promise<Outcome<readonly Video[]>>;
  /** A live input with everything that is no secret (`GET …/stream/live_inputs/{id}`). */
  readLiveInputDetails(accountId: string, inputId: string, signal: AbortSignal): Promise<Outcome<LiveInputDetails>>;
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
// Whatever Cloudflare adds one day may be a secret, so what may be shown is named. The addresses for broadcasting and for
// playing over WebRTC, SRT and RTMPS hold keys.
const shownDetails = v.object({
  uid: v.pipe(v.string(), v.check(isId)),
  created: v.optional(v.unknown()),
  modified: v.optional(v.unknown()),
  meta: lenient(v.object({ name: lenient(v.string()) })),
  enabled: v.optional(v.unknown()),
  status: v.optional(v.unknown()),
  preferLowLatency: v.optional(v.unknown()),
  defaultCreator: v.optional(v.unknown()),
  deleteRecordingAfterDays: v.optional(v.unknown()),
  keysRotatedAt: v.optional(v.unknown()),
  recording: lenient(
    v.object({
      mode: v.optional(v.unknown()),
      requireSignedURLs: v.optional(v.unknown()),
      allowedOrigins: v.optional(v.unknown()),
      timeoutSeconds: v.optional(v.unknown()),
      hideLiveViewerCount: v.optional(v.unknown()),
    }),
  ),
  playback: lenient(v.object({ hls: lenient(v.string()), dash: lenient(v.string()) })),
});
const detailsAnswer = v.pipe(
  v.looseObject({ uid: v.pipe(v.string(), v.check(isId)) }),
  v.transform((answer) => {
    const details = v.parse(shownDetails, answer);
    const customerCode = customerCodeOf(details.playback?.hls ?? '');
    return { input: v.parse(liveInputAnswer, answer), details, ...(customerCode !== undefined && { customerCode }) };
  }),
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
    async readLiveInputDetails(accountId, inputId, signal) {
      const path = `${all(accountId)}/${checkedId(inputId)}` as const;
      return call({ method: 'GET', path }, detailsAnswer, signal);
    },
  };
}
