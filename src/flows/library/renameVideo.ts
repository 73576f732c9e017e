import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { failureText } from '../failureSentence';
import type { LibrarySubject } from './libraryNodes';
import { openVideo, type VideoActionParts } from './videoAction';

/** No place that shows names has room for more. */
const MAX_NAME = 500;

/** Gives a video another name. What else stands in its `meta` stays, since Cloudflare replaces all of it. */
export async function renameVideo(subject: LibrarySubject, parts: VideoActionParts): Promise<Outcome<void>> {
  const opened = await openVideo(subject, parts);
  if (!opened.ok) return opened;
  const { api, accountId, videoId, name } = opened.value;
  const { prompter, videos, times } = parts;
  const read = await prompter.busy(l10n.t('Reading the video…'), (signal) => api.readVideo(accountId, videoId, signal));
  if (!read.ok) return read;
  const { meta } = read.value.details;
  const reply = await prompter.input({
    title: l10n.t('Rename Video'),
    placeholder: l10n.t('Name of the video'),
    prompt: l10n.t('The name is only a label: ids, links and tokens stay as they are.'),
    value: read.value.video.name,
    validate(text) {
      if (cleanText(text) === '') return { severity: 'error', message: l10n.t('Type a name that can be seen.') };
      return text.length > MAX_NAME
        ? { severity: 'error', message: l10n.t('At most {0} characters, please.', MAX_NAME) }
        : undefined;
    },
    async check(text, signal) {
      const kept = typeof meta === 'object' && meta !== null ? meta : {};
      const edited = await api.editVideo(accountId, videoId, { meta: { ...kept, name: text.trim() } }, signal);
      if (edited.ok) await videos.update(subject.accountKey, edited.value);
      return edited.ok || edited.failure.code === 'cancelled'
        ? undefined
        : { severity: 'error', message: failureText(edited.failure, times) };
    },
  });
  if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
  prompter.mention(l10n.t('Renamed: {0}', name));
  return succeeded(undefined);
}
