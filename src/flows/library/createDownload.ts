import * as l10n from '@vscode/l10n';
import type { Download, DownloadKind } from '../../stream/api/editCalls';
import type { Clock } from '../../stream/api/http';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { Choice } from '../prompter';
import type { LibrarySubject } from './libraryNodes';
import { type OpenVideo, openVideo, type VideoActionParts } from './videoAction';

export interface DownloadParts extends VideoActionParts {
  readonly clock: Clock;
}

/** Pauses between looks at a download in the making, in milliseconds; the last one stays. */
export const LOOKS = [2_000, 3_000, 5_000, 10_000, 15_000] as const;

/** Has an MP4 or M4A made of a video, and shows how far it is until it is ready. */
export async function createDownload(subject: LibrarySubject, parts: DownloadParts): Promise<Outcome<void>> {
  const opened = await openVideo(subject, parts);
  if (!opened.ok) return opened;
  const { prompter } = parts;
  const reply = await prompter.pick<DownloadKind>({
    title: l10n.t('Create Download'),
    placeholder: l10n.t('Which file of {0}?', opened.value.name),
    choices: KINDS.map((value) => ({ value, ...kindChoice(value) })),
  });
  if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
  const made = await downloadReady(opened.value, reply.value, parts);
  if (made.ok) prompter.mention(l10n.t('The {0} of {1} is ready', kindText(reply.value), opened.value.name));
  return made;
}

export const KINDS: readonly DownloadKind[] = ['mp4', 'm4a'];

export function kindText(kind: DownloadKind): string {
  return kind === 'mp4' ? 'MP4' : 'M4A';
}

function kindChoice(kind: DownloadKind): Pick<Choice<DownloadKind>, 'label' | 'description' | 'icon'> {
  return kind === 'mp4'
    ? { label: kindText(kind), description: l10n.t('video with sound'), icon: 'file-media' }
    : { label: kindText(kind), description: l10n.t('sound only'), icon: 'unmute' };
}

/**
 * Waits until a download is ready, and has it made when nobody asked for it before. Whoever cancels the waiting leaves
 * the making of it alone.
 */
export async function downloadReady(
  { api, accountId, videoId, name }: OpenVideo,
  kind: DownloadKind,
  { prompter, clock }: DownloadParts,
): Promise<Outcome<void>> {
  const state = await prompter.busy(l10n.t('Making the {0} of {1}…', kindText(kind), name), async (signal, say) => {
    let answer = await api.createDownload(accountId, videoId, kind, signal);
    for (let look = 0; ; look++) {
      if (!answer.ok) return answer;
      const download: Download = answer.value[kind] ?? { state: 'inprogress', percent: 0 };
      if (download.state !== 'inprogress') return succeeded(download.state);
      say(l10n.t('{0} %', Math.floor(download.percent)));
      await clock.wait(LOOKS[Math.min(look, LOOKS.length - 1)] ?? 0, signal);
      if (signal.aborted) return failed({ code: 'cancelled' });
      answer = await api.readDownloadProgress(accountId, videoId, signal);
    }
  });
  if (!state.ok) return state;
  if (state.value === 'ready') return succeeded(undefined);
  prompter.tell(l10n.t('Cloudflare could not make the {0} of {1}. Its dashboard may know why.', kindText(kind), name));
  return failed({ code: 'cancelled' });
}
