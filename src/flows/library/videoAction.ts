import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { StreamApi } from '../../stream/api/client';
import type { Credential } from '../../stream/api/credential';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { isId } from '../../stream/id';
import type { Accounts } from '../accounts/accounts';
import type { Prompter } from '../prompter';
import type { TimeStyle } from '../times';
import type { LibrarySubject } from './libraryNodes';
import type { VideoLibrary } from './videoLibrary';

/** What actions on videos need. */
export interface VideoActionParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly videos: Pick<VideoLibrary, 'state' | 'update'>;
  readonly times: TimeStyle;
}

/** A video that something is done with, and the way to Cloudflare: for one operation. */
export interface OpenVideo {
  readonly api: StreamApi;
  readonly accountId: string;
  readonly videoId: string;
  /** For titles and sentences. */
  readonly name: string;
}

export async function openVideo(
  { accountKey, videoId, videoName }: LibrarySubject,
  { accounts, openApi }: Pick<VideoActionParts, 'accounts' | 'openApi'>,
): Promise<Outcome<OpenVideo>> {
  if (videoId === undefined || !isId(videoId)) return failed({ code: 'cancelled' });
  const opened = await accounts.open(accountKey);
  if (!opened.ok) return opened;
  const { credential, accountId } = opened.value;
  return succeeded({
    api: openApi(credential),
    accountId,
    videoId,
    name: nameOf({ videoId, videoName: videoName ?? '' }),
  });
}

/** What a video is called in a sentence. */
export function nameOf({ videoId, videoName }: { readonly videoId: string; readonly videoName: string }): string {
  return cleanLabel(videoName, 60) || l10n.t('Video {0}', videoId.slice(0, 8));
}
