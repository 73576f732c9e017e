import * as l10n from '@vscode/l10n';
import type { DeliveryHost } from '../../stream/delivery/deliveryUrl';
import { parseDeliveryUrl, replaceSubject } from '../../stream/delivery/parseDeliveryUrl';
import type { Probe } from '../../stream/delivery/probe';
import type { Outcome } from '../../stream/failure';
import { failed, succeeded } from '../../stream/failure';
import { keyIdOf, type ReadToken, videoIdOf } from '../../stream/token/claims';
import { judgeToken } from '../../stream/token/verdict';
import type { AccountSummary, Accounts } from '../accounts/accounts';
import { optionsLike } from '../documents/optionsLike';
import type { TokenOwner } from '../documents/tokenOwner';
import { mayAskCloudflare } from '../keys/keyAccount';
import type { SigningKeys } from '../keys/keys';
import { seenToPlay, type VideoKnowledge, type VideoKnowledgeBase } from '../library/videoKnowledge';
import { comparisonText } from '../signing/compareSigning';
import { type SignLikeParts, signLike, signWithLike } from '../signing/signLike';
import type { SignRequest } from '../signing/signVideo';
import type { TimeStyle } from '../times';
import { askToken, firstGiven } from './askToken';
import { checkPlayback, type PlaybackCheck } from './checkPlayback';
import { type ClaimsReport, claimsReport, type ReportParts } from './claimsReport';
import type { Comparison } from './compareTokens';
import { compareGiven, type Given, readGiven } from './givenToken';
import {
  knownSignature,
  provenSignature,
  type SignatureReport,
  signatureAtAGlance,
  signatureReport,
} from './signatureReport';
import { testViewer } from './testViewer';

export interface InspectorParts extends SignLikeParts {
  readonly accounts: Accounts;
  readonly keys: Pick<SigningKeys, 'open' | 'list' | 'publicKeys'>;
  readonly knowledge: Pick<VideoKnowledgeBase, 'ask'>;
  readonly owner: TokenOwner;
  readonly times: TimeStyle;
  readonly probe: Probe;
  /** Development only: where an emulator stands in for Cloudflare's delivery hosts. */
  readonly deliveryOrigin?: string;
}

/** What came of looking at a text: one token explained, or two compared. */
export type Inspected =
  | { readonly kind: 'report'; readonly report: ClaimsReport }
  | { readonly kind: 'comparison'; readonly comparison: Comparison };

/** What the claims page can do with a token. Nothing of it is sent anywhere unless the name of a function says so. */
export interface Inspector {
  /**
   * Explains the token in a text, or one that is asked for; two are compared. Secret storage and files may take their time,
   * so what they hold is not waited for: {@link again} knows it.
   */
  inspect(text: string | undefined): Promise<Outcome<Inspected>>;
  /** The token in a text, with the URL it stands in; of several the first. */
  given(text: string): Given | undefined;
  /** Explains a token without asking secret storage for anything. */
  glance(given: Given, token: ReadToken): Promise<ClaimsReport>;
  /** Copies one of the URLs with a token in it. */
  copyUrl(given: Given): Promise<Outcome<void>>;
  /** Explains a token once more, as things are now, with all that secret storage knows. */
  again(given: Given): Promise<Outcome<ClaimsReport>>;
  /** Asks Cloudflare for the token's video and explains the token with what it says. */
  askVideo(given: Given): Promise<Outcome<ClaimsReport>>;
  /** Asks for a viewer and says which rule of the token decides about them. */
  testViewer(given: Given): Promise<Outcome<void>>;
  /** After a yes, asks Stream's delivery hosts for what a player would, and explains the token with what they answer. */
  checkPlayback(given: Given): Promise<Outcome<ClaimsReport>>;
  /** Asks for another token, or for two, and compares what the two claim. */
  compare(given: Given | undefined): Promise<Outcome<Comparison>>;
  /** Signs another token with the same options, puts it (or its URL) on the clipboard, and explains it. */
  signAgain(given: Given): Promise<Outcome<ClaimsReport>>;
  /** What the hub needs to begin with the options of a token. */
  signRequest(given: Given): Promise<Outcome<SignRequest>>;
}

