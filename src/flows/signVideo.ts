import * as l10n from '@vscode/l10n';
import { customerCodeAmong, type StreamApi } from '../stream/api/client';
import type { Credential } from '../stream/api/credential';
import type { Failure, Outcome } from '../stream/failure';
import { failed, succeeded } from '../stream/failure';
import { isId } from '../stream/id';
import { type TokenOptions, tokenRequest } from '../stream/token/options';
import type { AccountSummary, Accounts, Cache } from './accounts';
import { askLifetime } from './askLifetime';
import { askVideo } from './askVideo';
import { deliverResult, hostOf, withReachableForm } from './deliverResult';
import { documentationOf, failureText } from './failureSentence';
import { rememberedForm, rememberForm } from './formMemory';
import { firstResult, isTokenInPlace, type ResultChoice, rememberResult } from './inPlace';
import type { Log } from './log';
import type { Output } from './output';
import { answer, mapReply, type Prompter, type Reply } from './prompter';
import { requestPage } from './requestPage';
import { hubLines, type Line, lineToMend } from './signHub';
import type { ChosenVideo, Signing } from './signing';
import { askAccount, askDownloads, askResult } from './signSteps';
import type { TimeStyle } from './times';
import type { VideoLibrary } from './videoLibrary';

/** What the caller knows already; the rest has defaults or is asked. */
export interface SignRequest {
  readonly accountKey?: string;
  readonly videoId?: string;
  /** As far as the caller knows it; the id decides. */
  readonly videoName?: string;
}

export interface SignVideoParts {
  readonly prompter: Prompter;
  readonly accounts: Accounts;
  /** The wizard, for the person who has no account yet or wants another. */
  readonly addAccount: () => Promise<Outcome<{ readonly key: string }>>;
  /** The wizard for an account whose credential is missing or refused. */
  readonly replaceCredential: (key: string) => Promise<Outcome<void>>;
  readonly openApi: (credential: Credential) => StreamApi;
  readonly videos: Pick<VideoLibrary, 'listing'>;
  readonly output: Output;
  readonly log: Log;
  readonly showLog: () => void;
  readonly times: TimeStyle;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Development only: where an emulator stands in for Cloudflare's API, and for its delivery hosts. */
  readonly apiOrigin?: string;
  readonly deliveryOrigin?: string;
  /** Remembers the last result form for all windows, by the language of the document, and the last account for this workspace. */
  readonly preferences: Cache;
  readonly workspacePreferences: Cache;
}

const LAST_ACCOUNT = 'lastAccount';

/**
 * Signs a video: one list shows everything, Enter on its first line signs, any other line leads to one small question
 * and back. A refusal by Cloudflare stands in the list too, beside the line that can mend it, and nothing is lost.
 */
