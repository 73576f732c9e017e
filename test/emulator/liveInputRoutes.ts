import type { EmulatedAccount } from './accounts';
import { notFound, success } from './answers';
import { editLiveInput } from './editLiveInput';
import type { Answer } from './exchange';
import { listVideos } from './listVideos';
import type { EmulatedLiveInput } from './liveInput';
import { type Call, inAccount, path, type Route, withBody } from './route';

export const LIVE_INPUT_ROUTES: readonly Route[] = [
  { method: 'GET', path: path('/accounts/ID/stream/live_inputs'), answer: inAccount(list) },
  { method: 'GET', path: path('/accounts/ID/stream/live_inputs/ID'), answer: onInput((input) => success(input)) },
  {
    method: 'PUT',
    path: path('/accounts/ID/stream/live_inputs/ID'),
    answer: onInput((input, _account, { request, state }) =>
      withBody(request, (body) => editLiveInput(input, body, state.now())),
    ),
  },
  {
    method: 'GET',
    path: path('/accounts/ID/stream/live_inputs/ID/videos'),
    answer: onInput(({ uid }, { videos }, { state }) =>
      listVideos(videos, new URLSearchParams({ live_input_id: uid }), state.bounds),
    ),
  },
];

/** All of them at once, without what a broadcaster needs. */
function list({ liveInputs }: EmulatedAccount, { request }: Call): Answer {
  const shown = liveInputs.map(({ uid, meta, created, modified, enabled, deleteRecordingAfterDays }) => ({
    uid,
    meta,
    created,
    modified,
    enabled,
    ...(deleteRecordingAfterDays !== undefined && { deleteRecordingAfterDays }),
  }));
  const counted = request.query.get('include_counts') === 'true';
  const counts = counted && { total: liveInputs.length, range: liveInputs.length };
  return success({ liveInputs: shown, ...counts });
}

function onInput(
  answer: (input: EmulatedLiveInput, account: EmulatedAccount, call: Call) => Answer | Promise<Answer>,
): Route['answer'] {
  return inAccount((account, call) => {
    const input = account.liveInputs.find(({ uid }) => uid === call.ids[1]);
    return input === undefined ? notFound() : answer(input, account, call);
  });
}
