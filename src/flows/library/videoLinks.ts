import * as l10n from '@vscode/l10n';
import type { DeliveryHost } from '../../stream/delivery/deliveryUrl';
import { downloadName } from '../../stream/delivery/downloadName';
import { isReachable, type ResultForm, resultText } from '../../stream/delivery/resultForms';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { TokenOptions } from '../../stream/token/options';
import type { AccountSummary, Cache } from '../accounts/accounts';
import type { SigningKeys } from '../keys/keys';
import { formText, needsCodeNote } from '../signing/formText';
import { listUrls } from '../signing/listUrls';
import { type MakeTokenParts, makeToken } from '../signing/makeToken';
import type { RecentSignings } from '../signing/recentSignings';
import { usualSignWith } from '../signing/signWith';
import { type DownloadParts, downloadReady, KINDS, kindText } from './createDownload';
import type { LibrarySubject } from './libraryNodes';
import { type LiveNoteParts, needsToken } from './liveNote';
import { openVideo } from './videoAction';

export interface VideoLinkParts extends DownloadParts, MakeTokenParts {
  readonly liveInputs: LiveNoteParts['liveInputs'];
  readonly keys: Pick<SigningKeys, 'open' | 'list'>;
  readonly preferences: Cache;
  readonly recent: Pick<RecentSignings, 'remember'>;
  /** Development only: where an emulator stands in for Cloudflare's delivery hosts. */
  readonly deliveryOrigin?: string;
}

/** Copies one of the URLs of a video or live input, with its id in it: for code that puts a token there, or for a public one. */
export async function copyUrl(subject: LibrarySubject, parts: VideoLinkParts): Promise<Outcome<void>> {
  const account = await accountOf(subject, parts);
  const { videoId } = subject;
  if (!account.ok || videoId === undefined) return failed({ code: 'cancelled' });
  const signed = needsToken(subject.accountKey, videoId, parts) !== false;
  const urls = listUrls(videoId, hostOf(account.value, parts));
  const note = account.value.customerCode === undefined ? ` ${needsCodeNote()}` : '';
  const reply = await parts.prompter.pick<string>({
    title: signed ? l10n.t('Copy URL (it needs a token in place of the id)') : l10n.t('Copy URL'),
    placeholder: l10n.t('Which URL?') + note,
    choices: urls.map(({ url, label }) => ({ value: url, label, description: url })),
  });
  if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
  await parts.prompter.writeClipboard(reply.value);
  parts.prompter.mention(l10n.t('Copied: a URL with the id'));
  return succeeded(undefined);
}

/** Opens the page on which Cloudflare plays a video, in the browser; with a token where it needs one. */
export async function openWatchPage(subject: LibrarySubject, parts: VideoLinkParts): Promise<Outcome<void>> {
  const url = await linkFor(subject, 'watch', {}, parts);
  if (!url.ok) return url;
  parts.prompter.openExternal(url.value);
  return succeeded(undefined);
}

/** Copies the URL of an MP4 or M4A, with a token that may download where one is needed; has the file made when it is not there. */
export async function copyDownloadUrl(subject: LibrarySubject, parts: VideoLinkParts): Promise<Outcome<void>> {
  const opened = await openVideo(subject, parts);
  if (!opened.ok) return opened;
  const { prompter } = parts;
  const { api, accountId, videoId, name } = opened.value;
  const made = await prompter.busy(l10n.t('Reading the downloads…'), (signal) =>
    api.readDownloadProgress(accountId, videoId, signal),
  );
  if (!made.ok) return made;
  const reply = await prompter.pick({
    title: l10n.t('Copy Signed Download URL'),
    placeholder: l10n.t('Which file of {0}?', name),
    choices: KINDS.map((value) => {
      const { state, percent = 0 } = made.value[value] ?? {};
      const description =
        state === 'ready'
          ? l10n.t('ready')
          : state === 'inprogress'
            ? l10n.t('in the making, {0} %', Math.floor(percent))
            : l10n.t('not there yet: will be made first');
      return { value, label: kindText(value), description };
    }),
  });
  if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
  if (made.value[reply.value]?.state !== 'ready') {
    const ready = await downloadReady(opened.value, reply.value, parts);
    if (!ready.ok) return ready;
  }
  const url = await linkFor(subject, reply.value, { downloadable: true }, parts);
  if (!url.ok) return url;
  await prompter.writeClipboard(url.value);
  prompter.mention(l10n.t('Copied: {0}', formText(reply.value)));
  return succeeded(undefined);
}

/** A URL that plays as it is, for as long as a token of the account does by default. */
async function linkFor(
  subject: LibrarySubject,
  form: ResultForm,
  options: TokenOptions,
  parts: VideoLinkParts,
): Promise<Outcome<string>> {
  const account = await accountOf(subject, parts);
  if (!account.ok) return account;
  const { accountKey, videoId = '', videoName = '' } = subject;
  const host = hostOf(account.value, parts);
  if (!isReachable(form, host)) {
    parts.prompter.tell(l10n.t('{0}: {1}', formText(form), needsCodeNote()));
    return failed({ code: 'cancelled' });
  }
  const signWith = await usualSignWith(account.value, parts.keys, parts.preferences);
  const isPublic = needsToken(accountKey, videoId, parts) === false;
  const token = isPublic
    ? succeeded(videoId)
    : await parts.prompter.busy(l10n.t('Signing…'), (signal) =>
        makeToken({ accountKey, videoId, options, signWith }, parts, signal),
      );
  if (!token.ok) return token;
  const video = { id: videoId, name: videoName };
  if (!isPublic)
    await parts.recent.remember(
      { account: account.value, video, options, signWith, form, destination: 'copy' },
      token.value,
    );
  const fileName = downloadName(videoName);
  const url = resultText(form, token.value, host, fileName === undefined ? {} : { fileName });
  return url === undefined ? failed({ code: 'cancelled' }) : succeeded(url);
}

async function accountOf(
  { accountKey }: LibrarySubject,
  { accounts }: VideoLinkParts,
): Promise<Outcome<AccountSummary>> {
  const found = (await accounts.list()).find(({ key }) => key === accountKey);
  return found === undefined ? failed({ code: 'accountGone' }) : succeeded(found);
}

function hostOf({ customerCode }: AccountSummary, { deliveryOrigin }: VideoLinkParts): DeliveryHost {
  return {
    ...(customerCode !== undefined && { customerCode }),
    ...(deliveryOrigin !== undefined && { origin: deliveryOrigin }),
  };
}
