import { type DeliveryHost, deliveryUrl } from '../../stream/delivery/deliveryUrl';
import type { SigningKeys } from '../keys/keys';
import type { VideoKnowledge } from '../library/videoKnowledge';
import { type MakeTokenParts, makeToken } from '../signing/makeToken';
import { usableKeys } from '../signing/signWith';

/** How long the token in a picture's address is good, and when it is old, in seconds. */
const LIFETIME = 300;
const OLD = 240;
/** In pixels. */
const HEIGHT = '120';
/** More pictures than anyone looks at in four minutes. */
const MOST_KEPT = 50;

export interface ThumbnailParts extends MakeTokenParts {
  readonly keys: Pick<SigningKeys, 'open' | 'list'>;
  readonly deliveryOrigin?: string;
}

/** The addresses of small pictures of videos. */
export type Thumbnails = (videoId: string, video: VideoKnowledge) => Promise<string | undefined>;

/**
 * Finds where the picture of a video is without asking for it. A private one needs a token, which is signed with a key of
 * its account on this machine; where there is none there is no picture.
 */
export function createThumbnails(parts: ThumbnailParts): Thumbnails {
  const { keys, now, deliveryOrigin } = parts;
  const signed = new Map<string, { readonly token: string; readonly at: number }>();

  async function tokenFor(videoId: string, { account }: VideoKnowledge): Promise<string | undefined> {
    const at = now() / 1000;
    const kept = signed.get(videoId);
    if (kept !== undefined && at - kept.at < OLD) return kept.token;
    const key = (await usableKeys(account, keys)).at(-1);
    if (key === undefined) return undefined;
    const token = await makeToken(
      {
        accountKey: account.key,
        videoId,
        options: { expiry: { kind: 'fromNow', seconds: LIFETIME } },
        signWith: { kind: 'local', kid: key.kid },
      },
      parts,
      new AbortController().signal,
    );
    if (!token.ok) return undefined;
    if (signed.size >= MOST_KEPT) signed.clear();
    signed.set(videoId, { token: token.value, at });
    return token.value;
  }

  return async (videoId, video) => {
    const { needsToken, playable } = video.facts;
    const { customerCode } = video.account;
    const host: DeliveryHost = {
      ...(customerCode !== undefined && { customerCode }),
      ...(deliveryOrigin !== undefined && { origin: deliveryOrigin }),
    };
    if (needsToken === undefined || playable === false || video.facts.absent) return undefined;
    const subject = needsToken ? await tokenFor(videoId, video) : videoId;
    return subject === undefined ? undefined : deliveryUrl('thumbnail', subject, host, { height: HEIGHT });
  };
}