export async function signVideo(request: SignRequest, parts: SignVideoParts): Promise<Outcome<void>> {
  const account = await firstAccount(request, parts);
  if (!account.ok) return account;
  const result = await firstResult(rememberedForm(parts.preferences, parts.output.language), parts);
  if (result.kind !== 'answer') return failed({ code: 'cancelled' });
  let signing = startingPoint(request, account.value, result.value);
  let line: Line = 'sign';
  let attempt: Outcome<string> | undefined;
  const attempts: Attempts = {
    async sign(what, signal) {
      signing = what;
      attempt = await createToken(what, parts, signal);
    },
    fail(failure) {
      if (failure.code !== 'cancelled') attempt = failed(failure);
    },
  };
  for (;;) {
    const failure: Failure | undefined = attempt?.ok === false ? attempt.failure : undefined;
    const picked = await parts.prompter.pick<Line>({
      title: l10n.t('Sign a Stream Video'),
      placeholder: l10n.t('Press Enter to sign, or pick a line to change it'),
      choices: hubLines(withReachableForm(signing, parts.deliveryOrigin), failure, parts.times, parts.now() / 1000),
      active: (value) => value === line,
      async check(value, signal) {
        if (value === 'sign' && signing.video !== undefined) await attempts.sign(signing, signal);
        return undefined;
      },
    });
    if (picked.kind !== 'answer') return failed({ code: 'cancelled' });
    line = picked.value;
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
      const reply = await changeLine(line, signing, parts, attempts);
      if (reply.kind === 'cancel') return failed({ code: 'cancelled' });
      if (reply.kind === 'back') continue;
      if (line !== 'sign') {
        signing = reply.value;
        attempt = undefined;
        line = 'sign';
        continue;
      }
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

async function addedAccount(parts: SignVideoParts): Promise<Outcome<AccountSummary>> {
  const added = await parts.addAccount();
  return added.ok ? knownAccount(added.value.key, parts) : added;
}

async function knownAccount(accountKey: string, { accounts }: SignVideoParts): Promise<Outcome<AccountSummary>> {
  const account = (await accounts.list()).find(({ key }) => key === accountKey);
  return account === undefined ? failed({ code: 'accountGone' }) : succeeded(account);
}

function startingPoint(
  { videoId, videoName = '' }: SignRequest,
  account: AccountSummary,
  result: ResultChoice,
): Signing {
  return {
    account,
    video: videoId !== undefined && isId(videoId) ? { id: videoId, name: videoName } : undefined,
    options: {},
    ...result,
  };
}

function openRefusal(failure: Failure | undefined, { prompter, showLog }: SignVideoParts): void {
  const documentation = failure === undefined ? undefined : documentationOf(failure);
  if (documentation === undefined) showLog();
  else prompter.openExternal(documentation);
}

interface Attempts {
  readonly sign: (what: Signing, signal: AbortSignal) => Promise<void>;
  /** Shows a failure in the hub. Cancelling is none, and changes nothing. */
  readonly fail: (failure: Failure) => void;
}

/** Asks the small question behind a line; the answer is the changed signing. */
async function changeLine(
  line: Line,
  signing: Signing,
  parts: SignVideoParts,
  attempts: Attempts,
): Promise<Reply<Signing>> {
  const { prompter, times, accounts } = parts;
  const now = () => parts.now() / 1000;
  switch (line) {
    // Only the video was missing: whoever picks it now has already pressed Enter on "Sign".
    case 'sign':
    case 'video': {
      let { account } = signing;
      const chosen = (video: ChosenVideo): Signing => ({ ...signing, account, video });
      const reply = await askVideo(signing, {
        prompter,
        videos: parts.videos,
        onVideos(videos) {
          const customerCode = customerCodeAmong(videos);
          if (customerCode !== undefined) account = { ...account, customerCode };
        },
        explain: (failure) => explained(failure, parts),
        ...(line === 'sign' && { onPicked: (video, signal) => attempts.sign(chosen(video), signal) }),
      });
      return mapReply(reply, chosen);
    }
    case 'account': {
      const reply = await askAccount(signing, await accounts.list(), prompter);
      if (reply.kind !== 'answer') return reply;
      if (reply.value !== 'add') return answer(withAccount(signing, reply.value));
      const added = await addedAccount(parts);
      if (added.ok) return answer(withAccount(signing, added.value));
      attempts.fail(added.failure);
      return { kind: 'back' };
    }
    case 'credential': {
      const { key } = signing.account;
      const replaced = await parts.replaceCredential(key);
      const account = replaced.ok ? await knownAccount(key, parts) : replaced;
      if (account.ok) return answer({ ...signing, account: account.value });
      attempts.fail(account.failure);
      return { kind: 'back' };
    }
    case 'expires':
      return mapReply(await askLifetime(signing, prompter, now, times), (seconds) =>
        withOptions(signing, { expiry: seconds === undefined ? undefined : { kind: 'fromNow', seconds } }),
      );
    case 'downloads':
      return mapReply(await askDownloads(signing, prompter), (downloadable) => withOptions(signing, { downloadable }));
    case 'result':
      return mapReply(
        await askResult(signing, prompter, parts.output, hostOf(signing, parts.deliveryOrigin)),
        (result) => ({ ...signing, ...result }),
      );
    case 'refusal':
    case 'request':
      return { kind: 'back' };
  }
}

/** Every signing key and video belongs to one account, so another account means another video. */
function withAccount(signing: Signing, account: AccountSummary): Signing {
  return { ...signing, account, video: account.accountId === signing.account.accountId ? signing.video : undefined };
}

/** Undefined takes a field back out: untouched means absent. */
function withOptions(
  signing: Signing,
  change: { readonly [Field in keyof TokenOptions]: TokenOptions[Field] | undefined },
): Signing {
  const merged = { ...signing.options, ...change };
  const options = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
  return { ...signing, options };
}

interface OpenAccount {
  readonly api: StreamApi;
  readonly accountId: string;
}

async function openAccount({ account }: Signing, { accounts, openApi }: SignVideoParts): Promise<Outcome<OpenAccount>> {
  const opened = await accounts.open(account.key);
  if (!opened.ok) return opened;
  const { accountId, credential } = opened.value;
  return succeeded({ accountId, api: openApi(credential) });
}

async function createToken(signing: Signing, parts: SignVideoParts, signal: AbortSignal): Promise<Outcome<string>> {
  const { account, video, options } = signing;
  if (video === undefined) return failed({ code: 'cancelled' });
  const opened = await openAccount(signing, parts);
  if (!opened.ok) return opened;
  const { api, accountId } = opened.value;
  const request = tokenRequest(options, parts.now() / 1000);
  const outcome = await api.createToken(accountId, video.id, request, signal);
  if (!outcome.ok) explained(outcome.failure, parts);
  await rememberSigning(account, outcome, parts);
  return outcome;
}

/** A 403 says that the credential can't sign, whatever else it can; a token says that it can. Nothing else tells. */
async function rememberSigning(
  { key }: AccountSummary,
  outcome: Outcome<string>,
  { accounts, log }: SignVideoParts,
): Promise<void> {
  if (!outcome.ok && outcome.failure.code !== 'forbidden') return;
  try {
    await accounts.rememberSigning(key, outcome.ok);
  } catch {
    log.warn('Whether the credential can sign could not be remembered.');
  }
}

/** A failure in our words and Cloudflare's, also for the log. */
function explained(failure: Failure, { log, times }: SignVideoParts): string {
  if (failure.code === 'cancelled') return '';
  const text = failureText(failure, times);
  log.warn(text);
  return text;
}

async function deliver(signing: Signing, token: string, parts: SignVideoParts): Promise<Outcome<void>> {
  await deliverResult(signing, token, parts);
  // The result is there; failing to remember a preference must not read as if it were not.
  try {
    await rememberResult(signing, parts);
    if (!isTokenInPlace(signing)) await rememberForm(parts.preferences, parts.output.language, signing.form);
    await parts.workspacePreferences.write(LAST_ACCOUNT, signing.account.key);
  } catch {
    parts.log.warn('The last choice could not be remembered.');
  }
  return succeeded(undefined);
}
