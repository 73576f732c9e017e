import { readToken } from '../../stream/token/claims';
import type { Accounts } from '../accounts/accounts';
import type { Given } from '../inspector/givenToken';
import type { Inspector } from '../inspector/inspector';
import type { VideoKnowledgeBase } from '../library/videoKnowledge';
import type { HoverCard } from './hoverCard';
import type { Thumbnails } from './hoverThumbnail';
import { tokenHover, unreadableTokenHover } from './tokenHover';
import { videoHover } from './videoHover';

export interface HoverParts {
  readonly accounts: Pick<Accounts, 'known'>;
  readonly knowledge: Pick<VideoKnowledgeBase, 'find'>;
  readonly inspector: Pick<Inspector, 'glance'>;
  readonly thumbnails: Thumbnails;
  readonly canCallApi: boolean;
}

/** What hovers say. Nobody is asked for it, and no secret is read, but for a picture that was asked for in the settings. */
export interface Hovers {
  /** The video or live input with an id, and of which account it is. */
  video(
    videoId: string,
    options: {
      readonly thumbnail: boolean;
      /** Whether something tells that it is an id of Stream; 32 hex digits can also be a hash. */
      readonly inContext: boolean;
    },
  ): Promise<{ readonly card: HoverCard; readonly accountKey?: string }>;
  /** A token, with the URL it stands in. */
  token(given: Given): Promise<HoverCard>;
}

export function createHovers({ accounts, knowledge, inspector, thumbnails, canCallApi }: HoverParts): Hovers {
  return {
    async video(videoId, { thumbnail, inContext }) {
      const video = await knowledge.find(videoId, undefined, accounts.known());
      const picture = thumbnail && video !== undefined ? await pictureOf(videoId, video, thumbnails) : undefined;
      return {
        card: videoHover(video, { canCallApi, thumbnail: picture, inContext }),
        ...(video !== undefined && { accountKey: video.account.key }),
      };
    },
    async token(given) {
      const read = readToken(given.token);
      return read.ok ? tokenHover(await inspector.glance(given, read.token)) : unreadableTokenHover(read.problem);
    },
  };
}

/** A picture is worth no error. */
async function pictureOf(...[videoId, video, thumbnails]: [...Parameters<Thumbnails>, Thumbnails]) {
  try {
    return await thumbnails(videoId, video);
  } catch {
    return undefined;
  }
}
