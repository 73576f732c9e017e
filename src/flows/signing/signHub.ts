import * as l10n from '@vscode/l10n';
import { cleanLabel } from '../../source/cleanText';
import type { Failure } from '../../stream/failure';
import { refusalOf } from '../../stream/failure';
import { documentationOf, failureSentence, refusalLines } from '../failureSentence';
import type { VideoKnowledge } from '../library/videoKnowledge';
import type { Entry } from '../prompter';
import { rulesText } from '../ruleText';
import type { TimeStyle } from '../times';
import { formText } from './formText';
import { hubWarnings, timesSentence } from './hubWarnings';
import type { OfferLine } from './offers';
import type { IdPlace } from './output';
import { pointlessWarnings } from './pointlessText';
import {
  destinationText,
  downloadsText,
  expiryText,
  notBeforeText,
  originalText,
  type Signing,
  videoText,
} from './signing';
import { signWithText } from './signWith';

/** A line of the hub that can be picked. */
export type Line =
  | 'sign'
  | 'video'
  | 'requireSigned'
  | 'askVideo'
  | 'account'
  | 'signWith'
  | 'expires'
  | 'notBefore'
  | 'rules'
  | 'downloads'
  | 'original'
  | 'result'
  | 'place'
  | 'request'
  | 'compare'
  | 'refusal'
  | 'credential'
  | 'savePreset'
  | 'badDefaults'
  | OfferLine;

/** Which line of the hub can mend a field that Cloudflare objects to. */
const LINE_OF_FIELD: Readonly<Record<string, Line>> = {
  exp: 'expires',
  nbf: 'notBefore',
  accessRules: 'rules',
  flags: 'original',
  downloadable: 'downloads',
  identifier: 'video',
  id: 'signWith',
  pem: 'signWith',
};

/** What the hub was opened for: Enter on its first line does that. */
export type Purpose = 'sign' | 'compare';

/** What the hub shows besides the signing itself. */
export interface HubView {
  readonly failure?: Failure | undefined;
  readonly times: TimeStyle;
  /** Epoch seconds. */
  readonly now: number;
  readonly purpose: Purpose;
  /** What can be put in place of all that is set. */
  readonly offers: readonly Entry<Line>[];
  /** Seconds by which this machine's clock is ahead of Cloudflare's. */
  readonly clockAhead?: number | undefined;
  /** What is known of the video. */
  readonly known?: VideoKnowledge | undefined;
  /** Whose setting decides about a live input or a recording. */
  readonly liveNote?: string | undefined;
  /** What the signing was started from in a document. */
  readonly idPlace?: IdPlace | undefined;
  /** Whether Cloudflare can be asked to change a video. */
  readonly canEdit: boolean;
}

