import * as l10n from '@vscode/l10n';
import type { Failure, Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { TokenOptions } from '../../stream/token/options';
import type { Cache } from '../accounts/accounts';
import type { Draft } from '../draft';
import { documentationOf } from '../failureSentence';
import type { Comparison } from '../inspector/compareTokens';
import type { KeyActions } from '../keys/keyActions';
import type { SigningKeys } from '../keys/keys';
import type { LibrarySubject } from '../library/libraryNodes';
import type { VideoKnowledge, VideoKnowledgeBase } from '../library/videoKnowledge';
import type { VideoLibrary } from '../library/videoLibrary';
import { answer, type Entry, mapReply, type Prompter, type Reply } from '../prompter';
import type { TimeStyle } from '../times';
import { type Attempts, changeSigning } from './changeSigning';
import { comparisonText } from './compareSigning';
import { deliverResult, withReachableForm } from './deliverResult';
import { rememberForm } from './formMemory';
import { clockWarning, timesSentence } from './hubWarnings';
import { isTokenInPlace, rememberResult } from './inPlace';
import type { MakeTokenParts } from './makeToken';
import { hubOffers, type Offer, offerEntries, withPreset } from './offers';
import type { Output } from './output';
import { askPreset, listPresets, type SignSettings } from './presets';
import { type Recalled, rememberLastSigning, toRecalled } from './recalled';
import type { RecentSignings } from './recentSignings';
import { requestPage } from './requestPage';
import { hubLines, type Line, lineToMend, type Purpose } from './signHub';
import type { Signing } from './signing';
import { compareNow, signNow, signWithSentKey } from './signNow';
import { rememberSignWith, type SignWith, sendsKey } from './signWith';
import { LAST_ACCOUNT, startSigning } from './startSigning';

/** What the caller knows already; the rest has defaults or is asked. */
export interface SignRequest {
  readonly accountKey?: string;
  readonly videoId?: string;
  /** As far as the caller knows it; the id decides. */
  readonly videoName?: string;
  /** What the hub is for; signing unless said. */
  readonly purpose?: Purpose;
  /** The options to begin with, in place of the person's defaults. */
  readonly options?: TokenOptions;
  /** Who signs at first, in place of who usually does in that account. */
  readonly signWith?: SignWith;
  /** With the options of the last signing or with a preset that is asked for; at once, where nothing is missing. */
  readonly how?: 'again' | 'preset';
  /** A signing to take up, in place of the last one. */
  readonly recalled?: Recalled;
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
  /** Whose setting decides about a live input or a recording; undefined for other videos. */
  readonly liveNote?: (accountKey: string, videoId: string) => string | undefined;
  readonly knowledge: Pick<VideoKnowledgeBase, 'find' | 'ask'>;
  /** Makes a video play with a token only. */
  readonly requireSigned: (video: LibrarySubject) => Promise<Outcome<unknown>>;
  readonly output: Output;
  readonly showLog: () => void;
  readonly times: TimeStyle;
  /** Seconds by which this machine's clock is ahead of Cloudflare's; 0 when it is right, as far as anyone knows. */
  readonly clockAhead?: () => number;
  /** Development only: where an emulator stands in for Cloudflare's API, and for its delivery hosts. */
  readonly apiOrigin?: string;
  readonly deliveryOrigin?: string;
  /** Remembers the last result form for all windows, by the language of the document, and how each account signs. */
  readonly preferences: Cache;
  /** Remembers the last account. */
  readonly workspacePreferences: Cache;
  readonly settings: SignSettings;
  readonly draft: Draft<Recalled>;
  readonly recent?: Pick<RecentSignings, 'remember'>;
}

/**
 * Signs a video: one list shows everything, Enter on its first line signs, any other line leads to one small question
 * and back. A refusal by Cloudflare stands in the list too, beside the line that can mend it, and nothing is lost.
 */
export async function signVideo(request: SignRequest, parts: SignVideoParts): Promise<Outcome<void>> {
  const start = await startSigning(request, parts);
  if (!start.ok) return start;
  const { purpose = 'sign' } = request;
  const hub: Hub = { purpose, signing: start.value.signing, line: purpose };
  const attempts: Attempts = {
    async sign(what, signal) {
      hub.signing = what;
      hub.attempt = await signNow(what, parts, signal);
    },
    fail(failure) {
      if (failure.code !== 'cancelled') hub.attempt = failed(failure);
    },
    keep(what) {
      hub.signing = what;
    },
  };
  const leave = () => {
    const [left, begun] = [hub.signing, start.value.signing].map((what) => JSON.stringify(toRecalled(what)));
    if (left !== begun && purpose === 'sign') parts.draft.keep(toRecalled(hub.signing));
    return failed({ code: 'cancelled' });
  };
  if (start.value.atOnce && !(await mustBeSeen(hub.signing, parts))) {
    const signed = await signAtOnce(hub, parts, attempts);
    if (signed?.ok) return deliver(hub.signing, signed.value, parts);
    if (signed !== undefined) return leave();
  }
  for (;;) {
    const offers = await hubOffers(start.value.signing, request.accountKey !== undefined, parts);
    const { video, account } = hub.signing;
    hub.known = video && (await parts.knowledge.find(video.id, undefined, [account]));
    const picked = await pickLine(hub, offers, [...offerEntries(offers), ...start.value.notes], parts, attempts);
    if (picked.kind !== 'answer') return leave();
    hub.line = picked.value;
    const failure = failureOf(hub);
    if (hub.line === 'compare' && hub.signing.video !== undefined) {
      if (hub.compared === undefined) continue;
      await parts.output.compare(hub.compared);
      parts.prompter.mention(comparisonText(hub.compared));
      return succeeded(undefined);
    }
    if (hub.line === 'refusal') {
      openRefusal(failure, parts);
      continue;
    }
    if (hub.line === 'request') {
      const page = requestPage(hub.signing, parts.now() / 1000, parts.apiOrigin);
      if (page !== undefined) await parts.output.show(l10n.t('Request'), page);
      continue;
    }
    if (hub.line !== 'sign' || hub.signing.video === undefined) {
      const offer = offers.find(({ line }) => line === hub.line);
      const reply =
        offer === undefined
          ? await changeSigning(hub.line, hub.signing, parts, attempts)
          : await takeOffer(offer, hub.signing, parts);
      if (reply.kind === 'cancel') return leave();
      if (reply.kind === 'back') continue;
      hub.signing = reply.value;
      if (hub.line !== 'sign') {
        hub.attempt = undefined;
        hub.line = purpose;
        continue;
      }
    }
    if (hub.line === 'sign' && hub.signing.signWith.kind === 'apiWithKey') {
      const attempt = await signWithSentKey(hub.signing, hub.signing.signWith.kid, parts);
      hub.attempt = !attempt.ok && attempt.failure.code === 'cancelled' ? undefined : attempt;
    }
    if (hub.attempt?.ok) return deliver(hub.signing, hub.attempt.value, parts);
    if (hub.attempt !== undefined) hub.line = lineToMend(hub.attempt.failure);
  }
}

/** What the hub shows, and where its highlight is. */
interface Hub {
  readonly purpose: Purpose;
  signing: Signing;
  line: Line;
  /** The last signing, when nothing was changed since. */
  attempt?: Outcome<string> | undefined;
  compared?: Comparison | undefined;
  /** What is known of the video. */
  known?: VideoKnowledge | undefined;
}

function failureOf({ attempt }: Hub): Failure | undefined {
  return attempt?.ok === false ? attempt.failure : undefined;
}

function pickLine(
  hub: Hub,
  offers: readonly Offer[],
  offered: readonly Entry<Line>[],
  parts: SignVideoParts,
  attempts: Attempts,
): Promise<Reply<Line>> {
  const { prompter, times, deliveryOrigin, canCallApi } = parts;
  const shown = withReachableForm(hub.signing, deliveryOrigin);
  const { account, video } = hub.signing;
  return prompter.pick<Line>({
    title: hub.purpose === 'sign' ? l10n.t('Sign a Stream Video') : l10n.t('Compare Local and API Token'),
    placeholder:
      hub.purpose === 'sign'
        ? l10n.t('Press Enter to sign, or pick a line to change it')
        : l10n.t('Press Enter to compare, or pick a line to change it'),
    choices: hubLines(shown, {
      failure: failureOf(hub),
      times,
      now: parts.now() / 1000,
      purpose: hub.purpose,
      offers: offered,
      clockAhead: parts.clockAhead?.(),
      known: hub.known,
      liveNote: video && parts.liveNote?.(account.key, video.id),
      idPlace: parts.output.idPlace,
      canEdit: canCallApi,
    }),
    active: (value) => value === hub.line,
    async check(value, signal) {
      if (value !== 'sign' && value !== 'compare') return offers.find(({ line }) => line === value)?.verdict;
      const { signing } = hub;
      const wrong = timesSentence(signing, parts.now() / 1000);
      if (wrong !== undefined) return { severity: 'error', message: wrong };
      if (value === 'compare') hub.compared = await compareNow(signing, parts, attempts, signal);
      else if (signing.video !== undefined && !sendsKey(signing.signWith)) await attempts.sign(signing, signal);
      return undefined;
    },
  });
}

/** Whether nobody should sign it unseen: it could never be used, the clock it is reckoned by is wrong, or the video needs no token. */
async function mustBeSeen(signing: Signing, parts: SignVideoParts): Promise<boolean> {
  const { video, account } = signing;
  if (timesSentence(signing, parts.now() / 1000) !== undefined) return true;
  if (clockWarning(signing, parts.clockAhead?.() ?? 0) !== undefined) return true;
  const known = video && (await parts.knowledge.find(video.id, undefined, [account]));
  return known?.facts.needsToken === false;
}

/** Signs without the hub: the token, or `cancelled`. Any other failure is left for the hub, which shows it; then undefined. */
async function signAtOnce(hub: Hub, parts: SignVideoParts, attempts: Attempts): Promise<Outcome<string> | undefined> {
  if (hub.signing.video === undefined) {
    const reply = await changeSigning('sign', hub.signing, parts, attempts);
    if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
    hub.signing = reply.value;
  } else {
    await parts.prompter.busy(l10n.t('Signing…'), (signal) => attempts.sign(hub.signing, signal));
  }
  const failure = failureOf(hub);
  if (failure === undefined || failure.code === 'cancelled') return hub.attempt;
  hub.line = lineToMend(failure);
  return undefined;
}

async function takeOffer(offer: Offer, signing: Signing, parts: SignVideoParts): Promise<Reply<Signing>> {
  if (offer.line !== 'allPresets') return answer(offer.apply(signing));
  const { prompter, settings, times } = parts;
  const reply = await askPreset(listPresets(settings), prompter, () => parts.now() / 1000, times);
  return mapReply(reply, ({ options }) => withPreset(signing, options));
}

function openRefusal(failure: Failure | undefined, { prompter, showLog }: SignVideoParts): void {
  const documentation = failure === undefined ? undefined : documentationOf(failure);
  if (documentation === undefined) showLog();
  else prompter.openExternal(documentation);
}

async function deliver(signing: Signing, token: string, parts: SignVideoParts): Promise<Outcome<void>> {
  await deliverResult(signing, token, parts);
  parts.draft.keep(undefined);
  // The result is there; failing to remember a preference must not read as if it were not.
  try {
    await rememberResult(signing, parts);
    if (!isTokenInPlace(signing)) await rememberForm(parts.preferences, parts.output.language, signing.form);
    await rememberSignWith(signing.account.key, signing.signWith, parts.preferences);
    await parts.workspacePreferences.write(LAST_ACCOUNT, signing.account.key);
    await rememberLastSigning(signing, parts.workspacePreferences);
    await parts.recent?.remember(signing, token);
  } catch {
    parts.log.warn('The last choice could not be remembered.');
  }
  return succeeded(undefined);
}
