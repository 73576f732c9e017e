import * as l10n from '@vscode/l10n';
import type { Video } from '../../stream/api/video';
import type { Failure, Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { failureText } from '../failureSentence';
import type { Confirmation } from '../prompter';
import type { LibrarySubject } from './libraryNodes';
import { nameOf, openVideo, type VideoActionParts } from './videoAction';

/** A text for a read-only document. */
export interface ResultPage {
  readonly title: string;
  readonly text: string;
}

/** So many changes are under way at a time. */
const IN_FLIGHT = 3;

type ItemResult = Outcome<Video> | 'notDone';

/**
 * Switches on or off that videos need a token. Off is asked for, since then whoever knows an id can watch; and so is on
 * for several, since their links may be in use. Of several videos that did not all work out, a page says what became of
 * each; the others are changed all the same.
 */
export async function requireSigned(
  subjects: readonly LibrarySubject[],
  required: boolean,
  parts: VideoActionParts,
): Promise<Outcome<ResultPage | undefined>> {
  const { prompter, videos, times } = parts;
  const [first] = subjects;
  if (first === undefined) return failed({ code: 'cancelled' });
  const question = required ? closing(subjects) : opening(subjects);
  if (question !== undefined && !(await prompter.confirm(question))) return failed({ code: 'cancelled' });
  const doing = required ? l10n.t('Requiring signed URLs…') : l10n.t('Opening to everybody…');
  const results = await prompter.busy(doing, (signal, say) =>
    changeAll(subjects, required, parts, signal, (done) => {
      if (subjects.length > 1) say(l10n.t('{0} of {1}', done, subjects.length));
    }),
  );
  const changed = results.flatMap((result) => (result !== 'notDone' && result.ok ? [result.value] : []));
  await updateByAccount(subjects, results, videos.update);
  const [only] = results;
  if (subjects.length === 1 && only !== undefined && only !== 'notDone' && !only.ok) return only;
  if (changed.length === subjects.length) {
    prompter.mention(doneText(subjects, required));
    return succeeded(undefined);
  }
  if (changed.length === 0 && results.every((result) => result === 'notDone')) return failed({ code: 'cancelled' });
  const explain = (failure: Failure) => (failure.code === 'cancelled' ? notDone() : failureText(failure, times));
  return succeeded({
    title: required ? l10n.t('Require Signed URLs') : l10n.t('Stop Requiring Signed URLs'),
    text: [
      l10n.t('{0} of {1} videos were changed.', changed.length, subjects.length),
      '',
      ...subjects.map((subject, at) => `${resultText(results[at] ?? 'notDone', explain)}\t${lineOf(subject)}`),
      '',
    ].join('\n'),
  });
}

function lineOf({ videoId = '', videoName = '' }: LibrarySubject): string {
  return `${videoId}\t${nameOf({ videoId, videoName })}`;
}

function resultText(result: ItemResult, explain: (failure: Failure) => string): string {
  if (result === 'notDone') return notDone();
  return result.ok ? l10n.t('done') : explain(result.failure);
}

function notDone(): string {
  return l10n.t('not done');
}

function doneText(subjects: readonly LibrarySubject[], required: boolean): string {
  const [{ videoId = '', videoName = '' }] = subjects as [LibrarySubject];
  const what = subjects.length === 1 ? nameOf({ videoId, videoName }) : l10n.t('{0} videos', subjects.length);
  return required
    ? l10n.t('{0}: links with the id no longer play, only signed URLs do', what)
    : l10n.t('{0}: links with the id play for everybody', what);
}

function closing(subjects: readonly LibrarySubject[]): Confirmation | undefined {
  if (subjects.length === 1) return undefined;
  return {
    question: l10n.t('Require signed URLs for these {0} videos?', subjects.length),
    detail: l10n.t(
      'Every link with the id of one of them stops playing at once: player, manifests, thumbnails. Pages that use it need a token in place of the id.',
    ),
    action: l10n.t('Require Signed URLs'),
  };
}

function opening(subjects: readonly LibrarySubject[]): Confirmation {
  const [{ videoId = '', videoName = '' }] = subjects as [LibrarySubject];
  return {
    question:
      subjects.length === 1
        ? l10n.t('Let everybody watch {0} without a token?', nameOf({ videoId, videoName }))
        : l10n.t('Let everybody watch these {0} videos without a token?', subjects.length),
    detail: l10n.t(
      'Every link with the video’s id opens at once: player, manifests, thumbnails. Whoever knows the id can watch, and rules in tokens protect it no more. Signed URLs that were given out go on working. Allowed origins stay as they are.',
    ),
    action: l10n.t('Stop Requiring Signed URLs'),
  };
}

/** Changes all, some at a time, until nobody wants it any more; the results are in the order of the subjects. */
async function changeAll(
  subjects: readonly LibrarySubject[],
  required: boolean,
  parts: VideoActionParts,
  signal: AbortSignal,
  onDone: (count: number) => void,
): Promise<readonly ItemResult[]> {
  const results: ItemResult[] = subjects.map(() => 'notDone');
  const queue = subjects.entries();
  let done = 0;
  onDone(0);
  const work = async () => {
    for (const [at, subject] of queue) {
      if (signal.aborted) return;
      results[at] = await change(subject, required, parts, signal);
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return results;
}

async function change(
  subject: LibrarySubject,
  required: boolean,
  parts: VideoActionParts,
  signal: AbortSignal,
): Promise<Outcome<Video>> {
  const opened = await openVideo(subject, parts);
  if (!opened.ok) return opened;
  const { api, accountId, videoId } = opened.value;
  return api.editVideo(accountId, videoId, { requireSignedURLs: required }, signal);
}

async function updateByAccount(
  subjects: readonly LibrarySubject[],
  results: readonly ItemResult[],
  update: VideoActionParts['videos']['update'],
): Promise<void> {
  const byAccount = new Map<string, Video[]>();
  for (const [at, { accountKey }] of subjects.entries()) {
    const result = results[at];
    if (result === undefined || result === 'notDone' || !result.ok) continue;
    byAccount.set(accountKey, [...(byAccount.get(accountKey) ?? []), result.value]);
  }
  for (const [accountKey, changed] of byAccount) await update(accountKey, ...changed);
}
