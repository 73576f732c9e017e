import * as l10n from '@vscode/l10n';
import type { Failure, Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { type ReadToken, readToken, videoIdOf } from '../../stream/token/claims';
import { timeVerdict } from '../../stream/token/timeVerdict';
import type { AccountSummary } from '../accounts/accounts';
import { warnOfClock } from '../clockSentence';
import { failureSentence } from '../failureSentence';
import { makeToken } from '../signing/makeToken';
import { rulesLostSentence, wishLike } from '../signing/signLike';
import { noVideoSentence, type ResignParts } from './resign';

/** The tokens of a document where they stand. */
export interface TokensInDocument {
  /** In the order of the document; one that stands there twice is here twice. */
  readonly tokens: readonly string[];
  /**
   * Puts texts in the place of tokens, all in one step; `undefined` leaves one as it is. The answer says which are there
   * now: not those whose place is not sure any more.
   */
  replace(texts: readonly (string | undefined)[]): Promise<readonly boolean[]>;
}

interface Expired {
  readonly token: ReadToken;
  readonly videoId: string | undefined;
}

/** More would only wait for each other. */
const IN_FLIGHT = 4;
/** About one video and not about the account, so that the next one may work all the same. */
const ONE_VIDEO: readonly Failure['code'][] = ['notFound', 'rejected', 'unusableToken'];
/** Of many reasons, nobody reads more. */
const MOST_REASONS = 3;

/**
 * Signs another token like each expired one of a document, and puts them there in one step: all that could be signed, and
 * a summary says what could not. Cancelled, it changes nothing.
 */
export async function resignExpired(file: TokensInDocument, parts: ResignParts): Promise<Outcome<void>> {
  const { prompter } = parts;
  const expired = expiredIn(file.tokens, parts.now() / 1000);
  if (expired.size === 0) {
    prompter.tell(l10n.t('No token in this file has expired.'));
    return succeeded(undefined);
  }
  const accounts = await accountsOf(expired, parts);
  if (!accounts.ok) return accounts;
  warnOfClock(parts);
  const signed = await prompter.busy(l10n.t('Re-signing…'), (signal, say) =>
    signAll(expired, accounts.value, parts, signal, (done) => say(l10n.t('{0} of {1}', done, expired.size))),
  );
  if (signed === undefined) return failed({ code: 'cancelled' });
  const texts = file.tokens.map((token) => {
    const made = signed.tokens.get(token);
    return made?.ok ? made.value : undefined;
  });
  const placed = await file.replace(texts);
  const lost = texts.filter((text, at) => text !== undefined && placed[at] !== true);
  const done = texts.filter((text, at) => text !== undefined && placed[at] === true).length;
  const all = file.tokens.filter((token) => expired.has(token)).length;
  if (done === all) {
    prompter.mention(all === 1 ? l10n.t('Re-signed: 1 token') : l10n.t('Re-signed: {0} tokens', all));
    return succeeded(undefined);
  }
  if (lost.length > 0) await prompter.writeClipboard(lost.join('\n'));
  prompter.tell(
    [
      l10n.t('{0} of {1} expired tokens were re-signed.', done, all),
      ...(lost.length > 0
        ? [
            l10n.t(
              'The document is read-only or changed at the place of {0}: the new ones are on the clipboard.',
              lost.length,
            ),
          ]
        : []),
      ...signed.reasons.slice(0, MOST_REASONS),
    ].join(' '),
  );
  return succeeded(undefined);
}

/** By their text, so that one that stands there twice is signed once. */
function expiredIn(tokens: readonly string[], now: number): ReadonlyMap<string, Expired> {
  const expired = new Map<string, Expired>();
  for (const text of tokens) {
    const read = readToken(text);
    if (read.ok && timeVerdict(read.token, now).kind === 'expired')
      expired.set(text, { token: read.token, videoId: videoIdOf(read.token) });
  }
  return expired;
}

/** The account of each; where nothing tells it is asked once for all of them. */
async function accountsOf(
  expired: ReadonlyMap<string, Expired>,
  { owner }: ResignParts,
): Promise<Outcome<ReadonlyMap<string, AccountSummary>>> {
  const accounts = new Map<string, AccountSummary>();
  let picked: AccountSummary | undefined;
  for (const [text, { token, videoId }] of expired) {
    if (videoId === undefined) continue;
    const known = (await owner.knownAccountOf(token)) ?? picked;
    if (known !== undefined) {
      accounts.set(text, known);
      continue;
    }
    const reply = await owner.accountOf(token);
    if (!reply.ok) return reply;
    picked = reply.value;
    accounts.set(text, picked);
  }
  return succeeded(accounts);
}

interface Signed {
  readonly tokens: ReadonlyMap<string, Outcome<string>>;
  /** Why some could not be signed, each once. */
  readonly reasons: readonly string[];
}

/** Undefined when somebody cancelled it. */
async function signAll(
  expired: ReadonlyMap<string, Expired>,
  accounts: ReadonlyMap<string, AccountSummary>,
  parts: ResignParts,
  signal: AbortSignal,
  onDone: (count: number) => void,
): Promise<Signed | undefined> {
  const tokens = new Map<string, Outcome<string>>();
  const reasons = new Set<string>();
  const refused = new Map<string, Outcome<string>>();
  const queue = expired.entries();
  let done = 0;
  onDone(0);

  async function sign({ token, videoId }: Expired, account: AccountSummary | undefined): Promise<Outcome<string>> {
    if (videoId === undefined || account === undefined) {
      reasons.add(noVideoSentence());
      return failed({ code: 'cancelled' });
    }
    const wish = await wishLike(token, videoId, account, parts);
    if (wish === undefined) {
      reasons.add(rulesLostSentence());
      return failed({ code: 'cancelled' });
    }
    const made = refused.get(account.key) ?? (await makeToken(wish, parts, signal));
    if (!made.ok && made.failure.code !== 'cancelled') {
      reasons.add(failureSentence(made.failure, parts.times));
      if (!ONE_VIDEO.includes(made.failure.code)) refused.set(account.key, made);
    }
    return made;
  }

  const work = async () => {
    for (const [text, one] of queue) {
      if (signal.aborted) return;
      tokens.set(text, await sign(one, accounts.get(text)));
      onDone(++done);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return signal.aborted ? undefined : { tokens, reasons: [...reasons] };
}
