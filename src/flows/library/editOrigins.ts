import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import { type OriginProblem, parseAllowedOrigins } from '../../stream/allowedOrigins';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { failureText } from '../failureSentence';
import type { Verdict } from '../prompter';
import type { LibrarySubject } from './libraryNodes';
import { openVideo, type VideoActionParts } from './videoAction';

/** Sets the hosts whose pages may embed a video. */
export async function editOrigins(subject: LibrarySubject, parts: VideoActionParts): Promise<Outcome<void>> {
  const opened = await openVideo(subject, parts);
  if (!opened.ok) return opened;
  const { api, accountId, videoId, name } = opened.value;
  const { prompter, videos, times } = parts;
  const read = await prompter.busy(l10n.t('Reading the video…'), (signal) => api.readVideo(accountId, videoId, signal));
  if (!read.ok) return read;
  const { allowedOrigins } = read.value.details;
  const known = Array.isArray(allowedOrigins) ? allowedOrigins.filter((origin) => typeof origin === 'string') : [];
  let origins: readonly string[] = known;
  const reply = await prompter.input({
    title: l10n.t('Allowed Origins of {0}', name),
    placeholder: l10n.t('For example {0}', 'example.com, *.example.com, localhost:3000'),
    prompt: l10n.t('Hosts whose pages may embed the video, separated by commas. Empty allows every page.'),
    value: known.map((origin) => cleanText(origin)).join(', '),
    validate: originsVerdict,
    async check(text, signal) {
      const parsed = parseAllowedOrigins(text);
      if (!parsed.ok) return undefined;
      origins = parsed.origins;
      const edited = await api.editVideo(accountId, videoId, { allowedOrigins: origins }, signal);
      if (edited.ok) await videos.update(subject.accountKey, edited.value);
      return edited.ok || edited.failure.code === 'cancelled'
        ? undefined
        : { severity: 'error', message: failureText(edited.failure, times) };
    },
  });
  if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
  prompter.mention(
    origins.length === 0
      ? l10n.t('{0} may be embedded by every page', name)
      : l10n.t('{0} may be embedded by {1}', name, origins.join(', ')),
  );
  return succeeded(undefined);
}

/** What to say about a list of hosts while it is typed. */
export function originsVerdict(text: string): Verdict | undefined {
  const parsed = parseAllowedOrigins(text);
  if (!parsed.ok) return { severity: 'error', message: problemSentence(parsed.problem) };
  const star = parsed.origins.find((origin) => origin.startsWith('*.') && !parsed.origins.includes(origin.slice(2)));
  if (star !== undefined) {
    return { severity: 'info', message: l10n.t('{0} does not include {1} itself.', star, star.slice(2)) };
  }
  const apex = parsed.origins.find(
    (origin) =>
      origin.split('.').length === 2 &&
      ![`www.${origin}`, `*.${origin}`].some((other) => parsed.origins.includes(other)),
  );
  return apex === undefined ? undefined : { severity: 'info', message: l10n.t('{0} does not include www.{0}.', apex) };
}

function problemSentence({ code, entry }: OriginProblem): string {
  const shown = cleanText(entry, 60);
  switch (code) {
    case 'scheme':
      return l10n.t('Leave out what stands before the host: {0}', shown);
    case 'path':
      return l10n.t('Only the host counts; leave out what is behind it: {0}', shown);
    case 'wildcard':
      return l10n.t('A star stands only for what is before a host, as in *.example.com, not as in {0}', shown);
    case 'port':
      return l10n.t('A port is a number from 1 to 65535: {0}', shown);
    case 'localhostPort':
      return l10n.t('localhost needs its port, for example localhost:3000.');
    case 'host':
      return l10n.t('This is no host: {0}', shown);
    case 'tooLong':
      return l10n.t('That is too much for a list of hosts.');
  }
}
