import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { type ReadToken, readToken } from '../../stream/token/claims';
import { DEFAULT_LIFETIME, instantOf, MAX_LIFETIME, type Moment, type TokenOptions } from '../../stream/token/options';
import { type Comparison, compareTokens } from '../inspector/compareTokens';
import type { SigningKeys } from '../keys/keys';
import { type MakeTokenParts, makeToken } from './makeToken';
import type { Signing } from './signing';
import { type SignWith, signWithText, usableKeys } from './signWith';

/**
 * Signs the same options with a key on this machine and at Cloudflare, and compares what the tokens claim: whoever signs
 * on a server of their own sees what Cloudflare would have put in. Both tokens are dropped.
 */
export async function compareSigning(
  signing: Signing,
  parts: MakeTokenParts & { readonly keys: Pick<SigningKeys, 'open' | 'list'> },
  signal: AbortSignal,
): Promise<Outcome<Comparison>> {
  const { account, video, signWith } = signing;
  const kid = signWith.kind === 'api' ? (await usableKeys(account, parts.keys)).at(-1)?.kid : signWith.kid;
  if (video === undefined || kid === undefined) return failed({ code: 'cancelled' });
  // For the same moments: a second between the two would look like a difference.
  const options = fixed(signing.options, parts.now() / 1000);
  const wish = { accountKey: account.key, videoId: video.id, options };
  const sign = async (by: SignWith): Promise<Outcome<ReadToken>> => {
    const made = await makeToken({ ...wish, signWith: by }, parts, signal);
    if (!made.ok) return made;
    const read = readToken(made.value);
    return read.ok ? succeeded(read.token) : failed({ code: 'unexpectedAnswer', detail: 'token' });
  };
  const local: SignWith = { kind: 'local', kid };
  const here = await sign(local);
  if (!here.ok) return here;
  const there = await sign({ kind: 'api' });
  if (!there.ok) return there;
  const comparison = compareTokens(
    { name: signWithText({ kind: 'api' }), token: there.value },
    { name: signWithText(local), token: here.value },
  );
  return succeeded({ ...comparison, bothWays: true });
}

/** What a comparison came to, in a sentence. */
export function comparisonText(comparison: Comparison): string {
  const { differing, bothWays } = comparison;
  if (differing.length === 0) return likenessText(comparison);
  const difference = l10n.t('The tokens differ in: {0}.', cleanText(differing.join(', ')));
  const expected = bothWays && expectedText(differing);
  return expected ? `${difference} ${expected}` : difference;
}

function likenessText({ alike }: Comparison): string {
  switch (alike) {
    case 'wholly':
      return l10n.t('The two tokens are identical.');
    case 'butForSignature':
      return l10n.t('Same claims, other signature: one was changed, or signed with another key.');
    default:
      return l10n.t('The tokens claim the same.');
  }
}

/** Why the tokens differ where they always do, whoever signs; undefined where there is more to look at. */
function expectedText(differing: readonly string[]): string | undefined {
  switch (differing.join()) {
    case 'kid':
      return l10n.t('Cloudflare signs with a key of its own.');
    case 'kid,nbf':
      return l10n.t('Cloudflare uses its own key and sets nbf.');
    default:
      return undefined;
  }
}

function fixed(options: TokenOptions, now: number): TokenOptions {
  const at = (moment: Moment, last = Number.POSITIVE_INFINITY): Moment => ({
    kind: 'at',
    seconds: Math.min(instantOf(moment, now), last),
  });
  const { expiry = { kind: 'fromNow', seconds: DEFAULT_LIFETIME }, notBefore } = options;
  return {
    ...options,
    // Cloudflare is asked for no longer one, and then the difference would be ours.
    expiry: at(expiry, Math.floor(now) + MAX_LIFETIME),
    ...(notBefore !== undefined && { notBefore: at(notBefore) }),
  };
}
