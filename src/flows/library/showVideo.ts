import * as l10n from '@vscode/l10n';
import { cleanMessage, escapeInvisible } from '../../source/cleanText';
import type { StreamApi, VideoDetails } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { isId } from '../../stream/id';
import type { Accounts } from '../accounts/accounts';
import type { LiveInputs } from './liveInputs';
import { type NamedVideo, type VideoAccountParts, videoAccount } from './videoAccount';
import type { VideoLibrary } from './videoLibrary';

export interface ShowVideoParts extends VideoAccountParts {
  readonly accounts: Accounts;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly videos: Pick<VideoLibrary, 'update'>;
  readonly liveInputs: Pick<LiveInputs, 'known' | 'read'>;
}

/** A text for a read-only document. */
export interface VideoPage {
  readonly title: string;
  readonly json: string;
}

/**
 * Everything Cloudflare says of a video, as JSON; of a live input what is no secret. What is new in it goes into the library
 * too. Where no account is given it is found, or asked for.
 */
export async function showVideo(video: NamedVideo, parts: ShowVideoParts): Promise<Outcome<VideoPage>> {
  const { videoId } = video;
  if (videoId === undefined || !isId(videoId)) return failed({ code: 'cancelled' });
  const accountKey = await videoAccount(video, parts);
  if (!accountKey.ok) return accountKey;
  const isInput = parts.liveInputs.known(accountKey.value).some(({ id }) => id === videoId);
  const read = isInput ? undefined : await readVideo(accountKey.value, videoId, parts);
  if (read?.ok) {
    await parts.videos.update(accountKey.value, read.value.video);
    return succeeded(pageOf(videoId, read.value.video.name, read.value.details));
  }
  if (read !== undefined && read.failure.code !== 'notFound') return read;
  const input = await parts.liveInputs.read(accountKey.value, videoId, new AbortController().signal);
  if (!input.ok) return read !== undefined && input.failure.code === 'notFound' ? read : input;
  return succeeded(pageOf(videoId, input.value.input.name, input.value.details));
}

async function readVideo(
  accountKey: string,
  videoId: string,
  { accounts, openApi }: ShowVideoParts,
): Promise<Outcome<VideoDetails>> {
  const account = await accounts.open(accountKey);
  if (!account.ok) return account;
  const { credential, accountId } = account.value;
  return openApi(credential).readVideo(accountId, videoId, new AbortController().signal);
}

function pageOf(videoId: string, name: string, details: object): VideoPage {
  return {
    title: cleanMessage(name, 60) || l10n.t('Video {0}', videoId.slice(0, 8)),
    json: `${escapeInvisible(JSON.stringify(details, null, 2))}\n`,
  };
}
