import { invalid, notFound, success } from './answers';
import { type DownloadType, showDownloads } from './downloads';
import type { Answer } from './exchange';
import { type Call, onVideo, path, type Route } from './route';
import type { EmulatedVideo } from './video';

const ALL = path('/accounts/ID/stream/ID/downloads');
const ONE = path('/accounts/ID/stream/ID/downloads/(default|audio)');

export const DOWNLOAD_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: ALL,
    answer: onVideo((video, _account, { state }) => showDownloads(video, state.downloads)),
  },
  ...[ALL, ONE].flatMap((here): Route[] => [
    { method: 'POST', path: here, answer: onVideo((video, _account, call) => create(video, call)) },
    { method: 'DELETE', path: here, answer: onVideo((video, _account, call) => remove(video, call)) },
  ]),
];

function create(video: EmulatedVideo, call: Call): Answer {
  if (video.status.state !== 'ready') return invalid('', 'The video is not ready');
  const { downloads } = call.state;
  downloads.create(video.uid, typeOf(call));
  return showDownloads(video, downloads);
}

function remove({ uid }: EmulatedVideo, call: Call): Answer {
  return call.state.downloads.remove(uid, typeOf(call)) ? success('ok') : notFound();
}

/** The MP4 unless the path says otherwise. */
function typeOf({ ids }: Call): DownloadType {
  return ids[2] === 'audio' ? 'audio' : 'default';
}
