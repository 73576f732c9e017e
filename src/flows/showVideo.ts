import * as l10n from '@vscode/l10n';
import { cleanMessage, escapeInvisible } from '../source/cleanText';
import type { StreamApi } from '../stream/api/client';
import type { Credential } from '../stream/api/credential';
import type { Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { isId } from '../stream/id';
import type { Accounts } from './accounts';
import type { LibrarySubject } from './libraryNodes';
import type { VideoLibrary } from './videoLibrary';

export interface ShowVideoParts {
  readonly accounts: Accounts;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly videos: Pick<VideoLibrary, 'update'>;
}

/** A text for a read-only document. */
export interface VideoPage {
  readonly title: string;
  readonly json: string;
}

/** Everything Cloudflare says of a video, as JSON. What is new in it goes into the library too. */
export async function showVideo(
  { accountKey, videoId }: LibrarySubject,
  { accounts, openApi, videos }: ShowVideoParts,
): Promise<Outcome<VideoPage>> {
  const account = await accounts.open(accountKey);
  if (!account.ok) return account;
  const { credential, accountId } = account.value;
  if (videoId === undefined || !isId(videoId)) return failed({ code: 'cancelled' });
  const read = await openApi(credential).readVideo(accountId, videoId, new AbortController().signal);
  if (!read.ok) return read;
  const { video, details } = read.value;
  await videos.update(accountKey, video);
  return succeeded({
    title: cleanMessage(video.name, 60) || l10n.t('Video {0}', videoId.slice(0, 8)),
    json: `${escapeInvisible(JSON.stringify(details, null, 2))}\n`,
  });
}
