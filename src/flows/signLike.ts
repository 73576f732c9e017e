import * as l10n from '@vscode/l10n';
import type { Outcome } from '../stream/failure';
import { failed } from '../stream/failure';
import type { ReadToken } from '../stream/token/claims';
import { optionsOf } from '../stream/token/optionsOf';
import type { AccountSummary, Cache } from './accounts';
import type { SigningKeys } from './keys';
import { type MakeTokenParts, makeToken } from './makeToken';
import type { Prompter } from './prompter';
import type { RecentSignings } from './recentSignings';
import { type SignWith, usableKeys, usualSignWith } from './signWith';

export interface SignLikeParts extends MakeTokenParts {
  readonly prompter: Prompter;
  readonly keys: Pick<SigningKeys, 'open' | 'list'>;
  /** Remembers how each account signs. */
  readonly preferences: Cache;
  readonly recent?: Pick<RecentSignings, 'remember'>;
}

/**
 * Signs a token for the same video with the same options, by the same key if it can sign here. One whose rules can't be
 * taken over is not signed: without them more people could watch.
 */
export async function signLike(
  token: ReadToken,
  videoId: string,
  account: AccountSummary,
  parts: SignLikeParts,
): Promise<Outcome<string>> {
  const { options, lost } = optionsOf(token);
  if (lost.includes('rules')) {
    parts.prompter.tell(rulesLostSentence());
    return failed({ code: 'cancelled' });
  }
  const signWith = await signWithLike(token, account, parts);
  const wish = { accountKey: account.key, videoId, options, signWith };
  const signed = await parts.prompter.busy(l10n.t('Signing…'), (signal) => makeToken(wish, parts, signal));
  const video = { id: videoId, name: '' };
  if (signed.ok)
    await parts.recent?.remember(
      { account, video, options, signWith, form: 'token', destination: 'copy' },
      signed.value,
    );
  return signed;
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
    'The access rules of this token can’t be taken over as they are. Choose "Edit and sign…" and set them.',
  );
}
