import * as l10n from '@vscode/l10n';
import { cleanText } from '../../source/cleanText';
import { isId } from '../../stream/id';
import type { ReadToken } from '../../stream/token/claims';
import { lintRules } from '../../stream/token/lintRules';
import type { DownloadVerdict, Verdict, VideoFacts } from '../../stream/token/verdict';
import type { VideoKnowledge } from '../library/videoKnowledge';
import { videoStateText } from '../library/videoState';
import { instantText, relativeText, type TimeStyle } from '../times';
import { audienceSentence } from './audienceText';
import type { SignatureReport } from './signatureReport';

export type Tone = 'good' | 'bad' | 'unsure' | 'neutral';

/** One side of the verdict: what it is about, how it stands, and what can be done to learn more. */
export interface VerdictLine {
  readonly subject: string;
  readonly tone: Tone;
  readonly text: string;
  readonly action?: 'askVideo' | 'testViewer';
}

export interface LineParts {
  readonly verdict: Verdict;
  readonly signature: SignatureReport;
  readonly video: VideoKnowledge | undefined;
  /** Epoch seconds. */
  readonly now: number;
  readonly times: TimeStyle;
}

/** Signature, time, video, downloads and viewers, one line each. */
export function verdictLines(token: ReadToken, parts: LineParts): readonly VerdictLine[] {
  const { signature, verdict, now, times } = parts;
  return [
    { subject: l10n.t('Signature'), tone: signature.tone, text: signature.sentence },
    { subject: l10n.t('Time'), ...timeLine(verdict.time, now, times) },
    { subject: l10n.t('Video'), ...videoLine(token, parts.video) },
    { subject: l10n.t('Downloads'), ...downloadsLine(token, parts) },
    { subject: l10n.t('Viewers'), ...viewersLine(token, verdict, times.locale) },
  ];
}

type Said = Omit<VerdictLine, 'subject'>;

function timeLine(time: Verdict['time'], now: number, times: TimeStyle): Said {
  const at = (seconds: number) => [instantText(seconds, times), relativeText(seconds, now)] as const;
  switch (time.kind) {
    case 'active':
      return { tone: 'good', text: l10n.t('Until {0}, {1}.', ...at(time.until)) };
    case 'expired':
      return { tone: 'bad', text: l10n.t('Expired {0}, {1}.', ...at(time.since)) };
    case 'notYet':
      return { tone: 'bad', text: l10n.t('Valid from {0}, {1}.', ...at(time.from)) };
    case 'noExpiry':
      return { tone: 'bad', text: l10n.t('The claim "exp" is missing. Stream tokens always have one.') };
    case 'never':
      return { tone: 'bad', text: l10n.t('It ends before it begins.') };
    case 'unreadable':
      return {
        tone: 'unsure',
        text:
          time.as === 'milliseconds'
            ? l10n.t('"{0}" looks like milliseconds. Stream counts in seconds since 1970.', time.claim)
            : l10n.t('"exp" and "nbf" must be whole seconds since 1970.'),
      };
  }
}

function videoLine({ claims: { sub } }: ReadToken, video: VideoKnowledge | undefined): Said {
  if (typeof sub !== 'string' || !isId(sub)) return { tone: 'bad', text: l10n.t('The token names no video.') };
  if (video === undefined) return { tone: 'neutral', text: l10n.t('Nothing is known of it here.'), action: 'askVideo' };
  const { account, name, facts, liveInput } = video;
  const owner = cleanText(account.label, 60);
  if (facts.absent) return { ...absentText(facts.elsewhere, owner), action: 'askVideo' };
  const title = cleanText(name, 100) || sub;
  const sentences = [
    liveInput ? l10n.t('Live input {0}, in {1}.', title, owner) : l10n.t('{0}, in {1}.', title, owner),
    ...(facts.ofOtherAccount ? [l10n.t('The signing key is one of another account.')] : []),
    ...stateSentences(video),
    ...(facts.needsToken === false ? [l10n.t('Public: it plays by its id alone, so the token protects nothing.')] : []),
    ...(facts.needsToken === true ? [l10n.t('Needs a signed URL.')] : []),
    ...originSentences(facts.allowedOrigins),
  ];
  const bad = facts.playable === false || facts.ofOtherAccount;
  const doubtful = facts.needsToken === false || (facts.allowedOrigins?.length ?? 0) > 0;
  return { tone: bad ? 'bad' : doubtful ? 'unsure' : 'good', text: sentences.join(' '), action: 'askVideo' };
}

