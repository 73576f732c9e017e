import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../source/cleanText';
import type { StreamApi, Video } from '../stream/api/client';
import { RESULT_FORMS, type ResultForm } from '../stream/deliveryUrl';
import type { Failure, Outcome } from '../stream/failure';
import { parseVideoId } from '../stream/ids';
import { formatDuration, parseDuration } from '../stream/token/duration';
import { DEFAULT_LIFETIME, MAX_LIFETIME } from '../stream/token/options';
import type { AccountSummary } from './accounts';
import { durationSentence, videoIdSentence } from './fieldSentences';
import { answer, type Choice, type Entry, mapReply, type Prompter, type Reply, type Verdict } from './prompter';
import { type ChosenVideo, type Destination, destinationText, formText, type Signing } from './signing';
import { durationText, instantText, type TimeStyle } from './times';

/** The small questions behind the lines of the hub. Each has Back, which changes nothing. */
const step = (title: string) => ({ title, canGoBack: true }) as const;

export interface VideoStepParts {
  readonly prompter: Prompter;
  /** Reads the credential when the list is asked for, and only then. */
  readonly openApi: () => Promise<Outcome<StreamApi>>;
  readonly onVideos: (videos: readonly Video[]) => Promise<void>;
  readonly explain: (failure: Failure) => string;
  /** Done with the picked video while the list still stands, busy. */
  readonly onPicked?: (video: ChosenVideo, signal: AbortSignal) => Promise<void>;
}

