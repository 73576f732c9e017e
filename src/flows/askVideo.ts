import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../source/cleanText';
import type { StreamApi, Video } from '../stream/api/client';
import type { Failure, Outcome } from '../stream/failure';
import { parseVideoId } from '../stream/parseId';
import { videoIdSentence } from './fieldSentences';
import { answer, type Choice, type Entry, type Prompter, type Reply, type Verdict } from './prompter';
import type { ChosenVideo, Signing } from './signing';
import { durationText } from './times';

export interface VideoStepParts {
  readonly prompter: Prompter;
  /** Reads the credential when the list is asked for, and only then. */
  readonly openApi: () => Promise<Outcome<{ readonly api: StreamApi; readonly accountId: string }>>;
  readonly onVideos: (videos: readonly Video[]) => Promise<void>;
  readonly explain: (failure: Failure) => string;
  /** Done with the picked video while the list still stands, busy. */
  readonly onPicked?: (video: ChosenVideo, signal: AbortSignal) => Promise<void>;
}

/** Picks a video from the account's list, newest first and searchable by name and id, or takes a typed id or URL. */
export async function askVideo(signing: Signing, parts: VideoStepParts): Promise<Reply<ChosenVideo>> {
  const listed = new Map<string, Video>();
  let picked: ChosenVideo | undefined;
  const reply = await parts.prompter.pick<ChosenVideo | Verdict>({
    title: l10n.t('Video'),
    canGoBack: true,
    placeholder: l10n.t('Search by name or id, or paste an id or any Stream URL'),
    choices: [],
    load: (signal) => loadVideos(parts, listed, signal),
    typed: (text) => typedVideo(text, listed),
    active: (video) => 'id' in video && video.id === signing.video?.id,
    async check(video, signal) {
      if (!('id' in video)) return video;
      picked = video;
      await parts.onPicked?.(video, signal);
      return undefined;
    },
  });
  if (reply.kind !== 'answer') return reply;
  return picked === undefined ? { kind: 'back' } : answer(picked);
}

/** At most 20,000 videos: more than a list can be searched through by eye. */
const MAX_PAGES = 20;

async function* loadVideos(
  { openApi, onVideos, explain }: VideoStepParts,
  listed: Map<string, Video>,
  signal: AbortSignal,
): AsyncIterable<readonly Entry<ChosenVideo | Verdict>[]> {
  const entries = (note?: string) => [
    ...Array.from(listed.values(), videoChoice),
    ...(note === undefined
      ? []
      : [{ value: { severity: 'error' as const, message: note }, icon: 'info', label: note, alwaysShow: true }]),
  ];
  const opened = await openApi();
  let before: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = opened.ok
      ? await opened.value.api.listVideos(opened.value.accountId, signal, before === undefined ? {} : { before })
      : opened;
    if (signal.aborted) return;
    if (!answer.ok) {
      yield entries(l10n.t('The list is not complete. {0}', explain(answer.failure)));
      return;
    }
    const known = listed.size;
    const { videos, complete } = answer.value;
    for (const video of videos) listed.set(video.id, video);
    await onVideos(videos);
    const oldest = Date.parse(videos.at(-1)?.created ?? '');
    // A page that brings nothing new, or no date to go on from, is the last one whatever its length.
    if (complete || listed.size === known || Number.isNaN(oldest)) {
      yield entries(listed.size === 0 ? l10n.t('There are no videos in this account yet.') : undefined);
      return;
    }
    yield entries();
    // Videos can share one instant, and Cloudflare does not say whether the bound is included: a millisecond later
    // both readings bring the rest, and what comes twice is recognised by its id.
    before = new Date(oldest + 1).toISOString();
  }
  yield entries(l10n.t('These are the newest {0} videos. Paste the id of an older one.', listed.size));
}

function videoChoice(video: Video): Choice<ChosenVideo> {
  const facts = [
    ...stateText(video.state),
    ...(video.duration === undefined ? [] : [durationText(video.duration)]),
    video.requireSignedUrls ? l10n.t('needs a token') : l10n.t('public'),
  ];
  return {
    value: { id: video.id, name: video.name },
    icon: video.requireSignedUrls ? 'lock' : 'globe',
    label: cleanLabel(video.name) || l10n.t('(no name)'),
    description: `${video.id} · ${cleanLabel(facts.join(' · '))}`,
  };
}

/** What keeps a video from being played; nothing for one that is ready. */
function stateText(state: string): readonly string[] {
  switch (state) {
    case '':
    case 'ready':
      return [];
    case 'pendingupload':
      return [l10n.t('not uploaded yet')];
    case 'downloading':
    case 'queued':
    case 'inprogress':
      return [l10n.t('still being processed')];
    case 'live-inprogress':
      return [l10n.t('live now')];
    case 'error':
      return [l10n.t('processing failed')];
    default:
      return [state];
  }
}

function typedVideo(text: string, listed: ReadonlyMap<string, Video>): readonly Choice<ChosenVideo | Verdict>[] {
  if (text.trim() === '') return [];
  const parsed = parseVideoId(text);
  if (parsed.ok) {
    const label =
      parsed.from === 'token'
        ? l10n.t('Use video {0} (the token is for it)', parsed.id)
        : l10n.t('Use video {0}', parsed.id);
    return [{ value: { id: parsed.id, name: '' }, icon: 'check', label, alwaysShow: true }];
  }
  // A name is being searched for, unless it is plainly an attempt at an id or an address.
  const { problem } = parsed;
  const meantAsId = problem.code !== 'notHex' && (problem.code !== 'length' || problem.digits > 20);
  if (!meantAsId) return [];
  // A part of an id that is in the list is a search, and its match stands there.
  const part = text.trim().toLowerCase();
  if ([...listed.keys()].some((id) => id.includes(part))) return [];
  const message = videoIdSentence(problem);
  return [{ value: { severity: 'error', message }, icon: 'error', label: message, alwaysShow: true }];
}
