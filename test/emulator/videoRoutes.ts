import { notFound, success } from './answers';
import { createToken } from './createToken';
import { editVideo } from './editVideo';
import { listVideos } from './listVideos';
import { inAccount, onVideo, path, type Route, withBody } from './route';

export const VIDEO_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: path('/accounts/ID/stream'),
    answer: inAccount(({ videos }, { request, state }) => listVideos(videos, request.query, state.bounds)),
  },
  { method: 'GET', path: path('/accounts/ID/stream/ID'), answer: onVideo((video) => success(video)) },
  {
    method: 'POST',
    path: path('/accounts/ID/stream/ID'),
    answer: onVideo((video, _account, { request, state }) =>
      withBody(request, (body) => editVideo(video, body, state.now())),
    ),
  },
  {
    method: 'POST',
    path: path('/accounts/ID/stream/ID/token'),
    answer: inAccount(({ id, videos, liveInputs }, { request, state, ids }) => {
      const uid = ids[1] ?? '';
      const key = state.hiddenKeys.get(id);
      // Cloudflare's guide speaks of tokens for inputs as well; that this path takes their ids is inferred.
      const known = [...liveInputs, ...videos].some((subject) => subject.uid === uid);
      if (!known || key === undefined) return notFound();
      return withBody(request, (body) => createToken(uid, body, key, Math.floor(state.now() / 1000)));
    }),
  },
];