function absentText(elsewhere: VideoFacts['elsewhere'], owner: string): Pick<VerdictLine, 'tone' | 'text'> {
  switch (elsewhere) {
    case 'surely':
      return { tone: 'neutral', text: l10n.t('Not found in {0}, although Stream played it.', owner) };
    case 'maybe':
      return { tone: 'unsure', text: l10n.t('Not found in {0}. Another account may have it.', owner) };
    case undefined:
      return { tone: 'bad', text: l10n.t('Not found in {0}.', owner) };
  }
}

function stateSentences({ state, liveInput, facts: { playable } }: VideoKnowledge): readonly string[] {
  if (liveInput) {
    if (playable === undefined) return [];
    return [playable ? l10n.t('Somebody broadcasts.') : l10n.t('Nobody broadcasts, so there is nothing to play.')];
  }
  const said = videoStateText({ state: cleanText(state, 40) }).join(', ');
  if (playable === false) return [said === '' ? l10n.t('Not ready.') : l10n.t('Not ready: {0}.', said)];
  if (said !== '') return [l10n.t('State: {0}.', said)];
  return playable ? [l10n.t('Ready.')] : [];
}

function originSentences(origins: readonly string[] | undefined): readonly string[] {
  if (origins === undefined) return [];
  if (origins.length === 0) return [l10n.t('Any page may show it.')];
  return [l10n.t('Only pages of {0} may show it.', cleanText(origins.join(', '), 300))];
}

function downloadsLine({ claims, oddities }: ReadToken, { verdict: { downloads }, video }: LineParts): Said {
  const allowed = claims.downloadable === true;
  const { mp4, m4a } = downloads;
  const denied: Said = oddities.some(({ code }) => code === 'downloadableNotBoolean')
    ? { tone: 'unsure', text: l10n.t('Not known: "downloadable" is neither true nor false.') }
    : { tone: 'neutral', text: l10n.t('Not allowed by the token.') };
  if (mp4 === 'notAllowed') return denied;
  if (mp4 === 'refused') {
    return allowed ? { tone: 'neutral', text: l10n.t('Allowed by the token, which is refused.') } : denied;
  }
  if (mp4 === 'unknown') {
    const text = l10n.t('Allowed. Whether the files were made is not known here.');
    return { tone: 'neutral', text, ...(video?.asked !== true && { action: 'askVideo' }) };
  }
  const files = l10n.t('MP4: {0}. M4A: {1}.', fileText(mp4), fileText(m4a));
  const tone = [mp4, m4a].includes('ready') ? 'good' : 'unsure';
  return { tone, text: `${l10n.t('Allowed.')} ${files}` };
}

function fileText(file: DownloadVerdict): string {
  switch (file) {
    case 'ready':
      return l10n.t('ready');
    case 'making':
      return l10n.t('in the making');
    case 'failed':
      return l10n.t('could not be made');
    case 'notMade':
      return l10n.t('not made yet');
    default:
      return l10n.t('not known');
  }
}

function viewersLine({ rules }: ReadToken, { audience, answer }: Verdict, locale: string): Said {
  const text = audienceSentence(audience, locale);
  // Whom a token would let in that is refused for another reason is no good news.
  const refused = answer === 'refused';
  if (rules === undefined) return { tone: 'unsure', text };
  if (rules.length === 0) return { tone: refused ? 'neutral' : 'good', text };
  const doubtful = audience.kind === 'unreadable' || lintRules(rules).length > 0;
  const tone = audience.kind === 'nobody' ? 'bad' : doubtful ? 'unsure' : 'good';
  return { tone: tone === 'good' && refused ? 'neutral' : tone, text, action: 'testViewer' };
}
