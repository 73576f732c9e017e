import * as l10n from '@vscode/l10n';
import { type DeliveryForm, type DeliveryHost, deliveryUrl } from '../../stream/delivery/deliveryUrl';
import { type CheckedAnswer, type CheckedResource, playbackCause } from '../../stream/delivery/playbackCause';
import type { Probe } from '../../stream/delivery/probe';
import type { Failure, Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Verdict, VideoFacts } from '../../stream/token/verdict';
import { failureSentence } from '../failureSentence';
import type { Prompter } from '../prompter';
import { instantText, type TimeStyle } from '../times';
import { causeSentence, conclusionSentence, resourceText } from './playbackSentences';
import type { Tone } from './verdictLines';

/** What delivery hosts answered, as a table to read. */
export interface PlaybackReport {
  readonly conclusion: string;
  readonly tone: Exclude<Tone, 'neutral'>;
  /** When it was asked. */
  readonly asked: string;
  readonly rows: readonly PlaybackRow[];
}

export interface PlaybackRow {
  readonly what: string;
  /** `token` or `id`, in words. */
  readonly by: string;
  /** The status, or that there was none. */
  readonly answer: string;
  readonly tone: Tone;
  readonly meaning: string;
}

/** What is asked for, by which method: a file would come as a whole, and is counted as watched. */
const REQUESTS: readonly (readonly [CheckedResource, DeliveryForm, 'GET' | 'HEAD'])[] = [
  ['manifest', 'hls', 'GET'],
  ['player', 'iframe', 'GET'],
  ['thumbnail', 'thumbnail', 'GET'],
  ['mp4', 'mp4', 'HEAD'],
];

export interface CheckParts {
  readonly prompter: Prompter;
  readonly probe: Probe;
  readonly times: TimeStyle;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface CheckSubject {
  readonly token: string;
  readonly videoId: string;
  readonly host: DeliveryHost;
  /** As things are when it is called: a token may die while the person is asked. */
  readonly verdict: () => Verdict;
  /** Whether the signature was checked here and is right. */
  readonly verified: boolean;
  readonly video: VideoFacts;
}

interface Planned {
  readonly resource: CheckedResource;
  readonly by: 'token' | 'id';
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
}

type Tried = Planned & { readonly outcome: Outcome<number> };

export interface PlaybackCheck {
  readonly report: PlaybackReport;
  /** Stream let the token in where it does not let in the plain id: its signature is right. */
  readonly proven: boolean;
  /** Stream refused the token, and neither the token nor its video tells why. */
  readonly unexplained: boolean;
}

/**
 * After asking the person, fetches what a player would fetch, with the token and with the plain id, and says what the
 * answers mean. Nothing but the URLs is sent.
 */
export async function checkPlayback(subject: CheckSubject, parts: CheckParts): Promise<Outcome<PlaybackCheck>> {
  const plan = planOf(subject);
  const hosts = [...new Set(plan.map(({ url }) => new URL(url).host))];
  const confirmed = await parts.prompter.confirm({
    question: l10n.t('Try this token at {0}?', hosts.join(', ')),
    detail: l10n.t(
      'This sends {0} requests, as a player would: for the manifest, the player, a thumbnail and the MP4, with the token and with the plain id. No credential is sent. Access rules judge the address of this machine.',
      plan.length,
    ),
    action: l10n.t('Check Playback'),
  });
  if (!confirmed) return failed({ code: 'cancelled' });
  const tried = await parts.prompter.busy(l10n.t('Checking playback…'), (signal) =>
    Promise.all(
      plan.map(async (request): Promise<Tried> => {
        return { ...request, outcome: await parts.probe(request.method, request.url, signal) };
      }),
    ),
  );
  const cancelled = tried.find(({ outcome }) => !outcome.ok && outcome.failure.code === 'cancelled');
  return cancelled === undefined ? succeeded(explain(tried, subject, parts)) : failed({ code: 'cancelled' });
}

function planOf({ token, videoId, host }: CheckSubject): readonly Planned[] {
  return (['token', 'id'] as const).flatMap((by) =>
    REQUESTS.flatMap(([resource, form, method]) => {
      const url = deliveryUrl(form, by === 'token' ? token : videoId, host);
      return url === undefined ? [] : [{ resource, by, method, url }];
    }),
  );
}

function explain(tried: readonly Tried[], subject: CheckSubject, { times, now }: CheckParts): PlaybackCheck {
  const answers = tried.flatMap(({ resource, by, outcome }): readonly CheckedAnswer[] =>
    outcome.ok ? [{ resource, by, status: outcome.value }] : [],
  );
  const { verified, video } = subject;
  const context = { verdict: subject.verdict(), verified, video, answers };
  const causeOf = (answer: CheckedAnswer) => playbackCause(answer, context);
  const rows = tried.map(({ resource, by, outcome }): PlaybackRow => {
    const row = { what: resourceText(resource), by: by === 'token' ? l10n.t('token') : l10n.t('plain id') };
    if (!outcome.ok)
      return { ...row, answer: l10n.t('none'), tone: 'unsure', meaning: networkSentence(outcome.failure, times) };
    const cause = causeOf({ resource, by, status: outcome.value });
    return { ...row, answer: String(outcome.value), ...causeSentence(cause, times) };
  });
  const statusOf = (by: 'token' | 'id') =>
    answers.find((answer) => answer.resource === 'manifest' && answer.by === by)?.status;
  const { tone, sentence } = conclusionSentence(statusOf('token'), statusOf('id'));
  return {
    report: {
      conclusion: sentence,
      tone,
      asked: l10n.t('Asked at {0}.', instantText(Math.floor(now() / 1000), times)),
      rows,
    },
    unexplained: answers.some((answer) => {
      const cause = answer.by === 'token' && answer.resource === 'manifest' ? causeOf(answer) : undefined;
      return cause?.code === 'refused' && cause.possible.every((reason) => reason === 'key');
    }),
    proven: statusOf('token') === 200 && [401, 403].includes(statusOf('id') ?? 0),
  };
}

function networkSentence(failure: Failure, times: TimeStyle): string {
  return failure.code === 'cancelled' ? l10n.t('Cancelled.') : failureSentence(failure, times);
}
