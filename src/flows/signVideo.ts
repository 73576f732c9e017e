import * as l10n from '@vscode/l10n';
import type { Failure, Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { isId } from '../stream/id';
import type { AccountSummary, Cache } from './accounts';
import { type Attempts, addedAccount, changeSigning, explained } from './changeSigning';
import { compareSigning, comparisonText } from './compareSigning';
import type { Comparison } from './compareTokens';
import { deliverResult, withReachableForm } from './deliverResult';
import { documentationOf } from './failureSentence';
import { rememberedForm, rememberForm } from './formMemory';
import { timesSentence } from './hubWarnings';
import { firstResult, isTokenInPlace, type ResultChoice, rememberResult } from './inPlace';
import type { KeyActions } from './keyActions';
import type { SigningKeys } from './keys';
import { type MakeTokenParts, makeToken } from './makeToken';
import type { Output } from './output';
import { answer, type Prompter } from './prompter';
import { requestPage } from './requestPage';
import { hubLines, type Line, lineToMend, type Purpose } from './signHub';
import type { Signing } from './signing';
import { rememberSignWith, sendsKey, usableKeys, usualSignWith } from './signWith';
import type { TimeStyle } from './times';
import type { VideoLibrary } from './videoLibrary';

/** What the caller knows already; the rest has defaults or is asked. */
export interface SignRequest {
  readonly accountKey?: string;
  readonly videoId?: string;
  /** As far as the caller knows it; the id decides. */
  readonly videoName?: string;
  /** What the hub is for; signing unless said. */
  readonly purpose?: Purpose;
}

export interface SignVideoParts extends MakeTokenParts {
  readonly prompter: Prompter;
  readonly keys: Pick<SigningKeys, 'open' | 'list'>;
  readonly keyActions: Pick<KeyActions, 'import' | 'create'>;
  /** The wizard, for the person who has no account yet or wants another. */
  readonly addAccount: () => Promise<Outcome<{ readonly key: string }>>;
  /** The wizard for an account whose credential is missing or refused. */
  readonly replaceCredential: (key: string) => Promise<Outcome<void>>;
  readonly videos: Pick<VideoLibrary, 'listing'>;
  readonly output: Output;
  readonly showLog: () => void;
  readonly times: TimeStyle;
  /** Development only: where an emulator stands in for Cloudflare's API, and for its delivery hosts. */
  readonly apiOrigin?: string;
  readonly deliveryOrigin?: string;
  /** Remembers the last result form for all windows, by the language of the document, and how each account signs. */
  readonly preferences: Cache;
  /** Remembers the last account. */
  readonly workspacePreferences: Cache;
}

const LAST_ACCOUNT = 'lastAccount';
/** For a comparison, which hands out no token. */
const NO_RESULT: ResultChoice = { form: 'token', destination: 'show' };

/**
 * Signs a video: one list shows everything, Enter on its first line signs, any other line leads to one small question
 * and back. A refusal by Cloudflare stands in the list too, beside the line that can mend it, and nothing is lost.
 */
export async function signVideo(request: SignRequest, parts: SignVideoParts): Promise<Outcome<void>> {
  const account = await firstAccount(request, parts);
  if (!account.ok) return account;
  const { purpose = 'sign' } = request;
  const result =
    purpose === 'sign'
      ? await firstResult(rememberedForm(parts.preferences, parts.output.language), parts)
      : answer(NO_RESULT);
  if (result.kind !== 'answer') return failed({ code: 'cancelled' });
  let signing = await startingPoint(request, account.value, result.value, parts);
  if (purpose === 'compare' && (await usableKeys(signing.account, parts.keys)).length === 0) {
    parts.prompter.tell(
      l10n.t('To compare, this account needs a signing key on this computer. Create or import one in the sidebar.'),
    );
    return failed({ code: 'cancelled' });
  }
  let line: Line = purpose;
  let attempt: Outcome<string> | undefined;
  let compared: Comparison | undefined;
  const attempts: Attempts = {
    async sign(what, signal) {
      signing = what;
      attempt = await sign(what, parts, signal);
    },
    fail(failure) {
      if (failure.code !== 'cancelled') attempt = failed(failure);
    },
    keep(what) {
      signing = what;
    },
  };
  for (;;) {
    const failure: Failure | undefined = attempt?.ok === false ? attempt.failure : undefined;
    const picked = await parts.prompter.pick<Line>({
      title: purpose === 'sign' ? l10n.t('Sign a Stream Video') : l10n.t('Compare Local and API Token'),
      placeholder:
        purpose === 'sign'
          ? l10n.t('Press Enter to sign, or pick a line to change it')
          : l10n.t('Press Enter to compare, or pick a line to change it'),
      choices: hubLines(
        withReachableForm(signing, parts.deliveryOrigin),
        failure,
        parts.times,
        parts.now() / 1000,
        purpose,
      ),
      active: (value) => value === line,
      async check(value, signal) {
        if (value !== 'sign' && value !== 'compare') return undefined;
        const wrong = timesSentence(signing, parts.now() / 1000);
        if (wrong !== undefined) return { severity: 'error', message: wrong };
        if (value === 'compare') compared = await compare(signing, parts, attempts, signal);
        else if (signing.video !== undefined && !sendsKey(signing.signWith)) await attempts.sign(signing, signal);
        return undefined;
      },
    });
    if (picked.kind !== 'answer') return failed({ code: 'cancelled' });
    line = picked.value;
    if (line === 'compare' && signing.video !== undefined) {
      if (compared === undefined) continue;
      await parts.output.compare(compared);
      parts.prompter.mention(comparisonText(compared));
      return succeeded(undefined);
    }
    if (line === 'refusal') {
      openRefusal(failure, parts);
      continue;
    }
    if (line === 'request') {
      const page = requestPage(signing, parts.now() / 1000, parts.apiOrigin);
      if (page !== undefined) await parts.output.show(l10n.t('Request'), page);
      continue;
    }
    if (line !== 'sign' || signing.video === undefined) {
      const reply = await changeSigning(line, signing, parts, attempts);
      if (reply.kind === 'cancel') return failed({ code: 'cancelled' });
      if (reply.kind === 'back') continue;
      signing = reply.value;
      if (line !== 'sign') {
        attempt = undefined;
        line = purpose;
        continue;
      }
    }
    if (line === 'sign' && signing.signWith.kind === 'apiWithKey') {
      attempt = await signWithSentKey(signing, signing.signWith.kid, parts);
      if (!attempt.ok && attempt.failure.code === 'cancelled') attempt = undefined;
    }
    if (attempt?.ok) return deliver(signing, attempt.value, parts);
    if (attempt !== undefined) line = lineToMend(attempt.failure);
  }
}

/** The account the hub starts with: the one asked for, this workspace's default, the last one used here, or one that has its credential. */
async function firstAccount(request: SignRequest, parts: SignVideoParts): Promise<Outcome<AccountSummary>> {
  const known = await parts.accounts.list();
  const { accountKey } = request;
  if (accountKey !== undefined && !known.some(({ key }) => key === accountKey)) return failed({ code: 'accountGone' });
  const chosen = known.find(({ isDefault }) => isDefault)?.key;
  const wanted = accountKey ?? chosen ?? parts.workspacePreferences.read(LAST_ACCOUNT);
  const found =
    known.find(({ key }) => key === wanted) ?? known.find(({ credential }) => credential === 'stored') ?? known[0];
  return found === undefined ? addedAccount(parts) : succeeded(found);
}

async function startingPoint(
  { videoId, videoName = '' }: SignRequest,
  account: AccountSummary,
  result: ResultChoice,
  parts: SignVideoParts,
): Promise<Signing> {
  return {
    account,
    video: videoId !== undefined && isId(videoId) ? { id: videoId, name: videoName } : undefined,
    options: {},
    signWith: await usualSignWith(account, parts.keys, parts.preferences),
    ...result,
  };
}

function openRefusal(failure: Failure | undefined, { prompter, showLog }: SignVideoParts): void {
  const documentation = failure === undefined ? undefined : documentationOf(failure);
  if (documentation === undefined) showLog();
  else prompter.openExternal(documentation);
}

/** Signs what the hub shows. */
async function sign(signing: Signing, parts: SignVideoParts, signal: AbortSignal): Promise<Outcome<string>> {
  const { account, video, options, signWith } = signing;
  if (video === undefined) return failed({ code: 'cancelled' });
  const made = await makeToken({ accountKey: account.key, videoId: video.id, options, signWith }, parts, signal);
  if (!made.ok) explained(made.failure, parts);
  return made;
}

/** Undefined when it failed, which the hub then shows, or when there is no video yet. */
async function compare(
  signing: Signing,
  parts: SignVideoParts,
  attempts: Attempts,
  signal: AbortSignal,
): Promise<Comparison | undefined> {
  if (signing.video === undefined) return undefined;
  const made = await compareSigning(signing, parts, signal);
  if (made.ok) return made.value;
  explained(made.failure, parts);
  attempts.fail(made.failure);
  return undefined;
}

/** Sends a private key, which has no other place to go from here: only after a modal, each time anew. */
async function signWithSentKey(signing: Signing, kid: string, parts: SignVideoParts): Promise<Outcome<string>> {
  const { prompter } = parts;
  const confirmed = await prompter.confirm({
    question: l10n.t('Send the private key {0} to Cloudflare?', kid),
    detail: l10n.t(
      'To sign with this key, Cloudflare’s API wants its private half in the request. It travels over TLS to api.cloudflare.com and nowhere else. Signing on this machine gives the same token without sending it.',
    ),
    action: l10n.t('Send and Sign'),
  });
  if (!confirmed) return failed({ code: 'cancelled' });
  return prompter.busy(l10n.t('Signing…'), (signal) => sign(signing, parts, signal));
}

async function deliver(signing: Signing, token: string, parts: SignVideoParts): Promise<Outcome<void>> {
  await deliverResult(signing, token, parts);
  // The result is there; failing to remember a preference must not read as if it were not.
  try {
    await rememberResult(signing, parts);
    if (!isTokenInPlace(signing)) await rememberForm(parts.preferences, parts.output.language, signing.form);
    await rememberSignWith(signing.account.key, signing.signWith, parts.preferences);
    await parts.workspacePreferences.write(LAST_ACCOUNT, signing.account.key);
  } catch {
    parts.log.warn('The last choice could not be remembered.');
  }
  return succeeded(undefined);
}
