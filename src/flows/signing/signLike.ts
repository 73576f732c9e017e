import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { failed } from '../../stream/failure';
import type { ReadToken } from '../../stream/token/claims';
import type { AccountSummary, Cache } from '../accounts/accounts';
import { warnOfClock } from '../clockSentence';
import { optionsLike, withinLimit } from '../documents/optionsLike';
import type { SigningKeys } from '../keys/keys';
import type { Prompter } from '../prompter';
import { type MakeTokenParts, makeToken, type TokenWish } from './makeToken';
import type { SignSettings } from './presets';
import type { RecentSignings } from './recentSignings';
import { type SignWith, usableKeys, usualSignWith } from './signWith';

export interface SignLikeParts extends MakeTokenParts {
  readonly prompter: Prompter;
  readonly keys: Pick<SigningKeys, 'open' | 'list'>;
  /** Remembers how each account signs. */
  readonly preferences: Cache;
  readonly settings: Pick<SignSettings, 'defaults'>;
  readonly recent?: Pick<RecentSignings, 'remember'>;
  /** Seconds by which this machine's clock is ahead of Cloudflare's; 0 when it is right, as far as anyone knows. */
  readonly clockAhead?: () => number;
}

/**
 * Signs a token for the same video with the same options and for as long, by the same key if it can sign here. One whose
 * rules can't be taken over is not signed: without them more people could watch.
 */
export async function signLike(
  token: ReadToken,
  videoId: string,
  account: AccountSummary,
  parts: SignLikeParts,
): Promise<Outcome<string>> {
  const wish = await wishLike(token, videoId, account, parts);
  if (wish === undefined) {
    parts.prompter.tell(rulesLostSentence());
    return failed({ code: 'cancelled' });
  }
  const { options, signWith } = wish;
  warnOfClock(parts);
  const signed = await parts.prompter.busy(l10n.t('Signing…'), (signal) => makeToken(wish, parts, signal));
  const video = { id: videoId, name: '' };
  if (signed.ok)
    await parts.recent?.remember(
      { account, video, options, signWith, form: 'token', destination: 'copy' },
      signed.value,
    );
  return signed;
}

/** What {@link signLike} signs; undefined when the rules can't be taken over. */
export async function wishLike(
  token: ReadToken,
  videoId: string,
  account: AccountSummary,
  parts: Pick<SignLikeParts, 'keys' | 'preferences' | 'settings'>,
): Promise<TokenWish | undefined> {
  const { options, rulesLost } = optionsLike(token, parts.settings);
  if (rulesLost) return undefined;
  const signWith = await signWithLike(token, account, parts);
  return { accountKey: account.key, videoId, options: withinLimit(options), signWith };
}

/** The key of a token, if it can sign here; else how the account usually signs. */
export async function signWithLike(
  token: ReadToken,
  account: AccountSummary,
  { keys, preferences }: Pick<SignLikeParts, 'keys' | 'preferences'>,
): Promise<SignWith> {
  const key = (await usableKeys(account, keys)).find(({ kid }) => kid === (token.header.kid ?? token.claims.kid));
  return key === undefined ? usualSignWith(account, keys, preferences) : { kind: 'local', kid: key.kid };
}

export function rulesLostSentence(): string {
  return l10n.t(
    'The access rules of this token can’t be taken over as they are. Choose "Edit and sign…" or "Re-sign with…" and set them.',
  );
}