/** Everything that Enter would sign, one line each, with the last failure beside the line that can mend it. */
export function hubLines(signing: Signing, view: HubView): readonly Entry<Line>[] {
  const { failure, times, now, purpose, offers, clockAhead = 0, known, liveNote, idPlace } = view;
  const { video, account, options, form, destination } = signing;
  const verb = {
    insert: l10n.t('Sign and insert'),
    replace: idPlace?.kind === 'token' ? l10n.t('Sign in place of the token') : l10n.t('Sign in place of the id'),
    copy: l10n.t('Sign and copy'),
    show: l10n.t('Sign and show'),
  }[destination];
  const expires = expiryText(signing, now, times);
  const summary = purpose === 'sign' ? `${formText(form)} · ${expires}` : expires;
  const warnings = { ...pointlessWarnings(signing, known, now), ...hubWarnings(signing, now, times, clockAhead) };
  const mend = failure === undefined ? undefined : lineToMend(failure);
  const lines: readonly {
    readonly value: Line;
    readonly icon: string;
    readonly label: string;
    readonly description: string;
  }[] = [
    {
      value: 'video',
      icon: 'device-camera-video',
      label: l10n.t('Video'),
      description: video === undefined ? l10n.t('not chosen yet') : videoText(video),
    },
    ...(canAskVideo(signing, view)
      ? ([
          {
            value: 'askVideo',
            icon: 'question',
            label: l10n.t('Ask Cloudflare'),
            description: l10n.t('nothing is known of this video here: is it there, and private?'),
          },
        ] as const)
      : []),
    ...(canRequireSigned(view)
      ? ([
          {
            value: 'requireSigned',
            icon: 'lock',
            label: l10n.t('Require Signed URLs…'),
            description: l10n.t('so that it plays with a token only'),
          },
        ] as const)
      : []),
    { value: 'account', icon: 'account', label: l10n.t('Account'), description: cleanLabel(account.label) },
    { value: 'signWith', icon: 'key', label: l10n.t('Sign with'), description: signWithText(signing.signWith) },
    { value: 'expires', icon: 'clock', label: l10n.t('Expires'), description: expires },
    { value: 'notBefore', icon: 'watch', label: l10n.t('Not before'), description: notBeforeText(signing, now, times) },
    { value: 'rules', icon: 'shield', label: l10n.t('Access rules'), description: rulesText(options, times.locale) },
    { value: 'downloads', icon: 'cloud-download', label: l10n.t('Downloads'), description: downloadsText(options) },
    { value: 'original', icon: 'file-media', label: l10n.t('Original quality'), description: originalText(options) },
    ...(purpose === 'sign'
      ? ([
          { value: 'result', icon: 'link', label: l10n.t('Result'), description: formText(form) },
          {
            value: 'place',
            icon: 'target',
            label: l10n.t('Where'),
            description: destinationText(destination, idPlace),
          },
        ] as const)
      : []),
  ];
  // A key on this machine asks for no permission.
  const cannotSign = account.cannotSign === true && signing.signWith.kind !== 'local';
  const said = failure === undefined || failure.code === 'cancelled' ? undefined : failureSentence(failure, times);
  return [
    {
      value: purpose,
      icon: purpose === 'sign' ? 'play' : 'diff',
      label: purpose === 'sign' ? verb : l10n.t('Sign both ways and compare'),
      description: video === undefined ? l10n.t('asks for the video first') : summary,
      ...(said !== undefined && { detail: `$(error) ${cleanLabel(said, 200)}` }),
    },
    ...refusalEntries(failure),
    ...credentialEntries(failure, cannotSign),
    ...offers,
    { heading: purpose === 'sign' ? l10n.t('Token and result') : l10n.t('Token') },
    ...lines.map((line) => {
      if (line.value === mend) return { ...line, detail: `$(error) ${cleanLabel(objection(failure), 200)}` };
      const warned = line.value === 'account' && cannotSign && failure === undefined;
      const warning = warned ? cannotSignSentence() : warnings[line.value];
      if (warning !== undefined) return { ...line, detail: `$(warning) ${cleanLabel(warning, 300)}` };
      return line.value === 'video' && liveNote !== undefined ? { ...line, detail: liveNote } : line;
    }),
    ...closing(requestEntries(signing), purpose === 'sign' ? compareEntries(signing) : [], presetEntries(signing, now)),
  ];
}

function canAskVideo({ video, account }: Signing, { purpose, known, canEdit }: HubView): boolean {
  return purpose === 'sign' && canEdit && video !== undefined && known === undefined && account.credential === 'stored';
}

function canRequireSigned({ purpose, known, canEdit }: HubView): boolean {
  return (
    purpose === 'sign' &&
    canEdit &&
    known?.facts.needsToken === false &&
    known.account.credential === 'stored' &&
    !known.liveInput
  );
}

function closing(...groups: readonly (readonly Entry<Line>[])[]): readonly Entry<Line>[] {
  const entries = groups.flat();
  return entries.length === 0 ? [] : [{ heading: '' }, ...entries];
}