/** Picks a video from the account's list, newest first and searchable by name and id, or takes a typed id or URL. */
export async function askVideo(signing: Signing, parts: VideoStepParts): Promise<Reply<ChosenVideo>> {
  const listed = new Map<string, Video>();
  let picked: ChosenVideo | undefined;
  const reply = await parts.prompter.pick<ChosenVideo | undefined>({
    ...step(l10n.t('Video')),
    placeholder: l10n.t('Search by name or id, or paste an id or any Stream URL'),
    choices: [],
    load: (signal) => loadVideos(signing.account, parts, listed, signal),
    typed: (text) => typedVideo(text, listed),
    active: (video) => video !== undefined && video.id === signing.video?.id,
    async check(video, signal) {
      // A choice without a video is a sentence.
      if (video === undefined) return { severity: 'error', message: l10n.t('Pick a video, or paste an id.') };
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
  account: AccountSummary,
  { openApi, onVideos, explain }: VideoStepParts,
  listed: Map<string, Video>,
  signal: AbortSignal,
): AsyncIterable<readonly Entry<ChosenVideo | undefined>[]> {
  const entries = (note?: string) => [
    ...Array.from(listed.values(), videoChoice),
    ...(note === undefined ? [] : [{ value: undefined, icon: 'info', label: note, alwaysShow: true }]),
  ];
  const opened = await openApi();
  let before: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = opened.ok
      ? await opened.value.listVideos(account.accountId, signal, before === undefined ? {} : { before })
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
  yield entries(l10n.t('These are the newest {0}. Paste the id of an older one.', listed.size));
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

function typedVideo(text: string, listed: ReadonlyMap<string, Video>): readonly Choice<ChosenVideo | undefined>[] {
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
  return [{ value: undefined, icon: 'error', label: videoIdSentence(problem), alwaysShow: true }];
}

export function askAccount(
  signing: Signing,
  accounts: readonly AccountSummary[],
  prompter: Prompter,
): Promise<Reply<AccountSummary | 'add'>> {
  return prompter.pick<AccountSummary | 'add'>({
    ...step(l10n.t('Account')),
    placeholder: l10n.t('Which account does the video belong to?'),
    choices: [
      ...accounts.map((account) => ({
        value: account,
        icon: account.credential === 'missing' ? 'warning' : 'account',
        label: cleanLabel(account.label),
        description: account.credential === 'missing' ? l10n.t('credential missing') : account.accountId,
      })),
      { heading: '' },
      { value: 'add' as const, icon: 'add', label: l10n.t('Add Account…'), alwaysShow: true },
    ],
    active: (account) => account !== 'add' && account.key === signing.account.key,
  });
}

const COMMON_LIFETIMES: readonly number[] = [900, 3600, 14_400, 86_400];

/** The answer is a lifetime in seconds, or undefined to leave it to Cloudflare. */
export async function askLifetime(
  signing: Signing,
  prompter: Prompter,
  now: () => number,
  times: TimeStyle,
): Promise<Reply<number | undefined>> {
  for (;;) {
    const reply = await prompter.pick<number | 'default' | 'typed' | Verdict>({
      ...step(l10n.t('Expires')),
      placeholder: l10n.t('How long should the token live? Pick, or type a duration such as 90m'),
      choices: [
        {
          value: 'default',
          label: l10n.t('Leave it to Cloudflare'),
          description: l10n.t('{0}, not sent', durationText(DEFAULT_LIFETIME)),
        },
        ...COMMON_LIFETIMES.map((seconds) => ({
          value: Math.min(seconds, MAX_LIFETIME),
          label: durationText(seconds),
          ...(seconds > MAX_LIFETIME && {
            description: l10n.t('less a minute, in case this computer’s clock is fast'),
          }),
        })),
        { value: 'typed', icon: 'edit', label: l10n.t('Other duration…') },
      ],
      typed: (text) => typedLifetime(text, now(), times),
      active: (value) => value === (signing.options.lifetime ?? 'default'),
      check: async (value) => (typeof value === 'object' ? value : undefined),
    });
    if (reply.kind !== 'answer') return reply;
    if (reply.value !== 'typed') {
      return mapReply(reply, (value) => (typeof value === 'number' ? value : undefined));
    }
    const typed = await typeLifetime(signing, prompter, now, times);
    if (typed.kind !== 'back') return typed;
  }
}

/** What was typed into the list as a choice: a lifetime, or the sentence that says why it is none. */
function typedLifetime(text: string, now: number, times: TimeStyle): readonly Choice<number | Verdict>[] {
  const parsed = parseDuration(text);
  if (parsed.ok) {
    const seconds = Math.min(parsed.seconds, MAX_LIFETIME);
    const capped = parsed.seconds > MAX_LIFETIME;
    return [
      {
        value: seconds,
        icon: capped ? 'warning' : 'check',
        label: durationText(seconds),
        ...(capped && { description: l10n.t('the most that Cloudflare accepts, less a minute') }),
        detail: untilText(seconds, now, times),
        alwaysShow: true,
      },
    ];
  }
  // Words that are no duration search the list.
  if (parsed.problem.code === 'empty' || parsed.problem.code === 'unreadable') return [];
  const message = durationSentence(parsed.problem, times);
  return [{ value: { severity: 'error', message }, icon: 'error', label: message, alwaysShow: true }];
}

async function typeLifetime(
  signing: Signing,
  prompter: Prompter,
  now: () => number,
  times: TimeStyle,
): Promise<Reply<number>> {
  const reply = await prompter.input({
    ...step(l10n.t('Expires')),
    prompt: l10n.t('From now on, at most 24 h.'),
    placeholder: l10n.t('Duration, e.g. 90m, 2h or 1h30m'),
    value: signing.options.lifetime === undefined ? '' : formatDuration(signing.options.lifetime),
    validate(text): Verdict {
      const parsed = parseDuration(text);
      if (!parsed.ok) return { severity: 'error', message: durationSentence(parsed.problem, times) };
      const until = untilText(Math.min(parsed.seconds, MAX_LIFETIME), now(), times);
      return parsed.seconds > MAX_LIFETIME
        ? {
            severity: 'warning',
            message: l10n.t('Cloudflare accepts at most 24 h; Enter takes that, less a minute. {0}', until),
          }
        : { severity: 'info', message: until };
    },
  });
  return mapReply(reply, (text) => {
    const parsed = parseDuration(text);
    return parsed.ok ? Math.min(parsed.seconds, MAX_LIFETIME) : MAX_LIFETIME;
  });
}

function untilText(seconds: number, now: number, times: TimeStyle): string {
  return l10n.t('Until {0}', instantText(now + seconds, times));
}

export async function askDownloads(signing: Signing, prompter: Prompter): Promise<Reply<boolean | undefined>> {
  const reply = await prompter.pick<'allowed' | 'untouched'>({
    ...step(l10n.t('Downloads')),
    placeholder: l10n.t('May viewers with this token download the video?'),
    choices: [
      { value: 'untouched', label: l10n.t('Not allowed'), description: l10n.t('Cloudflare’s default, not sent') },
      {
        value: 'allowed',
        label: l10n.t('Allowed'),
        description: l10n.t('opens MP4 and M4A links, once a download was made for the video'),
      },
    ],
    active: (value) => (value === 'allowed') === (signing.options.downloadable === true),
  });
  return mapReply(reply, (value) => (value === 'allowed' ? true : undefined));
}

/** One list for both halves of the result; picking changes one of them. */
export async function askResult(
  signing: Signing,
  prompter: Prompter,
  canInsert: boolean,
): Promise<Reply<Pick<Signing, 'form' | 'destination'>>> {
  const { form, destination } = signing;
  const mark = (chosen: boolean) => (chosen ? { icon: 'check', description: l10n.t('chosen') } : { icon: 'blank' });
  const destinations: readonly Destination[] = canInsert ? ['insert', 'copy', 'show'] : ['copy', 'show'];
  return prompter.pick<Pick<Signing, 'form' | 'destination'>>({
    ...step(l10n.t('Result')),
    placeholder: l10n.t('What should come out, and where should it go?'),
    choices: [
      { heading: l10n.t('What') },
      ...RESULT_FORMS.map((value: ResultForm) => ({
        value: { form: value, destination },
        label: formText(value),
        ...mark(value === form),
      })),
      { heading: canInsert ? l10n.t('Where') : l10n.t('Where (to insert, open a file first)') },
      ...destinations.map((value) => ({
        value: { form, destination: value },
        label: capital(destinationText(value)),
        ...mark(value === destination),
      })),
    ],
    active: (value) => value.form === form && value.destination === destination,
  });
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
