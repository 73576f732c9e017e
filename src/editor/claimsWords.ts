import { l10n } from 'vscode';
import type { Tone } from '../flows/inspector/verdictLines';
import { cleanText } from '../source/cleanText';

/** The words of the claims page that are not about one token. */
export interface PageWords {
  readonly title: typeof claimsTitle;
  readonly actions: string;
  readonly details: string;
  /** How a line stands, for those who can't see its mark. */
  readonly tones: Readonly<Record<Tone, string>>;
  readonly claims: string;
  readonly claim: string;
  readonly value: string;
  readonly meaning: string;
  readonly ofHeader: (name: string) => string;
  readonly rules: string;
  readonly oddities: string;
  readonly urls: string;
  readonly form: string;
  readonly url: string;
  readonly token: string;
  readonly raw: string;
  readonly copy: string;
  readonly copyNamed: (name: string) => string;
  readonly copyJson: string;
  readonly openJson: string;
  readonly askVideo: string;
  readonly testViewer: string;
  readonly checkPlayback: string;
  readonly playback: string;
  readonly resource: string;
  readonly by: string;
  readonly answer: string;
  readonly signAgain: string;
  readonly edit: string;
  readonly compare: string;
  readonly decode: string;
  readonly decodeAnother: string;
  readonly nothing: string;
  readonly notKept: string;
}

/** In the display language. */
export function pageWords(): PageWords {
  return {
    title: claimsTitle,
    actions: l10n.t('Actions'),
    details: l10n.t('Will it play?'),
    tones: {
      good: l10n.t('Fine.'),
      bad: l10n.t('Wrong.'),
      unsure: l10n.t('Doubtful.'),
      neutral: l10n.t('Note.'),
    },
    claims: l10n.t('Claims'),
    claim: l10n.t('Claim'),
    value: l10n.t('Value'),
    meaning: l10n.t('Meaning'),
    ofHeader: (name) => l10n.t('{0} (header)', name),
    rules: l10n.t('Who may watch'),
    oddities: l10n.t('Worth a look'),
    urls: l10n.t('URLs with this token'),
    form: l10n.t('Form'),
    url: l10n.t('URL'),
    token: l10n.t('Token'),
    raw: l10n.t('As JSON'),
    copy: l10n.t('Copy'),
    copyNamed: (name) => l10n.t('Copy: {0}', name),
    copyJson: l10n.t('Copy as JSON'),
    openJson: l10n.t('Open as JSON'),
    askVideo: l10n.t('Ask Cloudflare…'),
    testViewer: l10n.t('Test a viewer…'),
    checkPlayback: l10n.t('Check playback…'),
    playback: l10n.t('Playback check'),
    resource: l10n.t('Asked for'),
    by: l10n.t('With'),
    answer: l10n.t('Answer'),
    signAgain: l10n.t('Sign again and copy'),
    edit: l10n.t('Edit and sign…'),
    compare: l10n.t('Compare with another token…'),
    decode: l10n.t('Decode a token…'),
    decodeAnother: l10n.t('Decode another token…'),
    nothing: l10n.t('No token here'),
    notKept: l10n.t('Tokens are not kept when a window closes. Paste the token again to see what it says.'),
  };
}

/** The title of the page about a token for this video; undefined when it is for none. */
export function claimsTitle(videoId: string | undefined): string {
  return videoId === undefined ? l10n.t('Token') : l10n.t('Token for {0}', cleanText(videoId, 12));
}
