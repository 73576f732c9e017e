import * as l10n from '@vscode/l10n';
import type { Outcome } from '../../stream/failure';
import { succeeded } from '../../stream/failure';
import { keyIdOf, type ReadToken, videoIdOf } from '../../stream/token/claims';
import type { AccountSummary, Accounts } from '../accounts/accounts';
import { pickAccount } from '../accounts/pickAccount';
import type { SigningKeys } from '../keys/keys';
import type { VideoKnowledge, VideoKnowledgeBase } from '../library/videoKnowledge';
import type { Prompter } from '../prompter';

export interface TokenOwnerParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  readonly keys: Pick<SigningKeys, 'publicKeys'>;
  readonly knowledge: VideoKnowledgeBase;
}

/** Whose a token is, as far as anything on this machine tells. Nothing is sent anywhere. */
export interface TokenOwner {
  /** All accounts, as far as the secret storage answers. */
  listed(): Promise<readonly AccountSummary[]>;
  /** What is known of the video that it is for, in some accounts or in all. */
  videoOf(token: ReadToken, known?: readonly AccountSummary[]): Promise<VideoKnowledge | undefined>;
  /** The same, without waiting for anything to be read. */
  recalledVideoOf(token: ReadToken, known: readonly AccountSummary[]): VideoKnowledge | undefined;
  /** That one of some accounts which has its key. */
  signerOf(token: ReadToken, known: readonly AccountSummary[]): AccountSummary | undefined;
  /** The account that has the video, or the key; else the only one there is that fits. Undefined when only a person can tell. */
  knownAccountOf(token: ReadToken, fits?: (account: AccountSummary) => boolean): Promise<AccountSummary | undefined>;
  /** That account, or one that is picked. */
  accountOf(token: ReadToken, fits?: (account: AccountSummary) => boolean): Promise<Outcome<AccountSummary>>;
}

export function createTokenOwner({ prompter, accounts, keys, knowledge }: TokenOwnerParts): TokenOwner {
  /** What is cached still explains a token where the secret storage does not answer. */
  async function listed(): Promise<readonly AccountSummary[]> {
    try {
      return await accounts.list();
    } catch {
      return [];
    }
  }

  async function videoOf(token: ReadToken, known?: readonly AccountSummary[]): Promise<VideoKnowledge | undefined> {
    const id = videoIdOf(token);
    return id === undefined ? undefined : knowledge.find(id, keyIdOf(token), known ?? (await listed()));
  }

  function recalledVideoOf(token: ReadToken, known: readonly AccountSummary[]): VideoKnowledge | undefined {
    const id = videoIdOf(token);
    return id === undefined ? undefined : knowledge.recall(id, keyIdOf(token), known);
  }

  function signerOf(token: ReadToken, known: readonly AccountSummary[]): AccountSummary | undefined {
    const kid = keyIdOf(token);
    const accountKey = keys.publicKeys().find((key) => key.kid === kid)?.accountKey;
    return known.find(({ key }) => key === accountKey);
  }

  async function knownAccountOf(
    token: ReadToken,
    fits: (account: AccountSummary) => boolean = () => true,
  ): Promise<AccountSummary | undefined> {
    const all = await listed();
    const known = (await videoOf(token, all))?.account ?? signerOf(token, all);
    if (known !== undefined && fits(known)) return known;
    const [first, ...others] = all.filter(fits);
    return others.length === 0 ? first : undefined;
  }

  return {
    listed,
    videoOf,
    recalledVideoOf,
    signerOf,
    knownAccountOf,
    async accountOf(token, fits) {
      const known = await knownAccountOf(token, fits);
      if (known !== undefined) return succeeded(known);
      return pickAccount(
        undefined,
        { title: l10n.t('Account'), placeholder: l10n.t('Which account does the video belong to?') },
        { prompter, accounts },
      );
    },
  };
}