const FIRST = () => ({
  title: l10n.t('Compare Tokens'),
  placeholder: l10n.t('Paste the first token, or both'),
});
const OTHER = (beside: Given) => ({
  title: l10n.t('Compare Tokens'),
  placeholder: l10n.t('Paste the other token, or a URL that holds it'),
  beside,
});

export function createInspector(parts: InspectorParts): Inspector {
  const { prompter, accounts, keys, knowledge, owner, times } = parts;
  /** What the last check of playback found, for as long as that token is looked at. */
  let checked: (PlaybackCheck & { readonly token: string }) | undefined;

  function situationOf(
    given: Given,
    token: ReadToken,
    known: readonly AccountSummary[],
    signature: SignatureReport,
    video: VideoKnowledge | undefined,
  ): ReportParts {
    const check = checked?.token === given.token ? checked : undefined;
    const proven = check?.proven === true;
    return {
      signature: proven ? provenSignature(signature, keyIdOf(token), check.report) : signature,
      video: video && proven ? seenToPlay(video) : video,
      host: hostOf(given, video?.account ?? owner.signerOf(token, known)),
      now: parts.now() / 1000,
      times,
      ...(check !== undefined && { playback: check.report, refusedByStream: check.unexplained }),
    };
  }

  /** All that is known here. */
  async function wholeSituation(given: Given, token: ReadToken): Promise<ReportParts> {
    const signature = await signatureReport(given.token, keys);
    const known = await owner.listed();
    return situationOf(given, token, known, signature, await owner.videoOf(token, known));
  }

  async function again(given: Given): Promise<Outcome<ClaimsReport>> {
    const token = readGiven(given);
    if (token === undefined) return failed({ code: 'cancelled' });
    return succeeded(claimsReport(given, token, await wholeSituation(given, token)));
  }

  /** The host that the token came from, else that of the account which has its video or its key. */
  function hostOf({ url }: Given, account: AccountSummary | undefined): DeliveryHost {
    const customerCode = (url === undefined ? undefined : parseDeliveryUrl(url)?.customerCode) ?? account?.customerCode;
    return {
      ...(customerCode !== undefined && { customerCode }),
      ...(parts.deliveryOrigin !== undefined && { origin: parts.deliveryOrigin }),
    };
  }

  return {
    async inspect(text) {
      const asked = await askToken(text, prompter);
      if (!asked.ok) return asked;
      const [given, other] = asked.value;
      const comparison = other && compareGiven(given, other);
      if (comparison !== undefined) prompter.mention(comparisonText(comparison));
      if (comparison !== undefined) return succeeded({ kind: 'comparison', comparison });
      const token = readGiven(given);
      if (token === undefined) return failed({ code: 'cancelled' });
      const signature = await knownSignature(given.token, keys);
      const known = accounts.known();
      const situation = situationOf(given, token, known, signature, owner.recalledVideoOf(token, known));
      return succeeded({ kind: 'report', report: claimsReport(given, token, situation) });
    },
    again,
    given: firstGiven,
    async glance(given, token) {
      const signature = await signatureAtAGlance(given.token, keys);
      const known = accounts.known();
      const video = await owner.videoOf(token, known);
      return claimsReport(given, token, situationOf(given, token, known, signature, video));
    },

    async copyUrl(given) {
      const report = await again(given);
      if (!report.ok) return report;
      const reply = await prompter.pick({
        title: l10n.t('Copy URL'),
        placeholder: l10n.t('Which URL with this token?'),
        choices: report.value.urls.map(({ url, label }) => ({ value: { url, label }, label, description: url })),
      });
      if (reply.kind !== 'answer') return failed({ code: 'cancelled' });
      await prompter.writeClipboard(reply.value.url);
      prompter.mention(l10n.t('Copied: {0}', reply.value.label));
      return succeeded(undefined);
    },

    async askVideo(given) {
      const token = readGiven(given);
      const id = token && videoIdOf(token);
      if (token === undefined || id === undefined) return failed({ code: 'cancelled' });
      if (!parts.canCallApi) return failed({ code: 'apiUnavailable' });
      const account = await owner.accountOf(token, mayAskCloudflare);
      if (!account.ok) return account;
      const asked = await prompter.busy(l10n.t('Asking Cloudflare…'), (signal) =>
        knowledge.ask(id, account.value.key, signal),
      );
      return asked.ok ? again(given) : asked;
    },

    async testViewer(given) {
      const rules = readGiven(given)?.rules;
      await testViewer(rules, prompter, times.locale);
      return succeeded(undefined);
    },

    async checkPlayback(given) {
      const token = readGiven(given);
      const videoId = token && videoIdOf(token);
      if (token === undefined || videoId === undefined) return failed({ code: 'cancelled' });
      if (!parts.canCallApi) {
        prompter.tell(
          l10n.t('In the browser, playback can’t be checked: what other hosts answer can’t be read there.'),
        );
        return failed({ code: 'cancelled' });
      }
      const { signature, video, host } = await wholeSituation(given, token);
      const verdict = () =>
        judgeToken(token, {
          now: parts.now() / 1000,
          signature: signature.verdict,
          ...(video && { video: video.facts }),
        });
      const verified = signature.verdict.kind === 'valid';
      const subject = { token: given.token, videoId, host, verdict, verified, video: video?.facts ?? {} };
      const check = await checkPlayback(subject, parts);
      if (!check.ok) return check;
      checked = { ...check.value, token: given.token };
      return again(given);
    },

    async compare(given) {
      const first = given === undefined ? await askToken(undefined, prompter, FIRST()) : succeeded([given] as const);
      if (!first.ok) return first;
      const [one, pasted] = first.value;
      const second =
        pasted === undefined ? await askToken(undefined, prompter, OTHER(one)) : succeeded([pasted] as const);
      if (!second.ok) return second;
      const comparison = compareGiven(one, second.value[0]);
      if (comparison === undefined) return failed({ code: 'cancelled' });
      prompter.mention(comparisonText(comparison));
      return succeeded(comparison);
    },

    async signAgain(given) {
      const token = readGiven(given);
      const id = token && videoIdOf(token);
      if (token === undefined || id === undefined) return failed({ code: 'cancelled' });
      const account = await owner.accountOf(token);
      if (!account.ok) return account;
      const signed = await signLike(token, id, account.value, parts);
      if (!signed.ok) return signed;
      const parsed = given.url === undefined ? undefined : parseDeliveryUrl(given.url);
      const url = parsed && replaceSubject(given.url ?? '', parsed, signed.value);
      await prompter.writeClipboard(url ?? signed.value);
      prompter.mention(
        url === undefined
          ? l10n.t('Signed again: the new token is on the clipboard.')
          : l10n.t('Signed again: the URL with the new token is on the clipboard.'),
      );
      return again({ token: signed.value, ...(url !== undefined && { url }) });
    },

    async signRequest(given) {
      const token = readGiven(given);
      const id = token && videoIdOf(token);
      if (token === undefined || id === undefined) return failed({ code: 'cancelled' });
      const account = await owner.accountOf(token);
      if (!account.ok) return account;
      const { options, rulesLost } = optionsLike(token, parts.settings);
      if (rulesLost) {
        prompter.tell(l10n.t('The access rules of this token can’t be taken over. Set them anew before you sign.'));
      }
      const video = await owner.videoOf(token);
      return succeeded({
        accountKey: account.value.key,
        videoId: id,
        ...(video !== undefined && { videoName: video.name }),
        options,
        signWith: await signWithLike(token, account.value, parts),
      });
    },
  };
}
