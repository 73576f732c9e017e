import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { isId } from '../../stream/id';
import { type NamedVideo, type VideoAccountParts, videoAccount } from '../library/videoAccount';
import type { VideoKnowledgeBase } from '../library/videoKnowledge';
import type { Prompter } from '../prompter';

export interface RefreshVideoParts extends VideoAccountParts {
  readonly prompter: Prompter;
  readonly knowledge: Pick<VideoKnowledgeBase, 'find' | 'ask'>;
  readonly canCallApi: boolean;
}

/** Asks Cloudflare what there is with an id, so that it is known from then on. */
export async function refreshVideo(video: NamedVideo, parts: RefreshVideoParts): Promise<Outcome<void>> {
  const { prompter, knowledge, accounts } = parts;
  const { videoId } = video;
  if (videoId === undefined || !isId(videoId)) return failed({ code: 'cancelled' });
  if (!parts.canCallApi) return failed({ code: 'apiUnavailable' });
  const accountKey = await videoAccount(video, parts);
  if (!accountKey.ok) return accountKey;
  const asked = await prompter.busy(l10n.t('Asking Cloudflare…'), (signal) =>
    knowledge.ask(videoId, accountKey.value, signal),
  );
  if (!asked.ok) return asked;
  const found = await knowledge.find(videoId, undefined, await accounts.list());
  const name = cleanText(found?.name ?? '', 60) || l10n.t('Video {0}', videoId.slice(0, 8));
  if (found?.facts.absent) prompter.tell(l10n.t('Neither a video nor a live input with this id is in the account.'));
  else prompter.mention(l10n.t('Asked Cloudflare: {0}', name));
  return succeeded(undefined);
}