/** Only for options that are set and could be used. */
function presetEntries(signing: Signing, now: number): readonly Entry<Line>[] {
  if (Object.keys(signing.options).length === 0 || timesSentence(signing, now) !== undefined) return [];
  return [
    {
      value: 'savePreset',
      icon: 'bookmark',
      label: l10n.t('Save as Preset…'),
      description: l10n.t('expiry, rules and what else is set, under a name'),
    },
  ];
}

/** Only where there is a request that can be shown: with a video, and when the API signs with a key of its own. */
function requestEntries({ video, account, signWith }: Signing): readonly Entry<Line>[] {
  if (
    signWith.kind !== 'api' ||
    video === undefined ||
    account.accountId === undefined ||
    account.credentialKind === undefined
  )
    return [];
  return [
    {
      value: 'request',
      icon: 'code',
      label: l10n.t('Show Request'),
      description: l10n.t('as a curl command, without the credential'),
    },
  ];
}

/** Only where a key on this machine signs, and the API could too. */
function compareEntries({ video, account, signWith }: Signing): readonly Entry<Line>[] {
  if (signWith.kind !== 'local' || video === undefined || account.credential !== 'stored') return [];
  return [
    {
      value: 'compare',
      icon: 'diff',
      label: l10n.t('Compare with the API'),
      description: l10n.t('signs both ways and shows what the claims differ in'),
    },
  ];
}

function refusalEntries(failure: Failure | undefined): readonly Entry<Line>[] {
  const lines = failure === undefined ? [] : refusalLines(failure);
  if (failure === undefined || lines.length === 0) return [];
  const documented = documentationOf(failure) !== undefined;
  return [
    {
      value: 'refusal',
      icon: documented ? 'book' : 'output',
      label: cleanLabel(lines.join(' · '), 160),
      description: documented
        ? l10n.t('Cloudflare’s answer: open its documentation')
        : l10n.t('Cloudflare’s answer: show the log'),
    },
  ];
}

function credentialEntries(failure: Failure | undefined, cannotSign: boolean): readonly Entry<Line>[] {
  const label = credentialLabel(failure, cannotSign);
  return label === undefined ? [] : [{ value: 'credential', icon: 'key', label }];
}

function credentialLabel(failure: Failure | undefined, cannotSign: boolean): string | undefined {
  if (failure?.code === 'noCredential') return l10n.t('Enter a credential…');
  if (failure !== undefined && mendedByCredential(failure)) return l10n.t('Enter the credential again…');
  return failure?.code === 'forbidden' || cannotSign ? l10n.t('Enter another credential…') : undefined;
}

function mendedByCredential({ code }: Failure): boolean {
  return code === 'credentialMissing' || code === 'noCredential' || code === 'unauthorized';
}

function cannotSignSentence(): string {
  return l10n.t('Cloudflare did not let this credential sign (403): it can list, but not sign.');
}

function mendedByOtherKey({ code }: Failure): boolean {
  return code === 'keyMissing' || code === 'keyRevoked' || code === 'keyUnusable' || code === 'apiUnavailable';
}

/** What Cloudflare says against the line that can mend it. */
function objection(failure: Failure | undefined): string {
  if (failure !== undefined && mendedByOtherKey(failure)) return l10n.t('Choose another way to sign.');
  const [said] = failure === undefined ? [] : refusalLines(failure);
  return said ?? l10n.t('Cloudflare objects to this.');
}

/** The line that can mend a failure: `source.pointer` names the field that is at fault, e.g. `/exp`. */
export function lineToMend(failure: Failure): Line {
  for (const { pointer } of refusalOf(failure)?.errors ?? []) {
    const field = pointer?.split('/').find((part) => part !== '' && part !== '#' && part !== 'body');
    const line = field === undefined ? undefined : LINE_OF_FIELD[field];
    if (line !== undefined) return line;
  }
  if (mendedByCredential(failure)) return 'credential';
  if (mendedByOtherKey(failure)) return 'signWith';
  return failure.code === 'notFound' ? 'video' : 'sign';
}
