import * as l10n from '@vscode/l10n';
import { customerCodeAmong } from '../../stream/api/video';
import type { Failure, Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import type { AccessRule } from '../../stream/token/rules';
import type { AccountSummary } from '../accounts/accounts';
import { failureText } from '../failureSentence';
import { nameOf } from '../library/videoAction';
import { answer, mapReply, type Reply } from '../prompter';
import { askExpiry } from './askExpiry';
import { askNotBefore } from './askNotBefore';
import { askOriginal } from './askOriginal';
import { askRules } from './askRules';
import { askVideo } from './askVideo';
import { hostOf } from './deliverResult';
import { savePreset } from './savePreset';
import type { Line } from './signHub';
import { type ChosenVideo, type Signing, withOptions, withSignWith } from './signing';
import { askAccount, askDownloads, askPlace, askResult } from './signSteps';
import type { SignVideoParts } from './signVideo';
import { askSignWith, sendsKey, usualSignWith } from './signWith';

/** What a question does besides changing the signing. */
export interface Attempts {
  readonly sign: (what: Signing, signal: AbortSignal) => Promise<void>;
  /** Shows a failure in the hub. Cancelling is none, and changes nothing. */
  readonly fail: (failure: Failure) => void;
  /** Keeps what was changed so far, however the question is left. */
  readonly keep: (signing: Signing) => void;
}

/** In the browser nothing can be listed; an id or URL can be pasted all the same. */
const NO_VIDEOS: SignVideoParts['videos'] = {
  async *listing() {
    yield { videos: [], complete: false, failure: { code: 'apiUnavailable' } };
  },
};

/** Asks the small question behind a line; the answer is the changed signing. */
export async function changeSigning(
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
    case 'compare':
    case 'video': {
      let { account } = signing;
      const chosen = (video: ChosenVideo): Signing => ({ ...signing, account, video });
      const reply = await askVideo(signing, {
        prompter,
        videos: parts.canCallApi ? parts.videos : NO_VIDEOS,
        onVideos(videos) {
          const customerCode = customerCodeAmong(videos);
          if (customerCode !== undefined) account = { ...account, customerCode };
        },
        explain: (failure) => explained(failure, parts),
        ...(line === 'sign' &&
          !sendsKey(signing.signWith) && { onPicked: (video, signal) => attempts.sign(chosen(video), signal) }),
      });
      return mapReply(reply, chosen);
    }
    case 'requireSigned': {
      const changed = await requireSignedUrls(signing, parts);
      if (!changed.ok) attempts.fail(changed.failure);
      return { kind: 'back' };
    }
    case 'askVideo':
      return askAboutVideo(signing, parts, attempts);
    case 'account': {
      const reply = await askAccount(signing, await accounts.list(), prompter);
      if (reply.kind !== 'answer') return reply;
      if (reply.value !== 'add') return answer(await withAccount(signing, reply.value, parts));
      const added = await addedAccount(parts);
      if (added.ok) return answer(await withAccount(signing, added.value, parts));
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
    case 'signWith':
      return chooseSignWith(signing, parts, attempts);
    case 'expires':
      return mapReply(await askExpiry(signing, { prompter, times, now }), (expiry) => withOptions(signing, { expiry }));
    case 'notBefore':
      return mapReply(await askNotBefore(signing, { prompter, times, now }), (notBefore) =>
        withOptions(signing, { notBefore }),
      );
    case 'rules': {
      const withRules = (rules: readonly AccessRule[]) =>
        withOptions(signing, { accessRules: rules.length === 0 ? undefined : rules });
      const reply = await askRules(signing.options.accessRules ?? [], {
        prompter,
        locale: times.locale,
        onChange: (rules) => attempts.keep(withRules(rules)),
      });
      return mapReply(reply, withRules);
    }
    case 'original':
      return mapReply(await askOriginal(signing, prompter), (original) => withOptions(signing, { original }));
    case 'downloads':
      return mapReply(
        await askDownloads(signing, prompter, (signal) => askForDownloads(signing, parts, signal)),
        (downloadable) => withOptions(signing, { downloadable }),
      );
    case 'result':
      return mapReply(
        await askResult(signing, prompter, parts.output, hostOf(signing, parts.deliveryOrigin)),
        (result) => ({ ...signing, ...result }),
      );
    case 'place':
      return mapReply(await askPlace(signing, prompter, parts.output), (result) => ({ ...signing, ...result }));
    case 'savePreset': {
      const reply = await savePreset(signing.options, { ...parts, now });
      return { kind: reply.kind === 'cancel' ? 'cancel' : 'back' };
    }
    // The hub itself knows what to do with the others.
    default:
      return { kind: 'back' };
  }
}

async function askAboutVideo(signing: Signing, parts: SignVideoParts, attempts: Attempts): Promise<Reply<Signing>> {
  const { account, video } = signing;
  if (video === undefined) return { kind: 'back' };
  const asked = await parts.prompter.busy(l10n.t('Asking Cloudflare…'), (signal) =>
    parts.knowledge.ask(video.id, account.key, signal),
  );
  if (!asked.ok) {
    attempts.fail(asked.failure);
    return { kind: 'back' };
  }
  const known = await parts.knowledge.find(video.id, undefined, [account]);
  return answer({ ...signing, video: { id: video.id, name: known?.name || video.name } });
}

/** Only after a modal: links with the plain id die with it. */
async function requireSignedUrls({ account, video }: Signing, parts: SignVideoParts): Promise<Outcome<unknown>> {
  if (video === undefined) return failed({ code: 'cancelled' });
  const confirmed = await parts.prompter.confirm({
    question: l10n.t('Require signed URLs for {0}?', nameOf({ videoId: video.id, videoName: video.name })),
    detail: l10n.t(
      'Links with the plain id stop working at once, wherever they are in use: player, manifests, thumbnails. Only signed URLs play then.',
    ),
    action: l10n.t('Require Signed URLs'),
  });
  if (!confirmed) return failed({ code: 'cancelled' });
  return parts.requireSigned({ accountKey: account.key, videoId: video.id, videoName: video.name });
}

/**
 * Whoever allows downloads wants to know whether there is something to download. Not being told is no reason not to sign,
 * and whoever signs on this machine may have no network.
 */
async function askForDownloads(
  { account, video, signWith }: Signing,
  parts: SignVideoParts,
  signal: AbortSignal,
): Promise<void> {
  if (video === undefined || !parts.canCallApi || account.credential !== 'stored' || signWith.kind === 'local') return;
  const known = await parts.knowledge.find(video.id, undefined, [account]);
  if (known?.facts.downloads?.mp4 === 'ready') return;
  const asked = await parts.knowledge.ask(video.id, account.key, signal);
  if (!asked.ok) explained(asked.failure, parts);
}

/** Every signing key and video belongs to one account, so another account means another video. */
async function withAccount(signing: Signing, account: AccountSummary, parts: SignVideoParts): Promise<Signing> {
  if (account.key === signing.account.key) return { ...signing, account };
  const video = account.accountId === signing.account.accountId ? signing.video : undefined;
  const signWith = await usualSignWith(account, parts.keys, parts.preferences);
  return withSignWith({ ...signing, account, video }, signWith);
}

async function chooseSignWith(signing: Signing, parts: SignVideoParts, attempts: Attempts): Promise<Reply<Signing>> {
  const { account, signWith } = signing;
  const reply = await askSignWith(signWith, account, parts);
  if (reply.kind !== 'answer') return reply;
  if (typeof reply.value === 'object') return answer(withSignWith(signing, reply.value));
  const before = (await parts.keys.list()).map(({ kid }) => kid);
  const added = await parts.keyActions[reply.value](account.key);
  if (!added.ok) {
    attempts.fail(added.failure);
    return { kind: 'back' };
  }
  const key = (await parts.keys.list()).find(
    ({ accountKey, kid }) => accountKey === account.key && !before.includes(kid),
  );
  return key === undefined ? { kind: 'back' } : answer(withSignWith(signing, { kind: 'local', kid: key.kid }));
}

export async function addedAccount(parts: SignVideoParts): Promise<Outcome<AccountSummary>> {
  const added = await parts.addAccount();
  return added.ok ? knownAccount(added.value.key, parts) : added;
}

async function knownAccount(accountKey: string, { accounts }: SignVideoParts): Promise<Outcome<AccountSummary>> {
  const account = (await accounts.list()).find(({ key }) => key === accountKey);
  return account === undefined ? failed({ code: 'accountGone' }) : succeeded(account);
}

/** A failure in our words and Cloudflare's, also for the log. */
export function explained(failure: Failure, { log, times }: SignVideoParts): string {
  if (failure.code === 'cancelled') return '';
  const text = failureText(failure, times);
  log.warn(text);
  return text;
}
