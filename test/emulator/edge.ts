import { type Admitted, admit, findSubject, type Subject } from './admit';
import { allowsOrigin } from './allowedOrigins';
import { downloadFile } from './downloadFile';
import type { DownloadType } from './downloads';
import type { Answer, EmulatedRequest } from './exchange';
import { dashManifest, hlsManifest, playerPage, whepAnswer } from './media';
import type { State } from './state';
import { animatedThumbnail, thumbnail } from './thumbnail';
import type { EmulatedVideo } from './video';

/** What a viewer who was let in asks for. */
interface View extends Admitted {
  readonly state: State;
  readonly query: URLSearchParams;
}

interface Resource {
  readonly method: 'GET' | 'POST';
  readonly answer: (view: View) => Answer;
  /** Loaded by the player of any page, so browsers of other origins may read it, and the page has to be an allowed one. */
  readonly byPlayers?: true;
}

const RESOURCES: ReadonlyMap<string, Resource> = new Map<string, Resource>([
  ['iframe', { method: 'GET', answer: page, byPlayers: true }],
  ['watch', { method: 'GET', answer: page }],
  ['manifest/video.m3u8', { method: 'GET', answer: manifest('application/x-mpegURL', hlsManifest), byPlayers: true }],
  ['manifest/video.mpd', { method: 'GET', answer: manifest('application/dash+xml', dashManifest), byPlayers: true }],
  ['thumbnails/thumbnail.jpg', { method: 'GET', answer: picture('image/png', thumbnail) }],
  ['thumbnails/thumbnail.gif', { method: 'GET', answer: picture('image/gif', animatedThumbnail) }],
  ['downloads/default.mp4', { method: 'GET', answer: download('default', 'default.mp4') }],
  ['downloads/audio.m4a', { method: 'GET', answer: download('audio', 'audio.m4a') }],
  ['webRTC/play', { method: 'POST', answer: whep, byPlayers: true }],
]);

const FOR_PLAYERS = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };

/**
 * The answer of a delivery host. The account follows from the token's key or from the id, so one origin stands for every
 * `customer-C.cloudflarestream.com`. A token counts only in place of the id: `?token=` is ignored.
 */
export function answerEdge(state: State, request: EmulatedRequest): Answer {
  const [, idOrToken = '', path = ''] = /^\/([^/]+)\/(.+)$/.exec(request.path) ?? [];
  if (path === 'lifecycle') return lifecycle(findSubject(state, idOrToken));
  const resource = RESOURCES.get(path);
  if (resource === undefined) return text(404, 'no such resource');
  const more = resource.byPlayers ? FOR_PLAYERS : {};
  if (request.method === 'OPTIONS') return { status: 204, headers: more, body: '' };
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (method !== resource.method) return text(405, 'method not allowed');
  const given = admit(state, idOrToken, request);
  if ('status' in given) return text(given.status, given.reason, more);
  if (resource.byPlayers && !allowsOrigin(given.subject.allowedOrigins, request.headers)) {
    return text(403, 'not on this page', more);
  }
  const { status, headers, body } = resource.answer({ ...given, state, query: request.query });
  return { status, headers: { ...headers, ...more }, body };
}

/** Whether somebody broadcasts. Documented for the id of a live input; it tells nothing that a signature would guard. */
function lifecycle(subject: Subject | undefined): Answer {
  if (subject === undefined) return text(404, 'no such video');
  const { video, input } = subject;
  const live = video?.status.state === 'live-inprogress';
  return answer(
    'application/json',
    JSON.stringify({ isInput: input !== undefined, videoUID: video?.uid ?? null, live }),
  );
}

function page({ subject: { video, input } }: View): Answer {
  return answer('text/html; charset=utf-8', playerPage(input === undefined ? video : (video ?? input)));
}

function manifest(type: string, write: (video: EmulatedVideo, query: URLSearchParams) => string): Resource['answer'] {
  return ({ subject: { video }, query }) => {
    if (video === undefined) return notLive();
    return video.readyToStream ? answer(type, write(video, query)) : text(404, 'not ready');
  };
}

function picture(type: string, draw: (uid: string, query: URLSearchParams) => Buffer | undefined): Resource['answer'] {
  return ({ subject: { video }, query }) => {
    if (!video?.readyToStream) return text(404, 'not ready');
    const drawn = draw(video.uid, query);
    return drawn === undefined ? text(400, 'options that are none') : answer(type, drawn);
  };
}

/** The file has to be made first, and a private video's needs a token that says it may be downloaded. */
function download(type: DownloadType, name: Parameters<typeof downloadFile>[0]): Resource['answer'] {
  return ({ subject: { video, requireSignedURLs }, token, state, query }) => {
    if (requireSignedURLs && token?.downloadable !== true) return text(403, 'the token is not for downloads');
    if (video === undefined || state.downloads.progress(video.uid, type) !== 100) return text(404, 'no such download');
    return downloadFile(name, query) ?? text(400, 'a file name that is none');
  };
}

/**
 * Playback over WebRTC. Cloudflare documents that tokens from its API do not work here and that a token stands in place of
 * the id; this path with a token in it, and every status, is inferred from that.
 */
function whep({ subject: { video, input }, token }: View): Answer {
  if (token?.madeBy === 'api') return text(401, 'a token from the API');
  if (input === undefined) return text(404, 'no live input');
  if (video === undefined) return notLive();
  return { status: 201, headers: { 'content-type': 'application/sdp' }, body: whepAnswer() };
}

/** What a live input answers while nobody broadcasts. */
function notLive(): Answer {
  return { status: 204, headers: {}, body: '' };
}

function answer(type: string, body: string | Buffer): Answer {
  return { status: 200, headers: { 'content-type': type }, body };
}

function text(status: number, reason: string, more: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...more }, body: `${reason}\n` };
}
