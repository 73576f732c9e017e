import * as l10n from '@vscode/l10n';
import { escapeInvisible } from '../../source/cleanText';
import type { DeliveryHost } from '../../stream/delivery/deliveryUrl';
import { type ReadToken, videoIdOf } from '../../stream/token/claims';
import { otherSystem } from '../../stream/token/otherSystem';
import { judgeToken, type KeyVerdict, type Obstacle } from '../../stream/token/verdict';
import type { VideoKnowledge } from '../library/videoKnowledge';
import { listUrls, type NamedUrl } from '../signing/listUrls';
import { instantText, type TimeStyle } from '../times';
import type { PlaybackReport } from './checkPlayback';
import { type ClaimRow, claimRows } from './claimRows';
import type { Given } from './givenToken';
import { otherSystemAdvice, otherSystemHeadline } from './notAToken';
import { type RuleReport, ruleReport } from './ruleReport';
import type { SignatureReport } from './signatureReport';
import { verdictAdvice } from './verdictAdvice';
import { verdictHeadline } from './verdictHeadline';
import { type Tone, type VerdictLine, verdictLines } from './verdictLines';

/** What the claims page says, as plain text. Everything in it may come from a stranger: escape it. */
export interface ClaimsReport {
  readonly given: Given;
  /** The video that it is for; without one no other token can be made for that. */
  readonly videoId?: string;
  readonly tone: Exclude<Tone, 'neutral'>;
  /** Whether it plays, for whom and until when, or why not. */
  readonly headline: string;
  /** Why not, and what to do. */
  readonly advice: readonly string[];
  readonly lines: readonly VerdictLine[];
  /** The moment for which all of it holds. */
  readonly judgedAt: string;
  /** The moment (epoch seconds) at which time alone makes it say something else. */
  readonly changesAt?: number;
  /** What is odd about the token as a whole, one sentence each. */
  readonly oddities: readonly string[];
  readonly claims: readonly ClaimRow[];
  readonly rules: RuleReport;
  /** Every URL there is with this token; none for a text that was never a token Stream takes. */
  readonly urls: readonly NamedUrl[];
  readonly json: string;
  /** What delivery hosts answered when they were asked. */
  readonly playback?: PlaybackReport;
}

export interface ReportParts {
  readonly signature: SignatureReport;
  readonly video: VideoKnowledge | undefined;
  readonly host: DeliveryHost;
  /** Epoch seconds. */
  readonly now: number;
  readonly times: TimeStyle;
  readonly playback?: PlaybackReport;
  /** That check ended in a refusal that nothing known here explains. */
  readonly refusedByStream?: boolean;
}

/** Explains a token with all that is known of its signature and its video. */
export function claimsReport(given: Given, token: ReadToken, parts: ReportParts): ClaimsReport {
  const { signature, video, now, times, playback } = parts;
  const verdict = judgeToken(token, {
    now,
    signature: signature.verdict,
    ...(video && { video: video.facts }),
    ...(parts.refusedByStream && { refusedByStream: true }),
  });
  const { rows, others } = claimRows(token, now, times);
  // Whatever it claims, it is one of Stream when it names a key of this machine.
  const other = namesKnownKey(signature.verdict) ? undefined : otherSystem(token);
  // What Stream would make of each part of it tells nothing of a token that is not Stream's.
  const foreign = other !== undefined || verdict.obstacles.some(({ code }) => code === 'simulated');
  const videoId = videoIdOf(token);
  return {
    given,
    ...(videoId !== undefined && { videoId }),
    tone: { plays: 'good', refused: 'bad', unsure: 'unsure' }[verdict.answer] as ClaimsReport['tone'],
    headline: other === undefined ? verdictHeadline(verdict, now, times) : otherSystemHeadline(other),
    advice: other === undefined ? verdictAdvice(verdict, times) : [otherSystemAdvice()],
    lines: foreign ? [] : verdictLines(token, { verdict, signature, video, now, times }),
    judgedAt: l10n.t(
      'As of {0}. Nothing leaves this machine unless you choose to ask Cloudflare.',
      instantText(now, times),
    ),
    ...('until' in verdict.time && { changesAt: verdict.time.until }),
    ...('from' in verdict.time && { changesAt: verdict.time.from }),
    oddities: others,
    claims: rows,
    rules: ruleReport(token.rules, times.locale),
    urls: foreign || verdict.obstacles.some(isLasting) ? [] : listUrls(given.token, parts.host),
    ...(playback !== undefined && { playback }),
    json: escapeInvisible(JSON.stringify({ header: token.header, claims: token.claims }, null, 2)),
  };
}

function namesKnownKey(verdict: KeyVerdict): boolean {
  return verdict.kind !== 'unchecked' || verdict.reason === 'unusableKey' || verdict.reason === 'noCrypto';
}

/** Whether a token has this wrong with it from the beginning, wherever and whenever it is used. */
function isLasting({ code }: Obstacle): boolean {
  return (['standardBase64', 'noSignature', 'noAlgorithm', 'algorithm', 'noSubject', 'subjectNotId'] as const).some(
    (one) => one === code,
  );
}
